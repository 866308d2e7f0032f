"""What an import of one record would do here, weighed against what is there already. Nothing in it writes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import translation

from cop_site.accounts.models import Level
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.screening.guard import screen_fields

from .. import rules
from ..models import Practice
from .content import Record, Refused

FOR_NEW_ROWS = {"document_kind": "studi-kasus", "evidence_level": "gagasan"}
WORKED_ON = (Verb.CHANGED_PRACTICE, Verb.SUBMITTED_PRACTICE, Verb.PUBLISHED_PRACTICE)
KEPT_NARROW = (Verb.NARROWED_PRACTICE, Verb.REFUSED_PUBLIC)


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    HELD = "held"


@dataclass(frozen=True)
class Wish:
    """How a file is brought in: whether onto the shelf, and at which level where a line names none."""

    is_published: bool = False
    level: str = Level.NETWORK


@dataclass(frozen=True)
class Weighed:
    """What will be done: ``content`` is written, and readers at ``level`` find it if ``is_published``."""

    outcome: Outcome
    content: dict[str, Any]
    organisation: str
    level: Level
    is_published: bool
    changes: bool
    types: tuple[str, ...] = ()  # of personal data, where it is held


def row_of(external_id: str) -> Practice | None:
    """The row that an import of ``external_id`` is about."""
    return Practice.objects.unscoped("the row an import brings up to date").filter(external_id=external_id).first()


def weigh(practice: Practice | None, record: Record, wish: Wish) -> Weighed:
    """What becomes of ``record``, or ``Refused``. Personal data keeps it a private draft, whatever was wished."""
    if practice:
        _refuse_unless_importable(practice)
    stored = practice.get_latest_revision_as_object() if practice else None
    level = _level(practice, record, wish)
    is_published = wish.is_published and level != Level.PRIVATE
    content = (FOR_NEW_ROWS if practice is None else {}) | record.content
    if is_published and level == Level.PUBLIC:
        content = {"sensitivity": "umum"} | content
    organisation, types, own_types = record.organisation, _found_in(content), _found_in({"organisation": record.organisation})
    if types or own_types:
        if practice and practice.live:
            raise Refused(f"holds personal data ({', '.join(sorted({*types, *own_types}))}); what readers see stays as it was")
        level, is_published, organisation = Level.PRIVATE, False, "" if own_types else organisation
    _refuse_what_breaks_rules(stored, content, record, level, is_published=is_published)
    changes = stored is None or not _is_there(practice, stored, content, organisation, level, is_published=is_published)
    types = tuple(sorted({*types, *own_types}))
    outcome = Outcome.HELD if types else Outcome.CREATED if stored is None else Outcome.UPDATED if changes else Outcome.UNCHANGED
    return Weighed(outcome, content, organisation, level, is_published, changes, types)


def _found_in(content: dict[str, Any]) -> set[str]:
    texts = {name: value for name, value in content.items() if name == "organisation" or name in rules.text_fields()}
    return {finding.type for finding in rules.blocking(list(screen_fields(texts)))}


def _refuse_unless_importable(practice: Practice) -> None:
    """What was written here, or has a life of its own here by now, is not changed from a file."""
    if not practice.is_imported:
        raise Refused("the id belongs to a practice that was written here")
    if practice.state == Practice.State.WITHDRAWN:
        raise Refused("was withdrawn here, and stays withdrawn")
    if _has_happened(practice, WORKED_ON):
        raise Refused("has been worked on here since it came in; change it on the site")


def _has_happened(practice: Practice, verbs: tuple[Verb, ...]) -> bool:
    kind = ContentType.objects.get_for_model(Practice)
    return Activity.objects.filter(subject_type=kind, subject_id=practice.pk, verb__in=verbs).exists()


def _level(practice: Practice | None, record: Record, wish: Wish) -> Level:
    """Once readers see a row only a line that names a level moves it, and never to more people than somebody here let."""
    if practice is None or not practice.live:
        return Level(record.visibility or wish.level)
    now, named = Level(practice.visibility), Level(record.visibility or practice.visibility)
    return now if named.width > now.width and _has_happened(practice, KEPT_NARROW) else named


def _refuse_what_breaks_rules(
    stored: Practice | None, content: dict[str, Any], record: Record, level: Level, *, is_published: bool
) -> None:
    """The template's rules, except for what the line leaves open: that waits for the desk."""
    whole = (rules.content_of(stored) if stored else {}) | content
    leaves_open = {"evidence_level", "document_kind"} - record.content.keys()
    whole = {key: value for key, value in whole.items() if key not in leaves_open}
    if level == Level.PUBLIC and not is_published and "sensitivity" not in record.content:
        level = Level.NETWORK  # it only wishes to be public
    with translation.override("en"):
        if level == Level.PUBLIC:
            problems = rules.problems_of_public(whole)
        else:
            problems = list(rules.broken_rules(whole | {"visibility": level}, False))
    if problems:
        raise Refused(problems[0].sentence.rstrip("."))


def _is_there(
    practice: Practice, stored: Practice, content: dict[str, Any], organisation: str, level: Level, *, is_published: bool
) -> bool:
    """Whether the row says all this already, to these readers."""
    if any(getattr(stored, name) != value for name, value in content.items()):
        return False
    if organisation and (is_published or not practice.live) and organisation.casefold() not in _names_of(practice):
        return False
    if is_published:
        return practice.live and not practice.has_unpublished_changes and practice.visibility == level
    wanted = Level.NETWORK if level == Level.PUBLIC else level
    return practice.live or (practice.visibility, practice.wants_public) == (wanted, level == Level.PUBLIC)


def _names_of(practice: Practice) -> set[str]:
    own = practice.organisation
    return {own.name.casefold(), own.slug.casefold()} if own else set()
