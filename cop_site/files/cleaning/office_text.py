"""What Word, Excel and PowerPoint files say, and what in their parts must not be there."""

import re
from decimal import Decimal, InvalidOperation

from .markup import Attributes, Deaf, split, tell
from .outcome import Heard, Refusal
from .packages import Package

WORDS, SHEETS, SLIDES = "wordprocessingml", "spreadsheetml", "presentationml"
CHANGES = set(
    "ins del moveFrom moveTo cellIns cellDel cellMerge numberingChange rPrChange pPrChange sectPrChange tblPrChange tblGridChange"
    " tcPrChange trPrChange tblPrExChange".split()
)
COMMENTED = {"commentReference", "commentRangeStart"}
HEADS = {"oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter"}  # of printed sheets
BLOCKS = {"p", "tr", "row", "si", "br", "cr", *HEADS}
# Words that stand in attributes: what a picture shows, what a sheet is called, what a cell asks for.
DESCRIBED = {
    "docPr": ("descr", "title"),
    "cNvPr": ("descr", "title"),
    "sheet": ("name",),
    "dataValidation": ("promptTitle", "prompt", "errorTitle", "error"),
}
FIELDS = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK|DATABASE|MACROBUTTON)\b", re.IGNORECASE)
FORMULAS = re.compile(r"\b(?:WEBSERVICE|FILTERXML|RTD|IMAGE|CALL|EXEC)\s*\(|\w+\|'?[^|]*'?!", re.IGNORECASE)
PROGRAMS = re.compile(r"ppaction://(?:program|macro|ole)", re.IGNORECASE)


def text_of(package: Package, names: list[str], kind: str, heard: Heard) -> None:
    """Hear every part in the order in which it is read; a table's cells with their words in place."""
    shared = Strings()
    if kind == "xlsx":
        for name in names:
            if name.lower().endswith("sharedstrings.xml"):
                reader_for(package.read(name), shared)
    for name in sorted(names, key=_in_reading_order):
        if name.endswith((".xml", ".vml")) and not name.lower().endswith(("sharedstrings.xml", "/styles.xml")):
            reader_for(package.read(name), Said(heard, shared.strings))


def reader_for(data: bytes, listener: Deaf) -> None:
    tell(data, listener)


def _in_reading_order(name: str) -> tuple[int, str]:
    number = re.search(r"(\d+)\.xml$", name)
    return (int(number[1]) if number else 0, name)


class Counted(Deaf):
    """How many elements with one of these names there are."""

    def __init__(self, names: set[str]) -> None:
        self.names, self.number = names, 0

    def start(self, tag: str, attributes: Attributes) -> None:
        self.number += split(tag)[1] in self.names


class Strings(Deaf):
    """The words that a workbook keeps in one place, by their number."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._is_word, self._heard = False, Heard()

    def start(self, tag: str, attributes: Attributes) -> None:
        name = split(tag)[1]
        if name == "si":
            self.strings.append("")
        self._is_word = name == "t"

    def end(self, tag: str) -> None:
        self._is_word = False

    def data(self, text: str) -> None:
        if self._is_word and self.strings:
            self._heard.add(text)
            self.strings[-1] += text


class Said(Deaf):
    """Words, numbers, instructions and descriptions of one part; refuses what hides, runs or names somebody."""

    def __init__(self, heard: Heard, strings: list[str]) -> None:
        self._heard, self._strings = heard, strings
        self._inside, self._cell, self._instruction = "", "", ""

    def start(self, tag: str, attributes: Attributes) -> None:
        namespace, name = split(tag)
        self._inside = name
        if name == "c":
            self._cell = attributes.get("t", "n")
        elif name == "p":
            self._instruction = ""
        if WORDS in namespace:
            _refuse_changes(name, attributes)
        _refuse_hidden(namespace, name, attributes)
        if PROGRAMS.search(attributes.get("action", "")):
            raise Refusal("macros")
        for said in DESCRIBED.get(name, ()):
            if attributes.get(said):
                self._heard.add(f"\n{attributes[said]}\n")

    def end(self, tag: str) -> None:
        name = split(tag)[1]
        self._inside = ""
        if name in BLOCKS:
            self._heard.add("\n")
        elif name in {"c", "tc", "tab"}:
            self._heard.add("\t")

    def data(self, text: str) -> None:
        if self._inside == "t" or self._inside in HEADS:
            self._heard.add(text)
        elif self._inside == "v":
            self._heard.add(self._value(text))
        elif self._inside == "instrText":
            self._instruction += text  # Word may cut one instruction into many pieces
            if FIELDS.search(self._instruction):
                raise Refusal("outside")
            self._heard.add(text)
        elif self._inside in {"f", "definedName"} and FORMULAS.search(text):
            raise Refusal("outside")

    def _value(self, told: str) -> str:
        """What a cell or a point of a chart shows; a long number is written out."""
        if self._cell == "s" and told.strip().isdigit() and int(told) < len(self._strings):
            return self._strings[int(told)]
        if "e" in told.lower() and len(told) < 40:
            try:
                return format(Decimal(told), "f")[:400]
            except InvalidOperation:
                return told
        return told


def _refuse_changes(name: str, attributes: Attributes) -> None:
    if name in CHANGES:
        raise Refusal("changes")
    if name in COMMENTED:
        raise Refusal("comments")
    if name == "fldSimple" and FIELDS.search(" ".join(attributes.values())):
        raise Refusal("outside")


def _refuse_hidden(namespace: str, name: str, attributes: Attributes) -> None:
    """Sheets and slides that a reader does not see and nobody looked through."""
    if name == "sheet" and SHEETS in namespace and attributes.get("state", "visible") != "visible":
        raise Refusal("hidden")
    if name == "sld" and SLIDES in namespace and attributes.get("show") in {"0", "false"}:
        raise Refusal("hidden")
