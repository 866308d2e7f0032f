"""Texts and tables without any format: UTF-8 and nothing that a program would run."""

import csv
import io
import re
from pathlib import Path

from .detecting import MARKUP
from .outcome import Cleaned, Heard, Refusal

_NUMBER = re.compile(r"[+-]?[\d.,\s%]*\Z")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def clean(source: Path, target: Path, kind: str) -> Cleaned:
    """Keep the text as it is, with plain line ends and without the mark that some programs put in front."""
    given = source.read_bytes()
    if MARKUP.search(given):
        raise Refusal("web-page")
    try:
        text = given.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal("not-utf8") from None
    if CONTROL.search(text):
        raise Refusal("damaged")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if kind == "csv":
        _refuse_formulas(text)
    target.write_text(text, encoding="utf-8")
    heard = Heard()
    heard.add(text)
    return Cleaned(kind, heard.text())


def _refuse_formulas(text: str) -> None:
    """A cell that begins like a formula is run by the program that opens the table."""
    separator = max(",;\t", key=text[:10_000].count)
    try:
        for row in csv.reader(io.StringIO(text), delimiter=separator):
            for cell in row:
                if cell.lstrip()[:1] in {"=", "@"} or (cell.lstrip()[:1] in {"+", "-"} and not _NUMBER.match(cell)):
                    raise Refusal("formula")
    except csv.Error:
        raise Refusal("damaged") from None
