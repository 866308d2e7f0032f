"""What the library holds."""

from .importing import ImportLine, ImportRun
from .keeping import PracticeFile
from .practice import PERSONAL_CONSENT, LegalStatus, Practice, PracticeQuerySet, WithdrawalKind
from .reviewing import FieldComment, GuardOverride, Review
from .using import AdaptationReport, AdaptationReportQuerySet, ReadingList, ReadingListEntry
from .writing import WorkingText

__all__ = [
    "PERSONAL_CONSENT",
    "AdaptationReport",
    "AdaptationReportQuerySet",
    "FieldComment",
    "GuardOverride",
    "ImportLine",
    "ImportRun",
    "LegalStatus",
    "Practice",
    "PracticeFile",
    "PracticeQuerySet",
    "ReadingList",
    "ReadingListEntry",
    "Review",
    "WithdrawalKind",
    "WorkingText",
]
