"""Cleans one file, by the program of its kind."""

from importlib import import_module
from pathlib import Path

from . import detecting
from .outcome import Cleaned, Refusal

PROGRAMS = {
    **dict.fromkeys(detecting.PICTURES, "pictures"),
    **dict.fromkeys(detecting.OFFICE, "office"),
    **dict.fromkeys(detecting.TEXTS, "plain"),
    "odt": "opendocument",
    "pdf": "pdf",
}


def clean(source: Path, target: Path, extension: str) -> Cleaned:
    """Write ``source`` clean to ``target``, or refuse it. One kind's program is loaded and no other."""
    kind = detecting.kind_of(source, extension)
    try:
        cleaned: Cleaned = import_module(f".{PROGRAMS[kind]}", __package__).clean(source, target, kind)
    except (MemoryError, RecursionError):
        raise Refusal("too-heavy") from None
    return cleaned
