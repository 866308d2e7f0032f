"""Deeds about what may stand in texts and what is watched for. Who may do them is said where the screens are (cms.policy, moderation.policy)."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction

from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb

from . import selectors
from .models import Allowance, WatchedWord, WordScan
from .wordlists import Line


@deed
def list_contact(allowance: Allowance, *, by: Any) -> Allowance:
    """List a verified contact, or correct one; texts screened from now on may hold it."""
    allowance.full_clean()
    allowance.save()
    record(Verb.LISTED_CONTACT, by=by, subject=allowance, kind=allowance.kind)
    selectors.forget()
    return allowance


@deed
def unlist_contact(allowance: Allowance, *, by: Any) -> None:
    """Take a contact off the list; texts screened from now on may not hold it."""
    record(Verb.UNLISTED_CONTACT, by=by, subject=allowance, kind=allowance.kind)
    allowance.delete()
    selectors.forget()


@deed
def watch_word(*, by: Any, pattern: str, action: str, language: str = "", note: str = "") -> WatchedWord:
    """Watch for these words from now on; what stands already is looked through, and nothing is taken away."""
    word = WatchedWord(pattern=pattern, action=action, language=language, note=note, added_by=by, scan=WordScan.objects.create())
    _require_fit(word)
    _save(word)
    record(Verb.ADDED_WORD, by=by, subject=word, action=word.action, scan=word.scan_id)
    _forget_words()
    return word


@deed
def change_word(word: WatchedWord, *, by: Any, **told: Any) -> WatchedWord:
    """Put other words in place of these, or let something else happen; without ``is_active`` they are watched for no more.

    ``told``: pattern, action, language, note, is_active. Words that are new, or active again, are looked for in what stands already.
    """
    word = WatchedWord.objects.select_for_update(of=("self",)).get(pk=word.pk)
    before = {name: getattr(word, name) for name in (*told, "key")}
    for name, value in told.items():
        setattr(word, name, value)
    _require_fit(word)
    changed = sorted(name for name, value in before.items() if getattr(word, name) != value)
    if not changed:
        return word
    facts: dict[str, Any] = {"changed": [name for name in changed if name != "key"], "action": word.action, "active": word.is_active}
    if word.is_active and {"key", "is_active"} & set(changed):
        word.scan, word.found = WordScan.objects.create(), 0
        facts["scan"] = word.scan.pk
    _save(word)
    record(Verb.CHANGED_WORD, by=by, subject=word, **facts)
    _forget_words()
    return word


@deed
def import_words(lines: Iterable[Line], *, by: Any) -> WordScan | None:
    """Take the good lines of a list: words that are new are added, others get what the line says; one look back serves all that are new.

    Nothing is done where nothing would change. Words that were switched off stay off.
    """
    good = {line.key: line for line in lines if not line.problem}
    known = WatchedWord.objects.select_for_update(of=("self",)).in_bulk(list(good), field_name="key")
    changed = [word for key, word in known.items() if _take_over(word, good[key])]
    new = [line for key, line in good.items() if key not in known]
    if not changed and not new:
        return None
    scan = WordScan.objects.create()
    WatchedWord.objects.bulk_update(changed, ["action", "language", "note"])
    WatchedWord.objects.bulk_create(WatchedWord(pattern=line.pattern, key=line.key, added_by=by, scan=scan, **line.told) for line in new)
    record(Verb.IMPORTED_WORDS, by=by, subject=scan, scan=scan.pk, added=len(new), changed=len(changed))
    _forget_words()
    return scan


def _require_fit(word: WatchedWord) -> None:
    word.full_clean(exclude={"key", "added_by", "scan"}, validate_unique=False)


def _save(word: WatchedWord) -> None:
    """Two who add the same at the same moment: the second hears what ``full_clean`` tells whoever comes a moment later."""
    try:
        with transaction.atomic():
            word.save()
    except IntegrityError:
        word.full_clean(exclude={"added_by", "scan"})
        raise


def _take_over(word: WatchedWord, line: Line) -> bool:
    is_new = any(getattr(word, name) != value for name, value in line.told.items())
    for name, value in line.told.items():
        setattr(word, name, value)
    return is_new


def _forget_words() -> None:
    selectors.forget_words()
    transaction.on_commit(selectors.forget_words)  # whoever has read them meanwhile has read the old ones
