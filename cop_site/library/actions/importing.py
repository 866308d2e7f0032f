"""The deed that brings in a record from elsewhere."""

from datetime import date
from typing import Any

from django.utils import timezone

from cop_site.accounts import actions as people
from cop_site.accounts.models import Level, User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require
from cop_site.screening import watching
from cop_site.screening.version import RULES_VERSION

from .. import carrying_policy as policy
from .. import rules
from ..importing.content import Record
from ..importing.weighing import Weighed, Wish, row_of, weigh
from ..models import Practice, Review
from .parts import FIXED_WHEN_LIVE, dates_of_publishing, locked, new_slug, note_review, set_fields, set_on_the_shelf, write


@deed
def import_practice(*, by: User, told: Record, wish: Wish) -> Practice:
    """Keep a record from elsewhere under its id; a second time it is brought up to date, where something changed.

    It stays marked as imported and not reviewed. If the wish is to publish, it stands on the shelf at its level: for
    the public that is the importer's recorded safety approval, of what the guard warns of as well. Personal data keeps it a private draft, whatever was
    wished. Refuses what was written, worked on or withdrawn here.
    """
    require(policy.can_import(by))
    practice = row_of(told.external_id)
    practice = practice and locked(practice)
    weighed = weigh(practice, told, wish)
    if practice and not weighed.changes:
        return practice
    practice = practice or Practice(
        author=by, external_id=told.external_id, is_imported=True, live=False, slug=new_slug(told.content["title"])
    )
    _keep(practice, weighed, by=by)
    if weighed.is_published:
        _publish(practice, weighed.level, told.review_date, by=by)
    facts: dict[str, Any] = {"level": weighed.level if practice.live else practice.visibility, "published": weighed.is_published}
    facts |= {"accepted": list(weighed.warned)} if weighed.is_published and weighed.warned else {}
    facts |= watching.flagged(rules.texts_of(weighed.content)) if weighed.is_published else {}
    record(Verb.IMPORTED_PRACTICE, by=by, subject=practice, **facts)
    return practice


def _keep(practice: Practice, weighed: Weighed, *, by: User) -> None:
    """Write a revision; what readers see already changes only when it is published."""
    revised = practice.get_latest_revision_as_object() if practice.pk else practice
    content: dict[str, Any] = weighed.content | {"visibility": weighed.level}
    if practice.live:
        content = {name: value for name, value in content.items() if name not in FIXED_WHEN_LIVE}
    write(revised, content)
    if weighed.organisation and (weighed.is_published or not practice.live):
        revised.organisation = people.organisation_called(weighed.organisation, by=by)
    if not practice.live:
        revised.save()
    elif weighed.is_published:  # whose it is may decide who sees it
        set_fields(practice, organisation=revised.organisation)
    revised.save_revision(user=by)
    practice.refresh_from_db()


def _publish(practice: Practice, level: Level, review_date: date | None, *, by: User) -> None:
    """On the shelf; it is looked at again in two years, or sooner where the line says so."""
    was_read = practice.live
    practice.latest_revision.publish(user=by, skip_permission_checks=True)
    practice.refresh_from_db()
    if level == Level.PUBLIC:
        note_review(practice, Review.Decision.PUBLIC_APPROVED, by=by, note="")
    dates = dates_of_publishing(practice, was_read=was_read)
    if review_date:
        dates["review_date"] = min(review_date, dates["review_date"])
    set_on_the_shelf(
        practice,
        state=Practice.State.PUBLISHED,
        visibility=level,
        wants_public=level == Level.PUBLIC,
        public_asked_at=None,
        submitted_at=timezone.now(),
        held_at=None,
        screened_version=RULES_VERSION,
        **dates,
    )
