"""CSL-JSON: what citation processors read."""

import json
from typing import Any

from .citation import Citation

TYPES = {"regulasi": "legislation", "data-agregat": "dataset", "catatan-pertemuan": "document"}


def item(citation: Citation) -> dict[str, Any]:
    """One item; organisations are literal names, which no style turns round."""
    told = {
        "id": citation.key,
        "type": TYPES.get(citation.kind, "report"),
        "title": citation.title,
        "author": [{"literal": citation.author}],
        "issued": {"date-parts": [[citation.year]]} if citation.year else None,
        "publisher": citation.publisher,
        "genre": citation.kind_label,
        "number": citation.number,
        "abstract": citation.abstract,
        "keyword": ", ".join(citation.keywords),
        "language": citation.language,
        "note": " ".join(part for part in (citation.licence and f"{citation.licence}.", citation.note) if part),
        "URL": citation.url,
    }
    return {name: value for name, value in told.items() if value}


def written(citation: Citation) -> str:
    return json.dumps(item(citation), ensure_ascii=False)
