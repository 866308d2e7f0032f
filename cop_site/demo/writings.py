"""The demo network's practices and documents: written, handed in, reviewed, published, widened, withdrawn, as each one's state says."""

import zlib
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.models import Revision

from cop_site.accounts.models import Level, User
from cop_site.files.intake import received
from cop_site.files.refusing import Refused
from cop_site.library import actions, rules
from cop_site.library.actions.parts import REVIEW_WITHIN, two_years_after
from cop_site.library.models import Practice, Review
from cop_site.library.selectors.desk import is_colleague

from .papers import paper
from .planting import circle_of, organisation_of, someone

# The rest is what its author wrote.
ABOUT_IT = set("key author state days_ago reviewer review_note scores scores_reason withdraw_reason withdraw_kind original file".split())
SAFETY_REVIEWERS = ["reviewer@demo.example", "reviewer2@demo.example"]
SAFETY_NOTES = {
    "id": [
        "Sudah dibaca dengan kacamata orang yang berniat buruk. Tidak ada petunjuk ke orang, tempat aman, atau perkara yang berjalan.",
        "Aman dibaca umum. Rincian yang semula mengarah ke satu tempat sudah dilebur.",
        "Tidak ada cara kerja yang dapat ditiru pelaku, dan tidak seorang pun dapat dikenali dari tulisan ini.",
    ],
    "en": ["Read with the eyes of someone who means harm: nothing in it leads to a person, a safe place or an open case."],
}
DATES = "created_at changed_at submitted_at public_asked_at due_on first_published_at last_published_at withdrawn_at".split()
DATES += "was_public_at shelf_changed_at review_date".split()
TO_WRITE, TO_REVIEW, TO_WIDEN = timedelta(days=9), timedelta(days=4), timedelta(days=1, hours=5)


def share(told: dict[str, Any]) -> Practice:
    """Bring one practice or document to the state that the file tells, by the people it names."""
    text = actions.start_practice(by=someone(told["author"]), **_content(told))
    if told.get("file"):
        _attach_itself(text, told)
    return bring(text, told)


def _attach_itself(document: Practice, told: dict[str, Any]) -> None:
    """The text as a file as well; where the machine is too busy to clean one, the document stands without."""
    made = paper(told["file"]["ending"], told["title"], told["body"])
    try:
        with received(SimpleUploadedFile(f"{told['file']['name']}.{told['file']['ending']}", made)) as incoming:
            offer = actions.Offer.of(incoming, caption=told["file"]["caption"])
            actions.attach_file(document, by=someone(told["author"]), offer=offer)
    except Refused:
        return
    document.refresh_from_db()


def bring(practice: Practice, told: dict[str, Any]) -> Practice:
    """Hand in, decide and withdraw what was drafted, as its state says."""
    author, state = someone(told["author"]), told["state"]
    if state != "draft":
        actions.submit_practice(practice, by=author)
    if state == "changes-asked":
        actions.ask_for_changes(practice, by=someone(told["reviewer"]), note=told["review_note"])
    if state in {"published", "asks-public", "withdrawn"}:
        _publish(practice, told)
    if state == "published" and told["visibility"] == Level.PUBLIC:
        _let_everybody_read(practice, told)
    if state == "withdrawn":
        actions.withdraw_practice(practice, by=author, reason=told["withdraw_reason"], kind=told["withdraw_kind"])
    practice.refresh_from_db()
    _set_back(practice, told)
    return practice


def _publish(practice: Practice, told: dict[str, Any]) -> None:
    """With points for every criterion, where the text claims more than a quick note."""
    judged = {"scores": told["scores"], "comments": {rules.SCORES: told["scores_reason"]}} if "scores" in told else {}
    actions.publish_practice(practice, by=someone(told["reviewer"]), note=told["review_note"], **judged)


def words_of(told: dict[str, Any]) -> dict[str, Any]:
    """What its author wrote."""
    return {name: value for name, value in told.items() if name not in ABOUT_IT}


def _content(told: dict[str, Any]) -> dict[str, Any]:
    content = words_of(told)
    content |= {name: _month(told.get(name)) for name in ("period_start", "period_end")}
    if told.get("valid_as_of"):
        content["valid_as_of"] = date.fromisoformat(told["valid_as_of"])
    circle = {"circle": circle_of(told["circle"])} if told.get("circle") else {"circle": None}
    return content | circle | {"organisation": organisation_of(told["organisation"])}


def _month(told_month: str | None) -> date | None:
    return date.fromisoformat(f"{told_month}-01") if told_month else None


def _let_everybody_read(practice: Practice, told: dict[str, Any]) -> None:
    notes = SAFETY_NOTES[told["language"]]
    actions.approve_public(practice, by=_safety_reviewer(practice, told), note=notes[zlib.crc32(told["key"].encode()) % len(notes)])


def _safety_reviewer(practice: Practice, told: dict[str, Any]) -> User:
    """Somebody who has no part in it; a second pair of eyes, where there is one."""
    others_first = sorted(map(someone, SAFETY_REVIEWERS), key=lambda one: one.email == told["reviewer"])
    return next(one for one in others_first if one != practice.author and not is_colleague(one, practice))


# --- dates


def _set_back(practice: Practice, told: dict[str, Any]) -> None:
    """Give a practice the dates of the story: written, handed in, decided, and last changed ``days_ago``."""
    at = moment(told["key"], told["days_ago"])
    is_decided = told["state"] not in {"draft", "submitted"}
    handed_in = at - TO_REVIEW if is_decided else at
    practice.created_at = handed_in - TO_WRITE
    practice.changed_at = at
    practice.submitted_at = practice.submitted_at and handed_in
    practice.public_asked_at = practice.public_asked_at and at
    practice.due_on = practice.due_on and timezone.localdate(at) + REVIEW_WITHIN
    practice.first_published_at = practice.first_published_at and at
    practice.last_published_at = practice.last_published_at and at
    practice.was_public_at = practice.was_public_at and at + TO_WIDEN
    practice.shelf_changed_at = practice.shelf_changed_at and at
    practice.review_date = practice.review_date and two_years_after(timezone.localdate(at))
    practice.withdrawn_at = practice.withdrawn_at and moment(told["key"], told["days_ago"] // 3)
    practice.save(update_fields=DATES)
    Revision.objects.filter(pk=practice.latest_revision_id).update(created_at=handed_in - timedelta(hours=2))
    practice.reviews.update(decided_at=at)
    practice.reviews.filter(decision=Review.Decision.PUBLIC_APPROVED).update(decided_at=at + TO_WIDEN)


def moment(key: str, days_ago: int) -> datetime:
    """A time in working hours, always the same for one key."""
    minutes = zlib.crc32(key.encode()) % (8 * 60)
    day = timezone.localtime() - timedelta(days=days_ago)
    return day.replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(minutes=minutes)
