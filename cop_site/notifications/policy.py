"""Who is told, and what of it may still be seen: asked when a row is made, when it is listed and when its mail goes out."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from cop_site.accounts.policy import CIRCLE_READERS, NOTHING, role_of
from cop_site.activity.verbs import Verb
from cop_site.events.models import Event, EventInvitation
from cop_site.forums import policy as forums
from cop_site.forums.models import Post, Pseudonym, Topic
from cop_site.library.models import Practice
from cop_site.moderation import policy as moderation
from cop_site.moderation.models import Decision, Report
from cop_site.search.models import SavedSearch

from .choices import DECIDED_ELSEWHERE, NEWS_BY_ITSELF, WITHOUT_SIGHT, Reason


def can_be_told(user: Any) -> bool:
    """Everybody who was admitted and is in good standing."""
    return role_of(user) in CIRCLE_READERS


def notifications_visible_to(user: Any) -> Q:
    """One's own, as long as what they are about may be seen: nobody else reads them, whatever their office."""
    if not can_be_told(user):
        return NOTHING
    of_a_decision = Q(reason=Reason.DECIDED) & _about_ones_own(user)
    of_a_search = Q(reason=Reason.FOUND) & Exists(SavedSearch.objects.visible_to(user).filter(pk=OuterRef("saved_search")))
    of_an_event = Q(reason=Reason.GATHERING) & _of_an_event(user)
    of_a_report = Q(reason=Reason.LOOKED_AT) & _reported(user)
    of_a_post = ~Q(reason__in=[*NEWS_BY_ITSELF, Reason.FOUND]) & _readable(user)
    return Q(recipient=user.pk) & (of_a_decision | of_a_report | of_a_search | of_an_event | of_a_post)


def _of_an_event(user: Any) -> Q:
    """Of an event that she sees; of an invitation as long as it stands. That she was taken off a list says nothing but that."""
    is_seen = Q(Exists(Event.objects.visible_to(user).filter(pk=OuterRef("event"))))
    stands = Q(Exists(EventInvitation.objects.filter(person=user.pk, event=OuterRef("event"))))
    return is_seen & (stands | ~Q(activity__verb=Verb.INVITED_TO_EVENT)) | Q(activity__verb__in=WITHOUT_SIGHT)


def _readable(user: Any) -> Q:
    """Each half asks for one row by its number, so that no list of all topics is made for a bell."""
    post = Post.objects.filter(forums.posts_visible_to(user), pk=OuterRef("post"))
    topic = Topic.objects.visible_to(user).filter(pk=OuterRef("post__topic"))
    return Q(Exists(post)) & Q(Exists(topic))


def _about_ones_own(user: Any) -> Q:
    """A decision is for whoever wrote what it is about, also where nobody reads that any more."""
    post = Post.objects.filter(forums.said_by(user), pk=OuterRef("post"))
    topic = Topic.objects.filter(Q(starter=user.pk) | _named(user), pk=OuterRef("topic"))
    practice = Practice.objects.filter(author=user.pk, pk=OuterRef("practice"))
    name = Pseudonym.objects.filter(person=user.pk, pk=OuterRef("unsealing__pseudonym"))
    decision = Decision.objects.filter(moderation.decisions_told_to(user), pk=OuterRef("decision"))
    of_a_row = Q(Exists(post)) | Q(Exists(topic)) | Q(Exists(practice)) | Q(Exists(name)) | Q(Exists(decision))
    return of_a_row | Q(activity__verb__in=list(DECIDED_ELSEWHERE))  # these rows hold nothing but that it happened


def _reported(user: Any) -> Q:
    """Whoever reported something hears that it was looked at; never what exactly was done."""
    return Q(Exists(Report.objects.visible_to(user).filter(case__decisions=OuterRef("decision"))))


def _named(user: Any) -> Q:
    """Topics in which somebody wrote under another name; only whoever began one is told of decisions about it."""
    return Q(starter=None, pk__in=Pseudonym.objects.filter(person=user.pk).values("topic"))


def watches_visible_to(user: Any) -> Q:
    """What one follows and mutes is one's own business."""
    return Q(person=user.pk) if can_be_told(user) else NOTHING
