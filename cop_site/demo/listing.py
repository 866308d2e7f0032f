"""Synthetic public organisations in bulk, to see how the directory carries them. None of them exists."""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from cop_site.accounts.models import Level, Organisation, User
from cop_site.directory.choices import Capacity, Country, Language
from cop_site.directory.models import ContactChannel, Listing
from cop_site.directory.policy import KIND
from cop_site.screening.version import RULES_VERSION
from cop_site.search import indexing
from cop_site.vocabulary import selectors as words

from . import mumbling
from .loading import COMMON, RARE, some

BATCH = 500
PREFIX = "beban-lembaga-"
FORMS = ["Yayasan", "Lembaga", "Perkumpulan", "Rumah", "Serikat", "Jaringan", "Komunitas", "Pusat"]
CHECKED = ["klaim-sendiri"] * 5 + ["berdokumen"] * 3 + ["ditelaah-sejawat"]
SEVERAL = {"service_scale": "service_scale", "mandate": "mandate", "sector_5k": "sector_5k", "target_group": "target_group"}


def load(number: int, *, tell: Callable[[int], None] = lambda done: None) -> dict[str, Any]:
    """Bring the number of such organisations up to ``number``, in short transactions, found by search as they come.

    The same number is always the same organisation; those that are there stay.
    """
    done = Organisation.objects.filter(slug__startswith=PREFIX).count()
    while done < number:
        upto = min(done + BATCH, number)
        indexing.refresh(KIND, _write(range(done + 1, upto + 1)))
        done = upto
        tell(done)
    members = list(User.objects.filter(email__startswith="load-").order_by("email").values_list("email", flat=True))
    return {
        "organisations": done,
        "list_page_50": "/directory/?page=50",
        "first_member": members[0] if members else "",
        "last_member": members[-1] if members else "",
        "rare_word": RARE,
        "common_word": COMMON,
    }


@transaction.atomic
def _write(numbers: range) -> list[int]:
    dice = {number: random.Random(number) for number in numbers}  # noqa: S311 - the same organisation for the same number, every time
    organisations = Organisation.objects.bulk_create([_organisation(number, dice[number]) for number in numbers])
    listings = [_listing(one, number, dice[number]) for one, number in zip(organisations, numbers, strict=True)]
    made = Listing.objects.bulk_create(listings)
    ContactChannel.objects.bulk_create([channel for one, number in zip(made, numbers, strict=True) for channel in _channels(one, number)])
    return [one.pk for one in made]


def _organisation(number: int, dice: random.Random) -> Organisation:
    name = f"{dice.choice(FORMS)} {mumbling.title(dice).title()} {number}"
    return Organisation(
        slug=f"{PREFIX}{number:05}",
        name=name[:160],
        kind=(some(dice, list(words.terms("organisation_kind")), 1) or ["lainnya"])[0],
        is_listed=True,
        visibility=Level.PUBLIC,
    )


def _listing(organisation: Organisation, number: int, dice: random.Random) -> Listing:
    rare = f"{RARE.capitalize()} terbang. " if number % 1000 == 1 else ""
    return Listing(
        organisation=organisation,
        about_id=f"{rare}{mumbling.passage(dice, 3)} Para {COMMON} ikut.",
        offers_id=mumbling.passage(dice, 2),
        hours="Senin sampai Jumat",
        capacity=dice.choice(["", *Capacity.values]),
        verification=dice.choice(CHECKED),
        confirmed_at=_confirmed(dice),
        screened_version=RULES_VERSION,
        **_choices(dice),
    )


def _confirmed(dice: random.Random) -> Any:
    """Three in four within 210 days; one in twenty never."""
    days = dice.randrange(210) if dice.random() < 0.75 else dice.randrange(210, 700)
    return None if dice.random() < 0.05 else timezone.now() - timedelta(days=days)


def _choices(dice: random.Random) -> dict[str, list[str]]:
    several = {column: _drawn(dice, list(words.terms(name)), (1, 1, 2, 3)) for column, name in SEVERAL.items()}
    regencies = _drawn(dice, list(words.regencies()), (0, 0, 1, 2))
    around = [words.regencies()[code].province_id for code in regencies]
    provinces = sorted({*_drawn(dice, list(words.provinces()), (0, 1, 1, 2, 5)), *around})
    return several | {
        "regencies": regencies,
        "provinces": provinces,
        "countries": _drawn(dice, Country.values, (0, 0, 1)),
        "languages": _drawn(dice, Language.values, (1, 1, 2)),
    }


def _drawn(dice: random.Random, values: list[str], numbers: tuple[int, ...]) -> list[str]:
    return list(dict.fromkeys(some(dice, values, dice.choice(numbers))))


def _channels(listing: Listing, number: int) -> Iterator[ContactChannel]:
    yield ContactChannel(listing=listing, kind="email", value=f"sapa@lembaga-{number}.example", visibility=Level.PUBLIC)
    yield ContactChannel(listing=listing, kind="website", value=f"https://lembaga-{number}.example", visibility=Level.NETWORK, position=1)
