"""The deed that brings in a record from elsewhere."""

from typing import Any

from django.utils import timezone

from cop_site.accounts.models import Level, User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require

from .. import policy, rules
from ..models import Practice, Review
from .parts import new_slug, note_review, set_fields, write


@deed
def import_practice(*, by: User, external_id: str, is_published: bool, **content: Any) -> Practice:
    """Keep a record from elsewhere under its ``external_id``; a second time it is brought up to date.

    It stays marked as imported and not reviewed. ``is_published`` puts it on the shelf at its level: for the public
    that is the importer's recorded safety approval. Personal data keeps it a private draft, whatever was asked.
    """
    require(policy.can_import(by))
    if rules.blocking(rules.findings_in(content)):
        content, is_published = content | {"visibility": Level.PRIVATE}, False
    practice = Practice.objects.unscoped("the row an import brings up to date").filter(external_id=external_id).first()
    practice = practice or Practice(author=by, external_id=external_id, is_imported=True, live=False, slug=new_slug(content["title"]))
    goes_public = is_published and content["visibility"] == Level.PUBLIC
    write(practice, content)
    if not is_published:
        practice.live = False
        practice.state = Practice.State.DRAFT
    practice.save()
    practice.save_revision(user=by)
    if is_published:
        _publish(practice, by=by, goes_public=goes_public)
    record(Verb.IMPORTED_PRACTICE, by=by, subject=practice, published=is_published, level=practice.visibility)
    return practice


def _publish(practice: Practice, *, by: User, goes_public: bool) -> None:
    practice.latest_revision.publish(user=by, skip_permission_checks=True)
    practice.refresh_from_db()
    level = Level.PUBLIC if goes_public else practice.visibility
    if goes_public:
        note_review(practice, Review.Decision.PUBLIC_APPROVED, by=by, note="")
    set_fields(practice, state=Practice.State.PUBLISHED, visibility=level, wants_public=goes_public, public_asked_at=None, submitted_at=timezone.now())
