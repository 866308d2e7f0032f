"""What must not come out: passwords, tokens, addresses and words in logs; versions and tracebacks in answers."""

import logging
import logging.config
import os
import re
import secrets
import subprocess
import sys
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import path

from cop_site import urls
from cop_site.accounts.models import User
from cop_site.activity.runner import run_pending
from cop_site.library.models import Practice
from tests import databases
from tests.library.factories import whole_form
from tests.test_start import PRODUCTION, SECRETS

PASSWORD = "kenari-sandi-qwvzx-berlapis"
ADDRESS = "kenari-surel@people.example"
WORD = "kenarikatazqx"
VERSION = re.compile(
    r"Traceback \(most recent|Django/\d|Wagtail \d|uvicorn|Python/3|CPython|django-allauth/|site-packages|DJANGO_SETTINGS", re.IGNORECASE
)


def broken(request):
    raise ValueError(f"{WORD} {ADDRESS}")


# The site's addresses and one that fails with a member's words in its mouth, for tests marked with this module.
urlpatterns = [path("broken/", broken), *urls.urlpatterns]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


@pytest.fixture
def everything_logged(caplog):
    """All that any logger says, down to the smallest."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.WARNING, logger="django.db.backends")  # SQL is logged in DEBUG only, which production refuses
    return lambda: caplog.text


@pytest.fixture
def lived(cast, organisation):
    """Somebody signs up, signs in wrongly and rightly, forgets the password, writes, searches, and does what fails."""
    visitor, member = Client(), Client()
    told = {
        "name": "Kenari",
        "email": ADDRESS,
        "password1": PASSWORD,
        "organisation_name": WORD,
        "requested_role": "member",
        "reason": f"Kami ingin {WORD} bersama.",
    }
    visitor.post("/accounts/signup/", told)
    visitor.post("/accounts/login/", {"login": ADDRESS, "password": PASSWORD})
    visitor.post("/accounts/login/", {"login": ADDRESS, "password": PASSWORD + "x"})
    visitor.post("/accounts/password/reset/", {"email": cast["member"].email})
    links = re.findall(r"https?://\S+", "".join(letter.body for letter in mail.outbox))
    for link in links:
        visitor.get(link.removeprefix("http://localhost:8000").removeprefix("http://testserver"))
    member.force_login(cast["member"])
    member.post("/library/share/", {**whole_form(organisation, title=f"Judul {WORD}"), "deed_key": str(uuid4())})
    member.post("/library/share/", {"title": f"{WORD} 3201014509870003", "deed_key": str(uuid4())})
    member.get("/search/", {"q": WORD})
    member.get(f"/library/{WORD}/")
    member.post("/theme/", {"next": f"//{WORD}"}, headers={"sec-fetch-site": "cross-site"})
    member.get("/", headers={"host": f"{WORD}.example"})
    Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": ADDRESS, "password": PASSWORD})
    run_pending()
    tokens = [part for link in links for part in re.findall(r"[\w:-]{20,}", link)]
    return {"tokens": tokens, "session": member.cookies["sessionid"].value}


def test_logs_hold_no_password_token_address_or_word(everything_logged, lived, cast):
    logged = everything_logged()

    assert User.objects.filter(email=ADDRESS).exists()
    assert Practice.objects.filter(title=f"Judul {WORD}").exists()
    assert lived["tokens"]
    said = {
        "password": PASSWORD,
        "address": ADDRESS,
        "member's address": cast["member"].email,
        "session": lived["session"],
        "word": f"Judul {WORD}",
    }
    assert [name for name, secret in said.items() if secret in logged] == []
    assert [token for token in lived["tokens"] if token in logged] == []


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_what_breaks_is_told_without_its_reason(settings):
    client = Client(raise_request_exception=False)
    settings.DEBUG_PROPAGATE_EXCEPTIONS = False

    answer = client.get("/broken/")

    page = answer.content.decode()
    assert answer.status_code == 500
    assert "<h1>" in page
    assert not VERSION.search(page)
    assert [secret for secret in (WORD, ADDRESS, "ValueError", "test_secrets") if secret in page] == []


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_the_log_of_what_broke_names_the_error_and_not_what_was_in_it(capfd, settings):
    logging.config.dictConfig(settings.LOGGING)

    Client(raise_request_exception=False).get("/broken/")

    logged = capfd.readouterr().err
    assert "ValueError" in logged
    assert "in broken" in logged
    assert [secret for secret in (WORD, ADDRESS) if secret in logged] == []


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/no-such-page/",
        "/library/%00/",
        "/api/v1/search?size=x",
        "/api/v1/no",
        "/admin/",
        "/accounts/confirm-email/x/",
        "/documents/1/a.pdf",
        "/healthz",
    ],
)
def test_no_answer_names_what_runs_here(address, client, db):
    answer = client.get(address)

    assert not VERSION.search(answer.content.decode())
    assert [name for name in answer.headers if name.lower() in {"server", "x-powered-by"}] == []


def test_a_database_has_no_account_that_anybody_could_sign_in_with(db):
    assert [person.handle for person in User.objects.all() if person.is_active and person.has_usable_password()] == []


def production(command, tmp_path, **changes):
    kept = {name: value for name, value in os.environ.items() if name not in SECRETS | {"DJANGO_ALLOW_ASYNC_UNSAFE"}}
    told = {**kept, **PRODUCTION, "SECRET_KEY": secrets.token_urlsafe(64), "COP_VAR": str(tmp_path), **changes}
    return subprocess.run([sys.executable, *command], cwd=databases.ROOT, env=told, capture_output=True, text=True, timeout=120)


@pytest.mark.slow
def test_django_has_nothing_to_warn_of_in_production(tmp_path):
    done = production(["manage.py", "check", "--deploy", "--fail-level", "WARNING"], tmp_path)

    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n"), done.stderr


@pytest.mark.slow
def test_production_has_debug_off_and_no_variable_turns_it_on(tmp_path):
    ask = "import django; django.setup(); from django.conf import settings; print(settings.DEBUG, settings.TEMPLATES[0]['OPTIONS'].get('debug'))"

    done = production(["-c", ask], tmp_path, DEBUG="1", DJANGO_DEBUG="True", DJANGO_SETTINGS_MODULE="cop_site.settings")

    assert done.stdout == "False None\n"


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL"])
def test_production_does_not_start_without(name, tmp_path):
    done = production(["manage.py", "check"], tmp_path, **{name: ""})

    assert done.returncode != 0
    assert done.stderr.startswith(f"{name}: ")
