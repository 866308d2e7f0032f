"""The engine that lives in the site's own database: it finds, orders and counts; the database only matches words."""

from collections.abc import Iterable, Sequence

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Lower

from ..analysis import Question, ask, excerpt, words
from ..models import Entry, EntryFacet, EntryQuerySet
from ..port import Document, Found, Hit, Query
from ..scoring import FIELDS, Counts, Text, score
from ..spelling import SaidWords, mended
from . import writing
from .words import Words

POOL = 200  # so many of the database's best are weighed exactly; what follows keeps the database's order
_ORDERS = {"newest": (F("changed_at").desc(), "pk"), "oldest": (F("changed_at").asc(), "pk"), "title": (Lower("title"), "pk")}


class Embedded:
    """Search without a server of its own, over whichever database can match words."""

    def __init__(self, matcher: Words) -> None:
        self.matcher = matcher

    def write(self, documents: Sequence[Document]) -> None:
        writing.write(documents)

    def remove(self, kind: str, pks: Iterable[int]) -> None:
        writing.remove(Entry.objects.filter(kind=kind, object_id__in=list(pks)))

    def forget_deleted(self) -> None:
        self.matcher.forget_deleted()

    def keys(self, kind: str) -> set[int]:
        return set(Entry.objects.filter(kind=kind).values_list("object_id", flat=True))

    def kinds(self) -> set[str]:
        return set(Entry.objects.values_list("kind", flat=True).distinct())

    def find(self, query: Query) -> Found:
        question = ask(query.text)
        if query.text.strip() and not question.groups:
            return Found(0, (), {name: {} for name in query.facets})
        said = SaidWords(query.audiences)
        question = mended(question, said) if question.groups else question
        matching = self._matching(query, question)
        total = matching.count()
        if not total and question.required():
            question = question.relaxed()
            matching = self._matching(query, question)
            total = matching.count()
        counts = said.counts(question.all_stems())
        ranked = self._ranked(query, question, matching, counts) if total else []
        hits = self._hits(ranked, question if query.excerpts else None)
        return Found(total, hits, self._facets(query, question), _understood(question, counts))

    def complete(self, audiences: frozenset[str], text: str, limit: int) -> Sequence[Hit]:
        typed = tuple(word.text for word in words(text[:200]))[:8]
        if not typed:
            return ()
        mine = Entry.objects.for_audiences(audiences)
        for titled in (self.matcher.entries_titled, self.matcher.entries_titled_anyhow):
            found = mine.filter(pk__in=titled(typed)).values_list("kind", "object_id", "title_words")[: 10 * limit]
            if found:
                best = sorted(found, key=lambda row: (*_completes(" ".join(typed), row[2]), row[1]))
                return [Hit(kind, pk, 0.0, "") for kind, pk, _title in best[:limit]]
        return ()

    def _matching(self, query: Query, question: Question, *, without: str = "") -> EntryQuerySet:
        found = Entry.objects.asked_for(query, without=without)
        return found.filter(pk__in=self.matcher.entries_for(question)) if question.groups else found

    def _ranked(self, query: Query, question: Question, matching: EntryQuerySet, counts: Counts) -> list[tuple[int, float]]:
        """The entries of the page that was asked for, with their scores."""
        first, last = query.start, query.start + query.size
        if query.sort != "relevance" or not question.groups:
            order = _ORDERS.get(query.sort, _ORDERS["newest"])
            return [(pk, 0.0) for pk in matching.order_by(*order).values_list("pk", flat=True)[first:last]]
        best = self.matcher.best(question, Entry.objects.asked_for(query), counts, max(POOL, last))
        weighed = _weighed(best[:POOL], question, counts)
        return (weighed + [(pk, 0.0) for pk in best[POOL:]])[first:last]

    def _hits(self, ranked: list[tuple[int, float]], question: Question | None) -> tuple[Hit, ...]:
        """The hits in their order; without a question no text is read, and none is shown."""
        rows = Entry.objects.only("kind", "object_id", "external_id") if question is None else Entry.objects.all()
        entries = rows.in_bulk([pk for pk, _score in ranked])
        return tuple(_hit(entries[pk], points, question) for pk, points in ranked if pk in entries)

    def _facets(self, query: Query, question: Question) -> dict[str, dict[str, int]]:
        """Counts by value; those without a filter of their own are counted together."""
        chosen = {name for name, values in (*query.filters.items(), ("kind", query.kinds)) if values}
        if query.year_from is not None or query.year_to is not None:
            chosen.add("year")
        free = [name for name in query.facets if name not in chosen]
        counted: dict[str, dict[str, int]] = {name: {} for name in query.facets}
        for names in ([free] if free else []) + [[name] for name in query.facets if name in chosen]:
            for name, value, count in _counted(names, self._matching(query, question, without=names[0] if names[0] in chosen else "")):
                counted[name][value] = count
        return counted


def _counted(names: list[str], matching: EntryQuerySet) -> QuerySet:
    facets = EntryFacet.objects.filter(name__in=names, entry__in=matching)
    return facets.values_list("name", "value").annotate(Count("pk")).order_by("name", "-pk__count", "value")


def _weighed(pks: list[int], question: Question, counts: Counts) -> list[tuple[int, float]]:
    """The same entries, ordered by our own scale; the fresher first where it sees no difference."""
    wanted = question.all_stems() | {stem for group in question.groups for term in group.all_terms() for stem in term.stems}
    columns = [f"{name}_stems" for name in FIELDS]
    weighed = []
    for pk, title, changed_at, *lines in Entry.objects.filter(pk__in=pks).values_list("pk", "title_words", "changed_at", *columns):
        text = Text({name: line.split() for name, line in zip(FIELDS, lines, strict=True)}, wanted, title)
        weighed.append((-score(question, text, counts), -changed_at, pk))
    return [(pk, round(-points, 4)) for points, _age, pk in sorted(weighed)]


def _hit(entry: Entry, points: float, question: Question | None) -> Hit:
    snippet = excerpt([text for text in (entry.summary, entry.body) if text], question) if question is not None else ""
    return Hit(entry.kind, entry.object_id, points, snippet, entry.external_id)


def _understood(question: Question, counts: Counts) -> tuple[str, ...]:
    """What the words were taken to mean as well, in the words of our files, where the reader's documents say it."""
    told = []
    for group in question.groups:
        readings = [shown for stems, shown in group.shown if all(counts.by_stem.get(one) for one in stems)]
        told += readings[:2]
    return tuple(dict.fromkeys(told))[:5]


def _completes(typed: str, title: str) -> tuple[bool, int, int]:
    """Titles that begin so come first, then those that say it early, then the short ones."""
    place = f" {title}".find(f" {typed}")
    return place != 0, place if place >= 0 else len(title), len(title)
