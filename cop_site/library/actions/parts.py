"""What several deeds about practices share."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from cop_site.accounts.models import Level, User
from cop_site.activity.actions import record
from cop_site.activity.verbs import Verb
from cop_site.core import text
from cop_site.screening import watching
from cop_site.screening.guard import screen_fields
from cop_site.screening.version import RULES_VERSION

from .. import rules, template
from ..models import FieldComment, Practice, Review
from ..rules.words import written_columns
from ..selectors import guarding

# What an author may write; everything else is decided by deeds.
WRITABLE = frozenset(written_columns()) - {"attachments"} | {"circle", "wants_public"}
# Who may see a row changes only by deeds of their own once readers can see it.
FIXED_WHEN_LIVE = frozenset({"visibility", "circle", "organisation", "wants_public"})
REVIEW_WITHIN = timedelta(days=14)
OFF_THE_DESK = {"claimed_by": None, "claimed_at": None, "due_on": None, "reminded_at": None}


def on_the_desk() -> dict[str, Any]:
    """What begins when something comes to a desk: nobody has taken it, and a decision is due."""
    return OFF_THE_DESK | {"due_on": timezone.localdate() + REVIEW_WITHIN}


def locked(practice: Practice) -> Practice:
    return Practice.objects.unscoped("the row a deed decides about").select_for_update(of=("self",)).get(pk=practice.pk)


def set_fields(practice: Practice, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(practice, name, value)
    practice.changed_at = timezone.now()
    practice.save(update_fields=[*changes, "changed_at"])


def set_on_the_shelf(practice: Practice, **changes: Any) -> None:
    """``set_fields`` where readers find something else afterwards: the one place that keeps what feeds and harvesters go by.

    What happens inside the network to a text that once was public is not for harvesters: their date stands still.
    """
    levels = {practice.visibility, changes.get("visibility")}
    for name, value in changes.items():
        setattr(practice, name, value)
    now = timezone.now()
    is_public = practice.live and practice.visibility == Level.PUBLIC and not practice.is_withdrawn
    concerns_everybody = is_public or (practice.was_public_at is not None and Level.PUBLIC in levels)
    was_public_at = now if concerns_everybody else practice.was_public_at
    set_fields(practice, **changes, shelf_changed_at=now, was_public_at=was_public_at)


def dates_of_publishing(practice: Practice, *, was_read: bool) -> dict[str, Any]:
    """When it is to be looked at again, and whether translations of what was read before are outdated now."""
    dates: dict[str, Any] = {"review_date": two_years_after(timezone.localdate()), "stale_told_at": None}
    return dates | ({"significant_change_at": timezone.now()} if was_read and practice.is_significant_change else {})


def two_years_after(day: date) -> date:
    return day.replace(year=day.year + 2, day=min(day.day, 28) if day.month == 2 else day.day)


def refuse_unless_fit_to_publish(practice: Practice) -> None:
    """Whole, within the rules, without personal data; what the guard only warns of has its reason."""
    content = rules.content_of(practice)
    found = guarding.findings_in(practice, content)
    problems = rules.problems_in(content, to_publish=True) + rules.problems_with_original(practice)
    problems += [] if practice.is_imported else rules.unexplained(content, found)
    if problems or rules.blocking(found):
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
    if problems := rules.problems_with_original(practice):
        raise rules.NotReady(problems, [])
    practice.changed_at = timezone.now()
    practice.html = rendered(practice)


def rendered(practice: Practice) -> dict[str, Any]:
    """Clean HTML of each long text and of each text of a list."""
    html: dict[str, Any] = {}
    for key, field in template.form_of(practice.document_kind).items():
        if field.type == "longtext" and getattr(practice, key):
            html[key] = text.render(getattr(practice, key))
        elif field.type == "list":
            html[key] = [text.render(part) for part in getattr(practice, key)]
    return html | {"sanitiser": text.SANITISER_VERSION}


def refuse_unless_fit_for_draft(content: dict[str, Any], practice: Practice | None = None) -> None:
    """A block finding may stay in a private draft only; a warning elsewhere needs its reason."""
    problems = rules.problems_in(content, to_publish=False)
    found = [] if content.get("visibility") == Level.PRIVATE else guarding.findings_in(practice, content)
    problems += rules.unexplained(content, found)
    if problems or rules.blocking(found):
        raise rules.NotReady(problems, found)


def refuse_personal_data(*words: str) -> None:
    """Notes and reasons pass the guard like every other text (rule r8)."""
    if found := rules.blocking(list(screen_fields({"text": list(words)}))):
        raise rules.NotReady([], found)


def new_slug(title: str) -> str:
    """A slug with a random end: it never is a word of a path, and never tells that another title like it exists."""
    base = slugify(title)[:80].strip("-") or "praktik"
    return f"{base}-{get_random_string(5, 'abcdefghjkmnpqrstuvwxyz23456789')}"


def note_review(
    practice: Practice,
    decision: str,
    *,
    by: User,
    note: str,
    revision: Any = None,
    comments: Mapping[str, str] | None = None,
    **more: Any,
) -> Review:
    """Keep a decision with its note and what was said field by field; ``revision`` is what was read, else the newest."""
    said = {field: text.normal(words).strip() for field, words in (comments or {}).items() if words.strip()}
    if unknown := set(said) - set(template.form_of(practice.document_kind)) - {rules.SCORES}:
        raise ValueError(f"There are no fields {sorted(unknown)}.")
    refuse_personal_data(note, *said.values())
    review = Review.objects.create(
        practice=practice,
        revision=revision or practice.latest_revision,
        reviewer=by,
        decision=decision,
        note=text.normal(note),
        **more,
    )
    FieldComment.objects.bulk_create(FieldComment(review=review, field=field, note=words) for field, words in said.items())
    return review


def put_on_the_shelf(practice: Practice, *, by: User, **decided: Any) -> None:
    """Publish the newest revision with what was ``decided`` about it, and note whether the safety desk is next."""
    was_read = practice.live
    practice.latest_revision.publish(user=by, skip_permission_checks=True)
    practice.refresh_from_db()
    asked = timezone.now() if practice.wants_public and practice.visibility == Level.NETWORK else practice.public_asked_at
    dates = dates_of_publishing(practice, was_read=was_read)
    decided |= on_the_desk() if asked else OFF_THE_DESK
    read = {"held_at": None, "screened_version": RULES_VERSION}  # somebody has looked, under the rules of now
    set_on_the_shelf(practice, state=Practice.State.PUBLISHED, public_asked_at=asked, **read, **dates, **decided)
    is_significant = "significant_change_at" in dates
    accepted = rules.warned_of(guarding.findings_on_the_shelf(practice)) if practice.visibility == Level.PUBLIC else []
    facts: dict[str, Any] = {"revision": practice.latest_revision_id, "significant": is_significant} | (
        {"accepted": accepted} if accepted else {}
    )
    record(Verb.PUBLISHED_PRACTICE, by=by, subject=practice, **facts, **watching.flagged(guarding.texts_on_the_shelf(practice)))


def narrow(practice: Practice, level: Level, *, by: User) -> None:
    """Let fewer people see it, at once, and ask for no more."""
    at_a_desk = {} if practice.state == Practice.State.SUBMITTED else OFF_THE_DESK
    set_on_the_shelf(practice, visibility=level, public_asked_at=None, wants_public=False, **at_a_desk)
    record(Verb.NARROWED_PRACTICE, by=by, subject=practice, level=level)


def is_seen_by(user: User, practice: Practice) -> bool:
    """Office reaches no further than its audience, in deeds as in reading."""
    return Practice.objects.visible_to(user).filter(pk=practice.pk).exists()
