"""The desk: what waits, how much of it, who has it, and the case that is looked at."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils import timezone

from cop_site.accounts.policy import is_moderator
from cop_site.forums.models import Forum, Topic
from cop_site.screening.models import WatchedWord

from .. import kinds, policy
from ..choices import CASES_ON_A_PAGE, CLAIMED_FOR, Origin
from ..models import Appeal, Case, Decision, Duty, Report, Snapshot
from . import words
from .reading import Guarded, guarded, newest, said_by

ALL, HELD, REPORTS, FLAGGED, MINE, DECIDED = "all", "held", "reports", "flagged", "mine", "decided"
ORIGINS = {HELD: Origin.HELD, REPORTS: Origin.REPORTED, FLAGGED: Origin.FLAGGED}
TABS = (ALL, HELD, REPORTS, FLAGGED, MINE)
FILTERS = ("kind", "severity", "forum", "province", "language")


@dataclass(frozen=True)
class Asked:
    """Which part of the queue is looked at."""

    tab: str = ALL
    chosen: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        tab = query.get("tab", ALL)
        return cls(tab if tab in {*TABS, DECIDED} else ALL, {name: str(query[name]) for name in FILTERS if query.get(name)})

    @property
    def query(self) -> str:
        """What keeps it in an address."""
        said = QueryDict(mutable=True)
        said.update({"tab": self.tab, **self.chosen})
        return said.urlencode()


@dataclass(frozen=True)
class Row:
    """One case in the queue, as this moderator finds it."""

    case: Case
    title: str
    is_mine: bool
    holder: Any = None

    @property
    def kind(self) -> Any:
        return label_of(self.case)


@dataclass(frozen=True)
class Desk:
    """The queue with its tabs, and what stands around it."""

    asked: Asked
    counts: dict[str, int]
    page: Page
    rows: list[Row]
    decides_appeals: bool
    until: Any = None  # the last day of one's own turn
    next_up: Duty | None = None
    backup: Duty | None = None


@dataclass(frozen=True)
class Looked:
    """One case, opened."""

    case: Case
    snapshot: Snapshot | None
    title: str
    said_by: str  # the name that readers see beside it
    place: str  # the address of the row, where the moderator may read it
    reports: list[Report]
    before: list[Decision]
    decision: Decision | None
    guard: Guarded
    watched: list[WatchedWord]
    may_decide: bool
    is_mine: bool
    holder: Any
    reads_forum: bool

    @property
    def kind(self) -> Any:
        return label_of(self.case)


def label_of(case: Case) -> Any:
    """What sort of thing it is about."""
    kind = kinds.of(case.kind)
    return kind.label if kind else case.kind


def cases(viewer: Any, asked: Asked) -> QuerySet[Case]:
    """The open cases of a part of the queue, the gravest first."""
    found = Case.objects.visible_to(viewer).open()
    if asked.tab in ORIGINS:
        found = found.filter(origin=ORIGINS[asked.tab])
    elif asked.tab == MINE:
        found = found.filter(_held_by(viewer, timezone.now()))
    return found.filter(_chosen(asked, viewer)).gravest_first()


def _held_by(viewer: Any, now: datetime) -> Q:
    return Q(claimed_by=viewer.pk, claimed_at__gt=now - CLAIMED_FOR)


def _chosen(asked: Asked, viewer: Any) -> Q:
    """What was filtered for; a forum only where the moderator may know of it."""
    said, found = asked.chosen, Q()
    for name in {"kind", "language"} & said.keys():
        found &= Q(**{name: said[name]})
    if said.get("severity", "").isdecimal():
        found &= Q(severity=min(int(said["severity"]), 9))
    if "forum" in said:
        found &= Q(forum__in=Forum.objects.visible_to(viewer).filter(slug=said["forum"]))
    if said.get("province", "").isdecimal():
        found &= Q(provinces__contains=f",{said['province']},")
    return found


def desk(viewer: Any, asked: Asked, wished: str = "") -> Desk:
    """A page of the queue."""
    now = timezone.now()
    page = Paginator(_drawn(cases(viewer, asked), viewer), CASES_ON_A_PAGE).get_page(wished)
    turns = list(Duty.objects.filter(ends_on__gte=timezone.localdate()).select_related("person"))
    today = [turn for turn in turns if turn.starts_on <= timezone.localdate()]
    return Desk(
        asked=asked,
        counts=_counts(viewer, now),
        page=page,
        rows=_rows(list(page), viewer, now),
        decides_appeals=is_moderator(viewer),
        until=max((turn.ends_on for turn in today if turn.person_id == viewer.pk and not turn.is_backup), default=None),
        next_up=next((turn for turn in turns if turn not in today and not turn.is_backup), None),
        backup=next((turn for turn in today if turn.is_backup), None),
    )


def _drawn(found: QuerySet[Case], viewer: Any) -> QuerySet[Case]:
    """With all that a row of the queue says."""
    latest = Snapshot.objects.filter(case=OuterRef("pk")).order_by("-at", "-pk")
    return found.select_related("author", "claimed_by", "forum").annotate(
        said_title=Subquery(latest.values("title")[:1]),
        said_note=Subquery(latest.values("note")[:1]),
        reported=Count("reports"),
        reads_forum=Exists(Forum.objects.visible_to(viewer).filter(pk=OuterRef("forum"))),
    )


def _rows(found: list[Case], viewer: Any, now: datetime) -> list[Row]:
    titles = _titles_of_topics(found, viewer)
    rows = []
    for case in found:
        is_mine = case.claimed_by_id == viewer.pk and (case.claimed_at or now) > now - CLAIMED_FOR
        holder = case.claimed_by if policy.is_claimed_by_another(viewer, case, now=now) else None
        rows.append(Row(case, case.said_title or titles.get(case.subject_id, ""), is_mine, holder))  # type: ignore[attr-defined]
    return rows


def _titles_of_topics(found: Iterable[Case], viewer: Any) -> dict[int, str]:
    """What answers stand under, where the moderator may read that."""
    posts = [case.subject_id for case in found if case.kind == "post"]
    topics = Topic.objects.visible_to(viewer).filter(posts__in=posts) if posts else Topic.objects.none()
    return dict(topics.values_list("posts__pk", "title"))


def _counts(viewer: Any, now: datetime) -> dict[str, int]:
    mine = Count("pk", filter=_held_by(viewer, now))
    by_origin = {tab: Count("pk", filter=Q(origin=origin)) for tab, origin in ORIGINS.items()}
    open_ones = Case.objects.visible_to(viewer).open()
    return open_ones.aggregate(**{ALL: Count("pk"), MINE: mine}, **by_origin) | {"appeals": appeals(viewer).count()}


def forums_in(viewer: Any) -> QuerySet[Forum]:
    """Where something waits, of the forums that the moderator may know of."""
    waiting = Case.objects.visible_to(viewer).open()
    return Forum.objects.visible_to(viewer).filter(pk__in=waiting.values("forum")).in_order()


def appeals(viewer: Any) -> QuerySet[Appeal]:
    """Objections that this moderator may decide, the longest wait first."""
    if not is_moderator(viewer):
        return Appeal.objects.none()
    here = Appeal.objects.visible_to(viewer).filter(decision__case__in=Case.objects.visible_to(viewer).values("pk"))
    return here.open().exclude(decision__by=viewer.pk).select_related("decision__case__forum", "decision__by")


def looked(viewer: Any, pk: int) -> Looked | None:
    """One case with everything that a decision needs."""
    case = _drawn(Case.objects.visible_to(viewer).filter(pk=pk), viewer).first()
    if case is None:
        return None
    now = timezone.now()
    (row,) = _rows([case], viewer, now)
    past = list(_about_the_same(case).exclude(case=case))
    standing = case.decisions.filter(undone_at=None).select_related("by").first()
    kind, snapshot = kinds.of(case.kind), newest(case)
    seen = kind.find(case.subject_id, viewer) if kind else None
    return Looked(
        case=case,
        snapshot=snapshot,
        title=row.title,
        said_by=said_by(case),
        place=kind.url(seen) if kind and seen is not None else "",
        reports=list(case.reports.all()),
        before=[*case.decisions.exclude(undone_at=None).select_related("by"), *past],
        decision=standing,
        guard=guarded(case),
        watched=words.found_in(snapshot),
        may_decide=policy.can_decide(viewer, case, now=now),
        is_mine=row.is_mine,
        holder=row.holder,
        reads_forum=case.reads_forum,  # type: ignore[attr-defined]
    )


def _about_the_same(case: Case) -> QuerySet[Decision]:
    same = Decision.objects.filter(case__subject_type=case.subject_type_id, case__subject_id=case.subject_id)
    return same.select_related("by").order_by("-at", "-pk")


def next_case(viewer: Any, asked: Asked, *, after: Case | None = None) -> Case | None:
    """What to look at now: the gravest that nobody else has; after ``after`` what follows it, else from the top."""
    now = timezone.now()
    free = cases(viewer, asked).filter(Q(pk__in=Case.objects.unclaimed(now).values("pk")) | Q(claimed_by=viewer.pk))
    if after is None:
        return free.first()
    later = Q(severity__lt=after.severity) | Q(severity=after.severity, opened_at__gt=after.opened_at)
    later |= Q(severity=after.severity, opened_at=after.opened_at, pk__gt=after.pk)
    return free.filter(later).first() or free.exclude(pk=after.pk).first()
