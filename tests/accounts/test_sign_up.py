"""From the first form to the open house; and nobody learns from a form who has an account."""

import re
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.core.signing import TimestampSigner, b62_encode
from django.test import Client
from django.utils import timezone

from cop_site.accounts.clock import forget_unconfirmed_accounts
from cop_site.accounts.models import Application, User
from cop_site.activity.runner import run_pending
from tests import factories
from tests.hashing import CountingHasher

pytestmark = pytest.mark.django_db
TOLD = {
    "name": "Sari Anyaman",
    "email": "Sari@People.example",
    "password1": "tikar pandan empat helai",
    "organisation_name": "Lembaga Pelita",
    "requested_role": "member",
    "reason": "Kami ingin belajar dari pengalaman lembaga lain.",
}


def sign_up(client, **changes):
    return client.post("/accounts/signup/", TOLD | changes)


def link_in(letter):
    return re.search(r"http://localhost:8000(/accounts/confirm-email/\S+)", letter.body)[1]


def test_from_sign_up_to_admitted(client, cast):
    answer = sign_up(client)

    person = User.objects.get(email="sari@people.example")
    assert (answer.status_code, answer.url) == (302, "/accounts/confirm-email/")
    assert (person.role, person.application.state, person.language) == ("applicant", "unconfirmed", "id")
    [letter] = mail.outbox
    assert letter.to == ["sari@people.example"]

    opened = client.get(link_in(letter))
    assert (opened.status_code, Application.objects.get(person=person).state) == (200, "unconfirmed")  # mail scanners open links
    client.post(link_in(letter))
    run_pending()
    assert Application.objects.get(person=person).state == "waiting"
    assert [one.to for one in mail.outbox[1:]] == [[cast["secretariat"].email]]

    signed_in = client.post("/accounts/login/", {"login": "sari@people.example", "password": TOLD["password1"]})
    assert (signed_in.status_code, signed_in.url) == (302, "/accounts/application/")
    assert client.get(signed_in.url).context["application"].person == person

    client.force_login(cast["secretariat"])
    client.post(f"/accounts/applications/{person.application.pk}/admit/", {"organisation": ""})
    run_pending()
    person.refresh_from_db()
    assert person.role == "member"
    assert mail.outbox[-1].to == ["sari@people.example"]


def test_nobody_signs_in_before_the_address_is_confirmed(client):
    sign_up(client)

    answer = client.post("/accounts/login/", {"login": "sari@people.example", "password": TOLD["password1"]})

    assert answer.url == "/accounts/confirm-email/"
    assert "_auth_user_id" not in client.session


def test_a_known_and_an_unknown_address_get_the_same_answer_to_sign_up():
    factories.person("Ada", email="ada@people.example")

    clients = [Client(), Client()]
    unknown, known = (sign_up(one, email=email) for one, email in zip(clients, ["sari@people.example", "ADA@people.example"], strict=True))

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    pages = [_without_tokens(one.get(unknown.url).content.decode()) for one in clients]
    assert pages[0] == pages[1]
    assert User.objects.filter(email__iexact="ada@people.example").count() == 1
    assert [one.to for one in mail.outbox] == [["sari@people.example"], ["ada@people.example"]]
    assert "/accounts/password/reset/" in mail.outbox[1].body
    assert "/accounts/confirm-email/" not in mail.outbox[1].body


def test_a_known_and_an_unknown_address_get_the_same_answer_to_reset(client):
    factories.person("Ada", email="ada@people.example")

    answers = [client.post("/accounts/password/reset/", {"email": email}) for email in ("ada@people.example", "tak-ada@people.example")]

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/accounts/password/reset/done/")}
    assert [one.to for one in mail.outbox] == [["ada@people.example"], ["tak-ada@people.example"]]
    assert ["/password/reset/key/" in one.body for one in mail.outbox] == [True, False]


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer_to_sign_in(client):
    factories.person("Ada", email="ada@people.example")

    pages = [
        client.post("/accounts/login/", {"login": email, "password": "bukan yang ini, sungguh"})
        for email in ("ada@people.example", "eve@people.example")
    ]

    texts = [_without_tokens(page.content.decode()).replace("ada@", "…@").replace("eve@", "…@") for page in pages]
    assert pages[0].status_code == pages[1].status_code
    assert texts[0] == texts[1]


def _without_tokens(page):
    return re.sub(r'name="(csrfmiddlewaretoken|deed_key)" value="[^"]*"', "", page)


@pytest.mark.parametrize("field", ["role", "is_superuser", "is_staff", "is_active", "suspended_at", "handle", "state", "groups"])
def test_fields_that_are_not_asked_for_have_no_effect(field, client):
    sign_up(client, **{field: "secretariat" if field == "role" else "admitted" if field == "state" else "1"})

    person = User.objects.get(email="sari@people.example")
    assert (person.role, person.is_superuser, person.is_active, person.suspended_at) == ("applicant", False, True, None)
    assert (person.application.state, person.groups.count()) == ("unconfirmed", 0)
    assert person.handle.startswith("anggota-")


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": "NIK saya 3201014509870003, mohon diterima."},
        {"reason": "Mau."},
        {"name": "12345"},
        {"password1": "pendek"},
        {"password1": "x" * 129},
        {"requested_role": "secretariat"},
        {"organisation_name": ""},
    ],
)
def test_a_form_with_errors_keeps_what_was_typed_and_makes_nobody(changes, client):
    page = sign_up(client, **changes)

    assert not User.objects.filter(role="applicant").exists()
    assert page.content.decode().count("Sari@People.example") == 1
    assert 'aria-invalid="true"' in page.content.decode() or "requested_role" in changes


def test_an_english_form_makes_english_mails(client):
    client.post("/en/accounts/signup/", TOLD)

    assert User.objects.get(email="sari@people.example").language == "en"
    assert "Good day," in mail.outbox[0].body


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/password/reset/"])
def test_links_in_mails_carry_the_sites_own_address_whatever_a_request_claims(path, client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    factories.person("Ada", email="ada@people.example")

    for email in ("ada@people.example", "tak-ada@people.example"):
        client.post(path, TOLD | {"email": email}, headers={"host": "evil.example", "x-forwarded-host": "evil.example"})

    links = [link for letter in mail.outbox for link in re.findall(r"https?://[^/\s]+", letter.body)]
    assert (len(mail.outbox), set(links)) == (2, {"http://localhost:8000"})


@pytest.mark.parametrize(
    ("wish", "lands_on"),
    [
        ("/library/share/", "/library/share/"),
        ("/en/accounts/circles/?page=2", "/en/accounts/circles/?page=2"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("http://localhost/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_signing_in_leads_to_this_site_only(wish, lands_on, client):
    factories.person("Ada", email="ada@people.example")

    answer = client.post("/accounts/login/", {"login": "ada@people.example", "password": factories.PASSWORD, "next": wish})

    assert (answer.status_code, answer.url) == (302, lands_on)


def test_accounts_never_confirmed_are_forgotten(client):
    sign_up(client)
    sign_up(client, email="baru@people.example")
    User.objects.filter(email="sari@people.example").update(date_joined=timezone.now() - timedelta(days=15))

    forget_unconfirmed_accounts(timezone.now())

    assert list(User.objects.filter(role="applicant").values_list("email", flat=True)) == ["baru@people.example"]


@pytest.mark.parametrize("part", ["known", "unknown"])
def test_a_sign_up_hashes_one_password_whoever_was_there_already(part, client, settings):
    settings.PASSWORD_HASHERS = ["tests.hashing.CountingHasher"]
    factories.person("known")
    before = CountingHasher.times

    assert sign_up(client, email=f"{part}@people.example").status_code == 302

    assert CountingHasher.times - before == 1


@pytest.mark.parametrize("part", ["known", "unknown", "suspended"])
def test_a_refused_sign_in_hashes_one_password_whoever_was_meant(part, client, settings):
    settings.PASSWORD_HASHERS = ["tests.hashing.CountingHasher"]
    factories.person("known")
    factories.person("suspended", suspended_at=timezone.now())
    before = CountingHasher.times

    client.post("/accounts/login/", {"login": f"{part}@people.example", "password": "bukan yang ini"})

    assert CountingHasher.times - before == 1


# --- programs


def opened(seconds_ago):
    """The stamp of a form that was drawn so long ago."""
    signer = TimestampSigner(salt="cop_site.accounts.haste")
    signer.timestamp = lambda: b62_encode(int(time.time()) - seconds_ago)
    return signer.sign("form")


def test_who_fills_in_what_people_do_not_see_gets_the_same_answer_and_no_account():
    person, program = Client(), Client()

    answers = [sign_up(person), sign_up(program, website="https://contoh.example", email="lain@people.example")]

    assert len({(answer.status_code, answer.url) for answer in answers}) == 1
    pages = [_without_tokens(one.get("/accounts/confirm-email/").content.decode()) for one in (person, program)]
    assert pages[0] == pages[1]
    assert list(User.objects.filter(email__endswith="@people.example").values_list("email", flat=True)) == ["sari@people.example"]


def test_nobody_is_shown_the_field_for_programs(client):
    page = client.get("/accounts/signup/").content.decode()

    assert re.search(r'<div hidden><input type="text" name="website"[^>]*></div>', page)


@pytest.mark.parametrize(
    ("stamp", "is_taken"),
    [
        (lambda: opened(0), False),
        (lambda: opened(4), True),
        (lambda: opened(90_000), False),
        (lambda: "form:1:x", False),
        (lambda: "", False),
    ],
)
def test_a_form_that_comes_sooner_than_it_can_be_read_is_asked_for_once_more(client, settings, stamp, is_taken):
    settings.SIGN_UP_TAKES = 2

    answer = sign_up(client, opened=stamp())

    assert (answer.status_code, User.objects.filter(email="sari@people.example").exists()) == ((302, True) if is_taken else (200, False))


def test_whoever_was_merely_quick_loses_nothing_and_sends_the_same_again(client, settings):
    settings.SIGN_UP_TAKES = 2
    page = sign_up(client, opened=opened(0))
    form = page.context["form"]

    settings.SIGN_UP_TAKES = 0
    typed = {name: form[name].value() or "" for name in form.fields}
    again = client.post("/accounts/signup/", typed | {"password1": TOLD["password1"]})

    assert all(f'value="{TOLD[name]}"' in page.content.decode() for name in ("name", "email", "organisation_name"))
    assert (TOLD["reason"] in page.content.decode(), TOLD["password1"] in page.content.decode()) == (True, False)
    assert again.status_code == 302
