"""The engine that lives in the site's own database: it finds, orders and counts; the database only matches words."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import islice
from typing import Any

from django.db.models import F
from django.db.models.functions import Length

from ..analysis import Question, ask, excerpt, words
from ..explaining import Signals, explained
from ..models import Entry
from ..port import Document, Found, Hit, Query
from ..scoring import FIELDS, Counts, Text, score, signals
from ..spelling import SaidWords, completed, mended
from . import bitmaps, tallies, writing
from .bitmaps import Bits
from .choosing import in_order, parts, wanted_by
from .holding import Holders
from .words import TITLED, TITLED_ANYHOW, Wanted, Words

POOL = 200  # so many are weighed exactly: those that seem the best
MOST_COMPARED = 2_000  # where nothing tells them apart
EXCERPTED = ("summary", "summary_stems", "body", "body_stems")
FEW = 1_000  # fewer are sorted by themselves, more are picked out of an order that an index holds
SUGGESTED_OF = 10  # titles read for each that is suggested


class Embedded:
    """Search without a server of its own, over whichever database can match words."""

    def __init__(self, matcher: Words) -> None:
        self.matcher = matcher
        self.shelf, self.holders = tallies.Shelf(), Holders(matcher)

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
        said, look = SaidWords(query.audiences), Look(self, query)
        question, matched = _understood_and_matched(question, said, look)
        counts = said.counts(question.all_stems())
        ranked = self._ranked(look, question, matched, counts) if matched else []
        hits = self._hits(ranked, question if query.excerpts else None)
        facets = {name: look.counted(name, question) for name in query.facets}
        return Found(bitmaps.count(matched), hits, facets, understood(question, counts), question.instead)

    def complete(self, audiences: frozenset[str], text: str, limit: int) -> Sequence[Hit]:
        typed = tuple(word.text for word in words(text[:200]))[:8]
        if not typed:
            return ()
        if found := self._titled(typed, audiences, limit):
            return found
        better = completed(typed, SaidWords(audiences))
        return self._titled(better, audiences, limit) if better != typed else ()

    def _titled(self, typed: tuple[str, ...], audiences: frozenset[str], limit: int) -> Sequence[Hit]:
        found = self._titles_beginning(" ".join(typed), audiences, SUGGESTED_OF * limit)
        look = Look(self, Query(audiences))
        # One letter begins a great many words: it is looked for only where all the others were found.
        whole = typed[:-1] if len(typed) > 1 and len(typed[-1]) == 1 else typed
        for where in (TITLED, TITLED_ANYHOW):
            if len(found) >= limit or (found and where == TITLED_ANYHOW):
                break
            wanted = Wanted(whole, where)
            held = bitmaps.both(look.holders([wanted])[wanted], look.allowed())
            titles = _titles(islice(bitmaps.latest_first(held), SUGGESTED_OF * limit))
            found |= {key: title for key, title in titles.items() if whole == typed or _holds(typed, title, where)}
        best = sorted(found.items(), key=lambda row: (*_completes(" ".join(typed), row[1]), row[0]))
        return [Hit(kind, pk, 0.0, "") for (kind, pk), _title in best[:limit]]

    def explain(self, query: Query, kind: str, pk: int) -> dict[str, Any]:
        """How the score of one row came about; nothing where the reader may not see it."""
        entry = Entry.objects.for_audiences(query.audiences).filter(kind=kind, object_id=pk).first()
        said, look = SaidWords(query.audiences), Look(self, query)
        question, _matched = _understood_and_matched(ask(query.text), said, look)
        if entry is None or not question.groups:
            return {}
        text = _text(question.all_stems(), entry.title_words, [getattr(entry, name) for name in _LINES])
        says = Signals(look.evidence(bitmaps.of([entry.pk])).get(entry.pk, ""), entry.changed_at)
        return explained(question, text, said.counts(question.all_stems()), says, time.time())

    def _titles_beginning(self, typed: str, audiences: frozenset[str], limit: int) -> dict[tuple[str, int], str]:
        """Out of an index, in the order of the alphabet: no word is longer than what ends in a sign behind all letters."""
        mine = Entry.objects.for_audiences(audiences).annotate(written=self.matcher.titles)
        rows = mine.filter(written__gte=typed, written__lt=typed + "{").order_by("written", "pk")
        return {(kind, pk): title for kind, pk, title in rows.values_list("kind", "object_id", "title_words")[:limit]}

    def _ranked(self, look: "Look", question: Question, matched: Bits, counts: Counts) -> list[tuple[int, float]]:
        """The entries of the page that was asked for, with their scores."""
        query = look.query
        first, last = query.start, query.start + query.size
        if first == last:
            return []
        if query.sort != "relevance" or not question.groups:
            return [(pk, 0.0) for pk in self._sorted(query.sort, matched, last)[first:]]
        cut = [matched]
        if bitmaps.count(matched) > POOL:
            cut = parts(question, counts, matched, look.holders(wanted_by(question)), POOL)
        pool = self._pool(cut)
        taken = bitmaps.of(pool)
        weighed = _weighed(pool, question, counts, look.evidence(taken))
        others = (pk for pk in in_order(cut) if not bitmaps.holds(taken, pk))
        return (weighed + [(pk, 0.0) for pk in islice(others, max(0, last - len(weighed)))])[first:last]

    def _pool(self, cut: list[Bits]) -> list[int]:
        """The entries worth weighing; where a part holds more than there is room for, those with a short title, then the latest changed."""
        found: list[int] = []
        for bits in cut:
            room = POOL - len(found)
            pks = list(islice(bitmaps.latest_first(bits), MOST_COMPARED))
            if len(pks) <= room:
                found += pks
            elif room:
                rows = Entry.objects.filter(pk__in=self.matcher.list_of(pks)).order_by(Length("title"), F("changed_at").desc(), "pk")
                found += rows.values_list("pk", flat=True)[:room]
        return found

    def _sorted(self, sort: str, matched: Bits, last: int) -> list[int]:
        """The first of them in this order: either they are few, or some of them soon come by in an index."""
        order = {"oldest": ("changed_at", "pk"), "title": (self.matcher.titles, "pk")}.get(sort, (F("changed_at").desc(), "pk"))
        rows = Entry.objects.order_by(*order).values_list("pk", flat=True)
        if bitmaps.count(matched) <= FEW:
            return list(rows.filter(pk__in=self.matcher.list_of(bitmaps.latest_first(matched)))[:last])
        found: list[int] = []
        start, step = 0, max(FEW, 2 * last)
        while len(found) < last and (batch := list(rows[start : start + step])):
            found += [pk for pk in batch if bitmaps.holds(matched, pk)]
            start, step = start + step, 8 * step
        return found[:last]

    def _hits(self, ranked: list[tuple[int, float]], question: Question | None) -> tuple[Hit, ...]:
        """The hits in their order; without a question no text is read, and none is shown."""
        rows = Entry.objects.only("kind", "object_id", "external_id", *(EXCERPTED if question is not None else ()))
        entries = rows.in_bulk([pk for pk, _score in ranked])
        return tuple(_hit(entries[pk], points, question) for pk, points in ranked if pk in entries)


class Look:
    """One look at the index: everything in it comes from the same blocks, and is limited to what the reader may see."""

    def __init__(self, engine: Embedded, query: Query) -> None:
        self.query = query
        self._states = tallies.states()  # before anything that is kept under them
        self._tallies = engine.shelf.at(self._states)
        self._holders = engine.holders
        self._chosen: dict[str, Bits] = {}
        for name, bits in self._filters():
            self._chosen[name] = bitmaps.both(self._chosen[name], bits) if name in self._chosen else bits
        self._allowed: dict[str, Bits] = {}
        self._answers: tuple[Question, Bits] = (Question(), bitmaps.NONE)

    def holders(self, wanted: Iterable[Wanted]) -> Mapping[Wanted, Bits]:
        """Who holds these terms, hidden entries among them."""
        return self._holders.of(wanted, self._states)

    def matching(self, question: Question, *, without: str = "") -> Bits:
        """What the reader may see of all that answers, within the filters; ``without`` leaves one facet's own filter out."""
        allowed = self.allowed(without)
        if not question.groups:
            return allowed
        if self._answers[0] is not question:
            self._answers = (question, self._answering(question))
        return bitmaps.both(self._answers[1], allowed)

    def _answering(self, question: Question) -> Bits:
        """Whoever may see it: what holds all that is required, or else any term."""
        required = question.required()
        held = self.holders(Wanted(stems) for stems in required or [term.stems for term in question.all_terms()]).values()
        return reduce(bitmaps.both, held) if required else bitmaps.any_of(held)

    def allowed(self, without: str = "") -> Bits:
        """What the reader may see within the filters."""
        name = without if without in self._chosen else ""
        if name not in self._allowed:
            self._allowed[name] = reduce(bitmaps.both, (bits for one, bits in self._chosen.items() if one != name or not one))
        return self._allowed[name]

    def _filters(self) -> Iterator[tuple[str, Bits]]:
        """The reader's audiences first, then what was chosen, by facet."""
        query, tallied = self.query, self._tallies.of
        yield "", tallied(tallies.AUDIENCE, query.audiences)
        for name, values in {"kind": query.kinds, **query.filters}.items():
            if values:
                yield name, tallied(name, values)
        if (query.year_from, query.year_to) != (None, None):
            yield "year", tallied("year", filter(self._is_in_time, self._tallies.values("year")))
        if query.changed_since is not None:
            yield "@since", bitmaps.of(Entry.objects.filter(changed_at__gt=query.changed_since).values_list("pk", flat=True))

    def _is_in_time(self, year: str) -> bool:
        first, last = self.query.year_from, self.query.year_to
        return (first is None or first <= int(year)) and (last is None or int(year) <= last)

    def evidence(self, among: Bits) -> dict[int, str]:
        """The level of evidence of those that say one."""
        levels = {value: bitmaps.both(self._tallies.of("evidence", [value]), among) for value in self._tallies.values("evidence")}
        return {pk: value for value, held in levels.items() for pk in bitmaps.latest_first(held)}

    def counted(self, name: str, question: Question) -> dict[str, int]:
        return {} if name == tallies.AUDIENCE else self._tallies.counts(name, self.matching(question, without=name))


def _holds(typed: tuple[str, ...], title: str, where: str) -> bool:
    """Whether a title goes on with what was typed."""
    if where == TITLED:
        return f" {' '.join(typed)}" in f" {title}"
    return f" {typed[-1]}" in f" {title}"


def _titles(pks: Iterable[int]) -> dict[tuple[str, int], str]:
    rows = Entry.objects.filter(pk__in=list(pks)).values_list("kind", "object_id", "title_words")
    return {(kind, pk): title for kind, pk, title in rows}


def _understood_and_matched(question: Question, said: SaidWords, look: Look) -> tuple[Question, Bits]:
    """The question as it is asked of the index, and who answers it; a quoted phrase that nobody holds is asked word by word."""
    question = mended(question, said) if question.groups else question
    matched = look.matching(question)
    if matched or not question.required():
        return question, matched
    question = question.relaxed()
    return question, look.matching(question)


_LINES = [f"{name}_stems" for name in FIELDS]


def _weighed(pks: list[int], question: Question, counts: Counts, evidence: Mapping[int, str]) -> list[tuple[int, float]]:
    """The same entries, ordered by our own scale; the fresher first where it sees no difference."""
    now, wanted = time.time(), question.all_stems()
    weighed = []
    for pk, title, changed_at, *lines in Entry.objects.filter(pk__in=pks).values_list("pk", "title_words", "changed_at", *_LINES):
        gained = signals(evidence.get(pk, ""), changed_at, now)
        weighed.append((-score(question, _text(wanted, title, lines), counts, gained), -changed_at, pk))
    return [(pk, round(-points, 4)) for points, _age, pk in sorted(weighed)]


def _text(wanted: set[str], title: str, lines: Iterable[str]) -> Text:
    return Text({name: line.split() for name, line in zip(FIELDS, lines, strict=True)}, wanted, title)


def _hit(entry: Entry, points: float, question: Question | None) -> Hit:
    texts = {entry.summary: entry.summary_stems, entry.body: entry.body_stems} if question is not None else {}
    said = [text for text in texts if text]
    snippet = excerpt(said, question, [texts[text].split() for text in said]) if question is not None else ""
    return Hit(entry.kind, entry.object_id, points, snippet, entry.external_id)


def understood(question: Question, counts: Counts) -> tuple[str, ...]:
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
