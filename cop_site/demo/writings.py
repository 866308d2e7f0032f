"""The demo network's practices: written, handed in, reviewed, published, widened, withdrawn, as each one's state says."""

import zlib
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Revision

from cop_site.accounts.models import Level, User
from cop_site.library import actions
from cop_site.library.models import Practice, Review
from cop_site.library.selectors.desk import is_colleague

from .planting import circle_of, organisation_of, someone

ABOUT_IT = {"key", "author", "state", "days_ago", "reviewer", "review_note", "withdraw_reason"}  # the rest is what its author wrote
SAFETY_REVIEWERS = ["reviewer@demo.example", "reviewer2@demo.example"]
SAFETY_NOTES = {
    "id": [
        "Sudah dibaca dengan kacamata orang yang berniat buruk. Tidak ada petunjuk ke orang, tempat aman, atau perkara yang berjalan.",
        "Aman dibaca umum. Rincian yang semula mengarah ke satu tempat sudah dilebur.",
        "Tidak ada cara kerja yang dapat ditiru pelaku, dan tidak seorang pun dapat dikenali dari tulisan ini.",
    ],
    "en": ["Read with the eyes of someone who means harm: nothing in it leads to a person, a safe place or an open case."],
}
DATES = "created_at changed_at submitted_at public_asked_at first_published_at last_published_at withdrawn_at".split()
TO_WRITE, TO_REVIEW, TO_WIDEN = timedelta(days=9), timedelta(days=4), timedelta(days=1, hours=5)


def share(told: dict[str, Any]) -> Practice:
    """Bring one practice to the state that the file tells, by the people it names."""
    author, state = someone(told["author"]), told["state"]
    practice = actions.start_practice(by=author, **_content(told))
    if state != "draft":
        actions.submit_practice(practice, by=author)
    if state == "changes-asked":
        actions.ask_for_changes(practice, by=someone(told["reviewer"]), note=told["review_note"])
    if state in {"published", "asks-public", "withdrawn"}:
        actions.publish_practice(practice, by=someone(told["reviewer"]), note=told["review_note"])
    if state == "published" and told["visibility"] == Level.PUBLIC:
        _let_everybody_read(practice, told)
    if state == "withdrawn":
        actions.withdraw_practice(practice, by=author, reason=told["withdraw_reason"])
    practice.refresh_from_db()
    _set_back(practice, told)
    return practice


def _content(told: dict[str, Any]) -> dict[str, Any]:
    content = {name: value for name, value in told.items() if name not in ABOUT_IT}
    content |= {name: _month(told[name]) for name in ("period_start", "period_end")}
    circle = {"circle": circle_of(told["circle"])} if told.get("circle") else {"circle": None}
    return content | circle | {"organisation": organisation_of(told["organisation"])}


def _month(told_month: str | None) -> date | None:
    return date.fromisoformat(f"{told_month}-01") if told_month else None


def _let_everybody_read(practice: Practice, told: dict[str, Any]) -> None:
    notes = SAFETY_NOTES[told["language"]]
    actions.approve_public(practice, by=_safety_reviewer(practice, told), note=notes[zlib.crc32(told["key"].encode()) % len(notes)])


def _safety_reviewer(practice: Practice, told: dict[str, Any]) -> User:
    """Somebody who has no part in it; a second pair of eyes, where there is one."""
    able = [one for one in map(someone, SAFETY_REVIEWERS) if one != practice.author and not is_colleague(one, practice)]
    return sorted(able, key=lambda one: one.email == told["reviewer"])[0]


# --- dates


def _set_back(practice: Practice, told: dict[str, Any]) -> None:
    """Give a practice the dates of the story: written, handed in, decided, and last changed ``days_ago``."""
    at = _moment(told["key"], told["days_ago"])
    is_decided = told["state"] not in {"draft", "submitted"}
    handed_in = at - TO_REVIEW if is_decided else at
    practice.created_at = handed_in - TO_WRITE
    practice.changed_at = at
    practice.submitted_at = practice.submitted_at and handed_in
    practice.public_asked_at = practice.public_asked_at and at
    practice.first_published_at = practice.first_published_at and at
    practice.last_published_at = practice.last_published_at and at
    practice.withdrawn_at = practice.withdrawn_at and _moment(told["key"], told["days_ago"] // 3)
    practice.save(update_fields=DATES)
    Revision.objects.filter(pk=practice.latest_revision_id).update(created_at=handed_in - timedelta(hours=2))
    practice.reviews.update(decided_at=at)
    practice.reviews.filter(decision=Review.Decision.PUBLIC_APPROVED).update(decided_at=at + TO_WIDEN)


def _moment(key: str, days_ago: int) -> datetime:
    """A time in working hours, always the same for one key."""
    minutes = zlib.crc32(key.encode()) % (8 * 60)
    day = timezone.localtime() - timedelta(days=days_ago)
    return day.replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(minutes=minutes)
