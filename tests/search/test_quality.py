"""How good the answers are, by judged questions; the measurement itself is bench/judge_search.py."""

import sys
from pathlib import Path
from random import Random

import pytest

from cop_site.search.port import Query

ROOT = Path(__file__).resolve().parents[2]
COLLECTIONS = {"search_dev": 0.86, "search_own": 0.94}
MOST_LOST = 0.10

pytestmark = pytest.mark.slow


@pytest.fixture
def bench(monkeypatch):
    """The measuring script, as a module."""
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    import judge_search

    yield judge_search
    for name in ("judge_search", "retyping"):
        sys.modules.pop(name, None)


@pytest.fixture(params=COLLECTIONS)
def judged(request, engine, bench):
    """One collection, written: what is asked for at least, its questions but for the beginnings of titles, and a way to judge one."""
    folder = ROOT / "tests/data" / request.param
    documents = bench._documents(folder)
    engine.write(documents)
    judge = bench._judge()
    questions, grades = bench._rows(folder / "queries.jsonl"), {}
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines():
        question, name, grade = line.split("\t")
        grades.setdefault(question, {})[name] = int(grade)

    def worth(question, text):
        hits = engine.find(Query(frozenset({"publik"}), text, size=20)).hits
        return judge.score([hit.external_id for hit in hits], grades[question["id"]])[0]

    return COLLECTIONS[request.param], [one for one in questions if one["type"] != "autocomplete"], worth


def mean(points):
    return sum(points) / len(points)


def test_judged_questions_are_answered_well(judged):
    at_least, questions, worth = judged

    by_type = {}
    for one in questions:
        by_type.setdefault(one["type"], []).append(worth(one, one["text"]))

    assert mean([points for found in by_type.values() for points in found]) >= at_least
    assert [name for name, found in by_type.items() if mean(found) == 0] == []


@pytest.mark.parametrize("way", ["typo", "affix", "synonym"])
def test_the_same_questions_typed_by_somebody_else_lose_little(judged, way):
    from retyping import retyped

    _at_least, questions, worth = judged
    lost = []
    for seed in (1, 2):
        for one in questions:
            text = retyped(one["text"], way, Random(f"{seed} {way} {one['id']}"))
            if text is not None:
                lost.append(worth(one, one["text"]) - worth(one, text))

    assert len(lost) > 15
    assert mean(lost) <= MOST_LOST
