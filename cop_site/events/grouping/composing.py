"""The composer: groups from people and a wish, a late arrival, and a plan moved by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from . import checking, scoring
from .crowd import Crowd
from .improving import improve
from .judging import judge
from .placing import TooManySteps, place
from .seating import Seating
from .wishes import Adjusted, Group, Impossible, Person, Plan, Wish

LOOKS_A_PERSON = 300
LOOKS_A_PERSON_AT_EASE = 700
EASE = 90_000
FEWEST_LOOKS = 300
MOST_STARTS = 24
PEOPLE_IN_ALL_STARTS = 240
TRIES = 5
GIVES_UP_AFTER = 2


def compose(people: Sequence[Person], wish: Wish) -> Plan:
    """Everybody in one group, every hard constraint kept, and as much of the wish as was found. ``Impossible`` says why there is none.

    The same people and wish give the same plan in whatever order they come.
    """
    checking.refuse_twice(people)
    crowd = Crowd(people, wish)
    gave_up = 0
    for groups in checking.numbers_of_groups(people, wish):
        checking.refuse_pins_at_odds(people, wish, groups)
        try:
            if seating := _best_seating(crowd, groups):
                return judge(_numbered(seating), wish)
        except TooManySteps:
            gave_up += 1
            if gave_up == GIVES_UP_AFTER:
                break
    figures = {"people": len(people), "least": wish.least, "most": wish.most, "groups": wish.groups}
    raise Impossible("no-seating-found" if gave_up else "no-seating", apart=sum(map(len, crowd.enemies)) // 2, **figures)


def _best_seating(crowd: Crowd, groups: int) -> Seating | None:
    """The best of several starts; None where it is proven that nobody could be seated so."""
    people = len(crowd.people)
    # The smaller the gathering, the likelier that constraints wall off a part of its seatings: then many starts find what one long walk does not.
    starts = max(1, min(MOST_STARTS, PEOPLE_IN_ALL_STARTS // people))
    looks = max(FEWEST_LOOKS, _looks(people) // starts)
    found: list[Seating] = []
    for start in range(starts):
        try:
            seating = _place(crowd, groups, start)
        except TooManySteps:
            if not found:
                raise
            break
        if seating is None:
            return None
        improve(seating, _lots(crowd.wish, "improving", groups, start), looks)
        found.append(seating)
    return min(found, key=_score)


def _looks(people: int) -> int:
    """At how many exchanges a search looks: more for each person where all together cost no more than what three hundred people do."""
    return max(LOOKS_A_PERSON * people, min(LOOKS_A_PERSON_AT_EASE * people, EASE))


def _place(crowd: Crowd, groups: int, start: int) -> Seating | None:
    """By other lots where the first led into a thicket; ``TooManySteps`` where all did."""
    for attempt in range(TRIES):
        try:
            return place(crowd, groups, _lots(crowd.wish, "placing", groups, start, attempt), by_lot=start % 2 == 1)
        except TooManySteps:
            continue
    raise TooManySteps


def _lots(wish: Wish, *what: object) -> Random:
    """Lots of its own for each part. A text seeds alike in all processes, which a hash of an object would not."""
    return Random("/".join(map(str, (wish.seed, *what))))


def _score(seating: Seating) -> float:
    return scoring.score([[seating.crowd.people[number] for number in group] for group in seating.members()], seating.crowd.wish).total


def _numbered(seating: Seating) -> list[Group]:
    """Groups with pinned people keep their number; the others are numbered by who comes first in them."""
    groups = [tuple(seating.crowd.people[number] for number in group) for group in seating.members()]
    pinned = seating.crowd.wish.pinned
    is_fixed = [any(person.id in pinned for person in group) for group in groups]
    fixed = {number: group for number, group in enumerate(groups, start=1) if is_fixed[number - 1]}
    others = sorted((group for number, group in enumerate(groups, start=1) if number not in fixed), key=lambda group: group[0].id)
    free = iter(others)
    return [Group(number, fixed[number] if number in fixed else next(free)) for number in range(1, len(groups) + 1)]


def place_late(plan: Plan, person: Person, wish: Wish) -> Plan:
    """The plan with one more person where they fit best; nobody else moves or loses an office.

    Where all groups are full one grows over the band by one, and the plan says so (``over-band``). Never beside somebody whom
    the person must not meet: then it is ``Impossible``, as where all groups open to them are over the band already.
    """
    checking.refuse_twice([*plan.people, person])
    open_groups = _open_to(person, plan, wish)
    _, most = wish.band(len(plan.people) + 1, len(plan.groups))
    fitting = [group for group in open_groups if len(group.members) < most]
    fitting = fitting or [group for group in open_groups if len(group.members) == most]
    if not fitting:
        raise Impossible("late-full", person=person.id, most=most)
    costs = _costs_of_joining(plan, person, wish)
    best = min(fitting, key=lambda group: (costs[group.number], len(group.members), group.number))
    return judge([replace(group, members=(*group.members, person)) if group is best else group for group in plan.groups], wish)


def _open_to(person: Person, plan: Plan, wish: Wish) -> list[Group]:
    """Groups that a late person may join: their pin's, or all; without anybody whom they must not meet."""
    pin = wish.pinned.get(person.id)
    groups = [group for group in plan.groups if pin in (None, group.number)]
    if not groups:
        raise Impossible("no-such-group", groups=[pin])
    open_groups = [group for group in groups if not any(wish.keeps_apart(person.id, other) for other in group.ids)]
    if not open_groups:
        raise Impossible("late-apart", person=person.id)
    return open_groups


def _costs_of_joining(plan: Plan, person: Person, wish: Wish) -> dict[int, float]:
    """What the score would rise by in each group, in pairs."""
    crowd = Crowd([*plan.people, person], wish)
    seating = Seating(crowd, len(plan.groups))
    for position, group in enumerate(plan.groups):
        for identity in group.ids:
            seating.seat(crowd.numbers[identity], position)
    late = crowd.numbers[person.id]
    return {group.number: seating.joining_costs(late, position) for position, group in enumerate(plan.groups)}


def after_moving(plan: Plan, moves: Mapping[str, int], wish: Wish) -> Adjusted:
    """The plan after people were moved by hand, with its new score and what is broken now. It refuses only groups and people that are not there."""
    where = plan.where()
    unknown = sorted(set(moves) - set(where))
    if unknown:
        raise Impossible("not-there", people=unknown)
    if missing := sorted(set(moves.values()) - {group.number for group in plan.groups}):
        raise Impossible("no-such-group", groups=missing)
    where |= dict(moves)
    people = sorted(plan.people, key=lambda person: person.id)
    groups = [replace(group, members=tuple(person for person in people if where[person.id] == group.number)) for group in plan.groups]
    moved = judge(groups, wish)
    return Adjusted(moved, checking.broken(moved.groups, wish))
