"""Wherever an address comes in, nobody is led to another site by it."""

from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from tests import factories
from tests.hostile import BAD_REDIRECTS, GOOD_REDIRECTS

HERE = "http://testserver"
LOGIN, LOGOUT, SIGNUP, THEME = "/accounts/login/", "/accounts/logout/", "/accounts/signup/", "/theme/"
REAUTHENTICATE, PASSWORD = "/accounts/reauthenticate/", "/accounts/password/change/"


def host_a_browser_goes_to(location: str) -> str:
    """The host, read as browsers read addresses: without blanks and control signs around, backslashes as slashes."""
    location = location.strip("".join(chr(number) for number in range(33))).translate(dict.fromkeys(map(ord, "\t\n\r")))
    if location.lower().startswith(("http:", "https:")) and "//" not in location[:8]:
        return "elsewhere"
    return urlsplit(urljoin(HERE + "/accounts/login/", location.replace("\\", "/"))).netloc


@pytest.fixture
def person(db):
    return factories.person("Ada")


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def ask(way, wish, person):
    """Send one address the way a reader would be sent through it."""
    visitor = Client()
    signs_in = {"login": person.email, "password": factories.PASSWORD}
    return {
        "sign in": lambda: visitor.post(LOGIN, signs_in | {"next": wish}),
        "sign in, in the address": lambda: visitor.post(LOGIN, signs_in, query_params={"next": wish}),
        "sign in, when one is": lambda: signed_in(person).get(LOGIN, {"next": wish}),
        "sign up, when one is": lambda: signed_in(person).get(SIGNUP, {"next": wish}),
        "sign out": lambda: signed_in(person).post(LOGOUT, {"next": wish}),
        "sign out, in the address": lambda: signed_in(person).post(LOGOUT, query_params={"next": wish}),
        "theme": lambda: visitor.post(THEME, {"theme": "dark", "next": wish}),
        "zone": lambda: visitor.post("/zone/", {"zone": "Asia/Makassar", "next": wish}),
        "escape": lambda: visitor.post("/escape/", {"escape": "off", "next": wish}),
        "theme, in English": lambda: visitor.post("/en" + THEME, {"theme": "dark", "next": wish}),
        "reauthenticate": lambda: signed_in(person).post(REAUTHENTICATE, {"password": factories.PASSWORD, "next": wish}),
        "password": lambda: signed_in(person).get("/accounts/password/set/", {"next": wish}),
    }[way]()


WAYS = [
    "sign in",
    "sign in, in the address",
    "sign in, when one is",
    "sign up, when one is",
    "sign out",
    "sign out, in the address",
    "theme",
    "zone",
    "escape",
    "theme, in English",
    "reauthenticate",
    "password",
]


@pytest.mark.parametrize("way", WAYS)
def test_no_hostile_address_leads_away(way, person):
    answers = {wish: ask(way, wish, person) for wish in BAD_REDIRECTS}

    assert len(answers) >= 99
    assert {wish: answer.status_code for wish, answer in answers.items() if answer.status_code >= 500} == {}
    led_away = {
        wish: answer.headers.get("Location")
        for wish, answer in answers.items()
        if host_a_browser_goes_to(answer.headers.get("Location", "/")) != "testserver"
    }
    assert led_away == {}
    assert [wish for wish, answer in answers.items() if {"\r", "\n"} & set(answer.headers.get("Location", ""))] == []


@pytest.mark.parametrize("way", ["sign in", "sign in, when one is", "sign out", "theme", "reauthenticate"])
def test_good_addresses_lead_where_they_say(way, person):
    landed = {wish: ask(way, wish, person).headers.get("Location") for wish in GOOD_REDIRECTS}

    assert len(landed) >= 7
    assert {wish.partition("#")[0]: place.partition("#")[0] for wish, place in landed.items()} == {
        wish.partition("#")[0]: wish.partition("#")[0] for wish in GOOD_REDIRECTS
    }


def test_a_foreign_page_that_sent_somebody_here_is_not_where_the_way_back_leads(client, db):
    answer = client.post("/library/share/", {"title": "x"}, headers={"referer": "https://evil.example/library/share/"})

    assert "evil.example" not in answer.headers.get("Location", "")


@pytest.mark.parametrize(
    "path",
    ["//evil.example/", "//evil.example/library", "/%2f%2fevil.example/library", "/\\evil.example/library", "/en//evil.example/library"],
)
def test_a_path_with_two_slashes_is_not_completed_into_another_site(path, client, db):
    answer = client.get("/", PATH_INFO=path)

    assert answer.status_code in {301, 302, 404}
    assert host_a_browser_goes_to(answer.headers.get("Location", "/")) == "testserver"


@pytest.mark.parametrize("header", ["referer", "origin"])
@pytest.mark.parametrize(
    "claim", ["http://[", "http://[evil.example", "http://testserver]:80/", "https://testserver:port/", "//", "http://\u2100.example/"]
)
def test_an_unreadable_claim_of_where_one_comes_from_breaks_nothing(header, claim, db):
    answers = [
        client.post("/library/share/", {"title": "x"}, headers={header: claim}) for client in (Client(), Client(enforce_csrf_checks=True))
    ]

    assert [answer.status_code for answer in answers] == [302, 403]
    assert host_a_browser_goes_to(answers[0]["Location"]) == "testserver"
