"""How an index is made: fields, analyzers, and the synonyms of our files. A change here makes another version; the index is then built anew."""

import hashlib
import json
from functools import cache
from typing import Any

from elasticsearch.dsl import (
    Completion,
    Double,
    Field,
    Index,
    Integer,
    Keyword,
    Long,
    Mapping,
    Object,
    Text,
    analyzer,
    normalizer,
    token_filter,
)

from ...analysis import VERSION
from ...analysis.lexicon import Lexicon, read_into, stop_words
from ...analysis.words import words
from ...scoring import FIELDS

LONGEST_BEGINNING = 20  # letters
LONGEST_TITLE = 120  # characters of a title that go on where a reader types
SETTINGS = {
    "number_of_shards": 1,
    "number_of_replicas": 0,
    "auto_expand_replicas": "0-1",
    "refresh_interval": "1s",
    "max_result_window": 20_000,
    "gc_deletes": "10m",  # a late copy of a removed row does not bring it back
    # Tidying leaves nothing of a removed row: neither a few in a large file, nor what is kept for a node that may come back.
    "merge.policy.expunge_deletes_allowed": 0,
    "soft_deletes.retention_lease.period": "1m",
}


class _Pairs(Lexicon):
    """The pairs of our files as Solr writes them: what is typed, and what it means as well, each way for itself."""

    def __init__(self) -> None:
        super().__init__()
        self.rules: dict[str, dict[str, None]] = {}

    def add(self, term: str, meaning: str, weight: float, *, shown: str = "") -> None:
        typed, meant = (" ".join(word.text for word in words(text)) for text in (term, meaning))
        if typed and meant and typed != meant:
            self.rules.setdefault(typed, {})[meant] = None


@cache
def synonyms() -> list[str]:
    """All rules, for the filter that reads a question; documents are indexed as they are written."""
    pairs = _Pairs()
    read_into(pairs)
    return [f"{typed} => {', '.join([typed, *meant])}" for typed, meant in sorted(pairs.rules.items())]


_stop = token_filter("site_stop", "stop", stopwords=sorted(stop_words()))
_synonyms = token_filter("site_synonyms", "synonym_graph", synonyms=synonyms(), lenient=True)
_id_stems = token_filter("site_id", "stemmer", language="indonesian")
_en_stems = token_filter("site_en", "stemmer", language="english")
_pairs = token_filter("site_pairs", "shingle", min_shingle_size=2, max_shingle_size=2, output_unigrams=False)
_begins = token_filter("site_begins", "edge_ngram", min_gram=1, max_gram=LONGEST_BEGINNING)


def _reads(name: str, *filters: Any) -> Any:
    return analyzer(name, tokenizer="standard", filter=["lowercase", "asciifolding", *filters])


INDONESIAN, ENGLISH = _reads("site_indonesian", _stop, _id_stems), _reads("site_english", _stop, _en_stems)
ASKED_INDONESIAN = _reads("site_indonesian_asked", _synonyms, _stop, _id_stems)
ASKED_ENGLISH = _reads("site_english_asked", _synonyms, _stop, _en_stems)
PAIRS = _reads("site_pairs", _pairs)
BEGINNINGS = analyzer("site_beginnings", tokenizer="whitespace", filter=[_begins])
SORTED = normalizer("site_sorted", filter=["lowercase"])


# A word counts what the question says it counts, whether it stands in many rows or few. Elastic's own measure counts in how many,
# also in rows that the reader must not know of; rarity comes with the question, counted among the reader's rows.
PLAIN = {"similarity": "boolean", "norms": False}


def _read_both_ways(**more: Any) -> Text:
    """Text as Elastic's own Indonesian and English analyzers read it, for further ways to match and for marks in excerpts."""
    offsets = {name: value for name, value in more.items() if name == "index_options"}
    english = Text(analyzer=ENGLISH, search_analyzer=ASKED_ENGLISH, **PLAIN, **offsets)
    return Text(analyzer=INDONESIAN, search_analyzer=ASKED_INDONESIAN, **PLAIN, fields={"en": english}, **more)


def mapping() -> Mapping:
    """One row is one document; ``stems`` are those of our own analyser, so that both engines match the same words."""
    made = Mapping()
    made.meta("dynamic", False)
    # A facet of a new name needs no new index.
    made.meta("dynamic_templates", [{"facets": {"path_match": "facets.*", "mapping": {"type": "keyword"}}}])
    for name, kind in _plain_fields().items():
        made.field(name, kind)
    for name in FIELDS:
        own = PLAIN if name == "title" else {"index": False}
        made.field(f"{name}_stems", Text(analyzer="whitespace", copy_to="stems", **own))
    made.field("stems", Text(analyzer="whitespace", **PLAIN, position_increment_gap=100))
    made.field("title", Text(index=False, copy_to="text", fields={"pairs": Text(analyzer=PAIRS, **PLAIN)}))
    made.field("keywords", Text(index=False, copy_to="text"))
    for name in ("summary", "body"):
        made.field(name, _read_both_ways(index_options="offsets", copy_to="text"))
    made.field("text", _read_both_ways())
    made.field("title_words", Text(analyzer=BEGINNINGS, search_analyzer="whitespace", **PLAIN))
    made.field(
        "goes_on",
        Completion(analyzer="whitespace", max_input_length=LONGEST_TITLE, contexts=[{"name": "audience", "type": "category"}]),
    )
    return made


def _plain_fields() -> dict[str, Field]:
    return {
        **{name: Keyword() for name in ("kind", "external_id", "language", "audiences")},
        "object_id": Long(),
        "year": Integer(),
        "changed_at": Double(),
        "title_sorted": Keyword(normalizer=SORTED),
        "facets": Object(dynamic=True),
    }


@cache
def body() -> dict[str, Any]:
    """Settings and mappings for the making of an index."""
    made = Index("made")
    made.mapping(mapping())
    made.settings(**SETTINGS)
    return made.to_dict()


@cache
def version() -> str:
    """The same for as long as an index made before still fits."""
    whole = json.dumps([VERSION, body()], sort_keys=True, default=str)
    return hashlib.sha256(whole.encode()).hexdigest()[:10]
