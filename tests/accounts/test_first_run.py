"""A real site without a secretariat: the code, the page, the terminal; and after that no trace of either."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import get_resolver
from django.utils import timezone

from cop_site.accounts import first_run
from cop_site.accounts.models import Invitation, SetUpCode, User
from cop_site.activity.models import Activity
from cop_site.activity.runner import run_pending
from tests import factories

pytestmark = pytest.mark.django_db
STEWARD = {
    "name": "Ratna Pengelola",
    "email": "Ratna@Steward.example",
    "password": "tikar pandan empat helai",
    "second": "kedua@steward.example",
    "third": "ketiga@steward.example",
}


@pytest.fixture(autouse=True)
def real_site(settings):
    len(get_resolver().url_patterns)  # read once, and for all tests: by the settings of a demo
    settings.IS_DEMO = False


@pytest.fixture
def code(db):
    return first_run.make_code()


def stewards():
    return User.objects.filter(role="secretariat", is_active=True)


def send(client, **told):
    return client.post("/setup/", STEWARD | told)


def test_every_page_leads_to_the_set_up_page_and_machines_are_answered(client):
    answers = {path: client.get(path) for path in ("/", "/library/", "/accounts/login/", "/accounts/people/", "/api/v1/search")}
    english, machines = client.get("/en/library/"), client.get("/healthz")

    assert {path: (answer.status_code, answer.headers.get("Location")) for path, answer in answers.items()} == dict.fromkeys(
        answers, (302, "/setup/")
    )
    assert english.url == "/en/setup/"
    assert machines.status_code == 200


def test_the_first_steward_opens_the_site_with_the_code_and_invites_two(client, code):
    answer = send(client, code=code.upper().replace("-", " "))

    steward = stewards().get()
    assert (answer.status_code, answer.url) == (302, "/accounts/login/")
    assert (steward.email, steward.name, steward.check_password(STEWARD["password"])) == ("ratna@steward.example", "Ratna Pengelola", True)
    assert steward.emailaddress_set.get().verified is True
    assert [(one.email, one.role, one.invited_by) for one in Invitation.objects.order_by("pk")] == [
        ("kedua@steward.example", "secretariat", steward),
        ("ketiga@steward.example", "secretariat", steward),
    ]
    assert [one.verb for one in Activity.objects.filter(actor=steward).order_by("pk")] == [
        "opened-site",
        "invited-person",
        "invited-person",
    ]
    run_pending()
    assert sorted(letter.to[0] for letter in mail.outbox) == ["kedua@steward.example", "ketiga@steward.example"]


def test_once_there_is_a_secretariat_the_page_is_gone_and_the_others_are_there(client, code):
    send(client, code=code)

    assert (client.get("/setup/").status_code, send(client, code=code).status_code) == (404, 404)
    assert SetUpCode.objects.count() == 0
    assert client.get("/library/").status_code == 200
    assert stewards().count() == 1


def test_a_demo_has_no_set_up_page(client, settings, code):
    settings.IS_DEMO = True

    assert client.get("/setup/").status_code == 404
    assert send(client, code=code).status_code == 404


def test_the_systems_own_account_is_no_secretariat(client):
    User.objects.system()

    assert client.get("/setup/").status_code == 200


def test_without_the_code_nothing_is_made_and_no_mail_is_sent(client, code):
    answers = [send(client, code="salah"), send(client, code=""), send(client, code="salah", then="test-mail")]

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert (stewards().count(), len(mail.outbox)) == (0, 0)


def test_the_code_is_kept_as_a_hash_alone(code):
    held = SetUpCode.objects.get()

    assert code not in held.hash
    assert code.replace("-", "") not in held.hash


def test_ten_wrong_tries_end_the_code_and_the_right_one_does_not_count(client, code):
    for _try in range(9):
        send(client, code="salah")
    assert first_run.is_right(code) is True

    send(client, code="salah")

    assert send(client, code=code).status_code == 422
    assert stewards().count() == 0
    assert send(client, code=first_run.make_code()).status_code == 302


def test_a_code_ends_after_a_day_and_with_the_next_one(client, code):
    newer = first_run.make_code()
    assert first_run.is_right(code) is False
    assert first_run.is_right(newer) is True

    SetUpCode.objects.update(made_at=timezone.now() - timedelta(hours=24, seconds=1))

    assert (first_run.is_right(newer), first_run.has_code()) == (False, False)


@pytest.mark.parametrize(
    ("field", "value"),
    [("password", "pendek"), ("password", "Ratna Pengelola"), ("name", "12345"), ("email", "bukan alamat"), ("third", STEWARD["second"])],
)
def test_what_cannot_be_taken_is_said_at_its_field_and_makes_nobody(client, code, field, value):
    answer = send(client, code=code, **{field: value})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert STEWARD["password"] not in answer.content.decode()
    assert stewards().count() == 0


def test_a_test_mail_goes_to_the_address_and_what_was_typed_stays(client, code):
    answer = send(client, code=code, then="test-mail", password="")

    [letter] = mail.outbox
    assert (answer.status_code, letter.to) == (200, ["Ratna@Steward.example"])
    assert answer.context["tried"].is_good is True
    assert [answer.context["form"][name].value() for name in ("code", "name", "second")] == [code, STEWARD["name"], STEWARD["second"]]


def test_a_mail_server_that_does_not_answer_is_said_so(client, code, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 9

    answer = send(client, code=code, then="test-mail")

    assert (answer.status_code, answer.context["tried"].is_good) == (200, False)
    assert "ConnectionRefusedError" in answer.context["tried"].words


def test_without_a_mail_server_it_is_said_where_the_mail_lies(client, code, settings, tmp_path):
    settings.EMAIL_BACKEND, settings.MAIL_FOLDER = first_run.WRITES_FILES, tmp_path

    answer = send(client, code=code, then="test-mail")

    assert str(tmp_path) in answer.context["tried"].words
    assert len(list(tmp_path.glob("*.eml"))) == 1


def test_the_page_says_what_the_site_has(client, vocabulary):
    checks = {check.name: check.is_good for check in client.get("/en/setup/").context["checks"]}

    assert checks == {"Languages": True, "Vocabularies": True, "Mail": True}


# --- the terminal; tests have none to type into


def test_the_terminal_gives_a_new_code(code):
    said = StringIO()

    call_command("setup", stdout=said)

    newer = said.getvalue().split("type this code there: ")[1].split()[0]
    assert (first_run.is_right(code), first_run.is_right(newer)) == (False, True)


def test_the_terminal_gives_a_link_to_the_first_steward(client):
    said = StringIO()

    call_command("setup", email="ratna@steward.example", stdout=said)
    path = said.getvalue().split("http://localhost:8000")[-1].strip()
    answer = client.post(path, {"name": "Ratna", "password": STEWARD["password"]})

    assert (answer.status_code, answer.url) == (302, "/accounts/login/")
    assert (User.objects.get(email="ratna@steward.example").role, first_run.is_open()) == ("secretariat", False)


def test_the_terminal_refuses_a_site_that_is_looked_after_and_a_demo(settings):
    factories.person(role="secretariat")
    with pytest.raises(CommandError, match="has its secretariat already"):
        call_command("setup")

    settings.IS_DEMO = True

    with pytest.raises(CommandError, match="COP_MODE=production"):
        call_command("setup")
