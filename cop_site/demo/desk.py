"""What the demo's people report, what moderators decided about it, and whose turn it is."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.forums import actions as forums
from cop_site.forums.models import Post, Topic
from cop_site.moderation import actions
from cop_site.moderation.models import Case, Decision, Duty, Phrase

from .planting import row_of, secretariat, someone
from .talks import MODERATOR

A_TURN = timedelta(days=13)


def phrase(told: dict[str, Any]) -> Phrase:
    """A sentence that moderators start from."""
    words = {name: told[name] for name in ("name", "words_id", "words_en", "outcome")}
    return actions.keep_phrase(None, by=secretariat(), **words)


def take_turns() -> Duty:
    """A moderator has the first fortnight, and the secretariat stands in."""
    today = timezone.localdate()
    for person, is_backup in ((someone(MODERATOR), False), (secretariat(), True)):
        duty = actions.put_on_rota(person, by=secretariat(), starts_on=today, ends_on=today + A_TURN, is_backup=is_backup)
    return duty


def bring(told: dict[str, Any]) -> Case:
    """Something that others reported, and what came of it."""
    post = _post(told)
    for one in told["reports"]:
        report = actions.report(post, by=someone(one["by"]), reason=one["reason"], note=one["note"])
    if decided := told.get("decided"):
        decision = _decide(report.case, decided)
        if words := told.get("appeal"):
            actions.appeal(decision, by=_author(told), words=words)
    return report.case


def _post(told: dict[str, Any]) -> Post:
    topic = Topic.objects.unscoped("planted before").get(pk=row_of(f"topic:{told['topic']}"))
    if said := told.get("adds"):
        return forums.reply_to(topic, by=someone(said["by"]), source=said["text"])
    return topic.posts.unscoped("planted before").get(number=told["post"])


def _author(told: dict[str, Any]) -> User:
    return someone(told["adds"]["by"])


def _decide(case: Case, told: dict[str, Any]) -> Decision:
    words = Phrase.objects.get(pk=row_of(f"phrase:{told['phrase']}")).words_id
    return actions.decide(case, by=someone(told["by"]), outcome=told["outcome"], reason=words)
