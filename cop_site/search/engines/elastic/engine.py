"""The engine that asks Elasticsearch. Rows are always written to the embedded index too, which answers wherever the server does not."""

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from elasticsearch.dsl import Search

from ... import outbox
from ...analysis import Question, ask, words
from ...explaining import Signals, explained
from ...port import Document, Engine, Found, Hit, Query
from ...scoring import FIELDS, Counts, Text, score, signals
from ...spelling import SaidWords, completed, mended
from .. import writing
from ..embedded import understood
from ..tallies import one_at_a_time
from . import asking, reading, sending, server
from .looking import look
from .server import Unfit

POOL = 80  # so many of the server's best are weighed exactly, which is to send their words; what follows keeps the server's order
_WEIGHED = [f"{name}_stems" for name in FIELDS] + ["title_words", "changed_at", "facets.evidence"]
_KEY = ["kind", "object_id", "external_id"]


class Elastic:
    """Finds, counts, completes and marks on the server; weighs what it brings as the embedded engine does."""

    def __init__(self, embedded: Engine) -> None:
        self.embedded = embedded

    # --- writing: both indices in one transaction, the server's by a note that it has yet to hear

    def write(self, documents: Sequence[Document]) -> None:
        for start in range(0, len(documents), writing.BATCH):
            self._write(documents[start : start + writing.BATCH])

    @transaction.atomic
    def _write(self, documents: Sequence[Document]) -> None:
        one_at_a_time()
        keys = [(document.kind, document.pk) for document in documents]
        before = _held(keys)
        self.embedded.write(documents)
        outbox.note(before, _held(keys))

    @transaction.atomic
    def remove(self, kind: str, pks: Iterable[int]) -> None:
        one_at_a_time()
        gone = list(pks)
        before = outbox.held(kind, gone)
        self.embedded.remove(kind, gone)
        outbox.note(before, {})

    def forget_deleted(self) -> None:
        """The server's own files are tidied by the errand, after it was told."""
        self.embedded.forget_deleted()

    def keys(self, kind: str) -> set[int]:
        return self.embedded.keys(kind)

    def kinds(self) -> set[str]:
        return self.embedded.kinds()

    # --- asking

    def find(self, query: Query) -> Found:
        return server.current().asked(lambda: self._find(query), lambda: self.embedded.find(query))

    def complete(self, audiences: frozenset[str], text: str, limit: int) -> Sequence[Hit]:
        return server.current().asked(
            lambda: self._complete(audiences, text, limit), lambda: self.embedded.complete(audiences, text, limit)
        )

    def explain(self, query: Query, kind: str, pk: int) -> dict[str, Any]:
        return server.current().asked(lambda: self._explain(query, (kind, pk)), lambda: self.embedded.explain(query, kind, pk))

    def _explain(self, query: Query, key: outbox.Key) -> dict[str, Any]:
        """The same numbers as the embedded engine's, and what each thing asked for brought on the server's own scale."""
        kept_back, question = _kept_back(), ask(query.text)
        said = SaidWords(query.audiences)
        question = mended(question, said) if question.groups else question
        counts = said.counts(question.all_stems())
        asked = asking.search(replace(query, facets=()), question, counts, kept_back).filter("ids", values=[sending.row_id(key)])
        found = _answer(asked.extra(size=1).source([*_KEY, *_WEIGHED]), include_named_queries_score=True)["hits"]["hits"]
        if not found or not question.groups or not query.audiences:
            return {}
        row = reading.row(found[0])
        told = explained(question, _text(row, question.all_stems()), counts, Signals(_evidence(row), row.source["changed_at"]), time.time())
        own = {question.groups[int(at)].typed: round(points, 4) for at, points in found[0].get("matched_queries", {}).items()}
        return told | {"elasticsearch": {" ".join(typed): points for typed, points in own.items()}}

    def _find(self, query: Query) -> Found:
        question, nothing = ask(query.text), {name: {} for name in query.facets}
        if not query.audiences or (query.text.strip() and not question.groups):
            return Found(0, (), nothing)
        kept_back = _kept_back()
        said = SaidWords(query.audiences)
        question = mended(question, said) if question.groups else question
        counts = said.counts(question.all_stems())
        answer = self._page(query, question, counts, kept_back)
        if not answer.total and question.required():
            question = question.relaxed()
            counts = said.counts(question.all_stems())
            answer = self._page(query, question, counts, kept_back)
        hits = self._hits(answer.rows, query, question)
        return Found(answer.total, hits, answer.facets, understood(question, counts), question.instead)

    def _page(self, query: Query, question: Question, counts: Counts, kept_back: Collection[str]) -> reading.Page:
        """The rows of the page that was asked for, in their order."""
        asked = asking.search(query, question, counts, kept_back)
        first, last = query.start, query.start + query.size
        if first == last or query.sort != "relevance" or not question.groups:
            return reading.page(_answer(asked.extra(from_=first, size=query.size).source(_KEY)), query.facets)
        if first >= POOL:
            return reading.page(_answer(asked.extra(from_=first, size=query.size).source(_KEY)), query.facets)
        pool = reading.page(_answer(asked.extra(size=max(POOL, last)).source([*_KEY, *_WEIGHED])), query.facets)
        return pool.with_rows((_weighed(pool.rows[:POOL], question, counts) + pool.rows[POOL:])[first:last])

    def _hits(self, rows: Sequence[reading.Row], query: Query, question: Question) -> tuple[Hit, ...]:
        if not rows or not query.excerpts:
            return tuple(row.hit("") for row in rows)
        found = _answer(asking.excerpts([row.id for row in rows], query.audiences, question))
        snippets = reading.snippets(found, question)
        return tuple(row.hit(snippets.get(row.id, "")) for row in rows)

    def _complete(self, audiences: frozenset[str], text: str, limit: int) -> Sequence[Hit]:
        typed = tuple(word.text for word in words(text[:200]))[:8]
        if not typed or not audiences:
            return ()
        kept_back = _kept_back()
        found = _titled(typed, audiences, kept_back, limit)
        if not found and (right := completed(typed, SaidWords(audiences))) != typed:
            found = _titled(right, audiences, kept_back, limit)
        return [Hit(row.kind, row.pk, 0.0, "") for row in found[:limit]]


def _held(keys: Iterable[outbox.Key]) -> Mapping[outbox.Key, outbox.Seen]:
    found: dict[outbox.Key, outbox.Seen] = {}
    wanted = list(keys)
    for kind in sorted({key[0] for key in wanted}):
        found |= outbox.held(kind, [key[1] for key in wanted if key[0] == kind])
    return found


def _kept_back() -> list[str]:
    """Rows that the server still shows as nobody must see them. Where it cannot be trusted, or they are many, it is not asked."""
    if reason := look.reason():
        raise Unfit(reason)
    keys = outbox.kept_back()
    if keys is None:
        raise Unfit("many rows must not be seen as they are there")
    return [sending.row_id(key) for key in keys]


def _answer(asked: Search, **more: Any) -> Mapping[str, Any]:
    """What the server says, all of it: half an answer would be a wrong one."""
    answer = server.current().client.search(index=sending.alias("read"), **_parameters(asked), **more)
    if answer["timed_out"] or answer["_shards"]["failed"] or not answer["_shards"]["total"]:
        raise Unfit("the answer is not whole")
    return answer.body


def _parameters(asked: Search) -> dict[str, Any]:
    """The query as arguments of the client; in the body, so that no log of addresses holds what was typed."""
    made = asked.to_dict()
    made["source"] = made.pop("_source", False)
    if "from" in made:
        made["from_"] = made.pop("from")
    return made


def _weighed(rows: Sequence[reading.Row], question: Question, counts: Counts) -> list[reading.Row]:
    """The same rows, ordered by our own scale; then by the server's; the fresher first where neither sees a difference."""
    wanted, now = question.all_stems(), time.time()
    weighed = []
    for row in rows:
        gained = signals(_evidence(row), row.source["changed_at"], now)
        weighed.append(row.scored(round(score(question, _text(row, wanted), counts, gained), 4)))
    return sorted(weighed, key=lambda row: -row.score)


def _text(row: reading.Row, wanted: set[str]) -> Text:
    return Text({name: row.source[f"{name}_stems"].split() for name in FIELDS}, wanted, row.source["title_words"])


def _evidence(row: reading.Row) -> str:
    return next(iter(row.source.get("facets", {}).get("evidence", ())), "")


def _titled(typed: Sequence[str], audiences: frozenset[str], kept_back: Collection[str], limit: int) -> list[reading.Row]:
    return _beginning(typed, audiences, kept_back, limit) or _anyhow(typed, audiences, kept_back, limit)


def _beginning(typed: Sequence[str], audiences: frozenset[str], kept_back: Collection[str], limit: int) -> list[reading.Row]:
    # A row that two of its words lead to is named twice, and some are kept back.
    asked = asking.completion(" ".join(typed), audiences, 3 * limit + len(kept_back))
    return [row for row in reading.suggested(_answer(asked)) if row.id not in kept_back]


def _anyhow(typed: Sequence[str], audiences: frozenset[str], kept_back: Collection[str], limit: int) -> list[reading.Row]:
    answer = _answer(asking.titled([word[:20] for word in typed], audiences, kept_back, 20 * limit))
    rows = reading.page(answer, ()).rows
    titles = {row.id: f" {row.source['title_words']} " for row in rows}
    whole = [row for row in rows if all(f" {word} " in titles[row.id] for word in typed[:-1])]
    return sorted(whole, key=lambda row: (titles[row.id].find(f" {typed[-1]}"), len(titles[row.id]), row.pk))
