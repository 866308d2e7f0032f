"""What authors find of their own."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from cop_site.accounts.models import User
from cop_site.core.access import require

from .. import policy
from ..models import Practice, Review


@dataclass(frozen=True)
class OwnText:
    """A practice of the viewer's, the newest note on it, and what she may do next."""

    practice: Practice
    note: Review | None
    viewer: User

    @property
    def can_change(self) -> bool:
        return policy.can_change(self.viewer, self.practice)

    @property
    def can_submit(self) -> bool:
        return policy.can_submit(self.viewer, self.practice)

    @property
    def can_recall(self) -> bool:
        return policy.can_recall(self.viewer, self.practice)

    @property
    def can_discard(self) -> bool:
        return policy.can_discard(self.viewer, self.practice)

    @property
    def can_ask_for_public(self) -> bool:
        return policy.can_ask_for_public(self.viewer, self.practice)

    @property
    def can_narrow(self) -> bool:
        return policy.can_narrow(self.viewer, self.practice) and self.practice.visibility != "pribadi"

    @property
    def can_withdraw(self) -> bool:
        return policy.can_withdraw(self.viewer, self.practice)


@dataclass(frozen=True)
class OwnTexts:
    """The viewer's practices by what is next: hers to do, at the desk, on the shelf, gone."""

    yours: list[OwnText]
    waiting: list[OwnText]
    published: list[OwnText]
    withdrawn: list[OwnText]

    @property
    def is_empty(self) -> bool:
        return not (self.yours or self.waiting or self.published or self.withdrawn)


def own_texts(viewer: User) -> OwnTexts:
    """All practices of ``viewer``, newest change first, each with the last word of a reviewer."""
    practices = Practice.objects.visible_to(viewer).filter(author=viewer).for_lists().select_related("circle").order_by("-changed_at")
    notes = {review.practice_id: review for review in notes_for(viewer).order_by("decided_at", "pk")}
    texts = [OwnText(practice, notes.get(practice.pk), viewer) for practice in practices]
    state = Practice.State
    return OwnTexts(
        yours=[text for text in texts if text.practice.state in {state.DRAFT, state.CHANGES_ASKED}],
        waiting=[text for text in texts if text.practice.state == state.SUBMITTED],
        published=[text for text in texts if text.practice.state == state.PUBLISHED],
        withdrawn=[text for text in texts if text.practice.state == state.WITHDRAWN],
    )


def notes_for(author: User) -> QuerySet[Review]:
    """What reviewers decided about the texts of ``author``, who may read it in any state."""
    return Review.objects.filter(practice__in=Practice.objects.visible_to(author).filter(author=author.pk))


def newest_words(practice: Practice, *, viewer: Any) -> Practice:
    """The practice as its newest revision has it: for its author alone."""
    require(policy.owns(viewer, practice))
    return practice.get_latest_revision_as_object()
