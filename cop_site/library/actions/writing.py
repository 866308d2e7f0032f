"""Deeds of authors: drafting, changing, handing in."""

from typing import Any

from django.utils import timezone

from cop_site.accounts.models import Level, Organisation, User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require

from .. import policy, rules
from ..models import Practice
from .parts import (
    FIXED_WHEN_LIVE,
    OFF_THE_DESK,
    locked,
    new_slug,
    on_the_desk,
    refuse_unless_fit_for_draft,
    refuse_unless_fit_to_publish,
    set_fields,
    write,
)


@deed
def start_practice(*, by: User, stays_inside: bool = False, **content: Any) -> Practice:
    """Keep a first draft that nobody but its author sees. ``stays_inside``: it is made from what the network alone reads."""
    require(policy.can_share(by) and _is_own_audience(by, content))
    refuse_unless_fit_for_draft(content)
    practice = Practice(author=by, live=False, slug=new_slug(content["title"]), stays_inside=stays_inside)
    write(practice, content)
    practice.save()
    practice.save_revision(user=by)
    record(Verb.STARTED_PRACTICE, by=by, subject=practice)
    return practice


@deed
def change_practice(practice: Practice, *, by: User, seen: int | None = None, **content: Any) -> Practice:
    """Keep changed words: in the draft itself, or, once readers see it, in a revision that waits for review.

    ``seen`` is the revision that the words were written over; where there is a newer one by now, its author is asked first.
    """
    practice = locked(practice)
    require(policy.can_change(by, practice))
    if seen is not None and seen != practice.latest_revision_id:
        raise rules.NotReady([rules.overtaken()], [])
    if practice.live:
        content = {name: value for name, value in content.items() if name not in FIXED_WHEN_LIVE}
    require(_is_own_audience(by, content))
    refuse_unless_fit_for_draft(rules.content_of(practice) | content, practice)
    revised = practice.get_latest_revision_as_object()
    write(revised, content)
    if not practice.live:
        revised.save()
    revised.save_revision(user=by)
    Practice.objects.filter(pk=practice.pk).update(changed_at=timezone.now())
    record(Verb.CHANGED_PRACTICE, by=by, subject=practice)
    return practice


@deed
def submit_practice(practice: Practice, *, by: User) -> Practice:
    """Hand a practice in to the review desk; it must be whole, keep the rules and hold no personal data."""
    practice = locked(practice)
    if practice.state == Practice.State.SUBMITTED and policy.owns(by, practice):
        return practice
    require(policy.can_submit(by, practice))
    refuse_unless_fit_to_publish(practice.get_latest_revision_as_object())
    set_fields(practice, state=Practice.State.SUBMITTED, submitted_at=timezone.now(), **on_the_desk())
    record(Verb.SUBMITTED_PRACTICE, by=by, subject=practice, revision=practice.latest_revision_id)
    return practice


@deed
def recall_practice(practice: Practice, *, by: User) -> Practice:
    """Take a practice back from the desk, to go on writing."""
    practice = locked(practice)
    require(policy.can_recall(by, practice))
    state = Practice.State.PUBLISHED if practice.live else Practice.State.DRAFT
    set_fields(practice, state=state, submitted_at=None, **(on_the_desk() if practice.public_asked_at else OFF_THE_DESK))
    record(Verb.RECALLED_PRACTICE, by=by, subject=practice)
    return practice


@deed
def discard_practice(practice: Practice, *, by: User) -> None:
    """Throw away a draft that was never published, with all its revisions."""
    practice = locked(practice)
    require(policy.can_discard(by, practice))
    record(Verb.DISCARDED_PRACTICE, by=by, subject=practice)
    practice.delete()


def _is_own_audience(author: User, content: dict[str, Any]) -> bool:
    """One shares for an organisation one belongs to, and with a circle one is in."""
    organisation, circle = content.get("organisation"), content.get("circle")
    if organisation and not Organisation.objects.joined_by(author).filter(pk=organisation.pk).exists():
        return False
    if content.get("visibility") == Level.CIRCLE and circle is None:
        return False
    return circle is None or author.circle_memberships.filter(circle=circle, circle__ends_on__gte=timezone.localdate()).exists()
