"""JSON-LD: what search engines understand of a page, in the words of schema.org."""

import json
from typing import Any

from .citation import Citation

TYPES = {"regulasi": "Legislation", "data-agregat": "Dataset", "modul-pelatihan": "LearningResource", "laporan-riset": "Report"}
TYPES |= {"kertas-kebijakan": "Report", "alat-panduan": "CreativeWork", "catatan-pertemuan": "CreativeWork"}
# As Django's json_script does: nothing in a script element may look like the end of it, or like the start of a comment.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def thing(citation: Citation) -> dict[str, Any]:
    """The text as a thing of schema.org; what is not known is left out."""
    told = {
        "@context": "https://schema.org",
        "@type": TYPES.get(citation.kind, "Article"),
        "@id": citation.url,
        "url": citation.url,
        "name": citation.title,
        "headline": citation.title,
        "abstract": citation.abstract,
        "author": {"@type": "Organization", "name": citation.author},
        "publisher": {"@type": "Organization", "name": citation.publisher},
        "identifier": citation.number,
        "inLanguage": citation.language,
        "keywords": ", ".join(citation.keywords),
        "license": citation.licence_url,
        "datePublished": citation.published_on.isoformat() if citation.published_on else "",
        "dateModified": citation.changed_on.isoformat() if citation.changed_on else "",
        "contentLocation": [{"@type": "Place", "name": place} for place in citation.places],
        "genre": citation.kind_label,
        "isAccessibleForFree": True,
    }
    return {name: value for name, value in told.items() if value}


def written(citation: Citation) -> str:
    """The same as it may stand inside a script element."""
    return json.dumps(thing(citation), ensure_ascii=False).translate(_ESCAPES)
