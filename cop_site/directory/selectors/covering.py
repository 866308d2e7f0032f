"""What regions have in place: of several statements about the same the newest day holds, the others are its history."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cop_site.vocabulary import selectors as words
from cop_site.vocabulary.models import Province, Term

from .. import policy
from ..models import Coverage, Survey

INSTRUMENTS, STATUSES = "coverage_instrument", "coverage_status"
UNKNOWN = "belum-diketahui"
# Never colour alone: what stands in a tile or a cell beside it.
SIGNS = {"aktif": "●", "di-atas-kertas": "◐", "tidak-ada": "○", UNKNOWN: "?"}


@dataclass(frozen=True)
class State:
    """How one instrument of one region stands: as somebody stated it, or not known."""

    instrument: Term
    statements: list[Coverage] = field(default_factory=list)  # newest first

    @property
    def now(self) -> Coverage | None:
        return self.statements[0] if self.statements else None

    @property
    def older(self) -> list["Told"]:
        return [Told(one) for one in self.statements[1:]]

    @property
    def status(self) -> str:
        return self.now.status if self.now and self.now.status in SIGNS else UNKNOWN

    @property
    def label(self) -> str:
        return words.label(STATUSES, self.status)

    @property
    def sign(self) -> str:
        return SIGNS[self.status]


@dataclass(frozen=True)
class Told:
    """One statement with the word for its state."""

    statement: Coverage

    @property
    def label(self) -> str:
        return words.label(STATUSES, self.statement.status)


@dataclass(frozen=True)
class Region:
    """A province or district with its instruments, in their order."""

    code: str
    name: str
    states: list[State]
    known_districts: int = 0

    @property
    def unknown(self) -> int:
        return sum(state.status == UNKNOWN for state in self.states)

    @property
    def is_told(self) -> bool:
        """Whether anybody stated anything of it."""
        return any(state.now for state in self.states)


@dataclass(frozen=True)
class Tally:
    """In how many provinces an instrument stands how."""

    instrument: Term
    numbers: list[tuple[Term, int]]


@dataclass(frozen=True)
class CoveragePage:
    provinces: list[Region]  # all of them, where none was chosen
    tallies: list[Tally]
    chosen: Region | None
    districts: list[Region]
    surveys: list["Looked"]
    can_survey: bool

    @property
    def unknown(self) -> int:
        """How much is not known of what the page shows."""
        return sum(region.unknown for region in self._regions)

    @property
    def told_districts(self) -> list[Region]:
        """Districts of which somebody stated something."""
        return [region for region in self.districts if region.is_told]

    @property
    def silent_districts(self) -> list[Region]:
        """Districts of which nothing is known."""
        return [region for region in self.districts if not region.is_told]

    @property
    def _regions(self) -> list[Region]:
        return [self.chosen, *self.districts] if self.chosen else self.provinces

    @property
    def asked(self) -> int:
        """How much could be known of what the page shows."""
        return len(self._regions) * len(words.terms(INSTRUMENTS))


@dataclass(frozen=True)
class Looked:
    """A survey with the words for where and for what."""

    survey: Survey
    is_over: bool

    @property
    def where(self) -> str:
        survey = self.survey
        return words.province_name(survey.province) if survey.province else words.label("service_scale", survey.scale)

    @property
    def group(self) -> str:
        return words.label("mandate_group", self.survey.mandate_group) if self.survey.mandate_group else ""


def instrument_called(slug: str) -> Term | None:
    return words.terms(INSTRUMENTS).get(slug)


def legend() -> list[tuple[Term, str]]:
    """Each state with its sign."""
    return [(term, SIGNS[slug]) for slug, term in words.terms(STATUSES).items()]


def states_of_provinces(viewer: Any, instrument: Term) -> dict[str, State]:
    """One instrument in every province."""
    told = Coverage.objects.visible_to(viewer).filter(instrument=instrument.slug, regency="")
    by_province: dict[str, list[Coverage]] = {code: [] for code in words.provinces()}
    for statement in told:
        by_province.setdefault(statement.province, []).append(statement)
    return {code: State(instrument, by_province[code]) for code in words.provinces()}


def coverage_page(viewer: Any, province: Province | None) -> CoveragePage:
    """All provinces side by side, or one with its districts, as ``viewer`` may know of them."""
    surveys = _surveys(viewer, province)
    may = policy.can_survey(viewer)
    if province is None:
        provinces = _all_provinces(viewer)
        return CoveragePage(provinces, _tallies(provinces), None, [], surveys, may)
    told = _by_region(Coverage.objects.visible_to(viewer).filter(province=province.code))
    inside = [one for one in words.regencies().values() if one.province_id == province.code]
    districts = [Region(one.code, one.name, _states(told, one.code)) for one in inside]
    return CoveragePage([], [], Region(province.code, province.name, _states(told, "")), districts, surveys, may)


def _all_provinces(viewer: Any) -> list[Region]:
    told: dict[str, list[Coverage]] = {}
    districts: dict[str, set[str]] = {}
    for statement in Coverage.objects.visible_to(viewer):
        if statement.regency:
            districts.setdefault(statement.province, set()).add(statement.regency)
        else:
            told.setdefault(statement.province, []).append(statement)
    return [
        Region(code, province.name, _states(_by_region(told.get(code, [])), ""), len(districts.get(code, ())))
        for code, province in words.provinces().items()
    ]


def _by_region(statements: Iterable[Coverage]) -> dict[tuple[str, str], list[Coverage]]:
    told: dict[tuple[str, str], list[Coverage]] = {}
    for statement in statements:
        told.setdefault((statement.regency, statement.instrument), []).append(statement)
    return told


def _states(told: dict[tuple[str, str], list[Coverage]], region: str) -> list[State]:
    return [State(term, told.get((region, slug), [])) for slug, term in words.terms(INSTRUMENTS).items()]


def _tallies(provinces: list[Region]) -> list[Tally]:
    tallies = []
    for place, term in enumerate(words.terms(INSTRUMENTS).values()):
        numbers = Counter(province.states[place].status for province in provinces)
        tallies.append(Tally(term, [(status, numbers[slug]) for slug, status in words.terms(STATUSES).items()]))
    return tallies


def _surveys(viewer: Any, province: Province | None) -> list[Looked]:
    """Where was looked: in this province, or anywhere; the newest first."""
    seen = Survey.objects.visible_to(viewer)
    found = seen.filter(province=province.code) if province else seen
    current = set(Survey.objects.in_force().visible_to(viewer).values_list("pk", flat=True))
    return [Looked(survey, survey.pk not in current) for survey in found]
