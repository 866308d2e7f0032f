"""Runs of show to start from: agendas of kinds of events that are often held."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

_FILE = Path(__file__).parent / "data/shows.json"


@cache
def shows() -> dict[str, dict[str, Any]]:
    """Each by the word that stands for it in an address."""
    return {one["slug"]: one for one in json.loads(_FILE.read_text())}


def choices() -> list[tuple[str, str]]:
    """Words and names, in the reader's language."""
    name = "name_en" if get_language() == "en" else "name_id"
    return [(slug, one[name]) for slug, one in shows().items()]


def steps_of(slug: str) -> list[dict[str, Any]]:
    """The steps of one; none of one that there is not."""
    return list(shows()[slug]["steps"]) if slug in shows() else []
