"""Every deed about practices."""

from .importing import import_practice
from .shelf import (
    approve_public,
    ask_for_changes,
    ask_for_public,
    narrow_practice,
    open_sealed_practice,
    publish_practice,
    refuse_public,
    withdraw_practice,
)
from .writing import change_practice, discard_practice, recall_practice, start_practice, submit_practice

__all__ = [
    "approve_public",
    "ask_for_changes",
    "ask_for_public",
    "change_practice",
    "discard_practice",
    "import_practice",
    "narrow_practice",
    "open_sealed_practice",
    "publish_practice",
    "recall_practice",
    "refuse_public",
    "start_practice",
    "submit_practice",
    "withdraw_practice",
]
