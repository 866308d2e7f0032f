"""What readers find: the index says what matches, the database what may be shown."""

import pytest
from django.core.management import call_command

from cop_site.accounts.models import Organisation
from cop_site.search import engines, indexing, selectors
from cop_site.search.models import Entry, SaidWord


def names(results):
    return [shown.title for shown in results.results]


@pytest.mark.parametrize(
    ("who", "titles"),
    [
        ("visitor", ["Yayasan Rantau Terbuka"]),
        ("member", ["Yayasan Rantau Jejaring", "Yayasan Rantau Terbuka"]),
        ("moderator", ["Yayasan Rantau Jejaring", "Yayasan Rantau Pengelola", "Yayasan Rantau Terbuka"]),
    ],
)
def test_each_reader_finds_counts_and_completes_only_what_they_may_see(request, make_organisation, who, titles):
    make_organisation("Yayasan Rantau Terbuka")
    make_organisation("Yayasan Rantau Jejaring", visibility="jaringan")
    make_organisation("Yayasan Rantau Pengelola", visibility="pengelola")
    viewer = request.getfixturevalue(who)

    results = selectors.find(viewer, text="rantau", facets=("kind",))
    suggestions = selectors.suggest(viewer, "yayasan ran")

    assert sorted(names(results)) == titles
    assert (results.total, results.facets) == (len(titles), {"kind": {"organisation": len(titles)}})
    assert sorted(one.text for one in suggestions) == titles


def test_a_row_that_the_database_no_longer_shows_is_dropped_and_not_counted(make_organisation, visitor):
    kept = make_organisation("Rantau Satu")
    gone = make_organisation("Rantau Dua")
    Organisation.objects.filter(pk=gone.pk).update(visibility="jaringan")  # the index has not heard of it

    results = selectors.find(visitor, text="rantau")

    assert [shown.row for shown in results.results] == [kept]
    assert results.total == 1
    assert [one.text for one in selectors.suggest(visitor, "rantau")] == ["Rantau Satu"]


def test_an_answer_carries_what_a_page_shows(make_organisation, visitor):
    row = make_organisation("Rumah Singgah", about="Menampung penyintas <segera> sesudah pulang.")

    shown = selectors.find(visitor, text="korban").results[0]

    assert (shown.kind, shown.row, shown.title, shown.url, shown.label) == (
        "organisation",
        row,
        "Rumah Singgah",
        f"/organisations/{row.slug}/",
        "Lembaga",
    )
    assert shown.title_html == "Rumah Singgah"
    assert shown.snippet == "Menampung <mark>penyintas</mark> &lt;segera&gt; sesudah pulang."


def test_refresh_takes_out_what_no_longer_belongs(make_organisation, visitor):
    row = make_organisation("Rantau")
    Organisation.objects.filter(pk=row.pk).update(is_listed=False)

    indexing.refresh("organisation", [row.pk])

    assert Entry.objects.count() == 0
    assert SaidWord.objects.count() == 0


def test_rebuild_brings_the_index_to_what_the_rows_say(make_organisation, visitor, capsys):
    kept, gone, missing = (make_organisation(f"Rantau {name}") for name in ("Tetap", "Hilang", "Luput"))
    Organisation.objects.filter(pk=gone.pk).delete()
    Entry.objects.filter(object_id=missing.pk).delete()
    Entry.objects.filter(object_id=kept.pk).update(title="Salah", fingerprint="")
    SaidWord.objects.filter(word="rantau").update(documents=77)

    call_command("rebuild_search")

    assert sorted(names(selectors.find(visitor, text="rantau"))) == ["Rantau Luput", "Rantau Tetap"]
    assert sorted(Entry.objects.values_list("title", flat=True)) == ["Rantau Luput", "Rantau Tetap"]
    assert SaidWord.objects.get(word="rantau").documents == 2
    assert capsys.readouterr().out == "organisation: 2\nThe search index is rebuilt.\n"


def test_rebuild_keeps_a_row_that_came_meanwhile(make_organisation, monkeypatch):
    row = make_organisation("Rantau")
    engine = engines.current()
    engine.remove("organisation", [row.pk])
    held = engine.keys

    def as_if_it_came_while_we_read(kind):
        indexing.refresh(kind, [row.pk])
        return held(kind) | {row.pk}

    monkeypatch.setattr(engine, "keys", as_if_it_came_while_we_read)
    indexing.rebuild()

    assert Entry.objects.filter(object_id=row.pk).count() == 1


def test_kinds_that_nobody_registers_leave_the_index(make_organisation, organisations):
    row = make_organisation("Rantau")
    Entry.objects.filter(object_id=row.pk).update(kind="lama")

    indexing.rebuild()

    assert list(Entry.objects.values_list("kind", flat=True)) == ["organisation"]


def test_a_title_is_marked_and_escaped(make_organisation, visitor):
    make_organisation("Tentang <b>perdes</b> & peraturan desa")

    shown = selectors.find(visitor, text="perdes").results[0]

    assert shown.title_html == "Tentang &lt;b&gt;<mark>perdes</mark>&lt;/b&gt; &amp; <mark>peraturan desa</mark>"
