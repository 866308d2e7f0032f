"""What harvesters are told: public texts, and that others, once public, are gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Min, Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from cop_site.vocabulary import selectors as words

from ..citing.citation import COLUMNS, Citation, citation_of
from ..harvesting.asking import Selection
from ..models import Practice, PracticeQuerySet

PAGE_SIZE = 100
SET = "mandate"  # sets are the mandates, below one that holds them all
NOBODY = AnonymousUser()


@dataclass(frozen=True)
class Harvested:
    """A row as a harvester hears of it: without a citation it is gone, and of such a row nothing else is known here."""

    slug: str
    changed_at: datetime
    citation: Citation | None = None
    sets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """One answer of a list, and the row after which the next one goes on (None where this was the last)."""

    rows: list[Harvested]
    next_after: int | None


def part(chosen: Selection) -> Part:
    """The next rows of a list. It costs the same wherever in the list it stands, and however long the list is."""
    if chosen.set_spec and chosen.set_spec not in set_specs():
        return Part([], None)
    found = _narrowed(Practice.objects.told_to_harvesters().filter(pk__gt=chosen.after), chosen).order_by("pk")
    heads = list(found.values_list("pk", "slug", "was_public_at")[: PAGE_SIZE + 1])
    told = heads[:PAGE_SIZE]
    return Part(_told(told), told[-1][0] if len(heads) > PAGE_SIZE else None)


def one(slug: str) -> Harvested | None:
    """One row by its slug; what never was public was never there."""
    heads = list(Practice.objects.told_to_harvesters().filter(slug=slug).values_list("pk", "slug", "was_public_at"))
    return next(iter(_told(heads)), None)


def first_moment() -> datetime:
    """Before which nothing changed here."""
    return Practice.objects.told_to_harvesters().aggregate(first=Min("was_public_at"))["first"] or timezone.now()


def set_specs() -> dict[str, str]:
    """Sets and their names: all mandates, and each."""
    mandates = words.terms("mandate")
    return {SET: "Mandat · Mandates"} | {f"{SET}:{slug}": f"{term.label_id} · {term.label_en}" for slug, term in mandates.items()}


def _narrowed(found: PracticeQuerySet, chosen: Selection) -> PracticeQuerySet:
    if chosen.first_moment:
        found = found.filter(was_public_at__gte=chosen.first_moment)
    if chosen.past_the_last:
        found = found.filter(was_public_at__lt=chosen.past_the_last)
    return found.alias(mandates=Cast("mandate", TextField())).filter(_in_set(chosen.set_spec)) if chosen.set_spec else found


def _in_set(spec: str) -> Q:
    """Public texts of a mandate; and every text that is gone.

    In which sets that one was is nobody's to know any more (a withdrawn text keeps nothing, a narrowed one may have
    changed since): whoever copies one set hears of all that is gone, and passes over what she never had.
    """
    slug = spec.removeprefix(SET).removeprefix(":")
    return Q(mandates__contains=f'"{slug}"' if slug else '"') | ~Q(pk__in=_public().values("pk"))


def _public() -> PracticeQuerySet:
    return Practice.objects.visible_to(NOBODY).published()


def _told(heads: Sequence[tuple[int, str, datetime | None]]) -> list[Harvested]:
    """Each row as everybody finds it now; gone, where the database no longer lets everybody read it."""
    public: dict[int, Any] = _public().for_lists().only(*COLUMNS, "organisation__name").in_bulk([pk for pk, _slug, _at in heads])
    return [_one(public.get(pk), slug, changed_at.astimezone(UTC)) for pk, slug, changed_at in heads if changed_at]


def _one(practice: Practice | None, slug: str, changed_at: datetime) -> Harvested:
    if practice is None:
        return Harvested(slug, changed_at)
    sets = tuple(f"{SET}:{mandate}" for mandate in practice.mandate if mandate in words.terms(SET))
    return Harvested(slug, changed_at, citation_of(practice, viewer=NOBODY), (SET, *sets) if sets else ())
