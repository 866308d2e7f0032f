"""How the site is: for machines, and for readers in words."""

import socket

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from cop_site.core import readiness
from cop_site.core.readiness import Part, State


@pytest.fixture(autouse=True)
def ask_anew():
    readiness.forget()
    yield
    readiness.forget()


@pytest.fixture
def ailing():
    """A part that is not well, as an app above would register it."""
    asked = []

    def check():
        asked.append(1)
        return State(False, "gone")

    readiness.register("thing", Part(check, "Benda", "Baik.", "Sedang sakit."))
    yield asked
    del readiness._parts["thing"]


@pytest.mark.django_db
def test_a_site_that_is_well_says_so_in_both_languages(client):
    said = {path: client.get(path).content.decode() for path in ("/status/", "/en/status/")}

    assert "Everything works." in said["/en/status/"]
    assert "Everything works." not in said["/status/"]
    assert 'data-tone="wait"' not in said["/status/"] + said["/en/status/"]


@pytest.mark.django_db
def test_what_ails_is_named_and_the_site_still_works(client, ailing):
    page, machine = client.get("/en/status/"), client.get("/readyz")

    assert page.status_code == 200
    assert "Sedang sakit." in page.content.decode()
    assert "One part does not work as it should." in page.content.decode()
    assert (machine.status_code, machine.json()["ready"], machine.json()["degraded"]) == (200, True, ["thing"])


@pytest.mark.django_db
def test_readers_do_not_make_the_site_ask_each_time(client, ailing):
    for _visit in range(5):
        client.get("/status/")

    assert len(ailing) == 1


@pytest.mark.django_db
def test_a_site_without_something_vital_is_not_ready(client):
    readiness.register("heart", Part(lambda: State(False, "gone"), "Jantung", "Baik.", "Sakit.", is_vital=True))
    try:
        answer = client.get("/readyz")
    finally:
        del readiness._parts["heart"]

    assert (answer.status_code, answer.json()["ready"]) == (503, False)


@pytest.mark.django_db
def test_a_part_that_cannot_be_asked_is_not_well_and_its_words_stay_inside(client):
    def check():
        raise RuntimeError("password=rahasia")

    readiness.register("thing", Part(check, "Benda", "Baik.", "Sedang sakit."))
    try:
        answer = client.get("/readyz")
    finally:
        del readiness._parts["thing"]

    assert answer.json()["dependencies"]["thing"] == "RuntimeError"
    assert "rahasia" not in answer.content.decode()


def test_the_page_is_drawn_while_the_database_is_away(db):
    def refuse(*_query):
        raise DatabaseError("gone")

    client = Client()
    client.cookies["sessionid"] = "a" * 32
    with connection.execute_wrapper(refuse):
        answer = client.get("/en/status/")

    assert answer.status_code == 200
    assert "Pages may fail at present." in answer.content.decode()


@pytest.mark.django_db
def test_every_part_says_how_it_is_in_words_of_its_own(client):
    names = client.get("/readyz").json()["dependencies"]

    assert set(names) >= {"database", "migrations", "disk", "cache", "mail", "deliveries", "search"}


def test_a_mail_server_that_does_not_open_its_door_is_noticed(settings):
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))  # bound, and nobody listens
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = unheard.getsockname()
        readiness._mail_seen["at"] = None

        state = readiness._mail()

    readiness._mail_seen["at"] = None
    assert (state.is_good, state.words) == (False, "ConnectionRefusedError")
