"""The composer of groups: pure, seeded, explainable. It knows no rows and no screens; decision 014 says what its score means."""

from .composing import after_moving, compose, place_late
from .judging import judge
from .wishes import Adjusted, Group, Impossible, Mode, Organisations, Person, Plan, Remark, Score, Wish

__all__ = [
    "Adjusted", "Group", "Impossible", "Mode", "Organisations", "Person", "Plan", "Remark", "Score", "Wish",
    "after_moving", "compose", "judge", "place_late",
]  # fmt: skip
