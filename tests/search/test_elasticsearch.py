"""Elasticsearch in front of the embedded index: who sees what, and what happens when it fails."""

import os
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from cop_site.search import engines, indexing, mirroring, outbox, selectors
from cop_site.search.engines.elastic import sending, server
from cop_site.search.engines.elastic.looking import look
from cop_site.search.models import Entry, Mirror, Unsent
from cop_site.search.port import Document, Query
from tests.search import mirror
from tests.search.relay import Relay

pytestmark = [pytest.mark.services, pytest.mark.elasticsearch, pytest.mark.django_db]
ROOT = Path(__file__).resolve().parents[2]
EVERYBODY = frozenset({"publik"})


def document(pk, title, *, audience="publik", **more):
    return Document("practice", pk, frozenset({audience}), title, **more)


def asked(text="restitusi"):
    """What everybody finds, and who answered: the server or the embedded index."""
    found = engines.current().find(Query(EVERYBODY, text, facets=("scale",), size=100))
    return sorted(hit.pk for hit in found.hits), found.total, found.facets["scale"]


def in_elasticsearch():
    client = server.current().patient
    client.indices.refresh(index=sending.alias("read"))
    answer = client.search(index=sending.alias("read"), size=1000, source=["title", "audiences"])
    return {one["_id"]: (one["_source"]["title"], tuple(one["_source"]["audiences"])) for one in answer["hits"]["hits"]}


def in_the_database():
    return {
        f"{one.kind}:{one.object_id}": (one.title, tuple(sorted(a.audience for a in one.audiences.all()))) for one in Entry.objects.all()
    }


@pytest.fixture
def relay(mirrored, settings):
    """The site speaks to its server through a wire that can be cut."""
    wire = Relay(settings.ELASTICSEARCH_URL)
    settings.ELASTICSEARCH_URL = wire.url
    look.forget()
    yield wire
    wire.cut()


@pytest.fixture
def shelf(mirrored):
    mirrored.write(
        [document(1, "Restitusi penuh", facets={"scale": ("desa",)}), document(2, "Restitusi kapal", facets={"scale": ("kota",)})]
    )
    return mirrored


# --- who sees what


@pytest.mark.parametrize(
    ("who", "titles"),
    [
        ("visitor", ["Yayasan Rantau Terbuka"]),
        ("member", ["Yayasan Rantau Jejaring", "Yayasan Rantau Terbuka"]),
        ("moderator", ["Yayasan Rantau Jejaring", "Yayasan Rantau Pengelola", "Yayasan Rantau Terbuka"]),
    ],
)
def test_each_reader_finds_counts_and_completes_only_what_they_may_see(request, mirrored, make_organisation, who, titles):
    make_organisation("Yayasan Rantau Terbuka", scale=("desa",))
    make_organisation("Yayasan Rantau Jejaring", visibility="jaringan", scale=("desa",))
    make_organisation("Yayasan Rantau Pengelola", visibility="pengelola", scale=("desa",))
    mirror.tell()
    viewer = request.getfixturevalue(who)

    results = selectors.find(viewer, text="rantau", facets=("kind", "scale"))
    suggestions = selectors.suggest(viewer, "yayasan ran")

    assert sorted(shown.title for shown in results.results) == titles
    assert (results.total, results.facets) == (len(titles), {"kind": {"organisation": len(titles)}, "scale": {"desa": len(titles)}})
    assert sorted(one.text for one in suggestions) == titles
    assert not server.current().is_away


def test_a_row_that_was_removed_is_nowhere_before_elasticsearch_has_heard(shelf):
    shelf.engine.remove("practice", [1])

    assert asked() == ([2], 1, {"kota": 1})
    assert [hit.pk for hit in shelf.complete(EVERYBODY, "resti", 8)] == [2]
    assert in_elasticsearch().keys() == {"practice:1", "practice:2"}


@pytest.mark.parametrize(
    "narrowed",
    [
        document(1, "Restitusi penuh", audience="pengelola", facets={"scale": ("desa",)}),
        document(1, "Restitusi penuh", facets={"scale": ()}),
    ],
    ids=["audience", "facet"],
)
def test_a_row_that_shows_less_is_not_counted_as_it_was(shelf, narrowed):
    shelf.engine.write([narrowed])

    assert asked() == ([2], 1, {"kota": 1})


def test_a_row_that_shows_more_stays_until_the_news_arrive(shelf):
    shelf.engine.write([document(1, "Restitusi penuh", facets={"scale": ("desa", "provinsi")})])

    assert asked() == ([1, 2], 2, {"desa": 1, "kota": 1})
    mirror.tell()
    assert asked() == ([1, 2], 2, {"desa": 1, "kota": 1, "provinsi": 1})


def test_where_too_many_rows_must_not_be_seen_the_embedded_index_answers(shelf, monkeypatch):
    monkeypatch.setattr(outbox, "MOST_KEPT_BACK", 0)

    shelf.engine.remove("practice", [1])

    assert asked() == ([2], 1, {"kota": 1})
    assert server.current().is_away
    server.current().answered()


def test_removals_go_first_and_a_change_meanwhile_is_not_lost(shelf, monkeypatch):
    shelf.engine.write([document(pk, f"Kapal {pk}") for pk in range(10, 20)])
    shelf.engine.remove("practice", [2])
    first = outbox.batch(1)
    shelf.engine.write([document(2, "Restitusi kembali")])

    outbox.told(first)

    assert list(first) == [("practice", 2)]
    assert ("practice", 2) in outbox.batch(100)
    mirror.tell()
    assert in_elasticsearch() == in_the_database()
    assert outbox.waiting() == 0


def test_an_older_write_never_replaces_a_newer_one(shelf):
    drawn = outbox.next_number()
    shelf.write([document(1, "Restitusi baru")])
    newer = in_elasticsearch()
    Entry.objects.filter(object_id=1).update(title="Restitusi lama")
    Unsent.objects.create(kind="practice", object_id=1)
    Mirror.objects.update(writes=drawn - 1)  # as if whoever drew that number had slept since

    mirror.tell()

    assert in_elasticsearch() == newer


def test_a_database_that_is_older_than_the_index_builds_it_anew(shelf):
    before = sending.holder(server.current().patient)
    shelf.write([document(3, "Restitusi sesudah cadangan")])
    Entry.objects.filter(object_id=3).delete()
    Mirror.objects.update(writes=1)  # a backup was brought back
    shelf.engine.write([document(1, "Restitusi lain")])

    mirroring.Errand().round()

    assert sending.holder(server.current().patient) != before
    assert in_elasticsearch() == in_the_database()


def test_a_row_that_elasticsearch_refuses_holds_up_no_other(shelf):
    shelf.engine.write([document(3, "Restitusi", facets={"no..name": ("x",)}), document(4, "Restitusi lain")])

    mirror.tell()

    assert in_elasticsearch().keys() == {"practice:1", "practice:2", "practice:4"}
    assert Unsent.objects.values_list("object_id", "attempts").get() == (3, 1)
    assert outbox.batch(10) == {}  # not yet again


# --- what fails


def test_a_server_that_is_away_is_not_missed_and_loses_nothing(shelf, relay):
    errand = mirroring.Errand()
    assert asked()[1] == 2
    relay.cut()

    shelf.engine.write([document(3, "Restitusi baru", facets={"scale": ("desa",)})])
    shelf.engine.remove("practice", [2])
    while_away, state, pause = asked(), mirroring.state_of_mirror(), errand.round()

    assert while_away == ([1, 3], 2, {"desa": 2})
    assert not state.is_good
    assert state.words.startswith("the embedded index answers (ConnectionError); 2 rows wait")
    assert pause == 1.0
    relay.mend()
    errand.round()
    assert outbox.waiting() == 0
    assert in_elasticsearch() == in_the_database()
    assert asked() == ([1, 3], 2, {"desa": 2})
    assert (mirroring.state_of_mirror().is_good, server.current().is_away) == (True, False)


def test_a_silent_server_costs_one_reader_a_second_and_the_next_ones_nothing(shelf, relay):
    asked()
    relay.silence()

    first = time.perf_counter()
    answer = asked()
    second = time.perf_counter()
    again = asked()
    third = time.perf_counter()

    assert answer == again == ([1, 2], 2, {"desa": 1, "kota": 1})
    assert second - first < 2 * server.PATIENCE
    assert third - second < server.PATIENCE / 2


def test_a_server_that_stays_away_is_asked_less_and_less_often(shelf, relay):
    errand = mirroring.Errand()
    relay.cut()

    assert [errand.round() for _time in range(6)] == [1.0, 2.0, 4.0, 8.0, 10.0, 10.0]


def test_an_index_that_was_deleted_is_built_anew(shelf):
    errand = mirroring.Errand()
    server.current().patient.indices.delete(index=sending.holder(server.current().patient))

    meanwhile = asked()
    errand.round()

    assert meanwhile == ([1, 2], 2, {"desa": 1, "kota": 1})
    assert in_elasticsearch() == in_the_database()
    assert asked() == meanwhile
    assert not server.current().is_away


def test_an_emptied_index_is_noticed_and_built_anew(shelf, monkeypatch):
    errand = mirroring.Errand()
    monkeypatch.setattr(mirroring, "CHECK_EVERY", 0.0)
    server.current().patient.delete_by_query(index=sending.alias("read"), query={"match_all": {}}, refresh=True)
    look.forget()

    meanwhile = asked()
    errand.round()
    errand.round()

    assert meanwhile == ([1, 2], 2, {"desa": 1, "kota": 1})
    assert in_elasticsearch() == in_the_database()
    assert asked() == meanwhile


def test_rebuilding_tells_how_far_it_is_and_takes_along_what_changes_meanwhile(shelf, capsys, monkeypatch):
    fill = sending._fill

    def fill_while_rows_change(client, told):
        fill(client, told)
        shelf.engine.remove("practice", [1])
        shelf.write([document(9, "Restitusi sambil jalan")])  # told to both, the old and the new

    monkeypatch.setattr(sending, "_fill", fill_while_rows_change)
    before = sending.holder(server.current().patient)
    monkeypatch.setattr(indexing, "rebuild", dict)

    call_command("rebuild_search")

    assert "Elasticsearch: 2 of 2\n" in capsys.readouterr().out
    assert sending.holder(server.current().patient) != before
    assert in_elasticsearch() == in_the_database()
    assert list(server.current().patient.indices.get(index=f"{sending.family()}*")) == [sending.holder(server.current().patient)]


def test_an_index_that_another_site_made_is_not_asked(shelf):
    outbox.Mirror.objects.update(index="somebody-elses")
    look.forget()

    assert asked()[1] == 2
    assert server.current().is_away
    server.current().answered()


# --- the process itself


@pytest.fixture
def server_process():
    """The number of the process that script/services started, and how to start another in its place."""
    file = Path(os.environ.get("COP_ELASTICSEARCH_PID", "/nowhere"))
    if not file.exists():
        pytest.skip("this Elasticsearch was not started by script/services")
    environment = os.environ | {"COP_VAR": os.environ["COP_SERVICES_VAR"]}
    yield lambda: int(file.read_text())
    subprocess.run([ROOT / "script/services", "start"], env=environment, check=True, stdout=subprocess.DEVNULL)


@pytest.mark.django_db(transaction=True)
def test_killed_and_started_again_under_load_it_loses_nothing(shelf, server_process, request):
    errors, stop, answers, server_lives = [], threading.Event(), [], threading.Event()
    server_lives.set()

    def load(number):
        try:
            while not stop.is_set():
                engines.current().write([document(100 + number, f"Restitusi {time.monotonic()}", facets={"scale": ("desa",)})])
                answers.append(asked()[1])
                time.sleep(0.1 if server_lives.is_set() else 1)  # its start needs the processor
        except Exception as error:
            errors.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=load, args=(number,)) for number in range(3)]
    errand = mirroring.Errand()
    for thread in threads:
        thread.start()
    time.sleep(1)
    errand.round()
    os.kill(server_process(), signal.SIGKILL)
    time.sleep(2)
    server_lives.clear()
    was_away = errand.round() > mirroring.LOOK_EVERY / 2 and server.current().is_away
    environment = os.environ | {"COP_VAR": os.environ["COP_SERVICES_VAR"]}
    subprocess.run([ROOT / "script/services", "start"], env=environment, check=True, stdout=subprocess.DEVNULL)
    stop.set()
    for thread in threads:
        thread.join(timeout=20)
    until = time.monotonic() + 30
    while outbox.waiting() and time.monotonic() < until:
        errand.round()
        time.sleep(0.3)

    assert errors == []
    assert was_away
    assert min(answers) >= 2
    assert outbox.waiting() == 0
    assert in_elasticsearch() == in_the_database()
