"""Cases, what was decided about them, and who looks after the queue."""

from .case import Case, Report, Snapshot
from .decision import Appeal, Decision
from .desk import Duty, Phrase

__all__ = ["Appeal", "Case", "Decision", "Duty", "Phrase", "Report", "Snapshot"]
