"""How documents get into the embedded index, and out of it."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from django.db import connection, transaction
from django.db.models import Q

from ..analysis import VERSION, stem, words
from ..models import Entry, EntryAudience, EntryFacet, EntryQuerySet, SaidWord
from ..port import Document
from . import tallies

BATCH = 50  # documents; well under a second even on a slow disk, so that nobody waits for the writer
LONGEST_TEXT = 200_000
LONGEST_TITLE = 1_000  # what an index of PostgreSQL takes

# Words of ``accounts.tokens.audience_tokens``.
EVERYBODY = "publik"
AUTHOR = "penulis:"

Said = Counter[tuple[str, str]]  # (audience, word) -> documents

Key = tuple[str, int]  # (kind, the row's pk)

_FIELDS = [field.name for field in Entry._meta.concrete_fields if field.name != "id"]


@dataclass(frozen=True)
class Prepared:
    """A document as it will stand in the index: its words are read once, and before anybody has to wait."""

    document: Document
    entry: Entry
    said: frozenset[str]


def write(documents: Sequence[Document]) -> None:
    """Put ``documents`` in, in short transactions; what has not changed is not touched."""
    for start in range(0, len(documents), BATCH):
        # One row twice in a batch: the later one is right.
        batch = {(one.kind, one.pk): one for one in documents[start : start + BATCH]}
        known = {(entry.kind, entry.object_id): entry.fingerprint for entry in _held(batch).only("kind", "object_id", "fingerprint")}
        changed = [_prepared(one) for key, one in batch.items() if _fingerprint(one) != known.get(key)]
        if changed:
            _write_batch({(one.document.kind, one.document.pk): one for one in changed})


def remove(entries: EntryQuerySet) -> None:
    """Take these out, with their words."""
    pks = list(entries.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        with transaction.atomic():
            tallies.one_at_a_time()
            leaving = list(Entry.objects.filter(pk__in=pks[start : start + BATCH]).prefetch_related("audiences"))
            said = _said_in(leaving)
            Entry.objects.filter(pk__in=[entry.pk for entry in leaving]).delete()
            tallies.write({entry.pk: () for entry in leaving})
            add_counts(Counter({key: -count for key, count in said.items()}))


@transaction.atomic
def _write_batch(batch: dict[Key, Prepared]) -> None:
    tallies.one_at_a_time()
    held = list(_held(batch).prefetch_related("audiences"))
    before = _said_in(held)
    pks = {(entry.kind, entry.object_id): entry.pk for entry in held}
    for key, one in batch.items():
        one.entry.pk = pks.get(key)
    _write_entries([one.entry for one in batch.values()])
    _write_sides(batch.values(), replacing=list(pks.values()))
    after: Said = Counter()
    for one in batch.values():
        _count(after, one.said, one.document.audiences)
    after.subtract(before)
    add_counts(after)


def _held(keys: Iterable[Key]) -> EntryQuerySet:
    found = Q(pk__in=[])
    by_kind: dict[str, list[int]] = {}
    for kind, pk in keys:
        by_kind.setdefault(kind, []).append(pk)
    for kind, pks in by_kind.items():
        found |= Q(kind=kind, object_id__in=pks)
    return Entry.objects.filter(found).order_by("pk")


def _write_entries(entries: list[Entry]) -> None:
    """Those that are held keep their ids, and no id is spent on them: the fewer holes, the smaller the sets of ids."""
    fresh = [one for one in entries if one.pk is None]
    held = [one for one in entries if one.pk is not None]
    Entry.objects.bulk_create(fresh)
    Entry.objects.bulk_create(held, update_conflicts=True, unique_fields=["id"], update_fields=_FIELDS)


def _prepared(document: Document) -> Prepared:
    fields = {name: _clean(getattr(document, name)) for name in ("title", "keywords", "summary", "body")}
    said = {name: [word.text for word in words(text)] for name, text in fields.items()}
    entry = Entry(
        kind=document.kind,
        object_id=document.pk,
        external_id=_clean(document.external_id)[:200],
        language=document.language,
        year=document.year,
        changed_at=document.changed_at,
        **fields,
        **{f"{name}_stems": " ".join(map(stem, line)) for name, line in said.items()},
        title_words=" ".join(said["title"])[:LONGEST_TITLE],
        fingerprint=_fingerprint(document),
    )
    return Prepared(document, entry, frozenset(chain.from_iterable(said.values())))


def _clean(text: str) -> str:
    """Without what a database refuses: NUL and halves of surrogate pairs."""
    return text[:LONGEST_TEXT].replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


def _fingerprint(document: Document) -> str:
    facets = sorted((name, tuple(values)) for name, values in document.facets.items())
    whole = (VERSION, document.title, document.summary, document.body, document.keywords, document.language)
    rest = (document.external_id, document.year, document.changed_at, sorted(document.audiences), facets)
    return hashlib.sha1(repr((whole, rest)).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def _write_sides(batch: Collection[Prepared], *, replacing: list[int]) -> None:
    """Audiences, facets and tallies of entries just written."""
    EntryAudience.objects.filter(entry__in=replacing).delete()
    EntryFacet.objects.filter(entry__in=replacing).delete()
    facets = {one.entry.pk: list(dict.fromkeys(_facets(one.document))) for one in batch}
    EntryAudience.objects.bulk_create(
        EntryAudience(entry_id=one.entry.pk, audience=audience) for one in batch for audience in sorted(one.document.audiences)
    )
    EntryFacet.objects.bulk_create(EntryFacet(entry_id=pk, name=name, value=value) for pk, held in facets.items() for name, value in held)
    tallies.write({one.entry.pk: [*facets[one.entry.pk], *((tallies.AUDIENCE, name) for name in one.document.audiences)] for one in batch})


def _facets(document: Document) -> Iterator[tuple[str, str]]:
    """What the document says of itself, and what every one can be counted by."""
    own = {"kind": (document.kind,), "language": (document.language,), "year": (str(document.year),) if document.year else ()}
    for name, values in (own | document.facets).items():
        if name == tallies.AUDIENCE:
            continue
        for value in dict.fromkeys(values):
            yield name, _clean(value)[:80]


def _said_in(entries: Iterable[Entry]) -> Said:
    """How many of ``entries`` hold each word, by audience."""
    said: Said = Counter()
    for entry in entries:
        _count(said, {word.text for word in words(entry.said())}, {one.audience for one in entry.audiences.all()})
    return said


def _count(said: Said, held: Collection[str], audiences: Collection[str]) -> None:
    for audience in _widest(set(audiences)):
        said.update((audience, word) for word in held)
        said[audience, ""] += 1


def _widest(audiences: set[str]) -> set[str]:
    """Where an entry's words are counted: among everybody's where everybody reads it, and once for a text and its author.

    Its author still finds it; only the counts would double, and grow with the number of authors.
    """
    if EVERYBODY in audiences:
        return {EVERYBODY}
    return {audience for audience in audiences if not audience.startswith(AUTHOR)} or audiences


def add_counts(changes: Said) -> None:
    """Add to the counts of words; in one order, so that two writers wait for each other instead of for ever."""
    rows = [(audience, word, stem(word), count) for (audience, word), count in sorted(changes.items()) if count]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            """INSERT INTO search_saidword (audience, word, stem, documents) VALUES (%s, %s, %s, %s)
               ON CONFLICT (audience, word) DO UPDATE SET documents = search_saidword.documents + excluded.documents""",
            rows,
        )
    fewer = [row[1] for row in rows if row[3] < 0]
    for start in range(0, len(fewer), 500):
        SaidWord.objects.filter(word__in=fewer[start : start + 500], documents__lte=0).delete()


def recount() -> None:
    """Count all words and tallies anew and put right what is wrong; small corrections at a time, nothing is ever missing."""
    tallies.recount()
    real: Said = Counter()
    for entry in Entry.objects.prefetch_related("audiences").iterator(chunk_size=BATCH):
        real.update(_said_in([entry]))
    real.subtract({(audience, word): count for audience, word, count in SaidWord.objects.values_list("audience", "word", "documents")})
    wrong = sorted((key, count) for key, count in real.items() if count)
    for start in range(0, len(wrong), 2_000):
        with transaction.atomic():
            tallies.one_at_a_time()
            add_counts(Counter(dict(wrong[start : start + 2_000])))
