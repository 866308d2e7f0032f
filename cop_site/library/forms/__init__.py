"""The shape of what people send about practices."""

from .deciding import DecisionForm, NarrowForm, NoteForm, WithdrawForm
from .sharing import HAND_IN, ShareForm

__all__ = ["HAND_IN", "DecisionForm", "NarrowForm", "NoteForm", "ShareForm", "WithdrawForm"]
