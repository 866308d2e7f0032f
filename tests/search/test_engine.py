"""The contract that every engine keeps."""

import time

import pytest

from cop_site.search.models import EntryFacet, SaidWord
from cop_site.search.port import Document, Query

EVERYBODY = frozenset({"publik"})
MEMBER = frozenset({"publik", "jaringan:practice"})


def document(pk, title, *, audience="publik", **more):
    return Document("practice", pk, frozenset({audience}), title, **more)


def found(engine, text, audiences=EVERYBODY, **more):
    return [hit.pk for hit in engine.find(Query(audiences, text, **more)).hits]


@pytest.fixture
def shelf(engine):
    engine.write(
        [
            document(
                1, "Peraturan desa tentang migrasi aman", summary="Empat desa menulis aturan.", year=2024, facets={"scale": ("desa",)}
            ),
            document(2, "Rumah aman di pelabuhan", body="Penyintas menginap sebelum dipulangkan.", year=2022, facets={"scale": ("kota",)}),
            document(3, "Restitusi bagi awak kapal", keywords="Sulawesi Selatan", year=2023, facets={"scale": ("desa", "kota")}),
            document(4, "Restitusi yang dirahasiakan", audience="jaringan:practice", year=2023, facets={"scale": ("desa",)}),
        ]
    )
    return engine


@pytest.mark.parametrize(
    ("text", "pks"),
    [
        ("peraturan desa", [1]),
        ("perdes", [1]),
        ("bermigrasi", [1]),
        ("pemulangan korban", [2]),
        ("shelter", [2]),
        ("ganti rugi pelaku", [3]),
        ("ABK", [3]),
        ("sulsel", [3]),
        ("restitsi", [3]),
        ("resti", [3]),
        ('"rumah aman"', [2]),
        ("sepeda", []),
    ],
)
def test_words_find_rows(shelf, text, pks):
    assert found(shelf, text)[: len(pks) or 1] == pks


def test_a_closed_row_is_in_no_hit_total_or_count(shelf):
    query = {"text": "restitusi", "facets": ("scale", "year")}

    theirs = shelf.find(Query(MEMBER, **query))
    everybodys = shelf.find(Query(EVERYBODY, **query))

    assert sorted(hit.pk for hit in theirs.hits) == [3, 4]
    assert (theirs.total, theirs.facets) == (2, {"scale": {"desa": 2, "kota": 1}, "year": {"2023": 2}})
    assert [hit.pk for hit in everybodys.hits] == [3]
    assert (everybodys.total, everybodys.facets) == (1, {"scale": {"desa": 1, "kota": 1}, "year": {"2023": 1}})


def test_a_closed_row_changes_neither_scores_nor_spelling_of_others(engine):
    engine.write([document(1, "Restitusi penuh"), document(2, "Kapal")])
    before = engine.find(Query(EVERYBODY, "restitusi kapal"))

    engine.write([document(pk, "Restitusi rahasia zamrud", audience="pengelola") for pk in range(10, 20)])

    assert engine.find(Query(EVERYBODY, "restitusi kapal")) == before
    assert found(engine, "zamrut") == []
    assert found(engine, "zamrut", frozenset({"pengelola"})) != []


def test_nobody_without_an_audience_finds_anything(shelf):
    answer = shelf.find(Query(frozenset(), "restitusi", facets=("scale",)))

    assert (answer.total, answer.hits, answer.facets) == (0, (), {"scale": {}})


def test_a_count_leaves_out_its_own_filter_and_no_other(shelf):
    answer = shelf.find(Query(EVERYBODY, filters={"scale": ("kota",)}, year_from=2023, facets=("scale", "year", "kind")))

    assert [hit.pk for hit in answer.hits] == [3]
    assert answer.facets == {"scale": {"desa": 2, "kota": 1}, "year": {"2022": 1, "2023": 1}, "kind": {"practice": 1}}


def test_values_of_one_filter_are_alternatives_and_filters_add_up(shelf):
    assert sorted(found(shelf, "", filters={"scale": ("desa", "kota")})) == [1, 2, 3]
    assert found(shelf, "", filters={"scale": ("desa",), "year": ("2024",)}) == [1]


def test_who_answers_more_of_the_question_comes_first(engine):
    engine.write(
        [
            document(1, "Pendampingan", body="kapal " * 30),
            document(2, "Cerita", body="Pendampingan hukum di kapal."),
            document(3, "Hukum"),
        ]
    )

    assert found(engine, "pendampingan hukum kapal")[0] == 2


def test_a_title_counts_more_than_a_body(engine):
    engine.write([document(1, "Catatan", body="restitusi " + "kata lain " * 30), document(2, "Restitusi", body="kata lain " * 30)])

    assert found(engine, "restitusi") == [2, 1]


@pytest.mark.parametrize(("sort", "pks"), [("newest", [2, 3, 1]), ("oldest", [1, 3, 2]), ("title", [2, 1, 3])])
def test_rows_can_be_sorted(engine, sort, pks):
    engine.write([document(1, "b", changed_at=1.0), document(2, "A", changed_at=9.0), document(3, "c", changed_at=5.0)])

    assert found(engine, "", sort=sort) == pks


def test_pages_hold_every_row_once(engine):
    engine.write([document(pk, f"Restitusi {pk}", body="kata " * pk) for pk in range(1, 26)])

    pages = [found(engine, "restitusi", size=10, start=start) for start in (0, 10, 20, 30)]

    assert [len(page) for page in pages] == [10, 10, 5, 0]
    assert sorted(pk for page in pages for pk in page) == list(range(1, 26))


def test_what_words_were_taken_to_mean_is_told_only_where_a_reader_may_find_it(engine):
    engine.write([document(1, "Peraturan desa"), document(2, "Perkal", audience="pengelola")])

    assert engine.find(Query(EVERYBODY, "perdes")).understood == ("peraturan desa",)


ODD = [
    "C++",
    "a AND (b",
    "o'neil",
    '"',
    '"""',
    "'",
    "a\0b",
    "\ud800",
    "😀😀",
    "NOT",
    "NEAR(a b)",
    "title:x",
    "-restitusi",
    "*",
    "%",
    "\\",
    "x" * 10_000,
    "kata lain " * 1_000,
    "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    '"' + "a " * 3_000 + '"',
    "restitusi:* | (a <-> b) & !c",
    "العمل",
    "\u202e\u200b",
    "'; DROP TABLE search_entry; --",
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_questions_are_answered_in_time(shelf, text):
    began = time.perf_counter()

    answer = shelf.find(Query(EVERYBODY, text, filters={"scale": (text,)}, facets=("scale",)))
    shelf.complete(EVERYBODY, text, 8)

    assert answer.total <= 3
    assert time.perf_counter() - began < 2


def test_odd_rows_are_kept(engine):
    engine.write([document(1, "a\0b \ud800 😀 Restitusi", body="x" * 300_000, facets={"scale": ("a\0",)})])

    assert found(engine, "restitusi") == [1]


# --- titles that go on


@pytest.mark.parametrize(
    ("typed", "pks"),
    [
        ("resti", [3]),
        ("peraturan de", [1]),
        ("aman", [2, 1]),
        ("desa per", [1]),
        ("tentang m", [1]),
        ("aman m", [1]),
        ("tentang x", []),
        ("mig", [1]),
        ("xyz", []),
        ("", []),
        ("- \0", []),
    ],
)
def test_titles_go_on_where_the_reader_is_typing(shelf, typed, pks):
    assert [hit.pk for hit in shelf.complete(EVERYBODY, typed, 8)] == pks


def test_a_closed_title_is_not_suggested(shelf):
    assert sorted(hit.pk for hit in shelf.complete(MEMBER, "restitusi", 8)) == [3, 4]
    assert [hit.pk for hit in shelf.complete(EVERYBODY, "restitusi", 8)] == [3]


# --- writing


def test_a_changed_row_is_found_by_its_new_words_only(shelf):
    shelf.write([document(1, "Perahu", facets={"scale": ("negara",)})])

    assert found(shelf, "migrasi") == []
    assert found(shelf, "perahu") == [1]
    assert [facet.value for facet in EntryFacet.objects.filter(entry__object_id=1, name="scale")] == ["negara"]
    assert shelf.keys("practice") == {1, 2, 3, 4}


def test_a_narrowed_row_is_found_by_the_narrower_audience_only(shelf):
    shelf.write([document(3, "Restitusi bagi awak kapal", audience="pengelola")])

    assert found(shelf, "restitusi") == []
    assert found(shelf, "restitusi", frozenset({"pengelola"})) == [3]


def test_a_removed_row_leaves_no_word_behind(engine):
    engine.write([document(1, "Restitusi kapal"), document(2, "Kapal")])

    engine.remove("practice", [1, 99])

    assert found(engine, "restitusi kapal") == [2]
    assert dict(SaidWord.objects.values_list("word", "documents")) == {"": 1, "kapal": 1}


def test_writing_twice_counts_once(engine):
    for _time in range(2):
        engine.write([document(1, "Restitusi kapal"), document(1, "Restitusi kapal")])

    assert dict(SaidWord.objects.values_list("word", "documents")) == {"": 1, "kapal": 1, "restitusi": 1}


def test_words_of_a_text_and_its_author_are_counted_once(engine):
    engine.write(
        [
            Document("practice", 1, frozenset({"publik", "penulis:7"}), "Restitusi"),
            Document("practice", 2, frozenset({"jaringan:practice", "penulis:7"}), "Kapal"),
            Document("practice", 3, frozenset({"penulis:7"}), "Draf"),
        ]
    )

    counted = SaidWord.objects.exclude(word="").values_list("audience", "word", "documents")

    assert sorted(counted) == [("jaringan:practice", "kapal", 1), ("penulis:7", "draf", 1), ("publik", "restitusi", 1)]
    assert found(engine, "kapal", frozenset({"publik", "penulis:7"})) == [2]


# --- what is told about an answer


def test_an_excerpt_is_clean_html_with_marks(engine):
    engine.write([document(1, "Kapal", summary="Tentang <script>alert(1)</script> & restitusi bagi ABK.")])

    snippet = engine.find(Query(EVERYBODY, "restitusi")).hits[0].snippet

    assert snippet == "Tentang &lt;script&gt;alert(1)&lt;/script&gt; &amp; <mark>restitusi</mark> bagi ABK."


def test_an_explanation_gives_the_same_score_and_nothing_of_closed_rows(shelf):
    query = Query(EVERYBODY, "restitusi kapal")

    told = shelf.explain(query, "practice", 3)

    assert told["score"] == pytest.approx(shelf.find(query).hits[0].score, abs=0.001)
    assert [group["typed"] for group in told["groups"]] == ["restitusi", "kapal"]
    assert shelf.explain(query, "practice", 4) == {}
    assert shelf.explain(Query(frozenset(), "restitusi"), "practice", 3) == {}
