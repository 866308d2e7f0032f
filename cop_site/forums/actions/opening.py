"""Deeds about forums themselves."""

from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cop_site.accounts.models import Level, User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require
from cop_site.screening.guard import screen_fields
from cop_site.screening.refusing import NotReady, Problem

from .. import mentions, policy
from ..choices import LEVELS
from ..models import Forum

NAMED = ("name_id", "name_en", "about_id", "about_en")
TAKEN = {"new", "mine", "waiting", "sealed", "t", "p"}  # words of our own addresses


@deed
def open_forum(*, by: User, **content: Any) -> Forum:
    """Make a forum; its author is no reader of it by that alone, except at the level of stewards."""
    require(policy.can_make_forums(by))
    forum = Forum(author=by, **content)
    forum.slug = forum.slug or _free_slug(forum.name_id)
    _check(forum)
    forum.save()
    record(Verb.OPENED_FORUM, by=by, subject=forum, level=forum.visibility)
    return forum


@deed
def change_forum(forum: Forum, *, by: User, **content: Any) -> Forum:
    """Change a forum; who reads all that stands in it may become fewer, never more."""
    forum = Forum.objects.select_for_update().get(pk=forum.pk)
    require(policy.can_make_forums(by) and Forum.objects.visible_to(by).filter(pk=forum.pk).exists())
    before = Forum(visibility=forum.visibility, circle_id=forum.circle_id, organisation_id=forum.organisation_id, author_id=forum.author_id)
    for name, value in content.items():
        setattr(forum, name, value)
    _check(forum)
    is_read = forum.topics.unscoped("whether any stands there, shown to nobody").exists()
    if is_read and _audience(forum) != _audience(before) and not _is_narrower(forum, before):
        raise NotReady([Problem("visibility", _("What stands in this forum was written for fewer readers. Open another forum for more."))])
    forum.save()
    record(Verb.CHANGED_FORUM, by=by, subject=forum, level=forum.visibility)
    return forum


def _free_slug(name: str) -> str:
    base = slugify(name)[:50].strip("-") or "forum"
    taken = TAKEN | set(Forum.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))] if slug not in taken)


def _check(forum: Forum) -> None:
    if forum.slug in TAKEN or Forum.objects.filter(slug=forum.slug).exclude(pk=forum.pk).exists():
        raise NotReady([Problem("slug", _("There is a forum at this address already."))])
    if blocked := [found for found in screen_fields({name: getattr(forum, name) for name in NAMED}) if found.action == "block"]:
        raise NotReady([], blocked)
    if forum.visibility != Level.CIRCLE:
        forum.circle = None
    if forum.visibility != Level.ORGANISATION:
        forum.organisation = None
    if Level(forum.visibility) not in LEVELS:
        raise NotReady([Problem("visibility", _("This choice does not exist."))])
    if forum.visibility == Level.CIRCLE and forum.circle is None:
        raise NotReady([Problem("circle", _("Please choose one."))])
    if forum.visibility == Level.ORGANISATION and forum.organisation is None:
        raise NotReady([Problem("organisation", _("Please choose one."))])


def _audience(forum: Forum) -> tuple[Any, ...]:
    return (forum.visibility, forum.circle_id, forum.organisation_id)


def _is_narrower(forum: Forum, before: Forum) -> bool:
    """From everybody to anybody fewer; from the network to a part of it. Two circles never are each other's part."""
    if before.visibility == Level.NETWORK:
        return forum.visibility != Level.PUBLIC and not mentions.reads_more(forum, before)
    return before.visibility == Level.PUBLIC


@deed
def archive_forum(forum: Forum, *, by: User) -> Forum:
    """Keep a forum to be read and no more."""
    return _set_archived(forum, timezone.now(), Verb.ARCHIVED_FORUM, by=by)


@deed
def reopen_forum(forum: Forum, *, by: User) -> Forum:
    """Let people write again in a forum that was archived."""
    return _set_archived(forum, None, Verb.REOPENED_FORUM, by=by)


def _set_archived(forum: Forum, at: Any, verb: Verb, *, by: User) -> Forum:
    forum = Forum.objects.select_for_update().get(pk=forum.pk)
    require(policy.can_make_forums(by) and Forum.objects.visible_to(by).filter(pk=forum.pk).exists())
    if forum.is_archived == bool(at):
        return forum
    forum.archived_at = at
    forum.save(update_fields=["archived_at"])
    record(verb, by=by, subject=forum)
    return forum
