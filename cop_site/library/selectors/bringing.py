"""Files of records as their page needs them: how far they are, and line by line what would become or became of them."""

import copy
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from cop_site.accounts.models import Level, Organisation
from cop_site.core.records.refusing import Refused, in_readers_language
from cop_site.screening.kinds import kind_of

from .. import carrying_policy as policy
from ..importing.content import Record, record_of
from ..models import ImportLine, ImportRun, Practice
from . import comparing

PAGE_SIZE = 20
RUNS_SHOWN = 30
TONES = {"created": "good", "updated": "info", "unchanged": "", "held": "wait", "refused": "stop", "failed": "stop"}


@dataclass(frozen=True)
class Counted:
    """How many lines came to one thing."""

    outcome: str
    label: str
    tone: str
    number: int
    is_chosen: bool = False


@dataclass(frozen=True)
class ShownLine:
    """A line as its reader finds it; its words only for whoever brought the file."""

    line: ImportLine
    label: str
    tone: str
    reason: str
    title: str
    row: Practice | None
    changes: list[comparing.Change]
    found: list[str]
    warned: list[str]


@dataclass(frozen=True)
class RunPage:
    run: ImportRun
    viewer: Any
    done: int
    total: int
    counts: list[Counted]
    page: Page | None = None
    lines: tuple[ShownLine, ...] = ()

    @property
    def can_run(self) -> bool:
        return policy.can_run(self.viewer, self.run)

    @property
    def can_drop(self) -> bool:
        return policy.can_drop(self.viewer, self.run)

    @property
    def comes_in(self) -> int:
        """Lines that a run would do something with."""
        return sum(one.number for one in self.counts if one.outcome in {"created", "updated", "held"})

    @property
    def is_own(self) -> bool:
        return policy.sees_words_of(self.viewer, self.run)


def runs_of(viewer: Any) -> QuerySet[ImportRun]:
    """The newest runs that ``viewer`` may know of, each with the number of its lines."""
    runs = ImportRun.objects.visible_to(viewer).select_related("by")
    return runs.annotate(number=Count("lines"))[:RUNS_SHOWN]


def run_page(run: ImportRun, *, viewer: Any, only: str = "", number: str | int = 1) -> RunPage:
    """One run: while it is at work how far it is, else its lines, or those of one outcome."""
    noted = "outcome" if run.state in {ImportRun.State.RUNNING, ImportRun.State.DONE} else "outlook"
    found = dict(run.lines.values_list(noted).annotate(number=Count("pk")).order_by())
    total = sum(found.values())
    counts = [_count(outcome, found[outcome.value], only) for outcome in ImportLine.Outcome if found.get(outcome.value)]
    if run.is_at_work:
        return RunPage(run, viewer, total - found.get("", 0), total, counts)
    lines = run.lines.filter(**{noted: only}) if only in ImportLine.Outcome.values else run.lines.all()
    page = Paginator(lines.order_by("pk"), PAGE_SIZE).get_page(number)
    shown = _shown(run, list(page.object_list), noted, viewer)
    return RunPage(run, viewer, total - found.get("", 0), total, counts, page, tuple(shown))


def _count(outcome: ImportLine.Outcome, number: int, only: str) -> Counted:
    return Counted(outcome.value, str(outcome.label), TONES[outcome.value], number, outcome.value == only)


def _shown(run: ImportRun, lines: list[ImportLine], noted: str, viewer: Any) -> list[ShownLine]:
    is_own = policy.sees_words_of(viewer, run)
    rows = _rows_behind(lines, viewer)
    return [_line(line, getattr(line, noted), rows.get(line.external_id), is_own, shows_changes=noted == "outlook") for line in lines]


def _rows_behind(lines: Iterable[ImportLine], viewer: Any) -> dict[str, Practice]:
    """The rows that the lines are about, as far as ``viewer`` may see them."""
    ids = {line.external_id for line in lines if line.external_id}
    rows = Practice.objects.visible_to(viewer).filter(external_id__in=ids).select_related("organisation", "latest_revision", "circle")
    return {row.external_id: row for row in rows if row.external_id}


def _line(line: ImportLine, outcome: str, row: Practice | None, is_own: bool, *, shows_changes: bool) -> ShownLine:
    told = _told(line) if is_own and line.told else None
    changes = changes_of(row, told) if row and told and shows_changes and outcome == ImportLine.Outcome.UPDATED else []
    return ShownLine(
        line,
        str(ImportLine.Outcome(outcome).label) if outcome else "",
        TONES.get(outcome, ""),
        in_readers_language(line.reason, line.named | {"said": line.said} if line.said else line.named, with_words=is_own),
        told.content["title"] if told else "",
        None if shows_changes else row,
        changes,
        [str(kind_of(one, "block").title) for one in line.types],
        [str(kind_of(one, "warn").title) for one in line.warned],
    )


def _told(line: ImportLine) -> Record | None:
    try:
        return record_of(json.loads(line.told))
    except Refused:
        return None


def changes_of(row: Practice, told: Record) -> list[comparing.Change]:
    """Field by field: the newest words here, and those of the file."""
    before = row.get_latest_revision_as_object()
    before.organisation = row.organisation
    after = copy.copy(before)
    for name, value in told.content.items():
        setattr(after, name, value)
    known = {row.organisation.name.casefold(), row.organisation.slug} if row.organisation else set()
    if told.organisation and told.organisation.casefold() not in known:
        after.organisation = Organisation(name=told.organisation)
    if told.visibility:
        after.visibility, after.wants_public = Level(told.visibility), False
    return comparing.changes(before, after)
