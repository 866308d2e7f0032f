"""What a score is made of, and how it is told."""

import time

import pytest
from django.core.management import CommandError, call_command

from cop_site.search.analysis import ask
from cop_site.search.port import Document, Query
from cop_site.search.scoring import EVIDENCE, FRESHNESS, YEAR, Counts, Text, evidence_levels, score, signals

EVERYBODY = frozenset({"publik"})
NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("evidence", "years", "gains"),
    [
        ("gagasan", 20, 0.0),
        ("terlembagakan", 20, EVIDENCE),
        ("gagasan", 0, FRESHNESS),
        ("terlembagakan", 0, EVIDENCE + FRESHNESS),
        ("", 20, EVIDENCE / 2),
        ("no such level", 20, EVIDENCE / 2),
    ],
)
def test_evidence_and_freshness_gain_little(evidence, years, gains):
    assert signals(evidence, NOW - years * YEAR, NOW) == pytest.approx(1 + gains)


def test_days_move_nothing_and_the_future_is_as_fresh_as_today():
    assert signals("", NOW - 3 * 24 * 3_600, NOW) == signals("", NOW, NOW) == signals("", NOW + YEAR, NOW)


def test_levels_of_evidence_stand_in_the_order_of_the_vocabulary():
    assert (evidence_levels()[0], evidence_levels()[-1]) == ("gagasan", "terlembagakan")


def test_words_of_a_phrase_count_less_where_they_stand_apart():
    counts = Counts(10, {"sumba": 3, "barat": 3})
    lines = {"together": ["sumba", "barat", "kain"], "apart": ["barat", "kain", "sumba"]}

    scores = {
        name: score(ask("Sumba Barat"), Text({"title": [], "keywords": [], "summary": [], "body": line}, {"sumba", "barat"}, ""), counts)
        for name, line in lines.items()
    }

    assert scores["together"] > scores["apart"] > 0


def row(pk, title, *, evidence="", years=3, **more):
    facets = {"evidence": (evidence,)} if evidence else {}
    return Document("practice", pk, more.pop("audiences", EVERYBODY), title, changed_at=time.time() - years * YEAR, facets=facets, **more)


def test_of_equal_matches_the_better_proven_and_the_fresher_come_first(engine):
    engine.write(
        [
            row(1, "Restitusi", evidence="gagasan"),
            row(2, "Restitusi", evidence="terlembagakan"),
            row(3, "Restitusi", evidence="gagasan", years=0),
        ]
    )

    assert [hit.pk for hit in engine.find(Query(EVERYBODY, "restitusi")).hits] == [2, 3, 1]


def test_a_clearly_better_match_stays_first_whatever_its_evidence(engine):
    engine.write(
        [
            row(1, "Restitusi korban", evidence="gagasan", years=20),
            row(2, "Catatan", body="Restitusi bagi korban", evidence="terlembagakan", years=0),
            row(3, "Lain"),
        ]
    )

    assert [hit.pk for hit in engine.find(Query(EVERYBODY, "restitusi korban")).hits] == [1, 2]


# --- telling it


def test_a_score_is_told_as_it_came_about(engine):
    engine.write([row(1, "Perdes wajib lapor", body="Restitusi", evidence="menjanjikan"), row(2, "Lain")])
    query = Query(EVERYBODY, "peraturan desa restitsi")

    told = engine.explain(query, "practice", 1)

    assert told["score"] == engine.find(query).hits[0].score
    assert told["instead"] == "peraturan desa restitusi"
    assert [(group["typed"], group["by"]["stems"]) for group in told["groups"]] == [
        ("peraturan desa", "perdes"),
        ("restitusi", "restitusi"),
    ]
    assert told["groups"][0]["by"]["times"] == {"title": 1}
    assert told["signals"]["evidence"] == "menjanjikan"


@pytest.mark.parametrize(("audiences", "pk"), [(EVERYBODY, 1), (frozenset(), 1), (frozenset({"pengelola"}), 2)])
def test_nothing_is_told_of_a_row_that_the_reader_may_not_see(engine, audiences, pk):
    engine.write([row(1, "Restitusi rahasia", audiences=frozenset({"pengelola"})), row(3, "Restitusi")])

    assert engine.explain(Query(frozenset({"pengelola"}), "restitusi"), "practice", 1)["documents"] == 1
    assert engine.explain(Query(audiences, "restitusi"), "practice", pk) == {}


def test_the_command_tells_a_visitors_view_and_a_members(engine, member, capsys):
    engine.write([row(1, "Restitusi bagi korban", audiences=frozenset({"jaringan:practice"})), row(2, "Restitusi penuh")])

    call_command("explain_search", "restitusi", "practice", "2")
    told = capsys.readouterr().out
    call_command("explain_search", "restitusi", "practice", "1", "--as", member.email)

    assert "among 1 rows" in told
    assert "by restitusi (counts 1.0): title 1x" in told
    assert "among 2 rows" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("explain_search", "restitusi", "practice", "1")
    with pytest.raises(CommandError):
        call_command("explain_search", "restitusi", "practice", "1", "--as", "nobody@search.example")
