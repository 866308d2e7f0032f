"""Cases for tests: they go through the deeds."""

from typing import Any

from cop_site.accounts.models import User
from cop_site.forums.models import Forum, Post, Topic
from cop_site.moderation import actions
from cop_site.moderation.models import Case, Decision
from tests.forums import factories as forums

REASON = "Perlu dibicarakan dulu."


def talk(by: User, *, slug: str = "ruang", **fields: Any) -> Topic:
    """A topic in a forum that allows pseudonyms; the same forum for the same slug."""
    hall = Forum.objects.filter(slug=slug).first() or forums.forum(slug.title(), slug=slug, allows_pseudonyms=True, **fields)
    return forums.topic(hall, by)


def post(by: User, talk: Topic, source: str = "Kami punya satu.", **said: Any) -> Post:
    return forums.reply(talk, by, source, **said)


def reported(row: Any, by: User, reason: str = "spam", note: str = "") -> Case:
    """The case of a row that somebody reported."""
    return actions.report(row, by=by, reason=reason, note=note).case


def waiting(by: User, talk: Topic, source: str = "Ini kiriman pertama saya.") -> Case:
    """The case of a first post that waits; ``by`` must not have written before."""
    return Case.objects.open().of(forums.held(talk, by, source)).get()


def decided(case: Case, by: User, outcome: str = "take-away", **more: Any) -> Decision:
    return actions.decide(case, by=by, outcome=outcome, reason=REASON, **more)
