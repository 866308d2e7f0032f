"""Deeds about saved searches; and counting what was not found, which nobody does."""

from functools import partial

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core import ring
from cop_site.core.access import require
from cop_site.core.text import one_line
from cop_site.screening.guard import screen

from . import missed, policy
from . import saved as saved_searches
from .asked import Asked
from .models import Miss, SavedSearch


@deed
def save_search(*, by: User, name: str, asked: Asked) -> SavedSearch:
    """Keep a search under a name. The journal tells that it was done, never what was searched."""
    require(policy.can_save_searches(by) and saved_searches.has_room(by))
    require(_is_fit(name) and _is_fit(asked.text))
    saved = SavedSearch.objects.create(owner=by, name=one_line(name), query=asked.query())
    record(Verb.SAVED_SEARCH, by=by, subject=saved)
    return saved


@deed
def rename_saved_search(saved: SavedSearch, *, by: User, name: str) -> SavedSearch:
    """Call it otherwise."""
    renamed = _own(saved, by=by)
    require(_is_fit(name))
    renamed.name = one_line(name)
    renamed.save(update_fields=["name"])
    record(Verb.RENAMED_SEARCH, by=by, subject=renamed)
    return renamed


@deed
def delete_saved_search(saved: SavedSearch, *, by: User) -> None:
    """Forget it."""
    gone = _own(saved, by=by)
    record(Verb.DELETED_SEARCH, by=by, subject=gone)
    gone.delete()


@deed
def look_at_saved_search(saved: SavedSearch, *, by: User) -> SavedSearch:
    """Its owner looks now: what is there is new no more. The journal is not told what people read."""
    looked = _own(saved, by=by)
    looked.looked_at = timezone.now()
    looked.save(update_fields=["looked_at"])
    transaction.on_commit(partial(ring.tell, ring.INBOX, [by.pk]))  # what she was told is new in it is unread no more
    return looked


def note_miss(words: str, language: str) -> None:
    """Count ``words`` (``missed.words_to_keep``) once more as not found today."""
    today = timezone.localdate()
    known = Miss.objects.filter(day=today, language=language, words=words)
    if known.update(times=F("times") + 1) or Miss.objects.filter(day=today).count() >= missed.MOST_A_DAY:
        return
    Miss.objects.get_or_create(day=today, language=language, words=words)


def _own(saved: SavedSearch, *, by: User) -> SavedSearch:
    locked = SavedSearch.objects.select_for_update().get(pk=saved.pk)
    require(policy.can_change_saved_search(by, locked))
    return locked


def _is_fit(words: str) -> bool:
    return not any(finding.action == "block" for finding in screen(words))
