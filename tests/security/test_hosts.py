"""Whatever host a request claims, links in mails lead to this site, and nobody is sent elsewhere."""

import re
from urllib.parse import urlsplit

import pytest
from django.core import mail

from tests import factories
from tests.hostile import HOSTS

SIGN_UP = {
    "name": "Sari",
    "email": "sari@people.example",
    "password1": factories.PASSWORD,
    "organisation_name": "Lembaga Pelita",
    "requested_role": "member",
    "reason": "Kami ingin belajar bersama jejaring.",
}


def name_of(headers):
    return "; ".join(f"{name}: {value}" for name, value in headers.items())


def hosts_in_mails():
    return {urlsplit(address).netloc for letter in mail.outbox for address in re.findall(r"https?://[^\s<>\"]+", letter.body)}


@pytest.fixture
def public_address(settings):
    settings.SITE_URL = "https://forum.example"


@pytest.fixture
def person(db):
    return factories.person("Ada", email="ada@people.example")


@pytest.mark.parametrize("headers", HOSTS, ids=name_of)
def test_mails_lead_to_this_site_only(headers, client, person, public_address):
    client.post("/accounts/password/reset/", {"email": "ada@people.example"}, headers=headers)
    client.post("/accounts/password/reset/", {"email": "nobody@people.example"}, headers=headers)
    client.post("/accounts/signup/", SIGN_UP, headers=headers)
    client.post("/accounts/signup/", SIGN_UP | {"email": "ada@people.example"}, headers=headers)

    assert hosts_in_mails() <= {"forum.example"}


def test_without_a_claim_those_mails_are_sent(client, person, public_address):
    client.post("/accounts/password/reset/", {"email": "ada@people.example"})
    client.post("/accounts/signup/", SIGN_UP)

    assert len(mail.outbox) == 2
    assert hosts_in_mails() == {"forum.example"}
    assert "https://forum.example/accounts/password/reset/key/" in mail.outbox[0].body


@pytest.mark.parametrize("headers", HOSTS, ids=name_of)
def test_a_foreign_host_is_refused_or_has_no_effect(headers, client, db):
    answers = [
        client.get(path, headers=headers)
        for path in ("/", "/library/mine/", "/library", "/admin/", "/api/v1/search?q=a", "/accounts/login/")
    ]

    for answer in answers:
        body = answer.content.decode()
        assert "evil.example" not in answer.headers.get("Location", "")
        assert "evil.example" not in body
        if "evil" in headers.get("Host", ""):
            assert answer.status_code == 400


def test_there_are_enough_ways_to_claim_a_host():
    assert len(HOSTS) >= 15
