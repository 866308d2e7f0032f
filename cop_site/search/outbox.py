"""What Elasticsearch has yet to hear of: noted in the transaction that changes the embedded index, taken off when it was told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone

from cop_site.core import ring

from .models import Entry, EntryAudience, EntryFacet, Mirror, Unsent

BELL = "search"  # wakes the errand that sends
MOST_KEPT_BACK = 200  # rows that a question can leave out by name
LONGEST_PAUSE = 3600  # seconds, for a row that Elasticsearch refuses

Key = tuple[str, int]


@dataclass(frozen=True)
class Seen:
    """What an entry shows to whom, as far as it matters when it shows less: audiences and values of facets."""

    fingerprint: str
    marks: frozenset[tuple[str, str]]


def is_wanted() -> bool:
    """Whether there is an Elasticsearch that wants to hear of changes."""
    return bool(settings.ELASTICSEARCH_URL)


def held(kind: str, pks: Iterable[int]) -> dict[Key, Seen]:
    """How the embedded index has these rows now."""
    entries = {pk: (object_id, print_) for pk, object_id, print_ in _entries(kind, pks)}
    marks: dict[int, set[tuple[str, str]]] = {pk: set() for pk in entries}
    for pk, audience in EntryAudience.objects.filter(entry__in=entries).values_list("entry", "audience"):
        marks[pk].add(("", audience))
    for pk, name, value in EntryFacet.objects.filter(entry__in=entries).values_list("entry", "name", "value"):
        marks[pk].add((name, value))
    return {(kind, object_id): Seen(print_, frozenset(marks[pk])) for pk, (object_id, print_) in entries.items()}


def _entries(kind: str, pks: Iterable[int]) -> Iterable[tuple[int, int, str]]:
    return Entry.objects.filter(kind=kind, object_id__in=list(pks)).values_list("pk", "object_id", "fingerprint")


def note(before: Mapping[Key, Seen], after: Mapping[Key, Seen]) -> None:
    """Write down which rows changed, and which of them show less than before; within the transaction that changed them."""
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    Unsent.objects.bulk_create(
        Unsent(kind=key[0], object_id=key[1], is_removal=key in before and not (key in after and before[key].marks <= after[key].marks))
        for key in changed
    )
    if changed:
        transaction.on_commit(lambda: ring.ring(BELL))


@cache
def forget_the_mirror() -> None:
    """Nobody tells Elasticsearch any more: should it come back, its copy is no longer to be trusted. Once in a process."""
    Unsent.objects.all().delete()
    Mirror.objects.all().delete()


# --- reading


def kept_back() -> list[Key] | None:
    """Rows that Elasticsearch still shows as they must not be seen; None where they are too many to name."""
    keys = list(Unsent.objects.filter(is_removal=True).values_list("kind", "object_id").distinct()[: MOST_KEPT_BACK + 1])
    return None if len(keys) > MOST_KEPT_BACK else keys


def waiting() -> int:
    """How many rows wait."""
    return Unsent.objects.values("kind", "object_id").distinct().count()


def lag() -> float:
    """Since how many seconds the oldest change waits."""
    since = Unsent.objects.aggregate(since=Min("since"))["since"]
    return (timezone.now() - since).total_seconds() if since else 0.0


# --- sending


def batch(size: int) -> dict[Key, int]:
    """Rows to send now, those first that show too much, each with the number of its last change."""
    due = Unsent.objects.filter(not_before__lte=timezone.now())
    keys = list(due.order_by("-is_removal", "id").values_list("kind", "object_id")[: 2 * size])
    chosen = list(dict.fromkeys(keys))[:size]
    found: dict[Key, int] = {}
    for kind in sorted({key[0] for key in chosen}):
        rows = Unsent.objects.filter(kind=kind, object_id__in=[key[1] for key in chosen if key[0] == kind])
        for object_id, last in rows.values_list("object_id").annotate(Max("id")):
            found[kind, object_id] = last
    return found


def told(sent: Mapping[Key, int]) -> None:
    """Take off what was sent; a change that came meanwhile has a higher number and stays."""
    for kind in sorted({key[0] for key in sent}):
        of_kind = {key[1]: last for key, last in sent.items() if key[0] == kind}
        rows = Unsent.objects.filter(kind=kind, object_id__in=list(of_kind)).values_list("id", "object_id")
        Unsent.objects.filter(pk__in=[pk for pk, object_id in rows if pk <= of_kind[object_id]]).delete()


def refused(keys: Sequence[Key]) -> None:
    """Try these again later, and less and less often; the others do not wait for them."""
    for kind, object_id in keys:
        rows = Unsent.objects.filter(kind=kind, object_id=object_id)
        attempts = (rows.aggregate(most=Max("attempts"))["most"] or 0) + 1
        pause = timedelta(seconds=min(2**attempts, LONGEST_PAUSE))
        rows.update(attempts=min(attempts, 1000), not_before=timezone.now() + pause)


@transaction.atomic
def next_number() -> int:
    """A number higher than all before. What is read after it was drawn is at least as new as what was sent under a lower one."""
    mirror = Mirror.objects.select_for_update().order_by("pk").first() or Mirror.objects.create()
    Mirror.objects.filter(pk=mirror.pk).update(writes=mirror.writes + 1)
    return mirror.writes + 1


def mirror_name() -> str:
    """The index that holds our copy; empty where there is none."""
    return Mirror.objects.order_by("pk").values_list("index", flat=True).first() or ""


def use_mirror(index: str) -> None:
    """From now on ``index`` holds our copy."""
    next_number()
    Mirror.objects.update(index=index)
