"""BibTeX: an entry whose every sign TeX takes as it was written."""

from .citation import Citation

# Braces as words: BibTeX counts them even behind a backslash, and one too many would swallow the next entry.
_SIGNS = {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
_SIGNS |= {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {sign: f"\\{sign}" for sign in "&%$#_"}
_TABLE = str.maketrans(_SIGNS)
TYPES = {"regulasi": "misc", "data-agregat": "misc", "catatan-pertemuan": "misc", "alat-panduan": "manual", "modul-pelatihan": "manual"}


def entry(citation: Citation) -> str:
    """One entry; what is not known is left out."""
    kind = TYPES.get(citation.kind, "techreport")
    place = {"techreport": "institution", "manual": "organization"}.get(kind, "publisher")
    fields = {
        "author": f"{{{escaped(citation.author)}}}",  # braces of its own: one name, not first and last
        "title": f"{{{escaped(citation.title)}}}",  # and here: no style may make a name's capitals small
        place: escaped(citation.publisher),
        "type" if kind == "techreport" else "howpublished": escaped(citation.kind_label),
        "number": escaped(citation.number),
        "year": str(citation.year or ""),
        "language": {"id": "indonesian", "en": "english"}.get(citation.language, citation.language),
        "abstract": escaped(citation.abstract),
        "keywords": escaped(", ".join(citation.keywords)),
        "copyright": escaped(citation.licence),
        "note": escaped(citation.note),
        "url": citation.url,
    }
    lines = [f"  {name} = {{{said}}}" for name, said in fields.items() if said]
    return f"@{kind}{{{citation.key},\n" + ",\n".join(lines) + "\n}\n"


def comment(said: str) -> str:
    """A sentence above the entries, which parsers pass over."""
    return f"% {said.replace('@', '')}\n\n"


def escaped(said: str) -> str:
    """``said`` as TeX prints it; letters of every script stay what they are."""
    return said.translate(_TABLE)
