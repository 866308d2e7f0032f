"""The formats to download, by the ending of their address."""

from collections.abc import Callable
from dataclasses import dataclass

from . import bibtex, csl, ris, table
from .citation import Citation


@dataclass(frozen=True)
class Format:
    """How a list of citations is written: what stands before, between and after them."""

    ending: str
    label: str
    media_type: str
    one: Callable[[Citation], str]
    before: Callable[[str], str] = lambda _sentence: ""
    between: str = ""
    after: str = ""


FORMATS = {
    one.ending: one
    for one in (
        Format("bib", "BibTeX", "application/x-bibtex", bibtex.entry, bibtex.comment, "\n"),
        Format("ris", "RIS", "application/x-research-info-systems", ris.record),
        Format("json", "CSL-JSON", "application/vnd.citationstyles.csl+json", csl.written, lambda _sentence: "[\n", ",\n", "\n]\n"),
        Format("csv", "CSV", "text/csv", table.row, lambda _sentence: table.head()),
    )
}
