"""What authors find of their own."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from cop_site.accounts.models import User
from cop_site.core.access import require
from cop_site.vocabulary import selectors as words

from .. import policy, template
from ..models import AdaptationReport, Practice, Review, WorkingText


@dataclass(frozen=True)
class FieldRemark:
    """What a reviewer said about one field."""

    key: str
    label: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class OwnText:
    """A practice of the viewer's, the newest note on it, and what she may do next."""

    practice: Practice
    note: Review | None
    viewer: User

    @property
    def comments(self) -> list[FieldRemark]:
        return _remarks(self.note)

    @property
    def has_note(self) -> bool:
        return bool(self.note and (self.note.note or self.comments))

    @property
    def scores(self) -> list[tuple[str, int]]:
        """The points of each criterion, in words."""
        given = self.note.criteria_scores if self.note else {}
        return [(words.label("practice_criteria", slug), points) for slug, points in given.items()]

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
    reports: list[AdaptationReport]

    @property
    def is_empty(self) -> bool:
        return not (self.yours or self.waiting or self.published or self.withdrawn or self.reports)


def own_texts(viewer: User) -> OwnTexts:
    """All practices of ``viewer``, newest change first, each with the last word of a reviewer."""
    practices = (
        Practice.objects.visible_to(viewer)
        .filter(author=viewer)
        .for_lists()
        .select_related("circle", "translation_of")
        .order_by("-changed_at")
    )
    notes = {review.practice_id: review for review in _notes_with_words(viewer).order_by("decided_at", "pk")}
    texts = [OwnText(practice, notes.get(practice.pk), viewer) for practice in practices]
    state = Practice.State
    return OwnTexts(
        yours=[text for text in texts if text.practice.state in {state.DRAFT, state.CHANGES_ASKED}],
        waiting=[text for text in texts if text.practice.state == state.SUBMITTED],
        published=[text for text in texts if text.practice.state == state.PUBLISHED],
        withdrawn=[text for text in texts if text.practice.state == state.WITHDRAWN],
        reports=list(AdaptationReport.objects.visible_to(viewer).filter(author=viewer).select_related("practice")),
    )


def notes_for(author: User) -> QuerySet[Review]:
    """What reviewers decided about the texts of ``author``, who may read it in any state."""
    return Review.objects.filter(practice__in=Practice.objects.visible_to(author).filter(author=author.pk))


def _notes_with_words(author: User) -> QuerySet[Review]:
    """A level set without a word hides no note that was left before."""
    return notes_for(author).exclude(decision=Review.Decision.EVIDENCE_SET, note="").prefetch_related("comments")


def comments_for(practice: Practice, viewer: User) -> dict[str, FieldRemark]:
    """What the newest decision says field by field, by the field's key: for the author alone."""
    newest = _notes_with_words(viewer).filter(practice=practice).exclude(decision=Review.Decision.EVIDENCE_SET).first()
    return {remark.key: remark for remark in _remarks(newest)}


def _remarks(review: Review | None) -> list[FieldRemark]:
    """In the order of the form."""
    said: dict[str, list[str]] = {}
    for comment in review.comments.all() if review else ():
        said.setdefault(comment.field, []).append(comment.note)
    return [FieldRemark(key, template.any_field(key).label, tuple(notes)) for key, notes in said.items()]


def newest_words(practice: Practice, *, viewer: Any) -> Practice:
    """The practice as its newest revision has it: for its author alone."""
    require(policy.owns(viewer, practice))
    return practice.get_latest_revision_as_object()


def working_text(viewer: User, key: UUID | None, *, of: Practice | None) -> WorkingText | None:
    """What ``viewer`` was typing under ``key``, in the form of this practice or of a new one; None where that is gone."""
    return WorkingText.objects.visible_to(viewer).filter(key=key, practice=of).first() if key else None


def working_texts(viewer: User, *, of: Practice | None) -> QuerySet[WorkingText]:
    """What ``viewer`` typed into this form and has not saved, newest first."""
    return WorkingText.objects.visible_to(viewer).filter(practice=of).order_by("-saved_at")
