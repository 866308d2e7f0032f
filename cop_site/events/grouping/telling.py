"""*Mengapa saya di sini*: for each person, the reasons of their seat, as codes with figures for a sentence on the screen.

A reason speaks of oneself and of numbers in one's group, never of another person by name, and never of who must not meet whom.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import scoring
from .wishes import Group, Mode, Organisations, Person, Remark, Wish

Reasons = dict[str, tuple[Remark, ...]]


@dataclass(frozen=True)
class _Setting:
    """What the reasons of all are read from, counted once."""

    wish: Wish
    people: int
    scales: Counter[str]
    organisations: Counter[str]
    earlier: dict[str, int]
    partners: dict[str, list[str]]


def reasons(groups: Sequence[Group], wish: Wish) -> Reasons:
    """Why each person sits where they sit. Nobody is left without a reason: who has no other was placed by size and lot."""
    setting = _setting(groups, wish)
    return {
        person.id: tuple(_of_one(person, group, setting)) or (Remark("by-lot", {"size": len(group.members)}),)
        for group in groups
        for person in group.members
    }


def _setting(groups: Sequence[Group], wish: Wish) -> _Setting:
    everybody = [person for group in groups for person in group.members]
    partners: dict[str, list[str]] = {}
    for one, other in sorted(scoring.met_before(wish)):
        partners.setdefault(one, []).append(other)
        partners.setdefault(other, []).append(one)
    return _Setting(
        wish=wish,
        people=len(everybody),
        scales=Counter(person.scale for person in everybody if person.scale),
        organisations=Counter(person.organisation for person in everybody if person.organisation),
        earlier={identity: number for number, group in enumerate(wish.earlier_groups, start=1) for identity in group},
        partners=partners,
    )


def _of_one(person: Person, group: Group, setting: _Setting) -> Iterator[Remark]:
    if setting.wish.pinned.get(person.id) == group.number:
        yield Remark("pinned", {"group": group.number})
    if person.id == group.facilitator:
        yield Remark("facilitator")
    if person.id == group.note_taker:
        yield Remark("note-taker")
    yield from AIMS[Mode(setting.wish.mode)](person, group, setting)
    yield from _beside_the_aim(person, group, setting)


def _beside_the_aim(person: Person, group: Group, setting: _Setting) -> Iterator[Remark]:
    wish, others = setting.wish, len(group.members) - 1
    if wish.by_language and (same := _others(group, person, "language")):
        yield Remark("same-language", {"language": person.language, "others": same, "of": others})
    if wish.organisations != Organisations.ANY and person.organisation and setting.organisations[person.organisation] > 1:
        colleagues = _others(group, person, "organisation")
        if wish.organisations == Organisations.KEEP and colleagues:
            yield Remark("with-colleagues", {"others": colleagues})
        if wish.organisations == Organisations.SPLIT and not colleagues:
            yield Remark("without-colleagues")
    if (partners := setting.partners.get(person.id)) and not set(partners) & set(group.ids):
        yield Remark("new-partners", {"others": others})


def _others(group: Group, person: Person, field: str) -> int:
    return sum(getattr(other, field) == getattr(person, field) for other in group.members) - 1


def _alike(person: Person, group: Group, setting: _Setting) -> Iterator[Remark]:
    """*sejenis*: the scale and the mandate shared with most."""
    of = len(group.members) - 1
    if person.scale and (same := _others(group, person, "scale")):
        yield Remark("same-scale", {"scale": person.scale, "others": same, "of": of})
    shared = Counter(
        mandate for other in group.members if other.id != person.id for mandate in sorted(set(other.mandates) & set(person.mandates))
    )
    if shared:
        mandate, same = min(shared.items(), key=lambda pair: (-pair[1], pair[0]))
        yield Remark("same-mandate", {"mandate": mandate, "others": same, "of": of})


def _mixed(person: Person, group: Group, setting: _Setting) -> Iterator[Remark]:
    """*silang*: how many scales and mandates the person hears."""
    scales = {other.scale for other in group.members if other.scale}
    mandates = {mandate for other in group.members for mandate in other.mandates}
    if len(scales) > 1 or len(mandates) > 1:
        yield Remark("mixed", {"scales": len(scales), "mandates": len(mandates)})


def _mirrors(person: Person, group: Group, setting: _Setting) -> Iterator[Remark]:
    """*perwakilan*: the person stands for their scale, here as in the whole."""
    if person.scale:
        figures = {"here": _others(group, person, "scale") + 1, "size": len(group.members)}
        yield Remark("stands-for", {"scale": person.scale, **figures, "all": setting.scales[person.scale], "people": setting.people})


def _brings_from(person: Person, group: Group, setting: _Setting) -> Iterator[Remark]:
    """*jigsaw*: which group of the round before speaks through the person, and how many others with them."""
    if number := setting.earlier.get(person.id):
        others = sum(setting.earlier.get(other.id) == number for other in group.members) - 1
        yield Remark("brings-from", {"group": number, "others": others})


AIMS = {Mode.SEJENIS: _alike, Mode.SILANG: _mixed, Mode.PERWAKILAN: _mirrors, Mode.JIGSAW: _brings_from}
