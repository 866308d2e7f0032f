"""Who reads and writes in forums."""

from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db.models import Q

from cop_site.accounts.policy import (
    NOTHING,
    can_speak,
    has_agreed,
    is_member,
    is_moderator,
    is_secretariat,
    moderates_something,
    role_of,
    seen_by,
)

from .choices import Starters

KIND = "topic"
FIRST_WEEKS = timedelta(days=14)  # S6: links of new members are held as long
EDITED_WITHIN = timedelta(days=30)  # later an answer has been relied on: one writes another
_BEGIN = {
    Starters.MEMBERS: {"member", "convenor", "moderator", "secretariat"},
    Starters.CONVENORS: {"convenor", "moderator", "secretariat"},
    Starters.MODERATORS: {"moderator", "secretariat"},
}


def forums_visible_to(user: Any) -> Q:
    """A forum is seen by its level; an office opens no circle's or organisation's forum."""
    return seen_by(user, kind=KIND)


def topics_visible_to(user: Any) -> Q:
    """A forum's audience reads its topics. One that waits is read by whoever began it and by moderators of that audience; a deleted one by nobody.

    What waits where a moderator does not read is on her desk (moderation), the post alone.
    """
    stands = seen_by(user, "forum__", kind=KIND) & Q(hidden_at=None)
    if is_moderator(user):
        return stands
    return stands & (Q(held_at=None) | _began(user) if is_member(user) else Q(held_at=None))


def _began(user: Any) -> Q:
    # Never Q(starter=None): topics of deleted members and of pseudonyms. An answer under a name opens nothing.
    first = apps.get_model("forums", "Post").objects.filter(Q(number=1) | Q(number=None, topic__last_number=0))
    return Q(starter=user.pk) | Q(starter=None, pk__in=first.filter(pseudonym__in=_names_of(user).values("pk")).values("topic"))


def _names_of(user: Any) -> Any:
    return apps.get_model("forums", "Pseudonym").objects.filter(person=user.pk)


def posts_visible_to(user: Any) -> Q:
    """Whose words may be read, within a topic that may be: what is shown; what waits, by its author and by moderators."""
    shown = Q(held_at=None, hidden_at=None)
    waiting = Q(held_at__isnull=False, hidden_at=None)
    return shown | waiting & (Q() if is_moderator(user) else said_by(user))


def tombstones_visible_to(user: Any) -> Q:
    """Places whose words are gone: deleted ones for everybody; taken away again while somebody looks, for all who do not look."""
    had_a_place = Q(number__isnull=False)
    gone = Q(hidden_at__isnull=False)
    looked_at = NOTHING if is_moderator(user) else Q(held_at__isnull=False, hidden_at=None) & ~said_by(user)
    return had_a_place & (gone | looked_at)


def said_by(user: Any) -> Q:
    """One's own posts, under whichever name."""
    return Q(author=user.pk) | Q(pseudonym__in=_names_of(user).values("pk")) if is_member(user) else NOTHING  # each half by its index


def said_under(user: Any, topic: Any, hides_name: bool) -> Q:
    """One's own posts under one name alone, so that nobody learns which names are one person's: hers, or the one drawn for a topic."""
    return Q(pseudonym__person=user.pk, pseudonym__topic=topic) if hides_name else Q(author=user.pk)


def is_hers(user: Any, post: Any) -> bool:
    """``said_by``, asked of one post."""
    if not is_member(user):
        return False
    return post.author_id == user.pk or (post.pseudonym is not None and post.pseudonym.person_id == user.pk)


def began(user: Any, topic: Any) -> bool:
    """Whether a person began a topic, under whichever name; asked of a topic that has its first post at hand."""
    return is_member(user) and (topic.starter_id == user.pk or (topic.starter_id is None and _began_under_a_name(user, topic)))


def _began_under_a_name(user: Any, topic: Any) -> bool:
    first = topic.first_post
    return first is not None and first.pseudonym is not None and first.pseudonym.person_id == user.pk


# --- doing


def can_write(user: Any) -> bool:
    """Members who have agreed to what is in force and are not muted."""
    return can_speak(user)


def can_keep_own(user: Any) -> bool:
    """What one has written and begun is at hand also while muted."""
    return is_member(user) and has_agreed(user)


def can_start(user: Any, forum: Any) -> bool:
    """Members begin topics where the forum lets them and is not archived."""
    return can_write(user) and not forum.is_archived and role_of(user) in _BEGIN[Starters(forum.starters)]


def can_reply(user: Any, topic: Any) -> bool:
    """Members answer open topics that readers find; moderators also locked ones, to say why."""
    if not can_write(user) or not topic.is_shown or topic.forum.is_archived:
        return False
    return not topic.is_locked or is_moderator(user)


def can_hide_name(user: Any, forum: Any) -> bool:
    """Under a pseudonym, where the forum allows it."""
    return forum.allows_pseudonyms and can_write(user)


def can_edit(user: Any, post: Any, *, now: Any) -> bool:
    """One's own words, for a month, as long as the topic is open; what waits, however old it is, so that its author can mend it."""
    is_open = post.topic.hidden_at is None and not post.topic.is_locked and not post.topic.forum.is_archived
    return (
        is_hers(user, post)
        and can_write(user)
        and is_open
        and post.hidden_at is None
        and (post.held_at is not None or now - post.created_at < EDITED_WITHIN)
    )


def can_delete(user: Any, post: Any) -> bool:
    """Everybody one's own words, at any time; moderators what stands in forums they read, with a reason."""
    return post.hidden_at is None and (is_hers(user, post) or is_moderator(user))


def can_restore(user: Any, post: Any) -> bool:
    """Whoever took it away: the author what she deleted, a moderator what a moderator did."""
    if post.hidden_at is None:
        return False
    return is_hers(user, post) if post.hidden_by_author else is_moderator(user)


def can_moderate(user: Any) -> bool:
    """Moderators pin, lock, move, split, merge and look through what waits; only in forums that they read."""
    return is_moderator(user)


def can_release(user: Any, post: Any) -> bool:
    """A moderator lets through what waits, never one's own."""
    return can_judge(user, post) and post.held_at is not None


def can_judge(user: Any, post: Any) -> bool:
    """Whoever moderates anything carries out what was decided about a case at her desk, never about her own words."""
    return moderates_something(user) and has_agreed(user) and not is_hers(user, post)


def can_judge_topic(user: Any, topic: Any) -> bool:
    """``can_judge``, asked of a topic."""
    return moderates_something(user) and has_agreed(user) and topic.starter_id != user.pk


def can_settle(user: Any, topic: Any) -> bool:
    """Whoever asked says which answer helped and what came of it; moderators help those who forget. Not in archived forums.

    Also while it waits: what came of it may be what has to be mended.
    """
    is_open = topic.hidden_at is None and topic.merged_into_id is None and not topic.forum.is_archived
    return can_write(user) and is_open and (began(user, topic) or is_moderator(user))


def can_react(user: Any, post: Any) -> bool:
    """Members, to what others said."""
    return can_write(user) and post.is_shown and not is_hers(user, post)


def can_ask_to_unseal(user: Any, pseudonym: Any) -> bool:
    """A moderator asks, with a reason; nobody opens one's own name."""
    return is_moderator(user) and pseudonym.person_id != user.pk


def can_agree_to_unseal(user: Any, unsealing: Any) -> bool:
    """A second moderator decides, who is neither the first nor the one behind the name."""
    is_open = unsealing.agreed_at is None and unsealing.refused_at is None
    return is_open and is_moderator(user) and user.pk not in {unsealing.asked_by_id, unsealing.pseudonym.person_id}


def can_read_unsealed(user: Any, unsealing: Any) -> bool:
    """Who is behind an opened name is for the two moderators who opened it, as long as they are moderators."""
    return unsealing.agreed_at is not None and is_moderator(user) and user.pk in {unsealing.asked_by_id, unsealing.agreed_by_id}


def can_make_forums(user: Any) -> bool:
    """The secretariat makes, changes and archives forums."""
    return is_secretariat(user)
