"""Deeds about files of records: brought, run, let go; and that records were carried away."""

from collections.abc import Iterable

from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require

from .. import carrying_policy as policy
from ..importing.weighing import Wish
from ..models import ImportLine, ImportRun

BATCH = 500


@deed
def offer_import(*, by: User, lines: Iterable[ImportLine], ending: str, wish: Wish) -> ImportRun:
    """Keep the lines of a file to look at them, in the background; nothing of them is anywhere else yet."""
    require(policy.can_import(by))
    run = ImportRun.objects.create(by=by, ending=ending, level=wish.level, is_published=wish.is_published)
    kept = list(lines)
    for line in kept:
        line.run = run
    ImportLine.objects.bulk_create(kept, batch_size=BATCH)
    record(Verb.OFFERED_IMPORT, by=by, subject=run, lines=len(kept))
    return run


@deed
def run_import(run: ImportRun, *, by: User) -> ImportRun:
    """Let the lines be brought in, in the background, as they were looked at. Publishing is ``by``'s recorded safety approval."""
    run = _locked(run)
    if run.state == ImportRun.State.RUNNING and policy.sees_words_of(by, run):
        return run
    require(policy.can_run(by, run))
    run.state = ImportRun.State.RUNNING
    run.save(update_fields=["state"])
    run.lines.filter(outlook=ImportLine.Outcome.REFUSED).update(outcome=ImportLine.Outcome.REFUSED)
    record(Verb.RAN_IMPORT, by=by, subject=run, published=run.is_published, level=run.level)
    return run


@deed
def drop_import(run: ImportRun, *, by: User) -> ImportRun:
    """Let go of a file before anything was done with it."""
    run = _locked(run)
    if run.state == ImportRun.State.DROPPED and policy.sees_words_of(by, run):
        return run
    require(policy.can_drop(by, run))
    end_run(run, ImportRun.State.DROPPED)
    return run


@deed
def note_export(*, by: User, ending: str, number: int) -> None:
    """Write down that texts were carried away: how many, and as what."""
    require(policy.can_export(by))
    record(Verb.EXPORTED_TEXTS, by=by, subject=by, ending=ending, number=number)


def end_run(run: ImportRun, state: str) -> None:
    """It goes no further; its words are gone."""
    run.state, run.ended_at = ImportRun.State(state), timezone.now()
    run.save(update_fields=["state", "ended_at"])
    run.lines.update(told="", said="")


def _locked(run: ImportRun) -> ImportRun:
    return ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
