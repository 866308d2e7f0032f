"""Deeds that make knowledge of a talk: which answer helped, and what came of it."""

from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core import text
from cop_site.core.access import require

from .. import policy, rules, sealed
from ..models import Post, Topic
from ..selectors.firsts import with_first_post
from .counting import locked_topic


def _settled(topic: Topic, *, by: User) -> Topic:
    topic = with_first_post(locked_topic(topic))
    require(Topic.objects.visible_to(by).filter(pk=topic.pk).exists() and policy.can_settle(by, topic))
    return topic


def _journaled(topic: Topic, person: User) -> User:
    return sealed.journaled_as(person, topic.starter_id is None and policy.began(person, topic))


@deed
def choose_answer(post: Post, *, by: User) -> Topic:
    """Mark the answer that helped; it stands once more below the question."""
    topic = _settled(Topic(pk=post.topic_id), by=by)
    post = topic.posts.visible_to(by).shown().get(pk=post.pk)
    require(post.number != 1)
    if topic.answer_id != post.pk:
        topic.answer = post
        topic.save(update_fields=["answer"])
        record(Verb.CHOSE_ANSWER, by=_journaled(topic, by), subject=post, topic=topic.pk)
    return topic


@deed
def unchoose_answer(topic: Topic, *, by: User) -> Topic:
    """Mark no answer any more."""
    topic = _settled(topic, by=by)
    if topic.answer_id:
        topic.answer = None
        topic.save(update_fields=["answer"])
        record(Verb.UNCHOSE_ANSWER, by=_journaled(topic, by), subject=topic)
    return topic


@deed
def write_outcome(topic: Topic, *, by: User, outcome: str) -> Topic:
    """Say in a few sentences what came of a talk, for those who have no time to read it; nothing takes the box away.

    It stands at once, so it refuses what a post would wait for.
    """
    topic = _settled(topic, by=by)
    said = rules.tidied({"outcome": outcome})
    if said["outcome"] == topic.outcome:
        return topic
    rules.require_at_once(by, said)
    is_sealed = topic.starter_id is None and policy.began(by, topic)
    topic.outcome, topic.outcome_html = said["outcome"], text.render(said["outcome"]) if said["outcome"] else ""
    topic.outcome_by, topic.outcome_at = None if is_sealed else by, timezone.now() if said["outcome"] else None
    topic.save(update_fields=["outcome", "outcome_html", "outcome_by", "outcome_at"])
    record(Verb.WROTE_OUTCOME, by=_journaled(topic, by), subject=topic, **rules.flagged(said))
    return topic
