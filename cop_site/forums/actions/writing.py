"""Deeds of those who write: begin a topic, answer, edit."""

from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require
from cop_site.screening.refusing import NotReady, Problem
from cop_site.screening.version import RULES_VERSION

from .. import mentions, policy, rules, sealed
from ..choices import Held
from ..models import Forum, Mention, Post, PostVersion, Topic
from ..models.topic import slug_of
from ..selectors.reading import topic_for
from . import attaching, keeping
from .counting import give_place, locked_post, locked_topic, recount_forum, recount_topic

OF_THE_POST = ("source", "content_note", "language")


@deed
def start_topic(forum: Forum, *, by: User, hides_name: bool = False, files: tuple[attaching.Offer, ...] = (), **said: Any) -> Topic:
    """Begin a topic with its first post; where that waits, the topic waits with it.

    ``said``: title, source, language, and what may be left out: content_note, mandate, service_scale, trafficking_forms,
    provinces, call_mandate, call_province.
    """
    forum = Forum.objects.visible_to(by).select_for_update(of=("self",)).get(pk=forum.pk)
    require(policy.can_start(by, forum) and (not hides_name or policy.can_hide_name(by, forum)))
    said = rules.tidied({"title": "", "source": ""} | said)
    weighed = rules.weigh(by, said, rules.require_words(said), under=policy.said_under(by, None, hides_name))
    held = weighed.held
    of_the_topic = {key: value for key, value in said.items() if key not in {"source", "content_note"}}
    topic = Topic.objects.create(
        forum=forum, starter=None if hides_name else by, slug=slug_of(said["title"]), held_at=held and timezone.now(), **of_the_topic
    )
    _add(topic, said, by=by, hides_name=hides_name, held=held, files=files)
    if not held:
        Forum.objects.filter(pk=forum.pk).update(topic_count=F("topic_count") + 1)
    keeping.forget_draft(by, forum=forum, topic=None)
    record(
        Verb.STARTED_TOPIC,
        by=sealed.journaled_as(by, hides_name),
        subject=topic,
        held=sealed.journaled_why(held, hides_name),
        **weighed.facts,
    )
    return topic


@deed
def reply_to(
    topic: Topic,
    *,
    by: User,
    reply_to: Post | None = None,
    hides_name: bool = False,
    files: tuple[attaching.Offer, ...] = (),
    **said: Any,
) -> Post:
    """Add a post to an open topic, in the words its author typed; it may wait until a moderator has looked.

    ``said``: source, and what may be left out: content_note, language (the topic's then).
    """
    topic = locked_topic(topic)
    require(topic_for(topic.pk, by) is not None and policy.can_reply(by, topic))
    require(not hides_name or policy.can_hide_name(by, topic.forum))
    said = rules.tidied({"source": "", "language": topic.language} | said)
    weighed = rules.weigh(by, said, rules.require_words(said), under=policy.said_under(by, topic, hides_name))
    held = weighed.held
    answered = reply_to if reply_to is not None and reply_to.topic_id == topic.pk else None
    post = _add(topic, said, by=by, hides_name=hides_name, held=held, files=files, reply_to=answered)
    keeping.forget_draft(by, forum=topic.forum, topic=topic)
    record(
        Verb.REPLIED,
        by=sealed.journaled_as(by, hides_name),
        subject=post,
        topic=topic.pk,
        held=sealed.journaled_why(held, hides_name),
        **weighed.facts,
    )
    return post


def _add(
    topic: Topic, said: dict[str, Any], *, by: User, hides_name: bool, held: Held | None, files: tuple[attaching.Offer, ...], **more: Any
) -> Post:
    """One post more: at the end, or waiting."""
    named = mentions.named_in(said["source"], topic.forum)
    if len(named) > rules.MOST_MENTIONS:
        raise NotReady([Problem("source", _("At most %(most)d people can be named in one post.") % {"most": rules.MOST_MENTIONS})])
    post = Post.objects.create(
        topic=topic,
        author=None if hides_name else by,
        pseudonym=sealed.name_in(topic, by) if hides_name else None,
        html=mentions.render(said["source"], named),
        held_at=timezone.now() if held else None,
        held_because=held or "",
        screened_version=RULES_VERSION,
        **{key: said[key] for key in OF_THE_POST if key in said},
        **more,
    )
    Mention.objects.bulk_create(Mention(post=post, person=person) for person in named)
    attaching.hang_on(post, files, by=by)
    if not held:
        give_place(post)
        keeping.read_to_own(by, post)
    return post


@deed
def edit_post(post: Post, *, by: User, **said: Any) -> Post:
    """Put other words in place of those a post has; readers can compare them. New findings make it wait again.

    ``said``: source, content_note; of the first post also title.
    """
    post = locked_post(post)
    require(policy.can_edit(by, post, now=timezone.now()))
    said = rules.tidied(said)
    findings = rules.require_words(said)
    if all(said.get(key, getattr(post, key)) == getattr(post, key) for key in ("source", "content_note")) and not _retitles(post, said):
        return post
    if post.is_shown:
        PostVersion.objects.create(
            post=post, source=post.source, html=post.html, content_note=post.content_note, said_at=post.edited_at or post.created_at
        )
    weighed = rules.weigh(by, said, findings, before=post)
    _put(post, said, held=weighed.held, by=by)
    facts = weighed.flagged if post.is_shown else {}
    record(Verb.EDITED_POST, by=sealed.journaled_as(by, bool(post.pseudonym_id)), subject=post, topic=post.topic_id, **facts)
    return post


def _retitles(post: Post, said: dict[str, Any]) -> bool:
    return post.begins and said.get("title", post.topic.title) != post.topic.title


def _put(post: Post, said: dict[str, Any], *, held: Held | None, by: User) -> None:
    if retitles := _retitles(post, said):
        post.topic.title, post.topic.slug = said["title"], slug_of(said["title"])
        post.topic.save(update_fields=["title", "slug"])
    named = mentions.named_in(said["source"], post.topic.forum)
    post.source, post.content_note = said["source"], said.get("content_note", post.content_note)
    post.html, post.edited_at, post.screened_version = mentions.render(post.source, named), timezone.now(), RULES_VERSION
    was_shown = post.is_shown
    if held in {Held.FINDINGS, Held.LINKS, Held.WATCHED} and post.held_at is None:
        post.held_at, post.held_because = timezone.now(), held
        if retitles and post.topic.held_at is None:  # the new title waits with it
            post.topic.held_at = post.held_at
            post.topic.save(update_fields=["held_at"])
    post.save(update_fields=["source", "content_note", "html", "edited_at", "screened_version", "held_at", "held_because"])
    Mention.objects.filter(post=post).exclude(person__in=named).delete()  # whoever is named no more is told no more
    Mention.objects.bulk_create([Mention(post=post, person=person) for person in named], ignore_conflicts=True)
    if was_shown and not post.is_shown:
        recount_topic(post.topic)
        recount_forum(post.topic.forum_id)
