"""Slips of the keyboard, unfinished words, and what a reader is told of them."""

import pytest

from cop_site.search.analysis import ask, stem
from cop_site.search.port import Document, Query
from cop_site.search.slips import begins_nearly, forms_nearby, one_slip_away, typing_distance
from cop_site.search.spelling import SaidWords, completed, mended

EVERYBODY = frozenset({"publik"})


def read(text, audiences=EVERYBODY):
    return mended(ask(text), SaidWords(audiences))


def shelve(engine, *titles, audience="publik", first=1):
    engine.write([Document("practice", pk, frozenset({audience}), title) for pk, title in enumerate(titles, first)])


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


def test_all_words_one_slip_away_are_named():
    near = one_slip_away("kapal")

    assert {"kpal", "kaapl", "kabal", "kapall", "apal", "lapal", "kapa"} <= near
    assert {typing_distance("kapal", word, 2) for word in near} == {1}


@pytest.mark.parametrize(
    ("typed", "form", "root"),
    [
        ("pemulngan", "pemulangan", "pulang"),
        ("menjmput", "menjemput", "jemput"),
        ("pejnemputan", "penjemputan", "jemput"),
        ("peenimbangan", "penimbangan", "timbang"),
        ("penyintasn", "penyintasan", "sintas"),
        ("dipulankan", "dipulangkan", "pulang"),
    ],
)
def test_a_slip_in_a_word_with_affixes_leads_to_its_root(typed, form, root):
    assert (form, root) in set(forms_nearby(typed))


@pytest.mark.parametrize(
    ("word", "beginning", "expected"),
    [
        ("reintegrasi", "reimteg", True),
        ("reintegrasi", "reitneg", True),
        ("reintegrasi", "feinteg", True),
        ("reintegrasi", "einteg", True),
        ("reintegrasi", "remteg", False),
    ],
)
def test_a_beginning_may_have_one_slip(word, beginning, expected):
    assert begins_nearly(word, beginning) == expected


@pytest.mark.parametrize(
    ("typed", "stem"),
    [
        ("perlindugan", "lindung"),
        ("restitus", "restitusi"),
        ("estitusi", "restitusi"),
        ("restitutsi", "restitusi"),
        ("resstitusi", "restitusi"),
        ("nonprosedural", "prosedural"),
        ("anakbuah", "buah"),
        ("restitution", "restitusi"),
        ("melindugi", "lindung"),
        ("terlindngi", "lindung"),
        ("buha", "buah"),
        ("nak", "anak"),
    ],
)
def test_unknown_words_are_read_as_words_of_the_documents(engine, typed, stem):
    shelve(engine, "Perlindungan dan restitusi anak buah non prosedural")

    assert stem in read(typed + " ").all_stems()


def test_words_that_documents_hold_stay_as_they_are(engine):
    shelve(engine, "kapal kapan")

    question = read("kapan")

    assert (question.all_stems(), question.instead) == ({"kapan"}, "")


def test_a_right_word_that_no_document_holds_is_not_put_right(engine):
    shelve(engine, "Tambang dan restitusi", "Tambang", "Tambang")

    question = read("tumbang restitusi")

    assert question.instead == ""
    assert max(term.weight for term in question.groups[0].terms if term.stems == ("tambang",)) < 0.5


def test_words_beside_it_decide_what_a_word_was_meant_to_be(engine):
    shelve(engine, "Tangan dan tanda tanpa tangga", "Tanpa tangan", "Rumah tanpa tanda")

    question = read("pekrja rumah tanga")

    assert question.instead == "pekerja rumah tangga"
    assert ("prt",) in {term.stems for term in question.all_terms()}


def test_a_slip_within_quotes_is_mended_too(engine):
    shelve(engine, "Pertemuan majelis taklim desa", "Majelis")

    assert engine.find(Query(EVERYBODY, '"maejlis taklim"')).hits[0].pk == 1


# --- did you mean


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("restitsi bagi korban", "restitusi bagi korban"),
        ("Restitsi, utk ABK?", "restitusi, utk ABK?"),
        ("kalimnatan barat", "kalimantan barat"),
        ("restitusi", ""),
        ("qwxzy", ""),
        ("", ""),
    ],
)
def test_a_question_is_told_as_it_would_be_typed_right(engine, typed, instead):
    shelve(engine, "Restitusi bagi korban", "Restitusi")

    assert engine.find(Query(EVERYBODY, typed)).instead == instead


@pytest.mark.parametrize(("times", "instead"), [(1, ""), (2, ""), (3, "zamrudin berkisah")])
def test_a_word_of_few_documents_may_be_a_name_and_is_not_told(engine, times, instead):
    shelve(engine, *["Zamrudin berkisah"] * times)

    found = engine.find(Query(EVERYBODY, "zamrudn berkisah"))

    assert (found.instead, found.total) == (instead, times)


def test_a_word_of_rows_closed_to_the_reader_is_neither_told_nor_used(engine):
    shelve(engine, *["Zamrudin berkisah"] * 4, audience="pengelola")
    shelve(engine, "Kisah", first=10)

    assert engine.find(Query(frozenset({"pengelola"}), "zamrudn")).instead == "zamrudin"
    assert read("zamrudn ").instead == ""
    assert read("zamrudn ").all_stems() == {"zamrudn"}
    assert read("zamru").all_stems() == {"zamru"}


def test_nobody_without_an_audience_is_told_anything(engine):
    shelve(engine, *["Zamrudin berkisah"] * 4)

    question = read("zamrudn", frozenset())

    assert (question.instead, question.all_stems()) == ("", {"zamrudn"})


# --- titles


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        (("pekrja", "rum"), ("pekerja", "rum")),
        (("pekerja", "rmah"), ("pekerja", "rumah")),
        (("reimteg",), ("reintegrasi",)),
        (("pekerja", "rum"), ("pekerja", "rum")),
    ],
)
def test_the_beginning_of_a_title_is_mended(engine, typed, better):
    shelve(engine, "Pekerja rumah tangga", "Reintegrasi")

    assert completed(typed, SaidWords(EVERYBODY)) == better


def test_a_title_is_suggested_in_spite_of_a_slip(engine):
    shelve(engine, "Pekerja rumah tangga", "Reintegrasi")

    assert [hit.pk for hit in engine.complete(EVERYBODY, "pekrja rum", 8)] == [1]


def test_stems_of_what_is_told_are_those_that_are_asked(engine):
    shelve(engine, "Penjemputan korban", "Menjemput")

    question = read("penjemptan korban")

    assert question.instead == "penjemputan korban"
    assert {stem("penjemputan"), stem("korban")} <= question.all_stems()
