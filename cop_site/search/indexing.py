"""Keeps the index as the rows are."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from . import engines, mirroring, outbox, registry
from .engines import writing
from .models import EntryAudience
from .port import Document

BATCH = writing.BATCH
MIRROR_FAILURES = mirroring.FAILURES  # what rebuild_mirror may end with


def refresh(kind: str, pks: Iterable[int]) -> None:
    """Read these rows again: write those that belong in the index, take out those that do not. Safe to repeat."""
    _mind_the_mirror()
    source, engine = registry.kind_named(kind), engines.current()
    asked = iter(dict.fromkeys(pks))
    while batch := list(islice(asked, BATCH)):
        documents = list(source.documents(batch)) if source else []
        engine.write(documents)
        engine.remove(kind, set(batch) - {document.pk for document in documents})


def remove(kind: str, *pks: int) -> None:
    """Take rows out at once."""
    _mind_the_mirror()
    engines.current().remove(kind, pks)


def missing(kind: str, pks: Iterable[int]) -> list[int]:
    """Which of these rows the index does not hold, in their order."""
    held = engines.current().keys(kind)
    return [pk for pk in pks if pk not in held]


def read_by_others(kind: str, pks: Iterable[int], audiences: Iterable[str]) -> list[int]:
    """Which of these rows somebody would find who has none of ``audiences``."""
    wanted, asked = set(audiences), set(pks)
    found = EntryAudience.objects.filter(entry__kind=kind).exclude(audience__in=wanted).values_list("entry__object_id", flat=True)
    return sorted(asked.intersection(found))


def forget_deleted() -> None:
    """Leave nothing of what was taken out in the files of the index; slow where the index is large, so not within a deed."""
    engines.current().forget_deleted()


def rebuild() -> dict[str, int]:
    """The whole index anew, row by row in place: at no moment does search find less than it should.

    Returns how many rows of each kind were read.
    """
    _mind_the_mirror()
    engine = engines.current()
    read = {kind: _rewrite(kind) for kind in registry.kinds()}
    for kind in engine.kinds() - set(read):
        engine.remove(kind, engine.keys(kind))
    writing.recount()
    return read


def rebuild_mirror(told: Callable[[int, int], None]) -> bool:
    """What Elasticsearch holds anew, out of the embedded index; says whether there is an Elasticsearch.

    ``told`` hears how many rows of how many are done. Where the server fails, the runner builds it as soon as it can.
    """
    if not outbox.is_wanted():
        return False
    try:
        mirroring.rebuild(told)
    except MIRROR_FAILURES:
        outbox.use_mirror("")  # the runner then builds it
        raise
    return True


def _rewrite(kind: str) -> int:
    seen: set[int] = set()
    source, engine = registry.kind_named(kind), engines.current()
    documents = iter(source.documents(None)) if source else iter(())
    while batch := _next(documents):
        engine.write(batch)
        seen.update(document.pk for document in batch)
    # Read once more rather than removed: a row may have come while we were reading.
    refresh(kind, sorted(engine.keys(kind) - seen))
    return len(seen)


def _next(documents: Iterator[Document]) -> list[Document]:
    return list(islice(documents, BATCH))


def _mind_the_mirror() -> None:
    if not outbox.is_wanted():
        outbox.forget_the_mirror()
