"""RIS: a tag and a value on each line, for reference managers."""

from collections.abc import Iterator

from .citation import Citation

TYPES = {"regulasi": "STAT", "data-agregat": "DATA", "modul-pelatihan": "GEN", "catatan-pertemuan": "GEN", "alat-panduan": "GEN"}


def record(citation: Citation) -> str:
    """One record; values hold no line end, since a line is what the format goes by."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _lines(citation) if value) + "ER  - \r\n\r\n"


def _lines(citation: Citation) -> Iterator[tuple[str, str]]:
    yield "TY", TYPES.get(citation.kind, "RPRT")
    yield "ID", citation.key
    yield "AU", citation.author
    yield "TI", citation.title
    yield "AB", citation.abstract
    yield "PY", str(citation.year or "")
    yield "PB", "" if citation.is_by_the_site else citation.publisher
    yield "M1", citation.number
    yield "M3", citation.kind_label
    for keyword in citation.keywords:
        yield "KW", keyword
    yield "LA", citation.language
    yield "N1", citation.licence
    yield "N1", citation.note
    yield "UR", citation.url
