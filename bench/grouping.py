"""The composer of groups, measured: processor time for gatherings of several sizes in every mode, and how good the plans are.

    .venv/bin/python bench/grouping.py [--people 60 120 300 2000] [--against-all 300]

People of made-up organisations; groups of 8 to 12, colleagues split, languages apart, must-not-meet pairs, pins, three earlier rounds.
The score is without offices, which stand beside it. "Drawn" is the mean score of ten seatings drawn by lot in groups of the same sizes, without
any constraint: what nobody's care would give. ``--against-all`` compares so many small gatherings a mode (up to nine people) with all seatings there are.
"""

import argparse
import sys
import time
from collections import Counter
from itertools import combinations
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from cop_site.events.grouping import Impossible, Mode, Person, Plan, Wish, checking, compose, scoring  # noqa: E402
from tests.events import groupings  # noqa: E402


def wish_of(people: list[Person], mode: Mode, lots: Random) -> Wish:
    """The whole list of wishes at once: what costs most."""
    ids = [person.id for person in people]
    rounds = [lots.sample(ids, len(ids)) for _ in range(3)]
    together = [[one[start : start + 10] for start in range(0, len(one), 10)] for one in rounds]
    return Wish(
        mode=mode,
        least=8,
        most=12,
        seed=1,
        organisations="split",
        by_language=True,
        apart=[tuple(lots.sample(ids, 2)) for _ in range(len(ids) // 3)],
        met=[pair for one in together for group in one for pair in combinations(group, 2)],
        pinned=dict(zip(ids[:5], (1, 2, 3, 1, 2), strict=True)),
        earlier_groups=together[-1],
    )


def drawn(plan: Plan, wish: Wish, lots: Random) -> float:
    totals = []
    for _ in range(10):
        people = iter(lots.sample(plan.people, len(plan.people)))
        totals.append(scoring.score([[next(people) for _ in group.members] for group in plan.groups], wish).soft)
    return sum(totals) / len(totals)


def measure(many: int, mode: Mode) -> None:
    lots = Random(many)
    people = groupings.crowd(many, lots)
    wish = wish_of(people, mode, lots)
    began = time.process_time()
    plan = compose(people, wish)
    took = time.process_time() - began
    broken = len(checking.broken(plan.groups, wish))
    by_lot = drawn(plan, wish, lots)
    print(
        f"{many:>6}  {mode:<10}  {took:>9.2f}  {len(plan.groups):>6}  {plan.score.soft:>7.3f}  {by_lot:>7.3f}  {plan.score.roles:>7.0f}  {broken:>6}",
        flush=True,
    )


def against_all(many: int, mode: Mode) -> None:
    counts: Counter[str] = Counter()
    for seed in range(1000, 1000 + many):
        lots = Random(f"{mode}/{seed}")
        people = tuple(groupings.crowd(lots.randint(4, 9), lots))
        wish = groupings.wish(people, mode, lots)
        try:
            plan = compose(people, wish)
        except Impossible:
            counts["refused wrongly" if groupings.can_be(people, wish) else "refused, and nobody could"] += 1
            continue
        best = groupings.best(people, wish, len(plan.groups))
        near = plan.score.roles == best.roles and plan.score.soft <= best.soft * 1.05 + 1e-9
        counts["the best" if plan.score.total <= best.total + 1e-9 else "within 5 %" if near else "worse"] += 1
    print(f"{mode:<10}", dict(sorted(counts.items())), flush=True)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, nargs="+", default=[60, 120, 300, 2000])
    asked.add_argument("--against-all", type=int, default=0)
    given = asked.parse_args()
    for mode in Mode if given.against_all else ():
        against_all(given.against_all, mode)
    print("people  mode        cpu s      groups    score    drawn  offices  broken")
    for many in given.people:
        for mode in Mode:
            measure(many, mode)


if __name__ == "__main__":
    main()
