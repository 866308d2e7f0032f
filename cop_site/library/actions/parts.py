"""What several deeds about practices share."""

from typing import Any

from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from cop_site.accounts.models import Level, User
from cop_site.activity.actions import record
from cop_site.activity.verbs import Verb
from cop_site.core import text
from cop_site.screening.guard import screen_fields

from .. import rules
from ..models import Practice, Review

# What an author may write; everything else is decided by deeds.
WRITABLE = frozenset(
    "language title summary document_kind practice_type organisation organisation_hidden service_scale mandate provinces regencies"
    " location_precision period_start period_end context problem trafficking_form target_group steps results outcome evidence_level"
    " what_failed lessons contact_route consent_status consent_declaration survivor_involvement children_involved safeguarding"
    " sensitivity visibility circle wants_public licence".split()
)
# Who may see a row changes only by deeds of their own once readers can see it.
FIXED_WHEN_LIVE = frozenset({"visibility", "circle", "organisation", "wants_public"})
LONG_TEXTS = ["summary", "context", "problem", "results", "what_failed", "safeguarding"]


def locked(practice: Practice) -> Practice:
    return Practice.objects.unscoped("the row a deed decides about").select_for_update(of=("self",)).get(pk=practice.pk)


def set_fields(practice: Practice, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(practice, name, value)
    practice.changed_at = timezone.now()
    practice.save(update_fields=[*changes, "changed_at"])


def refuse_unless_fit_to_publish(practice: Practice) -> None:
    content = rules.content_of(practice)
    problems, found = rules.problems_in(content, to_publish=True), rules.blocking(rules.findings_in(content))
    if problems or found:
        raise rules.NotReady(problems, found)


def write(practice: Practice, content: dict[str, Any]) -> None:
    """Put an author's words into a row, tidied and rendered."""
    for name, value in content.items():
        if name not in WRITABLE:
            raise ValueError(f"{name} is not for authors to write.")
        setattr(practice, name, text.normal(value) if isinstance(value, str) else value)
    practice.title = text.one_line(practice.title)
    if "visibility" in content:  # public is a separate act
        practice.wants_public = content["visibility"] == Level.PUBLIC
        practice.visibility = Level.NETWORK if practice.wants_public else Level(content["visibility"])
    practice.changed_at = timezone.now()
    practice.html = rendered(practice)


def rendered(practice: Practice) -> dict[str, Any]:
    """Clean HTML of each long text and of each step and lesson."""
    html: dict[str, Any] = {name: text.render(getattr(practice, name)) for name in LONG_TEXTS if getattr(practice, name)}
    html |= {name: [text.render(part) for part in getattr(practice, name)] for name in ("steps", "lessons")}
    return html | {"sanitiser": text.SANITISER_VERSION}


def refuse_unless_fit_for_draft(content: dict[str, Any]) -> None:
    """A block finding may stay in a private draft only."""
    problems = rules.problems_in(content, to_publish=False)
    found = [] if content.get("visibility") == Level.PRIVATE else rules.blocking(rules.findings_in(content))
    if problems or found:
        raise rules.NotReady(problems, found)


def refuse_personal_data(words: str) -> None:
    """Notes and reasons pass the guard like every other text (rule r8)."""
    if found := rules.blocking(list(screen_fields({"text": words}))):
        raise rules.NotReady([], found)


def new_slug(title: str) -> str:
    """A slug with a random end: it never is a word of a path, and never tells that another title like it exists."""
    base = slugify(title)[:80].strip("-") or "praktik"
    return f"{base}-{get_random_string(5, 'abcdefghjkmnpqrstuvwxyz23456789')}"


def note_review(practice: Practice, decision: str, *, by: User, note: str) -> None:
    refuse_personal_data(note)
    Review.objects.create(practice=practice, revision=practice.latest_revision, reviewer=by, decision=decision, note=text.normal(note))


def put_on_the_shelf(practice: Practice, *, by: User) -> None:
    """Publish the newest revision, and note whether the safety desk is next."""
    practice.latest_revision.publish(user=by, skip_permission_checks=True)
    practice.refresh_from_db()
    asked = timezone.now() if practice.wants_public and practice.visibility == Level.NETWORK else practice.public_asked_at
    set_fields(practice, state=Practice.State.PUBLISHED, public_asked_at=asked)
    record(Verb.PUBLISHED_PRACTICE, by=by, subject=practice, revision=practice.latest_revision_id)
