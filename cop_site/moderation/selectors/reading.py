"""What a moderator is shown of a row, and what she may choose."""

from dataclasses import dataclass, field
from typing import Any, cast

from cop_site.forums import rules
from cop_site.forums.models import Post
from cop_site.screening.guard import NEVER_OVERRIDDEN
from cop_site.screening.showing import Shown, shown

from .. import kinds, sanctions
from ..choices import Origin, Sanction
from ..models import Case, Snapshot


@dataclass(frozen=True)
class Guarded:
    """What the guard finds today in a post that waits."""

    places: list[Shown] = field(default_factory=list)
    is_closed: bool = False  # nobody may let it through


def guarded(case: Case) -> Guarded:
    """The findings of a held post; of what readers see already, nothing is asked."""
    post = kinds.subject_of(case) if case.kind == "post" and case.origin == Origin.HELD else None
    if post is None:
        return Guarded()
    post = cast(Post, post)
    found = rules.found_in(post)
    said = {"source": post.source, "content_note": post.content_note, "title": post.topic.title}
    is_closed = any(one.action == "block" and one.type in NEVER_OVERRIDDEN for one in found)
    return Guarded([place for places in shown(said, found).values() for place in places], is_closed)


def newest(case: Case) -> Snapshot | None:
    """What the row says now, or said when it was last seen."""
    return case.snapshots.first()


def said_by(case: Case) -> str:
    """The name that readers see beside the row; never who stands behind it."""
    row = kinds.subject_of(case)
    return kinds.KINDS[case.kind].said_by(row) if row else ""


def sanctions_for(case: Case, by: Any) -> tuple[Sanction, ...]:
    """What ``by`` may do to the author of a case, besides."""
    return sanctions.possible(case, by)
