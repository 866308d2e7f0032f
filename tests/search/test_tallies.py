"""Tallies say what the tables say, whatever was written, by however many at once."""

import random
import threading
import time
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import close_old_connections, connection

from cop_site.search import indexing
from cop_site.search.engines import bitmaps, tallies
from cop_site.search.models import Block, Entry, EntryAudience, EntryFacet, Tally
from cop_site.search.port import Document, Query

AUDIENCES = ("publik", "jaringan:practice", "pengelola", "penulis:1", "penulis:2")
EVERYBODY = frozenset({"publik"})


def document(pk, dice, *, kind="practice", **more):
    audiences = frozenset(dice.sample(AUDIENCES, k=dice.choice((1, 2))))
    facets = {"scale": tuple(dice.sample(("desa", "kota", "negara"), k=dice.choice((0, 1, 2))))}
    return Document(kind, pk, audiences, f"Teks {pk}", year=dice.choice((None, 2023, 2024)), facets=facets, **more)


def as_the_tables_say():
    """(name, value) -> ids, out of audiences and facets."""
    found = {}
    for audience, pk in EntryAudience.objects.values_list("audience", "entry"):
        found.setdefault((tallies.AUDIENCE, audience), set()).add(pk)
    for name, value, pk in EntryFacet.objects.values_list("name", "value", "entry"):
        found.setdefault((name, value), set()).add(pk)
    return found


def as_the_tallies_say():
    found = {}
    for row in Tally.objects.all():
        held = {row.block: bitmaps.from_bytes(bytes(row.bits))}
        found.setdefault((row.name, row.value), set()).update(bitmaps.latest_first(held))
    return found


def test_tallies_say_what_the_tables_say_after_whatever_was_written(engine):
    dice = random.Random(1)

    for _turn in range(40):
        pks = dice.sample(range(1, 60), k=5)
        if dice.random() < 0.3:
            engine.remove("practice", pks)
        else:
            engine.write([document(pk, dice) for pk in pks])

    assert Entry.objects.count() > 20
    assert as_the_tallies_say() == as_the_tables_say()


def test_entries_far_apart_are_tallied_in_blocks_of_their_own(engine, monkeypatch):
    engine = getattr(engine, "embedded", engine)  # what stands behind Elasticsearch as well
    monkeypatch.setattr(bitmaps, "BLOCK", 4)
    monkeypatch.setattr(tallies, "BLOCK", 4)
    monkeypatch.setattr("cop_site.search.engines.holding.BLOCK", 4)
    dice = random.Random(2)
    engine.shelf, engine.holders = tallies.Shelf(), type(engine.holders)(engine.matcher)
    engine.write([document(pk, dice, body="kapal" if pk % 3 else "perahu") for pk in range(1, 20)])

    engine.remove("practice", [5, 6, 7])

    assert len(Block.objects.all()) > 3
    assert as_the_tallies_say() == as_the_tables_say()
    found = engine.find(Query(frozenset(AUDIENCES), "kapal", facets=("scale",), size=50))
    assert sorted(hit.pk for hit in found.hits) == [pk for pk in range(1, 20) if pk % 3 and pk not in {5, 7}]
    assert engine.find(Query(frozenset(AUDIENCES), sort="newest")).total == 16
    engine.shelf, engine.holders = tallies.Shelf(), type(engine.holders)(engine.matcher)


def test_an_entry_keeps_its_id_when_it_changes(engine):
    engine.write([Document("practice", pk, EVERYBODY, f"Satu {pk}") for pk in (1, 2)])
    before = dict(Entry.objects.values_list("object_id", "pk"))

    engine.write([Document("practice", 1, EVERYBODY, "Lain"), Document("practice", 3, EVERYBODY, "Tiga")])

    after = dict(Entry.objects.values_list("object_id", "pk"))
    assert (after[1], after[2]) == (before[1], before[2])
    assert after[3] == max(before.values()) + 1


def test_what_is_kept_in_memory_is_forgotten_when_something_changes(engine):
    engine.write([Document("practice", 1, EVERYBODY, "Kapal", facets={"scale": ("desa",)})])
    first = engine.find(Query(EVERYBODY, "kapal", facets=("scale",)))

    engine.write([Document("practice", 1, frozenset({"pengelola"}), "Kapal"), Document("practice", 2, EVERYBODY, "Kapal besar")])
    second = engine.find(Query(EVERYBODY, "kapal", facets=("scale",)))

    assert ([hit.pk for hit in first.hits], first.facets) == ([1], {"scale": {"desa": 1}})
    assert ([hit.pk for hit in second.hits], second.total, second.facets) == ([2], 1, {"scale": {}})


def test_rebuild_puts_wrong_tallies_right(make_organisation, visitor):
    row = make_organisation("Rantau")
    Tally.objects.filter(name="scale").update(bits=b"\xff")
    Tally.objects.filter(name=tallies.AUDIENCE).delete()
    Tally.objects.create(block=7, name="scale", value="hantu", bits=b"\x01")

    call_command("rebuild_search")

    assert as_the_tallies_say() == as_the_tables_say()
    assert as_the_tallies_say()[tallies.AUDIENCE, "publik"] == {Entry.objects.get(object_id=row.pk).pk}


def test_a_facet_called_as_audiences_are_kept_tells_nobody_anything(engine):
    engine.write([Document("practice", 1, frozenset({"pengelola"}), "Kapal", facets={tallies.AUDIENCE: ("publik",)})])

    assert engine.find(Query(EVERYBODY, "kapal", facets=(tallies.AUDIENCE,))).total == 0


def test_more_matches_than_are_weighed_come_once_each_and_the_fuller_answers_first(engine):
    engine.write([Document("practice", pk, EVERYBODY, f"Catatan {pk}", body="kapal") for pk in range(1, 240)])
    engine.write([Document("practice", 500, EVERYBODY, "Kapal nelayan"), Document("practice", 501, EVERYBODY, "Nelayan", body="kapal")])

    pages = [engine.find(Query(EVERYBODY, "kapal nelayan", size=100, start=start)) for start in (0, 100, 200)]

    found = [hit.pk for page in pages for hit in page.hits]
    assert found[:2] == [500, 501]
    assert (len(found), len(set(found)), pages[0].total) == (241, 241, 241)


def test_long_lists_are_sorted_without_reading_all_of_them(engine, monkeypatch):
    monkeypatch.setattr("cop_site.search.engines.embedded.FEW", 3)
    engine.write(
        [Document("practice", pk, frozenset({"publik" if pk % 2 else "pengelola"}), f"{99 - pk:02}", changed_at=pk) for pk in range(1, 40)]
    )

    newest = engine.find(Query(EVERYBODY, sort="newest", size=5, start=2))
    titled = engine.find(Query(EVERYBODY, sort="title", size=50))

    assert [hit.pk for hit in newest.hits] == [35, 33, 31, 29, 27]
    assert [hit.pk for hit in titled.hits] == list(range(39, 0, -2))


def test_the_migration_tallies_what_is_there_already(engine):
    dice = random.Random(3)
    engine.write([document(pk, dice) for pk in range(1, 20)])
    before = as_the_tallies_say()
    Tally.objects.all().delete()
    Block.objects.all().delete()

    import_module("cop_site.search.migrations.0005_tallies").tally(apps, None)

    assert as_the_tallies_say() == before
    assert Block.objects.count() == Tally.objects.values("block").distinct().count()


def test_bits_and_ids_say_the_same():
    pks = [1, 7, 8_191, 8_192, 20_000]

    few, many = bitmaps.of(pks), bitmaps.of_many([pk - 8_192 for pk in pks[3:]], 1, 2)

    assert list(bitmaps.latest_first(few)) == sorted(pks, reverse=True)
    assert many == bitmaps.both(few, {1: -1, 2: -1})
    assert bitmaps.count(bitmaps.without(few, many)) == 3
    assert [bitmaps.from_bytes(bitmaps.to_bytes(bits)) for bits in few.values()] == list(few.values())
    assert bitmaps.any_of([]) == {}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("vendor", ["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def test_writers_at_once_lose_nothing_and_wait_for_nobody_for_ever(vendor):
    if connection.vendor != vendor:
        pytest.skip(f"this run is on {connection.vendor}")
    engine, failed = indexing.engines.current(), []

    def write(seed):
        dice = random.Random(seed)
        try:
            for _turn in range(6):
                pks = dice.sample(range(1, 30), k=6)
                engine.write([document(pk, dice) for pk in pks])
                engine.remove("practice", dice.sample(range(1, 30), k=2))
        except Exception as error:
            failed.append(error)
        finally:
            close_old_connections()
            connection.close()

    writers = [threading.Thread(target=write, args=(seed,)) for seed in range(4)]
    began = time.perf_counter()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)

    assert failed == []
    assert time.perf_counter() - began < 60
    assert as_the_tallies_say() == as_the_tables_say()
