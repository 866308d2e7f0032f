"""Every deed of moderation."""

from .appealing import appeal, decide_appeal
from .claiming import claim, put_back
from .deciding import Done, decide, decide_many, undo
from .following import bring, flag, follow, let_go, reopen
from .keeping import keep_phrase, put_on_rota, take_off_rota
from .reporting import report

__all__ = [
    "Done",
    "appeal",
    "bring",
    "claim",
    "decide",
    "decide_appeal",
    "decide_many",
    "flag",
    "follow",
    "keep_phrase",
    "let_go",
    "put_back",
    "put_on_rota",
    "reopen",
    "report",
    "take_off_rota",
    "undo",
]
