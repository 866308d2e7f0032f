"""What a line about an organisation says, and what it would change. Keys and slugs that nobody knows are errors, not ignored."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop

from cop_site.accounts.models import Level, Organisation
from cop_site.accounts.slugs import free_slug
from cop_site.core.records import reading
from cop_site.core.records.cells import BETWEEN_SLUGS, BETWEEN_TEXTS, as_written, harmless, parts
from cop_site.core.records.refusing import Refused, quoted
from cop_site.core.text import one_line
from cop_site.vocabulary import selectors as words

from . import rules
from .models import FormerAddress, Listing

COLUMN_OF = {"scales": "service_scale", "mandates": "mandate"}
SLUG_LISTS = ("sector_5k", "scales", "mandates", "provinces", "regencies", "countries", "languages", "target_group")
KEYS = (
    *("name", "slug", "abbreviation", "kind", *SLUG_LISTS, "about_id", "about_en", "offers_id", "offers_en"),
    *("hours", "links", "capacity", "verification", "visibility", "listed"),
)
LEVELS = (Level.PUBLIC, *Listing.LEVELS)  # what is to be public waits in the network for a safety reviewer
YES, NO = {"true", "yes", "ya", "1"}, {"false", "no", "tidak", "0"}
LONGEST_NAME = 160


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Record:
    """What a line says; what it leaves empty stays as it was."""

    name: str
    slug: str
    content: Mapping[str, Any]
    verification: str = ""
    visibility: str = ""
    is_listed: bool = True


def value_in(key: str, cell: str) -> Any:
    """What a cell of a table says. Several slugs are parted by ``|``, ``;`` or a new line, links by ``|`` or a new line."""
    if key in SLUG_LISTS:
        return parts(as_written(cell), BETWEEN_SLUGS)
    return parts(as_written(cell), BETWEEN_TEXTS) if key == "links" else as_written(cell).strip()


def cell_of(value: Any) -> str:
    """A value as a cell that ``value_in`` reads again."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return harmless("|".join(value) if isinstance(value, list) else value)


COLUMNS = reading.Columns(frozenset(KEYS), value_in, by_line=True)


def lines_of(path: Path) -> Any:
    """Its lines in order; ``Unreadable`` where there is nothing to be read at all."""
    return reading.lines_in(path, COLUMNS)


def record_of(told: Mapping[str, Any]) -> Record:
    """Understand a line, or refuse it with the first thing that is wrong."""
    told = {key: value for key, value in told.items() if value not in (None, "", [])}
    for key in told:
        if key not in KEYS:
            raise Refused(gettext_noop("unknown key %(said)s"), said=quoted(key))
    texts = {key: _text(key, value) for key, value in told.items() if key not in {*SLUG_LISTS, "links", "listed"}}
    lists = {key: _texts(key, told[key]) for key in (*SLUG_LISTS, "links") if key in told}
    if not texts.get("name") and not texts.get("slug"):
        raise Refused(gettext_noop("'name' is missing"))
    _refuse_unknown(texts)
    own = {"slug", "verification", "visibility"}
    content = {COLUMN_OF.get(key, key): value for key, value in (texts | lists).items() if key not in own}
    if content.get("name"):
        content["name"] = one_line(content["name"])
    is_listed = _yes_or_no(told["listed"]) if "listed" in told else True
    rest = {name: texts.get(name, "") for name in ("verification", "visibility")}
    return Record(content.get("name", ""), texts.get("slug", ""), content, **rest, is_listed=is_listed)


def _text(key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise Refused(gettext_noop("%(key)s must be text"), key=repr(key))
    if "\0" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
        raise Refused(gettext_noop("%(key)s holds signs that cannot be kept"), key=repr(key))
    return value.strip()


def _texts(key: str, value: Any) -> list[str]:
    return [_text(key, one) for one in (value if isinstance(value, list) else [value])]


def _refuse_unknown(texts: Mapping[str, str]) -> None:
    known = {"verification": words.terms("verification_level"), "visibility": LEVELS}
    for key, allowed in known.items():
        if key in texts and texts[key] not in allowed:
            raise Refused(gettext_noop("unknown slug %(said)s in %(key)s"), said=quoted(texts[key]), key=repr(key))


def _yes_or_no(value: Any) -> bool:
    said = str(value).strip().lower()
    if said not in YES | NO:
        raise Refused(gettext_noop("%(key)s must be true or false"), key="'listed'")
    return said in YES


# --- what it would change


def organisation_of(told: Record) -> Organisation | None:
    """The organisation that a line means: by its address, a former one, or its name."""
    found = Organisation.objects.filter(slug=told.slug).first() if told.slug else None
    if found is None and told.slug and (former := FormerAddress.objects.filter(slug=told.slug).first()):
        found = former.organisation
    if found is None and told.name:
        named = list(Organisation.objects.filter(name__iexact=told.name)[:2])
        if len(named) > 1:
            raise Refused(gettext_noop("several organisations are called %(said)s; give the slug"), said=quoted(told.name))
        found = named[0] if named else None
    return found


def weigh(organisation: Organisation | None, told: Record) -> Outcome:
    """What bringing the line in would do, or why it is refused."""
    if organisation is None and not told.name:
        raise Refused(gettext_noop("there is no organisation %(said)s, and 'name' is missing"), said=quoted(told.slug))
    if organisation is None and told.slug and free_slug(told.slug) != told.slug:
        raise Refused(gettext_noop("%(said)s cannot be a slug here"), said=quoted(told.slug))
    listing = Listing.objects.filter(organisation=organisation).first() if organisation else None
    known = organisation or Organisation(name=told.name)
    _refuse_unwanted(known, told)
    if organisation and organisation.is_listed and not told.is_listed:
        raise Refused(gettext_noop("it stands in the directory, and no file takes it out"))
    said = rules.content_of(listing or Listing(organisation=known))
    content = dict(_fitting(said, told))
    if organisation is None or listing is None:
        return Outcome.CREATED
    same = all(said[column] == value for column, value in content.items())
    is_as_told = told.verification in ("", listing.verification) and level_to_set(known, told) == ""
    return Outcome.UNCHANGED if same and is_as_told and known.is_listed == told.is_listed else Outcome.UPDATED


def _refuse_unwanted(organisation: Organisation, told: Record) -> None:
    name, abbreviation = told.name or organisation.name, told.content.get("abbreviation", organisation.abbreviation)
    if rules.is_unwanted(name, abbreviation, organisation.slug or told.slug):
        raise Refused(gettext_noop("this organisation asked not to stand in the directory"))


def _fitting(said: dict[str, Any], told: Record) -> dict[str, Any]:
    """The columns that a line sets, as they would be kept."""
    content = rules.tidied(told.content)
    whole = said | content
    if problems := rules.problems_in(whole):
        raise Refused("%(said)s", said=problems[0].sentence)
    if found := rules.refused(rules.findings_in(whole)):
        raise Refused(gettext_noop("holds personal data or a place (%(types)s)"), types=", ".join(sorted({one.type for one in found})))
    return content


def level_to_set(organisation: Organisation, told: Record) -> str:
    """The level that a file may set: never that everybody reads an entry, which somebody has to decide who has read it."""
    return told.visibility if told.visibility not in ("", Level.PUBLIC, organisation.visibility) else ""
