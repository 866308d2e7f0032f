"""Slips of the keyboard."""

import pytest

from cop_site.search.analysis import ask
from cop_site.search.port import Document
from cop_site.search.spelling import SaidWords, mended, typing_distance


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("kapal", "kapal", 0),
        ("kpal", "kapal", 1),
        ("kapall", "kapal", 1),
        ("kaapl", "kapal", 1),
        ("kabal", "kapal", 1),
        ("kbal", "kapal", 2),
        ("ikan", "kapal", 3),
    ],
)
def test_distance_counts_slips(one, other, distance):
    assert typing_distance(one, other, most=2) == distance


@pytest.mark.parametrize(
    ("typed", "stem"),
    [
        ("perlindugan", "lindung"),
        ("restitus", "restitusi"),
        ("estitusi", "restitusi"),
        ("nonprosedural", "prosedural"),
        ("anakbuah", "buah"),
        ("restitution", "restitusi"),
    ],
)
def test_unknown_words_are_read_as_words_of_the_documents(engine, typed, stem):
    engine.write([Document("practice", 1, frozenset({"publik"}), "Perlindungan dan restitusi anak buah non prosedural")])

    question = mended(ask(typed + " "), SaidWords({"publik"}))

    assert stem in question.all_stems()


def test_words_that_documents_hold_stay_as_they_are(engine):
    engine.write([Document("practice", 1, frozenset({"publik"}), "kapal kapan")])

    question = mended(ask("kapan"), SaidWords({"publik"}))

    assert question.all_stems() == {"kapan"}
