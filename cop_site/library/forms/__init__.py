"""The shape of what people send about practices."""

from .adapting import AdaptationForm, WithdrawReportForm
from .attaching import AttachForm
from .deciding import NarrowForm, NoteForm, OverrideForm, WithdrawForm
from .judging import DecisionForm, EvidenceForm, ReviewForm, VerdictForm
from .sharing import HAND_IN, ShareForm

__all__ = [
    "HAND_IN",
    "AdaptationForm",
    "AttachForm",
    "DecisionForm",
    "EvidenceForm",
    "NarrowForm",
    "NoteForm",
    "OverrideForm",
    "ReviewForm",
    "ShareForm",
    "VerdictForm",
    "WithdrawForm",
    "WithdrawReportForm",
]
