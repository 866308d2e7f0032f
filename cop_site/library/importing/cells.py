"""Cells of spreadsheets: what stands for several values, for a table, for words that begin like a formula."""

import json
from typing import Any

from cop_site.core.records.cells import BETWEEN_SLUGS, BETWEEN_TEXTS, as_written, harmless, parts

from .content import TEXT, kind_of

_OF_SLUGS = {"terms", "checkboxes", "regions"}
_OF_PLACES = {"province_code", "regency_code", "regency"}


def takes_several(key: str) -> bool:
    return kind_of(key) in _OF_SLUGS or key in _OF_PLACES


def value_in(key: str, cell: str) -> Any:
    """What a cell says. Several slugs are parted by ``|``, ``;`` or a new line, several texts by ``|`` or a new line:
    sentences hold semicolons. Rows of a table are lines with ``|`` between their cells. JSON is read as it is."""
    cell, kind = as_written(cell), kind_of(key)
    if takes_several(key):
        return parts(cell, BETWEEN_SLUGS)
    if kind in {"list", "table"}:
        if (listed := _json_list(cell)) is not None:
            return listed
        if kind == "table":
            return [[part.strip() for part in line.split("|")] for line in cell.splitlines() if line.strip()]
        return parts(cell, BETWEEN_TEXTS)
    return cell if kind in TEXT or key in {"body", "title", "summary"} else cell.strip()


def _json_list(cell: str) -> list[Any] | None:
    if not cell.lstrip().startswith("["):
        return None
    try:
        told = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, list) else None


def cell_of(key: str, value: Any) -> str:
    """A value as a cell that ``value_in`` reads again."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, list):
        return harmless(str(value))
    if takes_several(key):
        return "|".join(map(str, value))
    plain = "\n".join(" | ".join(row.values()) if isinstance(row, dict) else row for row in value)
    return harmless(plain if _says_the_same(key, plain, value) else json.dumps(value, ensure_ascii=False))


def _says_the_same(key: str, cell: str, value: list[Any]) -> bool:
    read = value_in(key, cell)
    return read == [list(row.values()) if isinstance(row, dict) else row for row in value]
