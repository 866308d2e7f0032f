"""What goes into the composer and what comes out: people, the convenor's wish, the plan, and why a plan cannot be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Mode(StrEnum):
    """What the groups are for. The words are those of the network."""

    SEJENIS = "sejenis"
    """People of the same scale and mandate sit together."""
    SILANG = "silang"
    """As mixed as possible: few in a group share scale or mandate."""
    PERWAKILAN = "perwakilan"
    """Each group mirrors the whole."""
    JIGSAW = "jigsaw"
    """Each group has someone from every group of the round before."""


class Organisations(StrEnum):
    """Whether colleagues of one organisation sit together."""

    KEEP = "keep"
    SPLIT = "split"
    ANY = "any"


@dataclass(frozen=True)
class Person:
    """One who takes part. ``id`` is the identity: two rows with the same are one person twice, and refused."""

    id: str
    scale: str | None = None
    mandates: tuple[str, ...] = ()
    organisation: str | None = None
    language: str = ""
    is_facilitator: bool = False
    is_note_taker: bool = False


Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Wish:
    """What a convenor asks for. Names of people who are not there are passed over: lists are older than the morning.

    Without a size band the groups are as even as can be (they differ by one at most), and ``groups`` must say how many.
    """

    mode: Mode | str = Mode.SEJENIS
    least: int | None = None
    most: int | None = None
    seed: int = 0
    organisations: Organisations | str = Organisations.ANY
    by_language: bool = False
    apart: Pairs = ()
    met: Pairs = ()
    pinned: Mapping[str, int] = field(default_factory=dict)
    groups: int | None = None
    earlier_groups: Iterable[Iterable[str]] = ()

    def __post_init__(self) -> None:
        """A word of another language than ours is a mistake of the caller, not of the convenor. What may be read once is kept."""
        object.__setattr__(self, "mode", Mode(self.mode))
        object.__setattr__(self, "organisations", Organisations(self.organisations))
        object.__setattr__(self, "apart", frozenset(tuple(sorted(pair)) for pair in self.apart))
        object.__setattr__(self, "met", frozenset(tuple(sorted(pair)) for pair in self.met))
        object.__setattr__(self, "earlier_groups", _each_once(self.earlier_groups))

    def keeps_apart(self, one: str, other: str) -> bool:
        return one != other and ((one, other) if one < other else (other, one)) in frozenset(self.apart)

    def band(self, people: int, groups: int) -> tuple[int, int]:
        """The smallest and the largest group there may be."""
        even, left = divmod(people, groups)
        least, most = self.least, self.most
        if least is None:
            least = even if most is None else 1
        if most is None:
            most = max(even + bool(left), least)
        return least, most


def _each_once(groups: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """Earlier groups in which each person stands once: who was moved in the middle counts for the first."""
    seen: set[str] = set()
    kept = []
    for group in groups:
        members = sorted(set(group) - seen)
        seen.update(members)
        kept.append(tuple(members))
    return tuple(kept)


@dataclass(frozen=True)
class Remark:
    """One thing to say about a plan: a code for which screens have a sentence, and what fills its gaps."""

    code: str
    figures: Mapping[str, Any] = field(default_factory=dict)


class Impossible(Exception):
    """No plan can be made; ``code`` and ``figures`` say why, for a sentence on the screen."""

    def __init__(self, code: str, **figures: Any) -> None:
        super().__init__(code, figures)
        self.code, self.figures = code, figures


@dataclass(frozen=True)
class Score:
    """How much goes against the wish: 0 is all as wished. See ``scoring.score`` for what the parts mean."""

    roles: float = 0.0
    aim: float = 0.0
    organisations: float = 0.0
    language: float = 0.0
    partners: float = 0.0

    @property
    def total(self) -> float:
        return self.roles + self.soft

    @property
    def soft(self) -> float:
        """All but the facilitators and note-takers, who come before it."""
        return self.aim + self.organisations + self.language + self.partners


@dataclass(frozen=True)
class Group:
    """Who sits together. The two offices are ids of members, or None where nobody is willing."""

    number: int
    members: tuple[Person, ...]
    facilitator: str | None = None
    note_taker: str | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(person.id for person in self.members)


@dataclass(frozen=True)
class Plan:
    """Groups with their score, what of the wish is not met, and for each person why they sit where they sit."""

    groups: tuple[Group, ...]
    score: Score
    unmet: tuple[Remark, ...]
    why: Mapping[str, tuple[Remark, ...]]

    def where(self) -> dict[str, int]:
        """The group's number of each person."""
        return {person.id: group.number for group in self.groups for person in group.members}

    @property
    def people(self) -> tuple[Person, ...]:
        return tuple(person for group in self.groups for person in group.members)


@dataclass(frozen=True)
class Adjusted:
    """A plan as somebody left it who moved people by hand, with what is now broken. Nothing is refused: a screen warns."""

    plan: Plan
    broken: tuple[Remark, ...]
