"""How often the door may be tried: counted per account and per address of the network, said with 429, never widened."""

import subprocess
import sys
from uuid import uuid4

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db
LOGIN, SIGN_UP, RESET = "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"
TOLD = {
    "name": "Sari Anyaman",
    "email": "sari@people.example",
    "password1": "tikar pandan empat helai",
    "organisation_name": "Lembaga Pelita",
    "requested_role": "member",
    "reason": "Kami ingin belajar dari pengalaman lembaga lain.",
}


@pytest.fixture(autouse=True)
def limits(settings):
    settings.ACCOUNT_RATE_LIMITS = settings.LIMITS
    settings.MFA_RATE_LIMITS = {}
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ada(db):
    return factories.person("Ada", email="ada@people.example")


def fail(email, client=None, **extra):
    return (client or Client()).post(LOGIN, {"login": email, "password": "bukan yang ini, sungguh"}, **extra)


def come_in(person, client=None, **extra):
    return (client or Client()).post(LOGIN, {"login": person.email, "password": factories.PASSWORD}, **extra)


def from_(address):
    return {"REMOTE_ADDR": address}


# --- sign-in


@pytest.mark.parametrize("email", ["ada@people.example", "tak-ada@people.example"])
def test_five_failures_close_an_account_for_a_while_whether_it_exists_or_not(email, ada):
    tries = [fail(email, **from_(f"10.0.0.{number}")) for number in range(6)]

    assert [answer.status_code for answer in tries] == [200] * 5 + [429]
    assert 290 <= int(tries[5]["Retry-After"]) <= 300
    assert f'value="{email}"' in tries[5].content.decode()
    assert "bukan yang ini" not in tries[5].content.decode()


def test_the_right_password_does_not_open_what_is_closed_and_resets_no_count(ada):
    for number in range(4):
        fail(ada.email, **from_(f"10.0.0.{number}"))
    assert come_in(ada, **from_("10.0.1.1")).status_code == 302
    fail(ada.email, **from_("10.0.0.5"))

    assert come_in(ada, **from_("10.0.1.2")).status_code == 429


def test_ten_failures_a_minute_from_one_address_are_all(ada):
    tries = [fail(f"orang{number}@people.example").status_code for number in range(11)]

    assert tries == [200] * 10 + [429]
    assert come_in(ada).status_code == 429
    assert come_in(ada, **from_("10.0.0.9")).status_code == 302


def test_nobody_can_lock_the_owner_out_of_a_known_browser(ada):
    own = Client()
    come_in(ada, own)
    own.post("/accounts/logout/")
    for _number in range(12):
        fail(ada.email)
    assert come_in(ada, Client()).status_code == 429

    assert come_in(ada, own).status_code == 302


def test_a_known_browser_has_no_more_tries_than_others(ada):
    own = Client()
    come_in(ada, own)
    own.post("/accounts/logout/")

    assert [fail(ada.email, own).status_code for _number in range(6)] == [200] * 5 + [429]


def test_a_claimed_origin_widens_nothing(ada):
    tries = [
        fail(f"orang{number}@people.example", headers={"x-forwarded-for": f"203.0.113.{number}", "x-real-ip": f"203.0.113.{number}"})
        for number in range(11)
    ]

    assert tries[10].status_code == 429


def test_behind_a_proxy_only_what_the_proxy_wrote_counts(settings, ada):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    tries = [fail(f"orang{number}@people.example", headers={"x-forwarded-for": f"1.2.3.{number}, 203.0.113.7"}) for number in range(11)]

    assert tries[10].status_code == 429


# --- sign-up and reset


def test_one_address_gets_only_so_many_mails_by_sign_up_known_or_not(ada):
    answers = {email: [Client().post(SIGN_UP, TOLD | {"email": email}) for _time in range(6)] for email in (TOLD["email"], ada.email)}

    for tries in answers.values():
        assert [answer.status_code for answer in tries] == [302] * 5 + [429]
        page = tries[5].content.decode()
        assert (TOLD["reason"] in page, TOLD["password1"] in page) == (True, False)
        assert int(tries[5]["Retry-After"]) > 3500
    assert [letter.to for letter in mail.outbox].count([ada.email]) <= 5


def test_correcting_a_form_is_not_counted(db):
    client = Client()
    for _time in range(8):
        assert client.post(SIGN_UP, TOLD | {"reason": "Mau."}).status_code == 200

    assert client.post(SIGN_UP, TOLD).status_code == 302


@pytest.mark.parametrize("email", ["ada@people.example", "tak-ada@people.example"])
def test_a_forgotten_password_is_asked_for_five_times_an_hour(email, ada):
    tries = [Client().post(RESET, {"email": spelling}, **from_(f"10.0.0.{number}")) for number, spelling in enumerate([email] * 5)]
    late = Client().post(RESET, {"email": email.upper()})

    assert [answer.status_code for answer in tries] == [302] * 5
    assert (late.status_code, int(late["Retry-After"]) > 3500) == (429, True)
    assert f'value="{email.upper()}"' in late.content.decode()
    assert len(mail.outbox) == 5


# --- elsewhere


def test_a_limit_before_the_form_answers_with_the_page_for_it(ada):
    client = Client()
    client.force_login(ada)

    answers = [client.post("/accounts/password/change/", {"oldpassword": "bukan yang ini"}) for _time in range(6)]

    assert answers[5].status_code == 429
    assert answers[5]["Retry-After"] == "60"
    assert "bukan yang ini" not in answers[5].content.decode()


def test_limits_can_be_off_for_measurements(settings, ada):
    settings.ACCOUNT_RATE_LIMITS = False

    assert {fail(ada.email).status_code for _time in range(12)} == {200}


TRY = """
import django; django.setup()
from django.conf import settings; settings.ACCOUNT_RATE_LIMITS = settings.LIMITS
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from cop_site.accounts import limits
def one():
    try: return bool(limits.count(RequestFactory().post("/"), "login_failed", key="KEY"))
    except ValidationError: return False
print([one() for _ in range(3)])
"""


@pytest.mark.services
def test_several_processes_count_together():
    script = TRY.replace("KEY", str(uuid4()))

    said = [subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip() for _time in range(2)]

    assert said == ["[True, True, True]", "[True, True, False]"]
