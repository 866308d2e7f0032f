"""The demo's mailbox and its list of accounts."""

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop_site.core.mail import EmlBackend
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(settings, tmp_path):
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.SITE_URL = "http://localhost:8000"
    return settings.MAIL_FOLDER


def send(subject="Ada kabar untuk Anda", body="Salam hangat,", to="ibu@people.example"):
    EmlBackend().send_messages([EmailMessage(subject, body, "situs@people.example", [to])])


def only_letter(client):
    return client.get(reverse("demo-mails")).context["letters"][0]


def test_mails_are_listed_newest_first(client, mailbox):
    send(subject="Yang pertama")
    send(subject="Yang kedua", to="bapak@people.example")

    page = client.get("/demo/mail/")

    assert [letter.subject for letter in page.context["letters"]] == ["Yang kedua", "Yang pertama"]
    assert [letter.to for letter in page.context["letters"]] == ["bapak@people.example", "ibu@people.example"]
    assert page.status_code == 200


def test_an_empty_mailbox_says_how_to_fill_it(client, mailbox):
    page = client.get("/demo/mail/")

    assert page.context["letters"] == []
    assert reverse("account_signup") in page.content.decode()


def test_links_into_the_site_can_be_followed_whatever_port_it_runs_on(client, mailbox):
    send(body="Buka tautan ini:\nhttp://localhost:8000/accounts/confirm-email/MQ:abc:def/?dari=surel.\nTerima kasih.")

    page = client.get(reverse("demo-mail", args=[only_letter(client).name]), headers={"host": "127.0.0.1"})

    assert 'href="/accounts/confirm-email/MQ:abc:def/?dari=surel"' in page.content.decode()
    assert ">http://localhost:8000/accounts/confirm-email/MQ:abc:def/?dari=surel</a>." in page.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/accounts/",
        "http://localhost:8000@evil.example/",
        "javascript:alert(1)",
        "//evil.example/",
        "ftp://localhost:8000/x",
    ],
)
def test_no_other_address_becomes_a_link(client, mailbox, address):
    send(body=f"Lihat {address} segera.")

    page = client.get(reverse("demo-mail", args=[only_letter(client).name]))

    assert page.status_code == 200
    assert [part.path for part in page.context["letter"].parts if part.path] == []
    assert address in page.content.decode()


def test_a_mail_is_shown_as_the_plain_text_it_is(client, mailbox):
    send(subject="<b>Perihal</b>", body="<script>alert(1)</script>\nBaris kedua: ä, “kutip”.")

    page = client.get(reverse("demo-mail", args=[only_letter(client).name])).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>Baris kedua: ä, “kutip”." in page
    assert "<b>Perihal</b>" not in page


@pytest.mark.parametrize("name", ["20260101-000000-000000000-00000000", "..%2f..%2fsecret-key", "..", "x"])
def test_what_is_no_mail_is_not_found(client, mailbox, name):
    (mailbox.parent / "secret-key.eml").write_text("To: x\n\nrahasia")

    assert client.get(f"/demo/mail/{name}/").status_code == 404


@pytest.mark.parametrize("path", ["/demo/", "/demo/mail/", "/demo/mail/x/", "/en/demo/mail/"])
def test_a_real_site_has_no_such_page(client, settings, mailbox, path):
    factories.person(role="secretariat")  # without one every page leads to the first run
    settings.IS_DEMO = False

    assert client.get(path).status_code == 404


def test_nothing_can_be_sent_to_the_mailbox(client, mailbox):
    assert client.post("/demo/mail/").status_code == 405


def test_the_accounts_page_tells_addresses_roles_and_password(client):
    page = client.get("/en/demo/")

    accounts = {account["email"]: (account["role"], account["tasks"]) for account in page.context["accounts"]}
    assert accounts["reviewer@demo.example"] == ("Member", ["Reviewer", "Safety reviewer"])
    assert accounts["moderator@demo.example"] == ("Moderator", [])
    assert len(accounts) == 20
    assert "<code>demo-tppo-yogya</code>" in page.content.decode()


def test_every_page_leads_to_the_accounts(client):
    page = client.get(reverse("account_login")).content.decode()

    assert f'href="{reverse("demo-sign-ins")}"' in page
    assert f'href="{reverse("demo-mails")}"' in page


def test_the_list_costs_the_same_for_any_number_of_mails(client, mailbox):
    send()
    client.get("/demo/mail/")  # what every page has in its foot is read once
    with CaptureQueriesContext(connection) as for_one:
        client.get("/demo/mail/")
    for _number in range(19):
        send()

    with CaptureQueriesContext(connection) as for_twenty:
        page = client.get("/demo/mail/")

    assert len(page.context["letters"]) == 20
    assert len(for_twenty) == len(for_one)
