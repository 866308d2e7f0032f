"""The service chain between where people come from and where they went: who covers each stage, and which is missing."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cop_site.vocabulary import selectors as words
from cop_site.vocabulary.models import Province

from ..choices import Capacity, Country
from ..models import Listing
from .matrix import PROVINCE, Surveys, as_text, is_stale, said

ORIGIN, DESTINATION, NATIONAL = "origin", "destination", "national"
BOTH = (ORIGIN, DESTINATION)
AT_MOST = 8  # names of one side; the rest stands in the list
NATIONAL_SCALES = frozenset({"nasional", "lintas-negara"})
PREVENTION = "prevention"

# Each stage: on which side it is needed, and by which mandates it is covered.
STAGES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    PREVENTION: ((ORIGIN,), ("pencegahan-edukasi", "migrasi-aman", "kebijakan-desa", "pemberdayaan-ekonomi", "media-kampanye")),
    "identifikasi": (BOTH, ("pengaduan-hotline", "identifikasi-penjangkauan")),
    "penyelamatan": ((DESTINATION,), ("penyelamatan-evakuasi",)),
    "pelindungan-darurat": (BOTH, ("rumah-aman",)),
    "proses-hukum": (BOTH, ("bantuan-hukum", "restitusi-kompensasi", "penegakan-hukum")),
    "pemulihan": (BOTH, ("rehabilitasi-kesehatan", "rehabilitasi-psikososial", "pendampingan-rohani", "pelindungan-anak")),
    "pemulangan": (BOTH, ("pemulangan",)),
    "reintegrasi": ((ORIGIN,), ("reintegrasi", "penguatan-keluarga", "dukungan-sebaya")),
    "pemantauan": ((ORIGIN,), ("pemantauan-pascapulang",)),
}


@dataclass(frozen=True)
class Covering:
    """An organisation at a stage: its name, and whether it has room. How it is reached stands on its page."""

    listing: Listing

    @property
    def capacity(self) -> str:
        now = self.listing.capacity_now
        return str(Capacity(now).label) if now else ""


@dataclass
class Side:
    """Who covers a stage on one side."""

    key: str
    place: str
    is_needed: bool
    was_searched: bool = False
    number: int = 0
    fresh: int = 0
    organisations: list[Covering] = field(default_factory=list)
    address: str = ""

    @property
    def is_missing(self) -> bool:
        return self.is_needed and self.number == 0

    @property
    def is_only_old(self) -> bool:
        """Whether all that is known of it is old."""
        return self.number > 0 and self.fresh == 0

    @property
    def more(self) -> int:
        return self.number - len(self.organisations)

    @property
    def gap(self) -> str:
        """What is missing, in a sentence."""
        told = {
            (ORIGIN, True): _("Looked for at the origin: nobody."),
            (ORIGIN, False): _("Nobody known yet at the origin."),
            (DESTINATION, True): _("Looked for at the destination: nobody."),
            (DESTINATION, False): _("Nobody known yet at the destination."),
        }
        return told[self.key, self.was_searched] if self.is_missing else ""


@dataclass(frozen=True)
class Stage:
    """One step of the way."""

    key: str
    label: str
    sides: list[Side]
    national: Side

    @property
    def gaps(self) -> list[str]:
        return [side.gap for side in self.sides if side.gap]

    @property
    def is_uncovered(self) -> bool:
        """Whether nobody at all is known for it."""
        return not any(side.number for side in [*self.sides, self.national])


@dataclass(frozen=True)
class ChainPage:
    origin: Province
    destination: str
    stages: list[Stage]

    @property
    def uncovered(self) -> list[Stage]:
        return [stage for stage in self.stages if stage.is_uncovered]

    @property
    def broken(self) -> list[Stage]:
        """Stages with a gap on one side, though somebody covers them elsewhere."""
        return [stage for stage in self.stages if stage.gaps and not stage.is_uncovered]


def stage_labels() -> list[str]:
    """The stages from prevention to after return, in their order."""
    return [_label(key) for key in STAGES]


def place_called(code: str) -> str:
    """The name of a country or province, or an empty string."""
    if code in Country.values:
        return str(Country(code).label)
    return words.province_name(code) if code in words.provinces() else ""


def chain_page(viewer: Any, origin: Province, destination: str) -> ChainPage:
    """Each stage with those who cover it at the origin, at the destination and nationally, as ``viewer`` may know of them."""
    found, surveys = _found(viewer, origin.code, destination), Surveys(viewer)
    shown: dict[tuple[str, str], list[int]] = {}
    stages = []
    for key, (needed, mandates) in STAGES.items():
        wanted = frozenset(mandates)
        sides = [
            _side(ORIGIN, origin.code, needed, mandates, surveys),
            _side(DESTINATION, destination, needed, mandates, surveys),
        ]
        stage = Stage(key, _label(key), sides, Side(NATIONAL, "", False))
        there = [one for one in found if not wanted.isdisjoint(one.mandates)]
        for side in [*sides, stage.national]:
            shown[key, side.key] = _fill(side, [one for one in there if side.key in one.sides])
        stages.append(stage)
    _put_names(viewer, stages, shown)
    return ChainPage(origin, destination, stages)


def _side(key: str, code: str, needed: tuple[str, ...], mandates: tuple[str, ...], surveys: Surveys) -> Side:
    terms = words.terms("mandate")
    groups = {terms[mandate].attributes.get("group", "") for mandate in mandates if mandate in terms}
    return Side(key, place_called(code), key in needed, surveys.cover(PROVINCE, code, groups), address=_listed(code, mandates))


@dataclass(frozen=True)
class _Found:
    pk: int
    mandates: tuple[str, ...]
    sides: set[str]
    is_stale: bool


def _found(viewer: Any, origin: str, destination: str) -> list[_Found]:
    """Those that work on one of the sides, fresh ones first, then by name."""
    columns = [as_text(name) for name in ("mandate", "provinces", "countries", "service_scale")]
    found = []
    for pk, old, *lists in Listing.objects.visible_to(viewer).listed().by_name().values_list("pk", is_stale(), *columns):
        mandates, provinces, countries, scales = map(said, lists)
        sides = {ORIGIN} if origin in provinces else set()
        sides |= {DESTINATION} if destination in provinces or destination in countries else set()
        sides |= {NATIONAL} if not sides and not provinces and NATIONAL_SCALES & set(scales) else set()
        if sides:
            found.append(_Found(pk, mandates, sides, old))
    return sorted(found, key=lambda one: one.is_stale)


def _fill(side: Side, found: list[_Found]) -> list[int]:
    side.number, side.fresh = len(found), sum(not one.is_stale for one in found)
    return [one.pk for one in found[:AT_MOST]]


def _put_names(viewer: Any, stages: list[Stage], shown: dict[tuple[str, str], list[int]]) -> None:
    wanted = {pk for pks in shown.values() for pk in pks}
    rows = Listing.objects.visible_to(viewer).listed().select_related("organisation").in_bulk(wanted)
    for stage in stages:
        for side in [*stage.sides, stage.national]:
            side.organisations = [Covering(rows[pk]) for pk in shown[stage.key, side.key] if pk in rows]


def _listed(code: str, mandates: tuple[str, ...]) -> str:
    """Where all of them stand."""
    place = "province" if code in words.provinces() else "country"
    return f"{reverse('directory')}?{urlencode({place: code, 'mandate': mandates}, doseq=True)}"


def _label(key: str) -> str:
    return words.label("mandate_group" if key == PREVENTION else "process_stage", key)
