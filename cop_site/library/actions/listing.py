"""Deeds about reading lists."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from cop_site.accounts.models import Circle, Level, Organisation, User
from cop_site.accounts.policy import circles_of
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core import text
from cop_site.core.access import require
from cop_site.screening import watching
from cop_site.screening.version import RULES_VERSION

from .. import policy, rules
from ..holding_policy import TAKEN
from ..models import Practice, ReadingList, ReadingListEntry
from ..selectors import guarding
from .parts import is_seen_by, new_slug, refuse_personal_data

MOST_ENTRIES = 100
LEVELS = frozenset({Level.NETWORK, Level.CIRCLE, Level.ORGANISATION, Level.PRIVATE})  # public is a separate act

Entries = Sequence[tuple[int, str]]  # numbers of entries and their notes, in the order wished


@deed
def make_list(
    *,
    by: User,
    title: str,
    intro: str,
    visibility: str,
    circle: Circle | None = None,
    organisation: Organisation | None = None,
    language: str = "id",
) -> ReadingList:
    """Begin a reading list."""
    require(policy.can_make_list(by))
    made = ReadingList(author=by, slug=new_slug(title or "daftar"), language=language, screened_version=RULES_VERSION)
    _write(made, by=by, title=title, intro=intro, visibility=visibility, circle=circle, organisation=organisation)
    made.save()
    record(Verb.MADE_LIST, by=by, subject=made, level=made.visibility, **_flagged(made))
    return made


@deed
def change_list(reading_list: ReadingList, *, by: User, entries: Entries | None = None, **words: Any) -> ReadingList:
    """Change a list's words, its notes and its order; entries left out are taken off.

    Those that its author no longer sees stay as they are. New words of a public list put it back into the network: what
    everybody reads was read by somebody else before.
    """
    changed = _locked(reading_list)
    require(policy.can_change_list(by, changed))
    changed.language = words.pop("language", changed.language)
    _write(changed, by=by, **words)
    if entries is not None:
        _arrange(changed, entries, by=by)
    _release_if_clean(changed)
    _keep(changed)
    record(Verb.CHANGED_LIST, by=by, subject=changed, level=changed.visibility, **_flagged(changed))
    return changed


@deed
def add_to_list(reading_list: ReadingList, practice: Practice, *, by: User, note: str = "") -> ReadingList:
    """Put a practice at the end of a list; one that stands there already gets the new note."""
    changed = _locked(reading_list)
    require(policy.can_change_list(by, changed) and practice.live and is_seen_by(by, practice))
    require(changed.entries.count() < MOST_ENTRIES)
    refuse_personal_data(note)
    last = changed.entries.order_by("-position").values_list("position", flat=True).first() or 0
    place = {"note": text.one_line(note)}
    ReadingListEntry.objects.update_or_create(
        reading_list=changed, practice=practice, defaults=place, create_defaults=place | {"position": last + 1}
    )
    _back_into_the_network(changed)
    _keep(changed)
    record(Verb.CHANGED_LIST, by=by, subject=changed, practice=practice.pk, **_flagged(changed))
    return changed


@deed
def delete_list(reading_list: ReadingList, *, by: User) -> None:
    """Take a list away; what stands in it is not touched."""
    gone = _locked(reading_list)
    require(policy.can_delete_list(by, gone) and _is_list_seen_by(by, gone))
    record(Verb.DELETED_LIST, by=by, subject=gone)
    gone.delete()


@deed
def ask_for_public_list(reading_list: ReadingList, *, by: User) -> ReadingList:
    """Ask that everybody may read a list; a safety reviewer or the secretariat decides."""
    asked = _locked(reading_list)
    require(policy.can_ask_for_public_list(by, asked))
    asked.public_asked_at = timezone.now()
    asked.save(update_fields=["public_asked_at"])
    record(Verb.ASKED_FOR_PUBLIC_LIST, by=by, subject=asked)
    return asked


@deed
def make_list_public(reading_list: ReadingList, *, by: User) -> ReadingList:
    """Let everybody read a list; each reader still finds in it only what she may see."""
    return _decide(reading_list, by=by, level=Level.PUBLIC, verb=Verb.MADE_LIST_PUBLIC)


@deed
def keep_list_inside(reading_list: ReadingList, *, by: User) -> ReadingList:
    """Leave a list to the network that asked to go public."""
    return _decide(reading_list, by=by, level=Level.NETWORK, verb=Verb.KEPT_LIST_INSIDE)


def _decide(reading_list: ReadingList, *, by: User, level: Level, verb: Verb) -> ReadingList:
    decided = _locked(reading_list)
    require(policy.can_decide_public_list(by, decided) and _is_list_seen_by(by, decided))
    decided.visibility, decided.public_asked_at = level, None
    decided.save(update_fields=["visibility", "public_asked_at"])
    record(verb, by=by, subject=decided)
    return decided


def _locked(reading_list: ReadingList) -> ReadingList:
    return ReadingList.objects.select_for_update(of=("self",)).get(pk=reading_list.pk)


def _is_list_seen_by(user: User, reading_list: ReadingList) -> bool:
    return ReadingList.objects.visible_to(user).filter(pk=reading_list.pk).exists()


def _write(
    of: ReadingList, *, by: User, title: str, intro: str, visibility: str, circle: Circle | None, organisation: Organisation | None
) -> None:
    level = Level(visibility)
    require(level in LEVELS or level == of.visibility)
    refuse_personal_data(title, intro)
    before = (of.title, of.intro)
    of.title, of.intro = text.one_line(title), text.normal(intro).strip()
    of.html = text.render(of.intro) if of.intro else ""
    if of.visibility == Level.PUBLIC == level and before == (of.title, of.intro):
        return
    of.visibility = Level.NETWORK if level == Level.PUBLIC else level
    of.circle = circle if level == Level.CIRCLE else None
    of.organisation = organisation if level == Level.ORGANISATION else None
    of.public_asked_at = of.public_asked_at if level == Level.NETWORK else None
    require(_is_own_audience(by, of))


def _is_own_audience(author: User, of: ReadingList) -> bool:
    """One shares with a circle one is in, and with an organisation one belongs to."""
    if of.visibility == Level.CIRCLE:
        return of.circle is not None and Circle.objects.filter(pk__in=circles_of(author), pk=of.circle.pk).exists()
    if of.visibility == Level.ORGANISATION:
        return of.organisation is not None and Organisation.objects.joined_by(author).filter(pk=of.organisation.pk).exists()
    return True


def _arrange(changed: ReadingList, entries: Entries, *, by: User) -> None:
    refuse_personal_data(*(note for _pk, note in entries))
    seen = {entry.pk: entry for entry in changed.entries.visible_to(by).select_for_update(of=("self",))}
    wished = [(seen[pk], text.one_line(note)) for pk, note in entries if pk in seen]
    before = [(entry.pk, entry.note) for entry in seen.values()]
    changed.entries.filter(pk__in=set(seen) - {entry.pk for entry, _note in wished}).delete()
    for position, (entry, note) in enumerate(wished, start=1):
        entry.position, entry.note = position, note
        entry.save(update_fields=["position", "note"])
    if {(entry.pk, note) for entry, note in wished} - set(before):
        _back_into_the_network(changed)


def _back_into_the_network(changed: ReadingList) -> None:
    if changed.visibility == Level.PUBLIC:
        changed.visibility = Level.NETWORK


def _release_if_clean(changed: ReadingList) -> None:
    """What the guard had held goes back to its readers once nothing in it tells any more."""
    if changed.held_at and changed.screened_version != TAKEN and not rules.blocking(guarding.findings_in_list(changed)):
        changed.held_at, changed.screened_version = None, RULES_VERSION


def _flagged(changed: ReadingList) -> dict[str, Any]:
    """Watched words in what others read."""
    return {} if changed.visibility == Level.PRIVATE else watching.flagged(guarding.texts_of_list(changed))


def _keep(changed: ReadingList) -> None:
    changed.changed_at = timezone.now()
    changed.save()
