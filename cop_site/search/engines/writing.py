"""How documents get into the embedded index, and out of it."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.db import connection, transaction

from ..analysis import VERSION, stem, stems, words
from ..models import Entry, EntryAudience, EntryFacet, EntryQuerySet, SaidWord
from ..port import Document

BATCH = 50  # documents; well under a second even on a slow disk, so that nobody waits for the writer
LONGEST_TEXT = 200_000

# Words of ``accounts.policy.audience_tokens``.
EVERYBODY = "publik"
AUTHOR = "penulis:"

Said = Counter[tuple[str, str]]  # (audience, word) -> documents

_KEY = ["kind", "object_id"]
_FIELDS = [field.name for field in Entry._meta.concrete_fields if field.name not in {"id", *_KEY}]


def write(documents: Sequence[Document]) -> None:
    """Put ``documents`` in, in short transactions; what has not changed is not touched."""
    for start in range(0, len(documents), BATCH):
        # One row twice in a batch: the later one is right.
        batch = {(one.kind, one.pk): one for one in documents[start : start + BATCH]}
        _write_batch(list(batch.values()))


def remove(entries: EntryQuerySet) -> None:
    """Take these out, with their words."""
    pks = list(entries.values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        with transaction.atomic():
            leaving = list(Entry.objects.filter(pk__in=pks[start : start + BATCH]).select_for_update().prefetch_related("audiences"))
            said = _said_in(leaving)
            Entry.objects.filter(pk__in=[entry.pk for entry in leaving]).delete()
            add_counts(Counter({key: -count for key, count in said.items()}))


@transaction.atomic
def _write_batch(batch: list[Document]) -> None:
    held = {(entry.kind, entry.object_id): entry for entry in _held(batch)}
    fresh = [entry for document in batch if (entry := _entry(document)).fingerprint != _print_of(held.get((document.kind, document.pk)))]
    if not fresh:
        return
    chosen = {(entry.kind, entry.object_id) for entry in fresh}
    before = _said_in([entry for key, entry in held.items() if key in chosen])
    Entry.objects.bulk_create(fresh, update_conflicts=True, unique_fields=_KEY, update_fields=_FIELDS)
    _write_sides({(one.kind, one.pk): one for one in batch if (one.kind, one.pk) in chosen})
    after = _said_in(_held([one for one in batch if (one.kind, one.pk) in chosen]))
    after.subtract(before)
    add_counts(after)


def _held(batch: list[Document]) -> list[Entry]:
    found: list[Entry] = []
    for kind in sorted({document.kind for document in batch}):
        pks = [document.pk for document in batch if document.kind == kind]
        rows = Entry.objects.filter(kind=kind, object_id__in=pks)
        found += rows.order_by("pk").select_for_update().prefetch_related("audiences")
    return found


def _print_of(entry: Entry | None) -> str:
    return entry.fingerprint if entry else ""


def _entry(document: Document) -> Entry:
    title, keywords, summary, body = (_clean(text) for text in (document.title, document.keywords, document.summary, document.body))
    return Entry(
        kind=document.kind,
        object_id=document.pk,
        external_id=_clean(document.external_id)[:200],
        language=document.language,
        year=document.year,
        changed_at=document.changed_at,
        title=title,
        summary=summary,
        body=body,
        keywords=keywords,
        title_stems=" ".join(stems(title)),
        keywords_stems=" ".join(stems(keywords)),
        summary_stems=" ".join(stems(summary)),
        body_stems=" ".join(stems(body)),
        title_words=" ".join(word.text for word in words(title)),
        fingerprint=_fingerprint(document),
    )


def _clean(text: str) -> str:
    """Without what a database refuses: NUL and halves of surrogate pairs."""
    return text[:LONGEST_TEXT].replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


def _fingerprint(document: Document) -> str:
    facets = sorted((name, tuple(values)) for name, values in document.facets.items())
    whole = (VERSION, document.title, document.summary, document.body, document.keywords, document.language)
    rest = (document.external_id, document.year, document.changed_at, sorted(document.audiences), facets)
    return hashlib.sha1(repr((whole, rest)).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def _write_sides(documents: dict[tuple[str, int], Document]) -> None:
    """Audiences and facets of entries just written."""
    pks = {(entry.kind, entry.object_id): entry.pk for entry in _held(list(documents.values()))}
    EntryAudience.objects.filter(entry__in=pks.values()).delete()
    EntryFacet.objects.filter(entry__in=pks.values()).delete()
    EntryAudience.objects.bulk_create(
        EntryAudience(entry_id=pks[key], audience=audience) for key, one in documents.items() for audience in sorted(one.audiences)
    )
    EntryFacet.objects.bulk_create(
        EntryFacet(entry_id=pks[key], name=name, value=value) for key, one in documents.items() for name, value in _facets(one)
    )


def _facets(document: Document) -> Iterator[tuple[str, str]]:
    """What the document says of itself, and what every one can be counted by."""
    own = {"kind": (document.kind,), "language": (document.language,), "year": (str(document.year),) if document.year else ()}
    for name, values in (own | document.facets).items():
        for value in dict.fromkeys(values):
            yield name, _clean(value)[:80]


def _said_in(entries: Iterable[Entry]) -> Said:
    """How many of ``entries`` hold each word, by audience."""
    said: Said = Counter()
    for entry in entries:
        held = {word.text for word in words(entry.said())} | {""}
        said.update((audience, word) for audience in _widest({one.audience for one in entry.audiences.all()}) for word in held)
    return said


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
    """Count all words anew and put right what is wrong; small corrections at a time, nothing is ever missing."""
    real: Said = Counter()
    for entry in Entry.objects.prefetch_related("audiences").iterator(chunk_size=BATCH):
        real.update(_said_in([entry]))
    real.subtract({(audience, word): count for audience, word, count in SaidWord.objects.values_list("audience", "word", "documents")})
    wrong = sorted((key, count) for key, count in real.items() if count)
    for start in range(0, len(wrong), 2_000):
        with transaction.atomic():
            add_counts(Counter(dict(wrong[start : start + 2_000])))
