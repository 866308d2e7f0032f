"""What grew out of what, as a reader finds it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from cop_site.accounts.asking import written_once
from cop_site.events.models import Card, Event, Room
from cop_site.forums.models import Topic
from cop_site.library.models import Practice

from .models import Provenance

MOST_SHOWN = 5


def grew_from(topic: Topic, viewer: Any) -> list[Practice]:
    """Texts that were begun from a topic: those on the shelf, and one's own."""
    if not _of_topic(viewer, topic=topic.pk):  # most often: what readers may see of it need not be asked
        return []
    known = Provenance.objects.visible_to(viewer).filter(topic=topic).select_related("practice").order_by("-made_at")
    return [one.practice for one in known[:MOST_SHOWN]]


@written_once
def _of_topic(viewer: Any, *, topic: int) -> QuerySet:
    return Provenance.objects.filter(topic=topic).values_list("pk")[:1]


def origin_of(practice: Practice, viewer: Any) -> Topic | Event | None:
    """The topic or the event that a text was begun from, where the reader may see it."""
    if not Provenance.objects.filter(practice=practice).exists():
        return None
    known = Provenance.objects.visible_to(viewer).filter(practice=practice).select_related("topic", "event").first()
    return (known.topic or known.event) if known else None


@dataclass(frozen=True)
class Growing:
    """A card of a board, and the draft that its reader began from it."""

    card: Card
    practice: Practice | None


def cards_of(event: Event, viewer: Any) -> list[Growing]:
    """What stands on the board of an event's hall, most votes first, for whoever makes practices of it."""
    begun = Provenance.objects.filter(event=event, practice__author=viewer.pk).select_related("practice")
    drafts = {one.card: one.practice for one in begun}
    cards = Card.objects.filter(room__event=event, room__kind=Room.Kind.HALL).order_by("-votes", "seq")
    return [Growing(card, drafts.get(card.seq)) for card in cards]
