"""Dublin Core and the tags that Google Scholar and reference managers read on a page."""

from collections.abc import Iterator

from .citation import Citation

DATA = {"data-agregat"}  # of DCMI's types it is a dataset; all else is a text


def elements(citation: Citation) -> Iterator[tuple[str, str, str]]:
    """Element, value, and the language of the value where it is in words."""
    yield "title", citation.title, citation.language
    yield "creator", citation.author, ""
    for keyword in citation.keywords:
        yield "subject", keyword, ""
    for said in (citation.abstract, citation.note):
        yield "description", said, citation.language if said == citation.abstract else ""
    yield "publisher", citation.publisher, ""
    yield "date", str(citation.year or ""), ""
    yield "type", citation.kind_label, ""
    yield "type", "Dataset" if citation.kind in DATA else "Text", ""
    yield "format", "text/html", ""
    yield "identifier", citation.url, ""
    yield "identifier", citation.number, ""
    yield "language", citation.language, ""
    for place in citation.places:
        yield "coverage", place, ""
    for said in (citation.licence, citation.licence_url):
        yield "rights", said, ""


def said_elements(citation: Citation) -> Iterator[tuple[str, str, str]]:
    """The same without what is not known."""
    return (element for element in elements(citation) if element[1])


def tags(citation: Citation) -> list[tuple[str, str]]:
    """Names and contents of a page's meta tags: Highwire's first, which readers of such tags prefer."""
    highwire = [
        ("citation_title", citation.title),
        ("citation_author", citation.author),
        ("citation_publication_date", str(citation.year or "")),
        ("citation_technical_report_institution", citation.publisher),
        ("citation_technical_report_number", citation.number),
        ("citation_language", citation.language),
        ("citation_keywords", "; ".join(citation.keywords)),
        ("citation_abstract_html_url", citation.url),
    ]
    core = [(f"DC.{name}", said) for name, said, _language in elements(citation)]
    return [(name, said) for name, said in (*highwire, *core) if said]
