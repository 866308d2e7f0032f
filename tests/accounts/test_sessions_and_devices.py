"""Where somebody is signed in, signing out from afar, and the word about a browser not seen before."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.utils import timezone

from cop_site.accounts.clock import NOWHERE, forget_addresses_of_browsers
from cop_site.accounts.devices import browser_words
from cop_site.activity.models import Activity
from cop_site.activity.runner import run_pending
from cop_site.activity.verbs import Verb
from tests import factories

pytestmark = pytest.mark.django_db
LOGIN, SESSIONS = "/accounts/login/", "/accounts/sessions/"
PHONE = "Mozilla/5.0 (Linux; Android 13; SM-A146P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.fixture
def ada(db):
    return factories.person("Ada", email="ada@people.example")


def sign_in(person, client=None, agent=PHONE):
    client = client or Client(headers={"user-agent": agent})
    client.post(LOGIN, {"login": person.email, "password": factories.PASSWORD})
    return client


def is_in(client):
    return client.get(SESSIONS).status_code == 200


# --- sessions


def test_every_browser_stands_in_the_list_without_an_address_of_the_network(ada):
    phone, _laptop = sign_in(ada), sign_in(ada, agent=LAPTOP)

    page = phone.get(SESSIONS)

    assert [(session.browser, session.is_here) for session in page.context["sessions"]] == [
        ("Chrome, Android", True),
        ("Firefox, Linux", False),
    ]
    assert "127.0.0.1" not in page.content.decode()


def test_another_browser_is_signed_out_with_its_next_request(ada):
    phone, laptop = sign_in(ada), sign_in(ada, agent=LAPTOP)
    [far] = [session for session in phone.get(SESSIONS).context["sessions"] if not session.is_here]
    assert is_in(laptop)

    answer = phone.post(f"{SESSIONS}{far.pk}/end/")

    assert (answer.status_code, answer.url) == (302, SESSIONS)
    assert (is_in(phone), is_in(laptop)) == (True, False)


def test_everywhere_means_here_too(ada):
    phone, laptop = sign_in(ada), sign_in(ada, agent=LAPTOP)

    answer = phone.post(f"{SESSIONS}end/")

    assert (answer.status_code, answer.url) == (302, LOGIN)
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert (is_in(phone), is_in(laptop)) == (False, False)
    assert UserSession.objects.count() == 0


def test_somebody_elses_browser_is_not_there(ada):
    other = sign_in(factories.person("Eve"))
    foreign = UserSession.objects.get()
    client = sign_in(ada, agent=LAPTOP)

    assert client.post(f"{SESSIONS}{foreign.pk}/end/").status_code == 404
    assert is_in(other)


def test_leaving_empties_the_browser_and_keeps_no_page(ada):
    client = sign_in(ada)
    assert "no-store" in client.get("/accounts/")["Cache-Control"]

    answer = client.post("/accounts/logout/")

    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert client.cookies["device"].value != ""
    assert not is_in(client)


def test_addresses_of_the_network_are_kept_for_a_day_and_ended_sessions_not_at_all(ada):
    sign_in(ada)
    sign_in(ada, agent=LAPTOP).post("/accounts/logout/")
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(days=2))

    forget_addresses_of_browsers(timezone.now())

    assert [(session.user, session.ip) for session in UserSession.objects.all()] == [(ada, NOWHERE)]


# --- browsers


def notices():
    run_pending()
    return [letter for letter in mail.outbox if "/accounts/sessions/" in letter.body]


def test_a_new_browser_is_told_of_and_a_known_one_is_not(ada):
    phone = sign_in(ada)
    assert notices() == []  # the very first time there is no other

    phone.post("/accounts/logout/")
    sign_in(ada, phone)
    assert notices() == []

    sign_in(ada, agent=LAPTOP)
    [letter] = notices()
    assert letter.to == [ada.email]
    assert Activity.objects.filter(verb=Verb.CAME_ANEW).count() == 1


def test_the_word_about_a_new_browser_says_neither_where_nor_with_what(ada):
    ada.name = "Ratna"
    ada.save()
    sign_in(ada)
    sign_in(ada, agent=LAPTOP)

    [letter] = notices()
    text = f"{letter.subject}\n{letter.body}"

    assert [word for word in ("127.0.0.1", "Firefox", "Linux", ada.name, ada.email) if word in text] == []


def test_a_cookie_that_was_tampered_with_makes_no_browser_known(ada):
    phone = sign_in(ada)
    stolen = Client(headers={"user-agent": LAPTOP})
    stolen.cookies["device"] = phone.cookies["device"].value[:-3] + "abc"

    sign_in(ada, stolen)

    assert len(notices()) == 1


def test_the_cookie_names_nobody(ada):
    cookie = sign_in(ada).cookies["device"]

    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert [word for word in (ada.email, ada.handle, ada.name) if word in cookie.value] == []


@pytest.mark.parametrize(("agent", "words"), [(PHONE, "Chrome, Android"), (LAPTOP, "Firefox, Linux"), ("curl/8", "Peramban lain")])
def test_browsers_are_named_as_their_owners_know_them(agent, words):
    assert browser_words(agent) in {words, "Another browser"}


# --- the account's own page


def test_the_account_page_leads_to_all_that_protects_it(ada):
    page = sign_in(ada).get("/accounts/").content.decode()

    wanted = ["/accounts/2fa/", SESSIONS, "/accounts/email/", "/accounts/password/change/"]
    assert [path for path in wanted if page.count(f'href="{path}"') != 1] == []
    assert ada.email in page


def test_visitors_have_no_account_page(client, db):
    assert client.get("/accounts/").url == "/accounts/login/?next=/accounts/"


def test_a_chosen_language_is_kept_and_mails_follow_it(ada):
    client = sign_in(ada)

    answer = client.post("/accounts/", {"language": "en"})
    refused = client.post("/accounts/", {"language": "xx"})

    ada.refresh_from_db()
    assert (answer.url, ada.language, refused.status_code) == ("/en/accounts/", "en", 422)
