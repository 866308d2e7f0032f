"""What was not found: counted without persons, kept only where it tells of nobody, shown once several days missed it."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from cop_site.core.clock import run_due
from cop_site.search import actions, missed
from cop_site.search.models import Miss
from tests import factories

FROM_HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def secretariat(db):
    return factories.person("Sekretariat", role="secretariat")


def ask(client, text, headers=FROM_HERE, **more):
    return client.get("/search/", {"q": text, **more}, headers=headers)


def kept():
    return list(Miss.objects.order_by("pk").values_list("words", "language", "times"))


def missed_on(days, words="jermal rotan", language="id"):
    today = timezone.localdate()
    Miss.objects.bulk_create(Miss(day=today - timedelta(days=n), language=language, words=words) for n in range(days))


def test_a_question_that_finds_nothing_is_counted_by_day_and_language_as_stems(client, make_organisation):
    make_organisation("Rumah Singgah")

    ask(client, "Nelayan di jermal")
    ask(client, "jermal nelayan")
    client.get("/en/search/", {"q": "jermal nelayan"}, headers=FROM_HERE)

    assert kept() == [("jermal nelayan", "id", 2), ("jermal nelayan", "en", 1)]
    assert Miss.objects.first().day == timezone.localdate()
    assert {field.name for field in Miss._meta.fields} == {"id", "day", "language", "words", "times"}


def test_a_question_of_which_only_a_part_is_answered_is_a_gap(client, make_organisation):
    make_organisation("Rumah Singgah", about="Menampung penyintas.")

    ask(client, "rumah jermal")
    ask(client, "rumah penyintas")
    ask(client, "korban di rumah singgah")

    assert kept() == [("jermal rumah", "id", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "NIK 3471015503990004",
        "hubungi 0812-3456-7890",
        "Siti Aminah",
        "siti aminah jermal",
        "korban bernama Yohana",
        "kasus 123456 jermal",
        "satu dua tiga empat jermal rotan tuna cakalang perahu layar",
        "sari@contoh.example",
    ],
)
def test_what_may_tell_of_a_person_is_not_kept_at_all(client, organisations, db, text):
    ask(client, text)

    assert kept() == []


@pytest.mark.parametrize(
    ("headers", "more"),
    [
        ({}, {}),
        ({"Sec-Fetch-Site": "cross-site"}, {}),
        ({"Sec-Fetch-Site": "none"}, {}),
        (FROM_HERE, {"page": "2"}),
        (FROM_HERE, {"kind": "organisation"}),
        (FROM_HERE, {"scale": "desa"}),
        (FROM_HERE, {"year_from": "2020"}),
    ],
)
def test_robots_further_pages_and_narrowed_lists_are_not_counted(client, make_organisation, headers, more):
    make_organisation("Rumah Singgah")

    ask(client, "jermal", headers=headers, **more)

    assert kept() == []


def test_an_answer_does_not_wait_for_it_nor_fail_with_it(client, make_organisation, monkeypatch):
    def refuse(*_given):
        raise OperationalError("attempt to write a readonly database")

    make_organisation("Rumah Singgah")
    monkeypatch.setattr(actions, "note_miss", refuse)

    answer = ask(client, "jermal")

    assert answer.status_code == 200
    assert kept() == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has a switch for each transaction")
@pytest.mark.django_db(transaction=True)
def test_a_database_that_cannot_be_written_leaves_the_answer_whole(client, make_organisation):
    make_organisation("Rumah Singgah")
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute("PRAGMA query_only = ON")
        try:
            answer = ask(client, "jermal")
        finally:
            cursor.execute("PRAGMA query_only = OFF")
        after = cursor.execute("PRAGMA busy_timeout").fetchone()

    assert (answer.status_code, kept(), after) == (200, [], before)


def test_a_day_holds_only_so_many_questions(db, monkeypatch):
    monkeypatch.setattr(missed, "MOST_A_DAY", 2)

    for words in ("satu", "dua", "tiga", "satu"):
        actions.note_miss(words, "id")

    assert kept() == [("satu", "id", 2), ("dua", "id", 1)]


def test_it_is_shown_once_three_days_missed_it(client, secretariat):
    missed_on(3, "jermal rotan")
    missed_on(4, "cakalang")
    missed_on(2, "hanya dua hari")
    Miss.objects.filter(words="hanya dua hari").update(times=50)
    client.force_login(secretariat)

    page = client.get("/search/missed/")
    sheet = client.get("/search/missed/?export=csv")

    assert [(one["words"], one["days"], one["times"]) for one in page.context["page"]] == [("cakalang", 4, 4), ("jermal rotan", 3, 3)]
    assert "hanya dua hari" not in page.text + sheet.text
    assert [line.split(",")[:4] for line in sheet.text.splitlines()[1:]] == [["cakalang", "id", "4", "4"], ["jermal rotan", "id", "3", "3"]]
    assert sheet["Content-Disposition"] == 'attachment; filename="not-found.csv"'


@pytest.mark.parametrize("who", ["member", "moderator", "visitor"])
def test_others_do_not_see_it(client, db, who):
    missed_on(3)
    if who != "visitor":
        client.force_login(factories.person("Orang", role=who))

    assert client.get("/search/missed/").status_code == (302 if who == "visitor" else 403)


def test_editors_see_it(client, secretariat):
    missed_on(3)
    editor = factories.person("Penyunting")
    factories.task(editor, "editor", by=secretariat)
    client.force_login(editor)

    assert "jermal rotan" in client.get("/search/missed/").text


def test_an_office_without_a_second_factor_sets_one_up_first(client, secretariat, settings):
    settings.STAFF_NEED_SECOND_FACTOR = True
    client.force_login(secretariat)

    assert client.get("/search/missed/").url == "/accounts/2fa/"


def test_it_is_forgotten_after_half_a_year(db):
    today = timezone.localdate()
    for days in (10, 179, 181):
        Miss.objects.create(day=today - timedelta(days=days), language="id", words=f"kata{days}")

    run_due(only="forget-misses")

    assert sorted(Miss.objects.values_list("words", flat=True)) == ["kata10", "kata179"]
