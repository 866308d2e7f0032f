"""Deeds that need two content apps."""

from cop_site.accounts.models import Level, User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require
from cop_site.events.models import Card, Event, Room
from cop_site.forums.models import Topic
from cop_site.library import actions as library
from cop_site.library.models import Practice

from . import policy
from .models import Provenance

LONGEST_TITLE = 120  # of a practice, which has to say in fewer signs what it is about


@deed
def draft_from_topic(topic: Topic, *, by: User) -> Practice:
    """Begin a practice from a topic: its question, its words and places, and what came of it; its own words its author writes.

    The draft is its author's alone, and says where it grew. It never is read by more people than the topic.
    """
    topic = Topic.objects.visible_to(by).select_related("forum").get(pk=topic.pk)
    require(policy.can_draft_from(by, topic))
    practice = library.start_practice(
        by=by,
        stays_inside=policy.stays_inside(topic),
        title=topic.title[:LONGEST_TITLE],
        language=topic.language,
        summary=topic.outcome,
        mandate=topic.mandate,
        service_scale=topic.service_scale,
        document_kind="studi-kasus",
        trafficking_form=topic.trafficking_forms,
        provinces=topic.provinces,
        visibility=Level.NETWORK,
    )
    Provenance.objects.create(practice=practice, topic=topic)
    record(Verb.DRAFTED_FROM_TOPIC, by=by, subject=practice, topic=topic.pk)
    return practice


@deed
def draft_from_card(event: Event, seq: int, *, by: User) -> Practice:
    """Begin a practice from a card on the board of an event's hall; a second time gives the draft that there is.

    The draft belongs to whoever leads the event, who writes it with those who know. What was said in a room is read by its people
    alone, so nothing that grows out of it ever goes public. Raises ``Card.DoesNotExist`` where there is no such card.
    """
    event = Event.objects.visible_to(by).get(pk=event.pk)
    require(policy.can_draft_from_cards(by, event))
    card = Card.objects.get(room__event=event, room__kind=Room.Kind.HALL, seq=seq)
    if known := Provenance.objects.filter(event=event, card=seq, practice__author=by).select_related("practice").first():
        return known.practice
    practice = library.start_practice(
        by=by,
        stays_inside=True,
        title=card.text[:LONGEST_TITLE],
        language=by.language,
        summary=card.text,
        document_kind="studi-kasus",
        visibility=Level.NETWORK,
    )
    Provenance.objects.create(practice=practice, event=event, card=seq)
    record(Verb.DRAFTED_FROM_CARD, by=by, subject=practice, event=event.pk, card=seq)
    return practice
