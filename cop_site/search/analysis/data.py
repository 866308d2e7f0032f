"""The files in which the words of the field stand."""

import json
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "data"


def lines(name: str) -> Iterator[str]:
    """Lines of a file, without empty ones and remarks."""
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def words_of(name: str) -> list[str]:
    """All words of a file that is nothing but words."""
    return [word for line in lines(name) for word in line.split()]


def short_forms() -> list[dict[str, str]]:
    """All short forms, with what they stand for."""
    return json.loads((FOLDER / "abbreviations.json").read_text("utf-8"))["abbreviations"]
