"""What is sent to Elasticsearch, without one: the reader is part of all of it."""

import json

import pytest

from cop_site.search.analysis import ask
from cop_site.search.engines.elastic import asking, schema
from cop_site.search.port import Query
from cop_site.search.scoring import Counts

AUDIENCES = frozenset({"publik", "jaringan:practice"})
SEEN = {"terms": {"audiences": ["jaringan:practice", "publik"]}}
COUNTS = Counts(10, {"desa": 3, "atur": 2})


def search(text="peraturan desa", kept_back=(), **more):
    return asking.search(Query(AUDIENCES, text, **more), ask(text), COUNTS, list(kept_back)).to_dict()


@pytest.mark.parametrize(
    "made",
    [
        search(),
        search(""),
        search('"peraturan desa" kapal'),
        asking.excerpts(["practice:1"], AUDIENCES, ask("desa")).to_dict(),
        asking.titled(["desa"], AUDIENCES, [], 8).to_dict(),
    ],
    ids=["words", "no words", "quoted", "excerpts", "titles"],
)
def test_every_question_asks_for_the_reader(made):
    assert SEEN in made["query"]["bool"]["filter"]


def test_titles_are_completed_for_the_readers_contexts_only():
    made = asking.completion("desa", AUDIENCES, 8).to_dict()["suggest"]["titles"]["completion"]

    assert made["contexts"] == {"audience": [{"context": "jaringan:practice"}, {"context": "publik"}]}


def test_counts_are_made_of_what_the_reader_sees_and_leave_out_their_own_filter_only():
    made = search(filters={"scale": ("desa",)}, year_from=2020, kinds=("practice",), facets=("scale", "year"))
    scale = {"bool": {"filter": [{"terms": {"facets.scale": ["desa"]}}]}}
    year = {"bool": {"filter": [{"range": {"year": {"gte": 2020}}}]}}

    assert made["post_filter"]["bool"]["filter"] == [year, scale]
    assert made["aggs"]["scale"]["filter"] == {"bool": {"filter": [year]}}
    assert made["aggs"]["year"]["filter"] == {"bool": {"filter": [scale]}}
    assert {"bool": {"filter": [{"terms": {"kind": ["practice"]}}]}} in made["query"]["bool"]["filter"]


def test_what_must_not_be_seen_any_more_is_left_out_of_the_query_itself():
    assert search(kept_back=["practice:7"])["query"]["bool"]["must_not"] == [{"ids": {"values": ["practice:7"]}}]


def test_a_quoted_phrase_is_required():
    made = search('"peraturan desa"')

    assert {"match_phrase": {"stems": {"query": "atur desa", "boost": 1.0}}} in made["query"]["bool"]["filter"]


def test_a_long_question_stays_within_what_a_server_takes():
    made = json.dumps(search("pekerja rumah tangga peraturan desa korban perdagangan orang " * 20))

    assert made.count('"boost"') < 1_000


def test_synonyms_are_those_of_the_embedded_engine():
    rules = dict(rule.split(" => ") for rule in schema.synonyms())

    assert "peraturan desa" in rules["perdes"].split(", ")
    assert "perdes" in rules["peraturan desa"].split(", ")
    assert "palang merah indonesia" in rules["pmi"].split(", ")
    assert "sulawesi selatan" in rules["sulsel"].split(", ")
    assert "orang tua" in rules["parent"].split(", ")


def test_no_field_needs_what_a_small_distribution_lacks():
    kinds = set(_values(schema.body()["mappings"], "type"))

    assert kinds == {"keyword", "long", "double", "integer", "text", "object", "completion"}


def _values(tree, name):
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _values(value, name)
        elif key == name:
            yield value
