"""Deeds of moderators about topics: pin, lock, rename, move, split, merge. Marks and permalinks stay right through all of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require
from cop_site.screening.refusing import NotReady, Problem

from .. import mentions, policy, rules
from ..models import Forum, Post, Pseudonym, ReadMark, Topic
from ..models.topic import slug_of
from .counting import locked_topic, locked_topics, recount_forum, recount_topic
from .keeping import carry_drafts


def _steered(topic: Topic, *, by: User) -> Topic:
    topic = locked_topic(topic)
    require(policy.can_moderate(by) and topic.is_shown and Topic.objects.visible_to(by).filter(pk=topic.pk).exists())
    return topic


def _set(topic: Topic, verb: Verb, *, by: User, reason: str = "", **changes: Any) -> Topic:
    """Nothing is done, or journaled, that stands already."""
    topic = _steered(topic, by=by)
    if all(bool(getattr(topic, name)) == bool(value) for name, value in changes.items()):
        return topic
    for name, value in changes.items():
        setattr(topic, name, value)
    topic.save(update_fields=list(changes))
    record(verb, by=by, subject=topic, reason=reason)
    return topic


@deed
def pin_topic(topic: Topic, *, by: User) -> Topic:
    """Keep a topic above the others of its forum."""
    return _set(topic, Verb.PINNED_TOPIC, by=by, is_pinned=True)


@deed
def unpin_topic(topic: Topic, *, by: User) -> Topic:
    """Let a topic stand where its last post puts it."""
    return _set(topic, Verb.UNPINNED_TOPIC, by=by, is_pinned=False)


@deed
def lock_topic(topic: Topic, *, by: User, reason: str) -> Topic:
    """Let nobody answer any more; the reason stands in the journal, and whoever began the topic is told."""
    said = rules.tidied({"reason": reason})
    rules.require_words(said)
    return _set(topic, Verb.LOCKED_TOPIC, by=by, reason=said["reason"], locked_at=timezone.now())


@deed
def unlock_topic(topic: Topic, *, by: User) -> Topic:
    """Let members answer again."""
    return _set(topic, Verb.UNLOCKED_TOPIC, by=by, locked_at=None)


@deed
def retitle_topic(topic: Topic, *, by: User, title: str) -> Topic:
    """Give a topic a title that says what it is about; its old address goes on working."""
    topic = _steered(topic, by=by)
    said = rules.tidied({"title": title})
    rules.require_words(said)
    if said["title"] != topic.title:
        topic.title, topic.slug = said["title"], slug_of(said["title"])
        topic.save(update_fields=["title", "slug"])
        record(Verb.RETITLED_TOPIC, by=by, subject=topic, **rules.flagged(said))
    return topic


@deed
def move_topic(topic: Topic, into: Forum, *, by: User) -> Topic:
    """Put a topic into another forum that no more people read; pseudonyms stay sealed wherever it stands."""
    topic = _steered(topic, by=by)
    before = topic.forum
    into = _forum_for(before, into, by=by)
    if into.pk == before.pk:
        return topic
    topic.forum = into
    topic.save(update_fields=["forum"])
    recount_forum(before.pk, into.pk)
    record(Verb.MOVED_TOPIC, by=by, subject=topic, before=before.pk, into=into.pk)
    return topic


def _forum_for(before: Forum, into: Forum, *, by: User) -> Forum:
    """What was written for some is never shown to more."""
    into = Forum.objects.visible_to(by).get(pk=into.pk)
    same = (into.visibility, into.circle_id, into.organisation_id) == (before.visibility, before.circle_id, before.organisation_id)
    narrower = before.visibility == "publik" or (before.visibility == "jaringan" and into.visibility not in {"publik", "jaringan"})
    if not (same or narrower) or mentions.reads_more(into, before):
        raise NotReady([Problem("forum", _("That forum has other readers than the people this was written for."))])
    return into


@deed
def split_topic(topic: Topic, posts: Iterable[Post], *, by: User, title: str, forum: Forum | None = None) -> Topic:
    """Give some posts of a topic a topic of their own, in their order. At least one stays behind."""
    topic = _steered(topic, by=by)
    forum = _forum_for(topic.forum, forum, by=by) if forum else topic.forum
    said = rules.tidied({"title": title})
    rules.require_words(said)
    chosen = _chosen(topic, posts)
    first = chosen[0]
    made = Topic.objects.create(
        forum=forum, starter=first.author, title=said["title"], slug=slug_of(said["title"]), language=topic.language
    )
    _move(chosen, topic, made)
    for one in (topic, made):
        one.refresh_from_db()
        _close_ranks(one)
        recount_topic(one)
    _redate(topic, made)
    recount_forum(topic.forum_id, made.forum_id)
    record(Verb.SPLIT_TOPIC, by=by, subject=topic, made=made.pk, posts=[post.pk for post in chosen])
    return made


def _chosen(topic: Topic, posts: Iterable[Post]) -> list[Post]:
    placed = topic.posts.unscoped("which of them move, shown to nobody").filter(number__isnull=False)
    chosen = list(placed.filter(pk__in=[post.pk for post in posts]).select_related("author", "pseudonym").order_by("number"))
    if not chosen or len(chosen) == placed.count():
        raise NotReady([Problem("posts", _("Choose some of the posts; at least one has to stay."))])
    return chosen


def _move(chosen: Sequence[Post], topic: Topic, made: Topic) -> None:
    """The posts, with the marks of those who have read them: whoever had read a post has read it in its new place."""
    numbers = [post.number or 0 for post in chosen]
    marks = []
    for mark in ReadMark.objects.filter(topic=topic):
        read = sum(number <= mark.number for number in numbers)
        marks.append(ReadMark(person_id=mark.person_id, topic=made, number=read))
        ReadMark.objects.filter(pk=mark.pk).update(number=mark.number - read)
    ReadMark.objects.bulk_create(mark for mark in marks if mark.number)
    ReadMark.objects.filter(topic=topic, number=0).delete()
    for place, post in enumerate(chosen, start=1):
        _carry_name(post, made)
        Post.objects.unscoped("moved by a deed").filter(pk=post.pk).update(topic=made, number=place, pseudonym=post.pseudonym)
    Post.objects.unscoped("no thread runs through two topics").filter(topic=made).exclude(reply_to__topic=made).update(reply_to=None)
    Post.objects.unscoped("no thread runs through two topics").filter(topic=topic, reply_to__topic=made).update(reply_to=None)
    if topic.answer_id in {post.pk for post in chosen}:
        Topic.objects.unscoped("its answer went elsewhere").filter(pk=topic.pk).update(answer=None)


def _carry_name(post: Post, into: Topic) -> None:
    """A pseudonym goes with its posts, still under the same name: readers know it from there.

    Whoever has another name where it goes keeps both: to show the posts under that one would tie the two together.
    """
    if post.pseudonym is None:
        return
    name, wished = post.pseudonym, post.pseudonym.name
    there = Pseudonym.objects.filter(topic=into, person=name.person).first() if name.person_id else None
    while Pseudonym.objects.filter(Q(topic=into) | Q(posts__topic=into), name=wished).exclude(_same_person(name)).exists():
        wished += "*"
    if there is None:
        post.pseudonym = Pseudonym.objects.create(topic=into, person=name.person, name=wished)
    elif there.name == wished:
        post.pseudonym = there
    elif wished != name.name:
        Pseudonym.objects.filter(pk=name.pk).update(name=wished)


def _same_person(name: Pseudonym) -> Q:
    return Q(person=name.person_id) if name.person_id else Q(pk=name.pk)


def _close_ranks(topic: Topic) -> None:
    """Numbers from 1 without gaps, in the order they have."""
    placed = topic.posts.unscoped("numbering, shown to nobody").filter(number__isnull=False).order_by("number")
    for place, (pk, number) in enumerate(placed.values_list("pk", "number"), start=1):
        if place != number:  # going up, each place is free when it is taken
            Post.objects.unscoped("numbering, shown to nobody").filter(pk=pk).update(number=place)


def _redate(*topics: Topic) -> None:
    """When a topic began and was last written in, from the posts that it has now."""
    for topic in topics:
        placed = topic.posts.unscoped("dating, shown to nobody").filter(number__isnull=False).order_by("number")
        first, last = placed.first(), placed.order_by("-created_at").first()
        if first and last:
            topic.created_at, topic.last_post_at = first.created_at, last.created_at
            topic.save(update_fields=["created_at", "last_post_at"])


@deed
def merge_topics(topic: Topic, into: Topic, *, by: User) -> Topic:
    """Add the posts of a topic to the end of another that no more people read; whoever opens the old one comes to the new."""
    topic, into = locked_topics(topic, into)
    for one in (topic, into):
        require(policy.can_moderate(by) and one.is_shown and Topic.objects.visible_to(by).filter(pk=one.pk).exists())
    if topic.pk == into.pk:
        raise NotReady([Problem("into", _("A topic cannot be merged with itself."))])
    _forum_for(topic.forum, into.forum, by=by)
    _move_all(topic, into)
    carry_drafts(topic, into)
    topic.merged_into, topic.answer, topic.is_pinned = into, None, False
    topic.save(update_fields=["merged_into", "answer", "is_pinned"])
    Topic.objects.unscoped("who led here leads on").filter(merged_into=topic).update(merged_into=into)
    for one in (topic, into):
        recount_topic(one)
    _redate(into)
    recount_forum(topic.forum_id, into.forum_id)
    record(Verb.MERGED_TOPICS, by=by, subject=into, merged=topic.pk)
    return into


def _move_all(topic: Topic, into: Topic) -> None:
    """Whoever had read the other topic to its end has read as much of what follows; nobody else has."""
    before = into.last_number
    for mark in ReadMark.objects.filter(topic=topic, person__in=ReadMark.objects.filter(topic=into, number=before).values("person")):
        ReadMark.objects.filter(topic=into, person=mark.person_id).update(number=before + mark.number)
    ReadMark.objects.filter(topic=topic).delete()
    for post in topic.posts.unscoped("moved by a deed").filter(pseudonym__isnull=False).select_related("pseudonym"):
        _carry_name(post, into)
        post.save(update_fields=["pseudonym"])
    topic.posts.unscoped("moved by a deed").update(topic=into, number=F("number") + before)
