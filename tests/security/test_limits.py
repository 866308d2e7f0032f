"""How often the door may be tried: counted per account and per address of the network, said with 429, never widened."""

import subprocess
import sys
from datetime import timedelta
from time import time
from uuid import uuid4

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from cop_site.accounts import limits as limited
from cop_site.core import tally
from tests import factories
from tests.directory import factories as entries
from tests.forums import factories as talks

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
    tally.forget()
    yield
    cache.clear()
    tally.forget()


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


# --- visitors, searches, and what members send


@pytest.fixture
def clock(monkeypatch):
    """Time that stands still between two requests, and goes on when it is told to."""

    class Clock:
        now = (time() // 60) * 60 + 5.0

    monkeypatch.setattr(tally.time, "time", lambda: Clock.now)
    return Clock


def visit(**extra):
    """An address that leads elsewhere: cheap to ask for."""
    return Client().get("/accounts/sessions/", **extra)


def statuses(number, ask):
    return [ask().status_code for _time in range(number)]


def test_a_visitor_asks_for_fifty_pages_in_ten_seconds_and_two_hundred_in_a_minute(clock, db):
    assert statuses(51, visit) == [302] * 50 + [429]
    refused = visit()
    assert 5 <= int(refused["Retry-After"]) <= 15
    for _slot in range(3):
        clock.now += 20
        assert statuses(50, visit) == [302] * 50
    clock.now += 11  # now the first burst counts no more

    assert statuses(1, visit) == [302]


def test_two_hundred_pages_a_minute_are_all_however_they_are_spread(clock, db):
    answers = []
    for _second in range(55):
        clock.now += 1
        answers += statuses(4, visit)

    assert answers.index(429) == 200
    assert statuses(1, lambda: visit(REMOTE_ADDR="10.9.9.9")) == [302]


def test_whoever_was_told_to_wait_may_go_on_when_the_time_is_over(clock, db):
    statuses(51, visit)

    clock.now += int(visit()["Retry-After"])

    assert visit().status_code == 302


def test_the_signed_in_are_counted_by_what_they_do_and_some_addresses_not_at_all(ada):
    member = Client()
    member.force_login(ada)
    statuses(51, visit)

    assert Client().get("/api/v1/search?q=migran").json().keys() == {"detail"}
    assert {Client().get("/status/").status_code, member.get("/status/").status_code} == {429, 200}
    assert {Client().get(path).status_code for path in ("/healthz", "/api/v1/suggest?q=")} == {200}


def test_nobody_behind_the_same_address_keeps_an_owner_from_the_door(ada):
    own = Client()
    come_in(ada, own)
    own.post("/accounts/logout/")
    statuses(51, visit)

    assert visit().status_code == 429
    assert own.get(LOGIN).status_code == 200
    assert statuses(51, lambda: own.get("/accounts/sessions/"))[-1] == 429


def test_a_claimed_origin_brings_a_visitor_no_more_pages(clock, settings, db):
    def ask(number):
        return visit(headers={"x-forwarded-for": f"203.0.113.{number}, 198.51.100.7"}).status_code

    assert [ask(number) for number in range(51)][-1] == 429
    tally.forget()
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    assert [ask(number) for number in range(51)][-1] == 429


def test_a_form_that_met_the_limit_can_be_sent_again_without_its_password(clock, db):
    client = Client(headers={"origin": "http://testserver"})
    statuses(51, visit)

    refused = client.post(SIGN_UP, TOLD)
    page = refused.content.decode()

    assert (refused.status_code, TOLD["reason"] in page, TOLD["password1"] in page) == (429, True, False)
    assert int(refused["Retry-After"]) > 0


@pytest.mark.parametrize("path", ["/search/", "/library/", "/directory/", "/api/v1/search"])
def test_thirty_searches_a_minute_are_all_for_a_person_wherever_she_is(path, ada):
    client = Client()
    client.force_login(ada)
    for number in range(30):
        limited.seconds_to_wait(_asking(ada, f"10.0.0.{number}"), "search")

    refused = client.get(path, {"q": "migran"})

    assert refused.status_code == 429
    assert 50 <= int(refused["Retry-After"]) <= 60
    assert Client().get(path, {"q": "migran"}).status_code == 200


def test_lists_without_words_are_no_searches(ada):
    client = Client()
    client.force_login(ada)
    for _time in range(31):
        limited.seconds_to_wait(_asking(ada), "search")

    assert [client.get(path).status_code for path in ("/library/?page=1", "/directory/?scale=desa", "/search/")] == [200, 200, 200]


def _asking(person, address="127.0.0.1"):
    request = RequestFactory().get("/search/?q=migran", REMOTE_ADDR=address)
    request.user = person
    return request


@pytest.mark.parametrize(("days", "most"), [(1, 3), (13, 3), (15, 60)])
def test_new_members_post_three_times_an_hour_and_others_sixty(days, most, db):
    person = talks.known(factories.person("Baru", date_joined=timezone.now() - timedelta(days=days)))
    topic = talks.topic(talks.forum(), factories.person("Lama"))
    client = Client()
    client.force_login(person)
    for _time in range(most - 1):
        limited.count(_sending(person), "first_posts" if most == 3 else "post", key=str(person.pk))

    last, more = (client.post(f"/forums/t/{topic.pk}/reply/", {"text": f"Jawaban kami nomor {number}."}) for number in (1, 2))

    assert (last.status_code, more.status_code) == (302, 429)
    assert "Jawaban kami nomor 2." in more.content.decode()
    assert 3500 <= int(more["Retry-After"]) <= 3600
    assert topic.posts.count() == 2


def _sending(person):
    request = RequestFactory().post("/")
    request.user = person
    return request


def test_questions_to_organisations_have_a_limit_and_keep_their_words(ada):
    steward, organisation = factories.person("Pengelola"), factories.organisation("Lembaga Tujuan", is_listed=True)
    entries.steward(steward, organisation)
    entry, client = entries.listing(of=organisation), Client()
    client.force_login(ada)
    for _time in range(10):
        limited.count(_sending(ada), "inquiry", key=str(ada.pk))

    refused = client.post(f"/directory/{entry.organisation.slug}/ask/", {"question": "Apakah layanan ini untuk keluarga?"})

    assert (refused.status_code, "Apakah layanan ini untuk keluarga?" in refused.content.decode()) == (429, True)
    assert not entry.inquiries.exists()


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(1, "1 second"), (60, "60 seconds"), (61, "2 minutes"), (3600, "60 minutes"), (3601, "2 hours"), (86_400, "24 hours")],
)
def test_the_sentence_says_how_long_and_never_too_short(seconds, said):
    with translation.override("en"):
        assert limited.words_for(seconds) == said


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


VISIT = """
import django; django.setup()
from cop_site.core import tally
print([tally.wait("KEY", ((50, 60),)) for _ in range(30)].count(0))
"""


@pytest.mark.services
def test_several_processes_count_visitors_together():
    script = VISIT.replace("KEY", str(uuid4()))

    said = [subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip() for _time in range(2)]

    assert said == ["30", "20"]
