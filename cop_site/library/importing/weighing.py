"""What an import of one record would do here, weighed against what is there already. Nothing in it writes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import translation
from django.utils.translation import gettext_noop

from cop_site.accounts.models import Level
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.core.records.refusing import Refused
from cop_site.screening.guard import screen_fields

from .. import rules, template
from ..models import Practice
from .content import Record

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
    warned: tuple[str, ...] = ()  # of what the guard only warns of: whoever publishes accepts it


def row_of(external_id: str) -> Practice | None:
    """The row that an import of ``external_id`` is about. What was written here goes out under its slug, and is known by it."""
    rows = Practice.objects.unscoped("the row an import brings up to date")
    return rows.filter(external_id=external_id).first() or rows.filter(external_id=None, slug=external_id).first()


def weigh(practice: Practice | None, record: Record, wish: Wish) -> Weighed:
    """What becomes of ``record``, or ``Refused``. Personal data keeps it a private draft, whatever was wished."""
    if practice:
        _refuse_unless_importable(practice, record)
    stored = practice.get_latest_revision_as_object() if practice else None
    level = _level(practice, record, wish)
    is_published = wish.is_published and level != Level.PRIVATE
    content = (_for_new_rows(record) if practice is None else {}) | record.content
    if is_published and level == Level.PUBLIC:
        content = {"sensitivity": "umum"} | content
    found = _found_in(content, record.organisation)
    organisation, types = record.organisation, found.of("block")
    if types:
        if practice and practice.live:
            sentence = gettext_noop("holds personal data (%(types)s); what readers see stays as it was")
            raise Refused(sentence, types=", ".join(types))
        level, is_published, organisation = Level.PRIVATE, False, "" if found.is_name_blocked else organisation
    _refuse_what_breaks_rules(stored, content, record, level, is_published=is_published)
    changes = stored is None or not _is_there(practice, stored, content, record, level, organisation, is_published=is_published)
    outcome = Outcome.HELD if types else Outcome.CREATED if stored is None else Outcome.UPDATED if changes else Outcome.UNCHANGED
    return Weighed(outcome, content, organisation, level, is_published, changes, types, found.of("warn"))


def _for_new_rows(record: Record) -> dict[str, Any]:
    return {} if record.is_document else FOR_NEW_ROWS


@dataclass(frozen=True)
class _Found:
    """What the guard found in a line."""

    actions: frozenset[tuple[str, str]]  # (action, type)
    is_name_blocked: bool

    def of(self, action: str) -> tuple[str, ...]:
        return tuple(sorted(type_ for said, type_ in self.actions if said == action))


def _found_in(content: dict[str, Any], organisation: str) -> _Found:
    """The same guard as in the form, and the name of the organisation, which may come into being with the line."""
    of_name = list(screen_fields({"organisation": organisation})) if organisation else []
    found = [*rules.findings_in(content), *of_name]
    return _Found(frozenset((one.action, one.type) for one in found), bool(rules.blocking(of_name)))


def _refuse_unless_importable(practice: Practice, record: Record) -> None:
    """What was written here, or has a life of its own here by now, is not changed from a file."""
    if not practice.is_imported:
        raise Refused(gettext_noop("the id belongs to a practice that was written here"))
    if practice.state == Practice.State.WITHDRAWN:
        raise Refused(gettext_noop("was withdrawn here, and stays withdrawn"))
    if _has_happened(practice, WORKED_ON):
        raise Refused(gettext_noop("has been worked on here since it came in; change it on the site"))
    if (record.content.get("document_kind") in template.document_kinds()) != practice.is_document:
        raise Refused(gettext_noop("is a document in one place and a practice in the other; 'document_kind' says which"))


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
    said = {}
    for language in ("en", "id"):
        with translation.override(language):
            wider = rules.problems_of_public(whole) if level == Level.PUBLIC else []
            if not (problems := wider or list(rules.broken_rules(whole | {"visibility": level}))):
                return
            said[language] = problems[0].sentence.rstrip(".").replace("%", "%%")
    raise Refused(said["en"], indonesian=said["id"])


def _is_there(
    practice: Practice,
    stored: Practice,
    content: dict[str, Any],
    record: Record,
    level: Level,
    organisation: str,
    *,
    is_published: bool,
) -> bool:
    """Whether the row says all this already, to these readers."""
    if any(getattr(stored, name) != value for name, value in content.items()):
        return False
    if is_published and record.review_date and (practice.review_date is None or record.review_date < practice.review_date):
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
