"""How rows of the embedded index get into Elasticsearch: in bulk, newest knowledge last, into every index that is to have them."""

import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch, NotFoundError

from ... import outbox
from ...models import Entry
from ...outbox import Key
from . import schema
from .server import Unfit

BATCH = 500  # rows
MOST_CHARACTERS = 8_000_000  # of one call
_STEMS = ("title_stems", "keywords_stems", "summary_stems", "body_stems")
_TEXTS = ("title", "summary", "body", "keywords", "title_words")
_COLUMNS = ("kind", "object_id", "external_id", "language", "year", "changed_at", *_TEXTS, *_STEMS)
_CURRENT = re.compile(r"current version \[(\d+)\]")

Told = Callable[[int, int], None]


class Ahead(Unfit):
    """The index holds writes with higher numbers than ours ever were: the database is older than it, from a backup."""


def alias(use: str) -> str:
    """What the index is called by those who ``read`` it, who ``write`` it, and while it is filled (``next``)."""
    return f"{settings.ELASTICSEARCH_INDEX}-{use}"


def family(version: str = "") -> str:
    """How the names of our indices begin."""
    return f"{settings.ELASTICSEARCH_INDEX}-v{version}"


def row_id(key: Key) -> str:
    return f"{key[0]}:{key[1]}"


# --- changes


def send_batch(client: Elasticsearch) -> int:
    """Tell Elasticsearch of what waits, at most ``BATCH`` rows; returns how many those were."""
    waiting = outbox.batch(BATCH)
    if not waiting:
        return 0
    # Asked after the rows were read: an index that begins to be filled later reads them itself.
    targets = _aliases(client, "write", "next")
    if not targets:
        raise Unfit("there is no index to write to")
    # What is taken off the list is found by everybody at once; a full batch is followed by another, and that one does it.
    refused = _send(client, list(waiting), targets, refresh=True)
    outbox.told({key: last for key, last in waiting.items() if key not in refused})
    outbox.refused(sorted(refused))
    return len(waiting)


def _aliases(client: Elasticsearch, *uses: str) -> list[str]:
    wanted = [alias(use) for use in uses]
    try:
        held = client.indices.get_alias(name=wanted)
    except NotFoundError as error:
        # One of two is missing: the answer still names the other.
        held = {name: one for name, one in dict(error.body).items() if isinstance(one, dict) and "aliases" in one}
    found = {name for one in dict(held).values() for name in one["aliases"]}
    return [name for name in wanted if name in found]


def _send(client: Elasticsearch, keys: Sequence[Key], targets: Sequence[str], *, refresh: bool) -> set[Key]:
    """Write these rows as they are now, take out those that are no more; returns what Elasticsearch will not have."""
    number = outbox.next_number()  # before the rows are read
    refused: set[Key] = set()
    for part in _parts(_sources(keys)):
        operations: list[Mapping[str, Any]] = []
        for target in targets:
            for key, source in part:
                about = {"_index": target, "_id": row_id(key), "version": number, "version_type": "external"}
                operations += [{"index": about}, source] if source else [{"delete": about}]
        # Never into an index that Elasticsearch would make up because ours is gone.
        answer = client.bulk(operations=operations, require_alias=True, refresh=refresh)
        names = {row_id(key): key for key, _source in part}
        refused |= {names[one["_id"]] for one in _outcomes(answer["items"]) if _is_refused(one, number)}
    return refused


def tidy(client: Elasticsearch) -> None:
    """Leave nothing of removed rows in the server's files. It takes its time, and nobody waits."""
    client.indices.forcemerge(index=alias("read"), only_expunge_deletes=True, wait_for_completion=False)


def _outcomes(items: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for item in items:
        yield from item.values()


def _is_refused(outcome: Mapping[str, Any], number: int) -> bool:
    """Whether this row is at fault; what is the server's fault is an error, and all is sent again."""
    status, error = outcome["status"], outcome.get("error") or {}
    if status < 300 or (status == 404 and not error):
        return False
    if status == 409:  # somebody wrote it after us, from rows at least as new
        held = _CURRENT.search(str(error.get("reason", "")))
        if held and int(held[1]) > outbox.next_number():
            raise Ahead("the index is ahead of the database")
        return False
    if status == 400:
        return True
    raise Unfit(f"a write was answered with {status}")


def _parts(sources: Iterable[tuple[Key, dict[str, Any] | None]]) -> Iterator[list[tuple[Key, dict[str, Any] | None]]]:
    """Calls that are not too large."""
    part: list[tuple[Key, dict[str, Any] | None]] = []
    size = 0
    for key, source in sources:
        part.append((key, source))
        size += 2 * len(source["body"]) + 2_000 if source else 100
        if size > MOST_CHARACTERS:
            yield part
            part, size = [], 0
    if part:
        yield part


def _sources(keys: Sequence[Key]) -> Iterator[tuple[Key, dict[str, Any] | None]]:
    """Each row as Elasticsearch shall hold it; None for one that the embedded index does not hold."""
    found: dict[Key, dict[str, Any]] = {}
    for kind in sorted({key[0] for key in keys}):
        rows = Entry.objects.filter(kind=kind, object_id__in=[key[1] for key in keys if key[0] == kind])
        for entry in rows.prefetch_related("audiences", "facets"):
            found[kind, entry.object_id] = _source(entry)
    for key in keys:
        yield key, found.get(key)


def _source(entry: Entry) -> dict[str, Any]:
    audiences = sorted(one.audience for one in entry.audiences.all())
    facets: dict[str, list[str]] = {}
    for facet in entry.facets.all():
        facets.setdefault(facet.name, []).append(facet.value)
    goes_on = _beginnings(entry.title_words, audiences) if audiences else []
    own = {name: getattr(entry, name) for name in _COLUMNS}
    return own | {"audiences": audiences, "facets": facets, "title_sorted": entry.title[:200], "goes_on": goes_on}


def _beginnings(title: str, audiences: Sequence[str]) -> list[dict[str, Any]]:
    """Where a reader may begin to type this title: at each of its words. Who begins at the first comes first, then short titles."""
    inputs, at = [], 0
    for word in title.split()[:24]:
        rest = title[at : at + schema.LONGEST_TITLE]
        weight = (1_000_000 if at == 0 else 0) + (999 - min(at, 999)) * 1_000 + 999 - min(len(title), 999)
        inputs.append({"input": [rest], "weight": weight, "contexts": {"audience": list(audiences)}})
        at += len(word) + 1
    return inputs


# --- all of it anew


def rebuild(client: Elasticsearch, told: Told = lambda done, total: None) -> None:
    """Fill a new index beside the old one and let it take over in one step; what changes meanwhile goes into both."""
    stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
    name = f"{family(schema.version())}-{stamp}{secrets.token_hex(2)}"
    patient = client.options(request_timeout=120)
    patient.indices.create(index=name, settings=schema.body()["settings"], mappings=schema.body()["mappings"])
    patient.indices.update_aliases(actions=[*_removals(client, "next"), {"add": {"index": name, "alias": alias("next")}}])
    _delete(patient, _unused(client))
    _fill(patient, told)
    patient.indices.refresh(index=name)
    if _holders(client, "next") != [name]:
        raise Unfit("somebody else is building the index")
    uses = ("read", "write")
    added = [{"add": {"index": name, "alias": alias(use)}} for use in uses]
    patient.indices.update_aliases(actions=[*_removals(client, *uses, "next"), *added])
    outbox.use_mirror(name)
    _delete(patient, _unused(client))


def _fill(client: Elasticsearch, told: Told) -> None:
    total, done, last = Entry.objects.count(), 0, 0
    while rows := list(Entry.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "kind", "object_id")[:BATCH]):
        refused = _send(client, [(kind, object_id) for _pk, kind, object_id in rows], [alias("next")], refresh=False)
        if refused:
            raise Unfit("rows were refused")
        last, done = rows[-1][0], done + len(rows)
        told(done, max(total, done))


def holder(client: Elasticsearch) -> str:
    """The index that readers are led to; empty where there is none."""
    return ",".join(_holders(client, "read"))


def _holders(client: Elasticsearch, use: str) -> list[str]:
    try:
        return sorted(client.indices.get_alias(name=alias(use)))
    except NotFoundError:
        return []


def _removals(client: Elasticsearch, *uses: str) -> list[dict[str, Any]]:
    return [{"remove": {"index": name, "alias": alias(use)}} for use in uses for name in _holders(client, use)]


def _unused(client: Elasticsearch) -> list[str]:
    """Indices of our family that nobody is led to: left by a rebuild that ended early, or by the index before."""
    held = dict(client.indices.get_alias(index=f"{family()}*"))
    ours = {alias(use) for use in ("read", "write", "next")}
    return [name for name, one in held.items() if ours.isdisjoint(one["aliases"])]


def _delete(client: Elasticsearch, names: Sequence[str]) -> None:
    if names:
        client.indices.delete(index=list(names), ignore_unavailable=True)
