"""What one line says, in the columns of a practice. Keys and slugs that nobody knows are errors, not ignored."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any

from cop_site.accounts.models import Level
from cop_site.core import text
from cop_site.vocabulary import selectors as words

from .. import rules, template
from ..models import Practice

OTHER_NAMES = {"mandates": "mandate", "trafficking_forms": "trafficking_form"}
OWN_KEYS = {"id", "body", "province_code", "regency_code", "regency", "year", *OTHER_NAMES}
TEXT = {"text", "longtext"}
SLUG = {"term", "choice"}
SLUGS = {"terms", "checkboxes"}
LONGEST_TEXT = 60_000  # characters: 8,000 words, far more than any field of the template asks for
LONGEST = {"id": 100, "title": 240, "organisation": 160}
# Who sees a practice, where it lies and who is behind it are no plain texts or slugs.
SAID_ELSEWHERE = {"title", "summary", "language", "organisation", "visibility", "region", "period", "children_involved"}
YES = {"true", "yes", "ya", "1"}
NO = {"false", "no", "tidak", "0"}


class Refused(Exception):
    """A line that is not taken in; the sentence says why, without personal data."""


@dataclass(frozen=True)
class Record:
    """What a line says. ``visibility`` and ``organisation`` are empty where it does not name them."""

    external_id: str
    content: dict[str, Any]
    organisation: str = ""
    visibility: str = ""


@cache
def known_keys() -> frozenset[str]:
    """Every key that a line may carry."""
    return frozenset(OWN_KEYS | set(template.fields()))


def kind_of(key: str) -> str:
    """The template's type of the field behind a key; empty for keys that only imports have."""
    field = template.fields().get(OTHER_NAMES.get(key, key))
    return field.type if field else ""


def record_of(told: dict[str, Any]) -> Record:
    """Understand a line, or refuse it with the first thing that is wrong."""
    told = {key: value for key, value in told.items() if value not in (None, "", [])}
    for key in told:
        if key not in known_keys():
            raise Refused(f"unknown key {key[:60]!r}")
    told = _under_one_name(told)
    content = {"title": text.one_line(_text(told, "title")), "language": told.get("language")}
    if not content["title"]:
        raise Refused("'title' is missing")
    if content["language"] not in ("id", "en"):
        raise Refused("'language' must be id or en" if "language" in told else "'language' is missing")
    content |= {"summary": _text(told, "summary")} if "summary" in told else {}
    content |= dict(_fields(told)) | _longer_texts(told, content["language"]) | _place(told) | _period(told)
    if not (_text(told, "summary").strip() or _text(told, "body").strip()):
        raise Refused("'summary' or 'body' is missing")
    return Record(_id(told, content), content, text.one_line(_text(told, "organisation")), _level(told))


def _under_one_name(told: dict[str, Any]) -> dict[str, Any]:
    for other, name in OTHER_NAMES.items():
        if other in told and name in told:
            raise Refused(f"{other!r} and {name!r} are the same field; give one of them")
    return {OTHER_NAMES.get(key, key): value for key, value in told.items()}


def _text(told: dict[str, Any], key: str) -> str:
    value = told.get(key, "")
    if not isinstance(value, str):
        raise Refused(f"{key!r} must be text")
    if len(value) > LONGEST.get(key, LONGEST_TEXT):
        raise Refused(f"{key!r} is longer than {LONGEST.get(key, LONGEST_TEXT):,} characters")
    return text.normal(value)


def _texts(told: dict[str, Any], key: str) -> list[str]:
    value = told[key] if isinstance(told[key], list) else [told[key]]
    return [words_of_it.strip() for part in value if (words_of_it := _text({key: part}, key)).strip()]


def _slugs(told: dict[str, Any], key: str) -> list[str]:
    """A slug or a list of them, all known."""
    field, given = template.fields()[key], told[key] if isinstance(told[key], list) else [told[key]]
    known = rules.known_slugs(field)
    for slug in given:
        if not isinstance(slug, str) or slug not in known:
            raise Refused(f"unknown slug {str(slug)[:60]!r} in {key!r}")
    return list(dict.fromkeys(given))


def _slug(told: dict[str, Any], key: str) -> str:
    slugs = _slugs(told, key)
    if len(slugs) > 1:
        raise Refused(f"{key!r} takes one slug")
    return slugs[0]


def _yes_or_no(told: dict[str, Any], key: str) -> bool:
    said = str(told[key]).strip().lower()
    if said not in YES | NO:
        raise Refused(f"{key!r} must be true or false")
    return said in YES


def _fields(told: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The template's fields that have a column."""
    for key in told.keys() & columns():
        if (kind := kind_of(key)) in TEXT:
            yield key, _text(told, key)
        elif kind == "list":
            yield key, _texts(told, key)
        elif kind in SLUG:
            yield key, _slug(told, key)
        elif kind in SLUGS:
            yield key, _slugs(told, key)
    if "children_involved" in told:
        yield "children_involved", _yes_or_no(told, "children_involved")


@cache
def columns() -> frozenset[str]:
    """Fields of the template that a practice keeps in a column of the same name."""
    return frozenset(({column.name for column in Practice._meta.get_fields()} & set(template.fields())) - SAID_ELSEWHERE)


def _longer_texts(told: dict[str, Any], language: str) -> dict[str, Any]:
    """The body, and the template's fields that have no column yet: under their names, in the context.

    What the template keeps from the public goes where the page keeps it too.
    """
    found: dict[str, list[str]] = {"context": [_text(told, "context")], "safeguarding": [_text(told, "safeguarding")]}
    found["context"].append(_text(told, "body"))
    for key, field in template.fields().items():
        if key in told and key not in columns() | SAID_ELSEWHERE:
            place = "safeguarding" if field.told.get("max_visibility") else "context"
            found[place].append(f"## {field.told[f'label_{language}']}\n\n{_in_words(told, field, language)}")
    texts = {key: "\n\n".join(part.strip() for part in parts if part.strip()) for key, parts in found.items()}
    return {key: words_of_it for key, words_of_it in texts.items() if words_of_it}


def _in_words(told: dict[str, Any], field: template.Field, language: str) -> str:
    """A field without a column as Markdown."""
    if field.type in {"file", "scores"} or field.section == "telaah":
        raise Refused(f"{field.key!r} cannot be imported: files and reviews are made here")
    if field.type in SLUG | SLUGS:
        return ", ".join(_label(field, slug, language) for slug in _slugs(told, field.key))
    rows = told[field.key] if isinstance(told[field.key], list) else [told[field.key]]
    cells = [" · ".join(_text({field.key: cell}, field.key) for cell in _cells(row) if cell not in (None, "")) for row in rows]
    return cells[0] if field.type in TEXT and len(cells) == 1 else "\n".join(f"- {text.one_line(cell)}" for cell in cells)


def _cells(row: Any) -> list[Any]:
    cells = list(row.values()) if isinstance(row, dict) else row if isinstance(row, list) else [row]
    return [str(cell) if isinstance(cell, int | float) else cell for cell in cells]


def _label(field: template.Field, slug: str, language: str) -> str:
    named = {option["slug"]: option[f"label_{language}"] for option in field.told.get("options", [])}
    return named.get(slug) or getattr(words.terms(field.vocabulary)[slug], f"label_{language}")


# --- where and when


def _place(told: dict[str, Any]) -> dict[str, Any]:
    """Provinces and regencies; a regency that is given is shown, unless the line asks for less."""
    regions = [str(code) for code in _as_list(told.get("region"))]
    provinces = [str(code).strip() for code in _as_list(told.get("province_code"))] + [code for code in regions if "." not in code]
    for code in provinces:
        if code not in words.provinces():
            raise Refused(f"unknown province {code[:60]!r}")
    given = _as_list(told.get("regency_code")) + [code for code in regions if "." in code] + _as_list(told.get("regency"))
    regencies = [_regency(str(name), provinces) for name in given]
    if not provinces and not regencies:
        return {}
    of_regencies = [regency.province_id for regency in regencies]
    place = {"provinces": list(dict.fromkeys([*provinces, *of_regencies])), "regencies": [one.code for one in dict.fromkeys(regencies)]}
    precision = _slug(told, "location_precision") if "location_precision" in told else "kabupaten-kota" if regencies else "provinsi"
    return place | {"location_precision": precision}


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _regency(name: str, provinces: list[str]) -> Any:
    found = [words.regency_named(name, province) for province in provinces or [None]]
    if not any(found):
        where = f" in province {', '.join(provinces)}" if provinces else ""
        raise Refused(f"unknown regency {name[:60]!r}{where}, or more than one of that name")
    return next(regency for regency in found if regency)


def _period(told: dict[str, Any]) -> dict[str, Any]:
    """``year`` is the first year of the period; ``period`` names months: ``2024-08/2025-03`` or a start and an end."""
    if "period" not in told:
        return {"period_start": _year(told["year"])} if "year" in told else {}
    given = told["period"]
    if isinstance(given, str):
        given = given.split("/")
    start, end = [*(given.values() if isinstance(given, dict) else given if isinstance(given, list) else [""]), None, None][:2]
    period = {"period_start": _month(start)} | ({"period_end": _month(end)} if end else {})
    if "year" in told and _year(told["year"]).year != period["period_start"].year:
        raise Refused("'year' is not the first year of 'period'")
    return period


def _year(value: Any) -> date:
    year = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"(19|20)\d\d", year, re.ASCII):
        raise Refused("'year' must be a year such as 2024")
    return date(int(year), 1, 1)


def _month(value: Any) -> date:
    found = re.fullmatch(r"((?:19|20)\d\d)(?:-(0[1-9]|1[0-2]))?(?:-\d\d)?", str(value).strip(), re.ASCII)
    if not found:
        raise Refused("'period' must name months such as 2024-08/2025-03")
    return date(int(found[1]), int(found[2] or 1), 1)


# --- who


def _id(told: dict[str, Any], content: dict[str, Any]) -> str:
    given = told.get("id")
    if isinstance(given, int) and not isinstance(given, bool):
        given = str(given)
    if given is None:  # known again by what it is called, so that a second run does not bring it in twice
        called = f"{content['language']} {content['title'].casefold()}"
        return f"tanpa-id-{sha256(called.encode()).hexdigest()[:16]}"
    name = text.one_line(_text({"id": given}, "id"))
    if not name:
        raise Refused("'id' is empty")
    if found := rules.blocking(rules.findings_in({"title": name})):
        raise Refused(f"'id' holds personal data ({', '.join(sorted({finding.type for finding in found}))})")
    return name


def _level(told: dict[str, Any]) -> str:
    level = told.get("visibility", "")
    if level and level not in Level.values:
        raise Refused(f"unknown slug {str(level)[:60]!r} in 'visibility'")
    if level == Level.CIRCLE:
        raise Refused("'kelompok' needs a circle, and a line cannot name one")
    if level == Level.ORGANISATION and "organisation" not in told:
        raise Refused("'organisasi' needs an organisation")
    return level
