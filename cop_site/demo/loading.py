"""Synthetic public practices in bulk, to see how the library carries them. Nothing in them means anything."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db import transaction
from django.utils import timezone

from cop_site.accounts.models import Level, User
from cop_site.core import text
from cop_site.library.models import Practice
from cop_site.library.policy import KIND
from cop_site.search import indexing
from cop_site.vocabulary import selectors as words

from .planting import secretariat

BATCH = 200
POOL = 300
LENGTHS = {"summary": 3, "context": 4, "results": 5, "what_failed": 2}
PREFIX = "beban-"
COMMON = "relawan"  # a word of every text
RARE = "kunangkunang"  # of one in a thousand
MOMENTS = "first_published_at last_published_at shelf_changed_at was_public_at changed_at created_at".split()
ON_THE_SHELF = {
    "is_imported": True,
    "live": True,
    "state": Practice.State.PUBLISHED,
    "visibility": Level.PUBLIC,
    "document_kind": "studi-kasus",
    "evidence_level": "gagasan",
    "sensitivity": "umum",
}
_SAID = (
    "desa warga keluarga pelatihan pendamping catatan laporan kapal pelabuhan perbatasan perempuan nelayan kebun pabrik agen perekrut"
    " dokumen paspor upah kontrak sekolah puskesmas posyandu musyawarah peraturan anggaran rumah singgah polisi jaksa hakim bantuan hukum"
    " reintegrasi usaha koperasi migran luar negeri pulang konseling kelompok belajar jaringan lembaga data peta tantangan mandat skala"
    " layanan korban penyintas anak remaja guru tokoh adat gereja masjid pasar terminal bandara radio poster cerita drama lagu kunjungan"
).split()


def load(number: int, *, tell: Callable[[int], None] = lambda done: None) -> dict[str, Any]:
    """Bring the number of such practices up to ``number``, in short transactions, found by search as they come."""
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
    told = {key: dice.choice(_pool(size)) for key, size in LENGTHS.items()}
    if number % 1000 == 1:
        told["context"] = _rendered(f"{RARE.capitalize()} terbang. {told['context'][0]}")
    name = f"{PREFIX}{number:06}"
    return Practice(
        author=by,
        slug=name,
        external_id=name,
        title=f"{_words(dice, 6).capitalize()} {number}",
        html={key: html for key, (_source, html) in told.items()} | {"sanitiser": text.SANITISER_VERSION},
        period_start=date(dice.randint(2008, 2025), 1, 1),
        **dict.fromkeys(MOMENTS, at),
        **ON_THE_SHELF,
        **{key: source for key, (source, _html) in told.items()},
        **_choices(dice),
    )


@cache
def _pool(sentences: int) -> list[tuple[str, str]]:
    """Texts to pick from: cleaning each one anew would take longer than all the rest."""
    dice = random.Random(sentences)  # noqa: S311 - the same texts every time
    return [_rendered(_sentences(dice, sentences)) for _text in range(POOL)]


def _rendered(source: str) -> tuple[str, str]:
    return source, text.render(source)


def _choices(dice: random.Random) -> dict[str, Any]:
    """Values of the facets, unevenly, as in life."""
    named = ("mandate", "service_scale", "trafficking_form", "practice_type", "target_group")
    chosen = {name: dice.sample(list(words.terms(name)), k=min(dice.choice((1, 1, 2, 3)), len(words.terms(name)))) for name in named}
    return chosen | {"provinces": [dice.choice(list(words.provinces()))], "location_precision": "provinsi"}


def _sentences(dice: random.Random, number: int) -> str:
    return " ".join(f"{_words(dice, 12).capitalize()}." for _one in range(number)) + f" Para {COMMON} ikut."


def _words(dice: random.Random, number: int) -> str:
    return " ".join(dice.choices(_SAID, k=number))
