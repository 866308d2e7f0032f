"""The journal as a chain: each entry is sealed together with all before it, so that nobody can change one unseen."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils import timezone

from .models import Activity, Seal

AT_ONCE = 500
LOOK_EVERY = 60.0  # seconds, where a bell was lost
LATE = 1000  # numbers that may have been given out before the last one that is sealed and be certain only after it
PATIENCE = timedelta(minutes=10)  # an entry that is sealed by nobody for so long is a fault itself
_WORDS = {
    "changed": "the entry does not say what it said when it was sealed",
    "gone": "the entry is gone",
    "gap": "links before this one are gone",
    "unsealed": "the entry has waited for its seal for more than ten minutes",
    "other-head": "the seal at this place is not the one that was written down",
}


@dataclass(frozen=True)
class Fault:
    """Where the chain does not hold, by the place of the link (of an unsealed entry its number), and why."""

    kind: str
    number: int

    def __str__(self) -> str:
        return f"{self.number}: {_WORDS[self.kind]}"


def digest_of(activity: Activity, before: str) -> str:
    """What an entry says, and all that was said before it, in 64 signs."""
    kind = activity.subject_type
    said = [activity.pk, activity.verb, activity.actor_id, f"{kind.app_label}.{kind.model}", activity.subject_id]
    said += [activity.facts, activity.reason, activity.at.astimezone(UTC).isoformat()]
    return sha256(json.dumps([before, *said], sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def head() -> Seal | None:
    """The newest link: whoever writes it down can prove later that nothing before it was changed or cut off."""
    return Seal.objects.order_by("-place").first()


def seal_waiting() -> int:
    """Seal entries that wait, the oldest first; how many it were. Two at once: one of them does nothing."""
    try:
        with transaction.atomic():
            return len(Seal.objects.bulk_create(_links()))
    except IntegrityError:
        return 0


def _links() -> Iterator[Seal]:
    last = head()
    place, before = (last.place, last.digest) if last else (0, "")
    waiting = Activity.objects.filter(seal=None).select_related("subject_type").order_by("pk")
    if last:
        waiting = waiting.filter(pk__gt=last.activity_id - LATE)
    for further, activity in enumerate(waiting[:AT_ONCE], start=1):
        before = digest_of(activity, before)
        yield Seal(place=place + further, activity=activity, digest=before)


def one_round() -> float:
    """An errand: seal until nothing waits."""
    return 0.0 if seal_waiting() == AT_ONCE else LOOK_EVERY


# --- proof


def verify(written_down: str = "") -> Iterator[Fault]:
    """Every place where the journal is not what it was; ``written_down`` is an older head, as ``Seal`` shows itself."""
    yield from _broken_links()
    overdue = Activity.objects.filter(seal=None, at__lt=timezone.now() - PATIENCE).order_by("pk").values_list("pk", flat=True)
    yield from (Fault("unsealed", pk) for pk in overdue.iterator())
    place, _colon, digest = written_down.partition(":")
    if place and not Seal.objects.filter(place=place, digest=digest).exists():
        yield Fault("other-head", int(place))


def _broken_links() -> Iterator[Fault]:
    before, last = "", 0
    while links := list(Seal.objects.filter(place__gt=last).order_by("place")[:AT_ONCE]):
        entries = Activity.objects.select_related("subject_type").in_bulk([link.activity_id for link in links])
        for link in links:
            entry = entries.get(link.activity_id)
            if link.place != last + 1:
                yield Fault("gap", link.place)
            elif entry is None:
                yield Fault("gone", link.place)
            elif digest_of(entry, before) != link.digest:
                yield Fault("changed", link.place)
            before, last = link.digest, link.place
