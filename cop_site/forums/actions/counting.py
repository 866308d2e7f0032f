"""Places and counts: every deed that changes which posts stand where goes through here, with the topic's row locked."""

from typing import Any

from django.db.models import Count, F, Max, Q, Sum
from django.utils import timezone

from ..models import Forum, Post, Topic


def locked_topic(topic: Topic) -> Topic:
    """The topic as it is now; whoever else writes in it waits. Its forum is at hand."""
    rows = Topic.objects.unscoped("the row a deed decides about")
    return rows.select_for_update(of=("self",)).select_related("forum").get(pk=topic.pk)


def locked_topics(*topics: Topic) -> list[Topic]:
    """Several, locked in the order of their numbers, so that no two deeds wait for each other."""
    locked = {topic.pk: locked_topic(topic) for topic in sorted(topics, key=lambda one: one.pk)}
    return [locked[topic.pk] for topic in topics]


def locked_post(post: Post) -> Post:
    """The post as it is now, its topic locked first."""
    topic = locked_topic(Topic(pk=post.topic_id))
    rows = Post.objects.unscoped("the row a deed decides about").select_related("author", "pseudonym")
    post = rows.get(pk=post.pk)
    if post.topic_id != topic.pk:  # moved in the moment before
        return locked_post(post)
    post.topic = topic
    return post


def give_place(post: Post) -> None:
    """Put a post at the end of its topic, where readers find it from now on."""
    topic = post.topic
    post.number = topic.last_number + 1
    topic.last_number, topic.last_post_at = post.number, timezone.now()
    topic.post_count += 1
    post.save(update_fields=["number"])
    topic.save(update_fields=["last_number", "last_post_at", "post_count"])
    if topic.is_shown:
        Forum.objects.filter(pk=topic.forum_id).update(post_count=F("post_count") + 1, last_topic=topic)


def hide_with_its_only_post(post: Post) -> None:
    """A topic that waits goes with a post that is gone, where it holds nothing else; what others wrote there can come back."""
    topic = post.topic
    others = topic.posts.unscoped("whether anybody else wrote there, shown to nobody").exclude(pk=post.pk)
    if topic.held_at and post.begins and not others.exists():
        topic.hidden_at = post.hidden_at
        topic.save(update_fields=["hidden_at"])


def recount_topic(topic: Topic) -> None:
    """The topic's counts from its rows, after anything but one post more at its end."""
    found = topic.posts.unscoped("counting, shown to nobody").aggregate(
        last=Max("number"), shown=Count("pk", filter=Q(number__isnull=False, held_at=None, hidden_at=None))
    )
    topic.last_number, topic.post_count = found["last"] or 0, found["shown"]
    topic.save(update_fields=["last_number", "post_count"])


def recount_forum(*pks: int) -> None:
    """The counts of forums from their topics, the lowest number first."""
    for pk in sorted(set(pks)):
        Forum.objects.select_for_update().get(pk=pk)
        shown = Topic.objects.unscoped("counting, shown to nobody").filter(forum=pk).shown()
        counts: dict[str, Any] = shown.aggregate(topics=Count("pk"), posts=Sum("post_count"))
        last = shown.order_by("-last_post_at", "-pk").first()
        Forum.objects.filter(pk=pk).update(topic_count=counts["topics"], post_count=counts["posts"] or 0, last_topic=last)
