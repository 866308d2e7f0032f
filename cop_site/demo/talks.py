"""What the demo's people ask and answer in the forums, through the same deeds as everybody; only the dates are set back."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from cop_site.forums import actions
from cop_site.forums.actions.counting import recount_forum
from cop_site.forums.models import Forum, Post, Topic

from . import writings
from .planting import circle_of, row_of, secretariat, someone

MODERATOR = "moderator@demo.example"
OPENED = timedelta(days=400)


def open_forum(told: dict[str, Any]) -> Forum:
    """A place for one kind of question."""
    content = {name: value for name, value in told.items() if name not in {"key", "circle"}}
    circle = circle_of(told["circle"]) if "circle" in told else None
    made = actions.open_forum(by=secretariat(), slug=told["key"], circle=circle, **content)
    Forum.objects.filter(pk=made.pk).update(created_at=timezone.now() - OPENED)
    return made


def talk(told: dict[str, Any]) -> Topic:
    """A question with all that was said to it, and what came of it."""
    topic = _begin(told)
    posts = [_let_through(topic.posts.unscoped("just written").get(), told["posts"][0])]
    for answer in told["posts"][1:]:
        posts.append(_let_through(_answer(topic, answer, posts), answer))
    for post, one in zip(posts, told["posts"], strict=True):
        _react(post, one)
    _settle(topic, told, posts)
    _set_back(topic, told, posts)
    return topic


def _begin(told: dict[str, Any]) -> Topic:
    first, call = told["posts"][0], told.get("call", {})
    return actions.start_topic(
        Forum.objects.get(pk=row_of(f"forum:{told['forum']}")),
        by=someone(first["by"]),
        hides_name=first.get("hides_name", False),
        title=told["title"],
        source=first["text"],
        content_note=first.get("note", ""),
        language=told.get("language", "id"),
        **told["tags"],
        **{f"call_{name}": value for name, value in call.items()},
    )


def _answer(topic: Topic, told: dict[str, Any], before: list[Post]) -> Post:
    return actions.reply_to(
        topic,
        by=someone(told["by"]),
        reply_to=before[told["to"] - 1] if "to" in told else None,
        hides_name=told.get("hides_name", False),
        source=told["text"],
        content_note=told.get("note", ""),
        language=told.get("language", "id"),
    )


def _let_through(post: Post, told: dict[str, Any]) -> Post:
    """A first post waits; a moderator has looked at all but those that the story leaves waiting."""
    if post.held_at and not told.get("waits"):
        return actions.release_post(post, by=someone(MODERATOR))
    return post


def _react(post: Post, told: dict[str, Any]) -> None:
    for kind, people in told.get("reactions", {}).items():
        for email in people:
            actions.react(post, by=someone(email), kind=kind)


def _settle(topic: Topic, told: dict[str, Any], posts: list[Post]) -> None:
    """What those who asked, and moderators, made of it."""
    if "answer" in told:
        actions.choose_answer(posts[told["answer"] - 1], by=someone(told["posts"][0]["by"]))
    if "outcome" in told:
        actions.write_outcome(topic, by=someone(told["outcome_by"]), outcome=told["outcome"])
    if told.get("pinned"):
        actions.pin_topic(topic, by=someone(MODERATOR))
    if "locked" in told:
        actions.lock_topic(topic, by=someone(MODERATOR), reason=told["locked"])


# --- dates


def _set_back(topic: Topic, told: dict[str, Any], posts: list[Post]) -> None:
    """Each post as many hours after the first as the story says; what was made of it, after the last."""
    began = writings.moment(told["key"], told["days_ago"])
    moments = [began + timedelta(hours=one["hours"]) for one in told["posts"]]
    for post, at in zip(posts, moments, strict=True):
        rows = Post.objects.unscoped("the dates of a story").filter(pk=post.pk)
        rows.update(created_at=at, held_at=at if post.held_at else None)
    last = max(at for post, at in zip(posts, moments, strict=True) if post.held_at is None)
    rows = Topic.objects.unscoped("the dates of a story").filter(pk=topic.pk)
    rows.update(created_at=began, last_post_at=last)
    _date(topic, last + timedelta(hours=1))
    recount_forum(topic.forum_id)


def _date(topic: Topic, at: datetime) -> None:
    rows = Topic.objects.unscoped("the dates of a story").filter(pk=topic.pk)
    rows.exclude(outcome_at=None).update(outcome_at=at)
    rows.exclude(locked_at=None).update(locked_at=at)
