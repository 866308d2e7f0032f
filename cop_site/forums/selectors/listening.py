"""Who may go on hearing that there is something new in a topic."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from cop_site.accounts.models import User

from .. import mentions
from ..models import Topic
from .reading import topic_for


def may_hear(viewer: Any, topic: int) -> bool:
    """Whether ``viewer`` may read a topic, and so hear of it."""
    return topic_for(topic, viewer) is not None


def who_may_hear(people: Mapping[int, set[int]]) -> set[tuple[int, int]]:
    """Of the ``people`` who listen to each topic, those who may read it now, as pairs of topic and person.

    One question for each audience, however many topics have it. What waits is for a few; each of them is asked.
    """
    topics = Topic.objects.unscoped("who of its listeners reads it, shown to nobody").filter(pk__in=list(people), hidden_at=None)
    alike: dict[Any, list[Topic]] = defaultdict(list)
    for topic in topics.select_related("forum"):
        kept = topic.forum
        alike[kept.visibility, kept.circle_id, kept.organisation_id, kept.author_id].append(topic)
    return {pair for some in alike.values() for pair in _readers(some, people)}


def _readers(topics: list[Topic], people: Mapping[int, set[int]]) -> Iterable[tuple[int, int]]:
    """Pairs of topics that have one audience."""
    asked = set().union(*(people[topic.pk] for topic in topics))
    readers = set(mentions.readers(topics[0].forum).filter(pk__in=asked).values_list("pk", flat=True))
    for topic in topics:
        here = readers & people[topic.pk]
        if topic.held_at:
            here = {person.pk for person in User.objects.filter(pk__in=here) if may_hear(person, topic.pk)}
        yield from ((topic.pk, pk) for pk in here)
