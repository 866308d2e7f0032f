"""Synthetic public practices in bulk, to see how the library carries them. Nothing in them means anything."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from cop_site.accounts.models import Level, User
from cop_site.core import text
from cop_site.library.models import Practice
from cop_site.library.policy import KIND
from cop_site.search import indexing
from cop_site.vocabulary import selectors as words

from . import mumbling
from .planting import secretariat

BATCH = 500
LENGTHS = {"summary": 2, "context": 4, "results": 5, "what_failed": 3, "approach": 4}
PREFIX = "beban-"
COMMON = "relawan"  # a word of every text
RARE = "kunangkunang"  # of one in a thousand
MOMENTS = "first_published_at last_published_at shelf_changed_at was_public_at changed_at created_at".split()
ON_THE_SHELF = {
    "is_imported": True,
    "live": True,
    "state": Practice.State.PUBLISHED,
    "visibility": Level.PUBLIC,
    "sensitivity": "umum",
    "location_precision": "provinsi",
}
SEVERAL = ("mandate", "service_scale", "trafficking_form", "practice_type", "target_group")
KINDS = ["studi-kasus", "praktik-baik", "pelajaran", "inovasi"]
LANGUAGES = ["id"] * 11 + ["en"]


def load(number: int, *, tell: Callable[[int], None] = lambda done: None) -> dict[str, Any]:
    """Bring the number of such practices up to ``number``, in short transactions, found by search as they come.

    The same number is always the same text; those that are there stay, so that a second run adds only what is missing.
    """
    by, done = secretariat(), Practice.objects.unscoped("how many were loaded").filter(slug__startswith=PREFIX).count()
    while done < number:
        upto = min(done + BATCH, number)
        indexing.refresh(KIND, _write(by, range(done + 1, upto + 1)))
        done = upto
        tell(done)
    return {
        "practices": done,
        "list_page_50": "/library/?page=50",
        "practice": f"/library/{PREFIX}{max(done, 1):06}/",
        "rare_word": RARE,
        "common_word": COMMON,
    }


@transaction.atomic
def _write(by: User, numbers: range) -> list[int]:
    return [practice.pk for practice in Practice.objects.bulk_create(_practices(by, numbers))]


def _practices(by: User, numbers: range) -> Iterator[Practice]:
    for number in numbers:
        yield _practice(by, number, random.Random(number))  # noqa: S311 - the same text for the same number, every time


def _practice(by: User, number: int, dice: random.Random) -> Practice:
    at = timezone.now() - timedelta(minutes=dice.randrange(500_000))
    told = {key: mumbling.passage(dice, size) for key, size in LENGTHS.items()}
    told["context"] += f" Para {COMMON} ikut."
    if number % 1000 == 1:
        told["context"] = f"{RARE.capitalize()} terbang. {told['context']}"
    name = f"{PREFIX}{number:06}"
    return Practice(
        author=by,
        slug=name,
        external_id=name,
        title=f"{mumbling.title(dice)} {number}",
        # Plain sentences need no cleaning, which would take longer than all the rest (tests/demo/test_loading.py compares).
        html={key: f"<p>{source}</p>\n" for key, source in told.items()} | {"sanitiser": text.SANITISER_VERSION},
        period_start=date(dice.randint(2008, 2025), 1, 1),
        **dict.fromkeys(MOMENTS, at),
        **ON_THE_SHELF,
        **told,
        **_choices(dice),
    )


def _choices(dice: random.Random) -> dict[str, Any]:
    """Values of the facets, unevenly, as in life."""
    several = {name: list(dict.fromkeys(some(dice, list(words.terms(name)), dice.choice((1, 1, 2, 3))))) for name in SEVERAL}
    one = {
        "document_kind": some(dice, KINDS, 1)[0],
        "evidence_level": (some(dice, list(words.terms("evidence_level")), 1) or [""])[0],
        "language": dice.choice(LANGUAGES),
    }
    return several | one | {"provinces": some(dice, list(words.provinces()), 1)}


def some(dice: random.Random, values: list[str], number: int) -> list[str]:
    """So many of ``values``, the first ones most often."""
    return dice.choices(values, weights=[1 / (rank + 2) for rank in range(len(values))], k=number) if values else []
