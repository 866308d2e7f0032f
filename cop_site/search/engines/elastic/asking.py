"""A reader's question in Elasticsearch's query language. Whoever asks is part of every query, every count and every suggestion."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Query as Clause

from ...analysis import Group, Question, Term
from ...analysis.lexicon import Key
from ...port import Query
from ...scoring import Counts

# How much a way to match counts when the rows to weigh exactly are chosen, beside a stem of our own in the text.
TITLE = 1.6
ELASTICS_OWN = 0.3
PAIR = 0.5
FUZZY = 0.2
TIE = 0.2
FUZZY_FROM = 4  # letters; from seven on two slips are allowed
MOST_VALUES = 1_000  # of one facet
MARKS = ("\ue000", "\ue001")  # of no alphabet: what the server marks is escaped here and not there
LENGTH = 240  # characters of an excerpt
MOST_MARKED = 16  # ways to say what was asked that are looked for in excerpts: each costs the server as much as the first

_SORTS = {
    "newest": ({"changed_at": "desc"}, "object_id"),
    "oldest": ({"changed_at": "asc"}, "object_id"),
    "title": ("title_sorted", "object_id"),
}
BEST_FIRST = ("_score", {"changed_at": "desc"}, "object_id")


def search(query: Query, question: Question, counts: Counts, kept_back: Collection[str]) -> Search:
    """Everything but the size and what of each row is read."""
    conditions = dict(_conditions(query))
    counted = {name: one for name, one in conditions.items() if name in query.facets}
    others = [one for name, one in conditions.items() if name not in query.facets]
    asked = Search().query(
        Q("bool", **_words(question, counts), filter=[*seen_by(query.audiences), *others, *_required(question)], **_not(kept_back))
    )
    asked = asked.extra(track_total_hits=True)
    if counted:
        asked = asked.post_filter(Q("bool", filter=list(counted.values())))
    for name in query.facets:
        # Each count leaves its own filter out, and no other.
        rest = Q("bool", filter=[one for other, one in counted.items() if other != name])
        values = A("terms", field=f"facets.{name}", size=MOST_VALUES, order=[{"_count": "desc"}, {"_key": "asc"}])
        asked.aggs.bucket(name, "filter", filter=rest).bucket("values", values)
    is_ranked = query.sort == "relevance" and question.groups
    return asked.sort(*(BEST_FIRST if is_ranked else _SORTS.get(query.sort, _SORTS["newest"])))


def seen_by(audiences: Iterable[str]) -> list[Clause]:
    """The reader's audiences; without one nothing is found."""
    return [Q("terms", audiences=sorted(audiences))]


def _not(kept_back: Collection[str]) -> dict[str, Any]:
    return {"must_not": [Q("ids", values=sorted(kept_back))]} if kept_back else {}


def _conditions(query: Query) -> Iterator[tuple[str, Clause]]:
    """What narrows the answer, by the facet whose count leaves it out."""
    kind = [Q("terms", kind=list(query.kinds))] if query.kinds else []
    years = {"gte": query.year_from, "lte": query.year_to}
    year = (
        [Q("range", year={edge: value for edge, value in years.items() if value is not None})]
        if any(v is not None for v in years.values())
        else []
    )
    own = {"kind": kind, "year": year}
    for name, values in query.filters.items():
        if values:
            # Half a surrogate pair cannot be sent, and no row has it.
            own.setdefault(name, []).append(Q("terms", **{f"facets.{name}": [value for value in values if value.isprintable()]}))
    for name, clauses in own.items():
        if clauses:
            yield name, Q("bool", filter=clauses)
    if query.changed_since is not None:
        yield "", Q("range", changed_at={"gt": query.changed_since})


def _required(question: Question) -> list[Clause]:
    """Phrases in quotes must stand somewhere as they are."""
    return [_in_field("stems", stems, 1.0) for stems in question.required()]


def _words(question: Question, counts: Counts) -> dict[str, Any]:
    """Any thing that was asked for, the more and the rarer the better."""
    if not question.groups:
        return {}
    said = Q("bool", should=[_group(group, counts, at) for at, group in enumerate(question.groups)], minimum_should_match=1)
    pair = Q("match", **{"title.pairs": {"query": " ".join(question.typed), "boost": PAIR}}) if len(question.typed) > 1 else None
    # What a phrase in quotes requires is a filter: the other words then only add.
    must = {"should": [said]} if question.required() else {"must": [said]}
    return {**must, "should": [*must.get("should", []), *([pair] if pair else [])]}


def _group(group: Group, counts: Counts, at: int | None = None) -> Clause:
    """One thing asked for, by its best reading; named, so that an explanation can tell what it brought."""
    name = {} if at is None else {"_name": f"{at}"}
    ways = [_term(term, counts, min(2, len(group.parts) or 1)) for term in group.terms]
    if group.parts:
        ways.append(Q("bool", should=[_group(part, counts) for part in group.parts]))
    elif not group.is_required:
        ways += _elastics_own(group, counts)
    return Q("dis_max", queries=ways, tie_breaker=0.0, **name)


def _term(term: Term, counts: Counts, times: int) -> Clause:
    worth = term.weight * counts.rarity(term.stems) * times
    return Q(
        "dis_max", tie_breaker=TIE, queries=[_in_field("title_stems", term.stems, worth * TITLE), _in_field("stems", term.stems, worth)]
    )


def _in_field(name: str, stems: Key, worth: float) -> Clause:
    if len(stems) == 1:
        return Q("term", **{name: {"value": stems[0], "boost": worth}})
    return Q("match_phrase", **{name: {"query": " ".join(stems), "boost": worth}})


def _elastics_own(group: Group, counts: Counts) -> list[Clause]:
    """The typed words as Elastic's analyzers read them, with the synonyms of our files; an unknown one also with slips."""
    typed, worth = " ".join(group.typed), counts.rarity(group.terms[0].stems) if group.terms else 1.0
    ways = [Q("match", **{name: {"query": typed, "operator": "and", "boost": worth * ELASTICS_OWN}}) for name in ("text", "text.en")]
    is_said = group.is_known or any(all(counts.by_stem.get(one) for one in term.stems) for term in group.terms)
    if not is_said and len(typed) >= FUZZY_FROM and typed.isalpha():
        slips = {
            "query": typed,
            "analyzer": "site_indonesian",
            "fuzziness": 1 if len(typed) < 7 else 2,
            "prefix_length": 1,
            "max_expansions": 20,
        }
        ways.append(Q("match", text={**slips, "boost": worth * FUZZY}))
    return ways


# --- excerpts


def excerpts(ids: Collection[str], audiences: Iterable[str], question: Question) -> Search:
    """The texts of these rows, and where they say best what was asked."""
    asked = Search().query(Q("bool", filter=[Q("ids", values=sorted(ids)), *seen_by(audiences)])).extra(size=len(ids))
    marked = asked.source(["summary", "body"]).highlight_options(
        type="unified", order="score", number_of_fragments=1, fragment_size=LENGTH, pre_tags=MARKS[:1], post_tags=MARKS[1:]
    )
    for name in ("summary", "body"):
        marked = marked.highlight(name, matched_fields=[name, f"{name}.en"], highlight_query=_said_in(name, question).to_dict())
    return marked


def _said_in(name: str, question: Question) -> Clause:
    """What was asked, in whatever words, as both analyzers read it; without the synonyms of the filter, which the question has already."""
    typed = [" ".join(group.typed) for group in question.groups]
    typed += [word for group in question.groups for part in (group.parts or (group,)) for word in part.typed]
    surest = sorted(question.all_terms(), key=lambda term: -term.weight)
    meant = list(dict.fromkeys([*typed, *(" ".join(term.stems) for term in surest)]))[:MOST_MARKED]
    asked = [(name, "site_indonesian", text) for text in meant] + [(f"{name}.en", "site_english", text) for text in dict.fromkeys(typed)]
    return Q("bool", should=[Q("match_phrase", **{one: {"query": text, "analyzer": read}}) for one, read, text in asked])


# --- titles that go on


def completion(typed: str, audiences: Iterable[str], limit: int) -> Search:
    """Titles of which a word begins so. The field knows audiences as contexts: none is suggested to anybody else."""
    contexts = {"audience": [{"context": audience} for audience in sorted(audiences)]}
    asked = Search().extra(size=0).source(["kind", "object_id", "title_words"])
    return asked.suggest("titles", typed, completion={"field": "goes_on", "size": limit, "contexts": contexts})


def titled(typed: Collection[str], audiences: Iterable[str], kept_back: Collection[str], limit: int) -> Search:
    """Titles that hold these words in any order, each perhaps unfinished."""
    words = [Q("term", title_words=word) for word in typed]
    asked = Search().query(Q("bool", filter=[*words, *seen_by(audiences)], **_not(kept_back)))
    return asked.sort("object_id").extra(size=limit).source(["kind", "object_id", "title_words"])
