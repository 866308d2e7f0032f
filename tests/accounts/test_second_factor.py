"""Codes and passkeys: what they ask, what they refuse, and who comes to no desk without one."""

import re
import time
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client

from cop_site.accounts import middleware
from cop_site.accounts.adapter import PROTECTION
from cop_site.accounts.models import User
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.cms.actions import ensure_home
from tests import factories
from tests.canary.addresses import all_patterns

pytestmark = pytest.mark.django_db
LOGIN, SECOND_STEP, TWO_FACTOR = "/accounts/login/", "/accounts/2fa/authenticate/", "/accounts/2fa/"
ACTIVATE = f"{TWO_FACTOR}totp/activate/"


@pytest.fixture(autouse=True)
def no_code_was_used():
    cache.clear()


@pytest.fixture
def ada(db):
    return factories.person("Ada", email="ada@people.example")


@pytest.fixture
def secret(ada):
    """The key in Ada's app."""
    key = generate_totp_secret()
    TOTP.activate(ada, key)
    return key


def code(secret, *, ahead=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def signed_in(person):
    """A client that came in through the sign-in page, with the password."""
    client = Client()
    client.post(LOGIN, {"login": person.email, "password": factories.PASSWORD})
    return client


def confirmed(person):
    """The same, who has just shown again that it is them."""
    client = signed_in(person)
    client.post("/accounts/reauthenticate/", {"password": factories.PASSWORD})
    return client


def set_up_app(client):
    """The key of the app, and the code that switched it on."""
    key = client.get(ACTIVATE).context["form"].secret
    used = code(key)
    assert client.post(ACTIVATE, {"code": used}).url == "/accounts/2fa/recovery-codes/"
    return key, used


def who_is(client):
    return client.session.get("_auth_user_id")


# --- the app


@pytest.mark.django_db(transaction=True)
def test_setting_up_the_app_ends_with_recovery_codes_and_a_mail(ada):
    client = confirmed(ada)
    page = client.get(ACTIVATE)
    key = page.context["form"].secret

    answer = client.post(ACTIVATE, {"code": code(key)})

    assert (answer.status_code, answer.url) == (302, "/accounts/2fa/recovery-codes/")
    assert f"<code>{key}</code>" in page.content.decode()
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    assert [letter.to for letter in mail.outbox] == [[ada.email]]
    assert "anyam" in mail.outbox[0].subject.lower()
    assert key not in str(Authenticator.objects.get(user=ada, type="totp").data)


def test_a_password_alone_no_longer_signs_in(ada, secret):
    client = Client()

    answer = client.post(LOGIN, {"login": ada.email, "password": factories.PASSWORD})

    assert (answer.status_code, answer.url, who_is(client)) == (302, SECOND_STEP, None)
    assert client.post(SECOND_STEP, {"code": "000000"}).status_code == 200
    assert who_is(client) is None
    client.post(SECOND_STEP, {"code": code(secret)})
    assert who_is(client) == str(ada.pk)


def test_a_code_signs_in_once(ada, secret):
    one_code, first, second = code(secret), signed_in(ada), signed_in(ada)

    first.post(SECOND_STEP, {"code": one_code})
    again = second.post(SECOND_STEP, {"code": one_code})

    assert who_is(first) == str(ada.pk)
    assert (again.status_code, who_is(second)) == (200, None)


def test_the_code_that_switched_the_app_on_is_spent(ada):
    _key, used = set_up_app(confirmed(ada))

    other = signed_in(ada)
    other.post(SECOND_STEP, {"code": used})

    assert Authenticator.objects.filter(user=ada, type="totp").count() == 1
    assert who_is(other) is None


def test_a_recovery_code_signs_in_once_and_is_shown_once(ada):
    client = confirmed(ada)
    set_up_app(client)
    shown = re.findall(r"<code>(\d{8})</code>", client.get("/accounts/2fa/recovery-codes/").content.decode())
    assert len(shown) == 10
    assert re.findall(r"<code>(\d{8})</code>", client.get("/accounts/2fa/recovery-codes/").content.decode()) == []

    first, second = signed_in(ada), signed_in(ada)
    first.post(SECOND_STEP, {"code": shown[3]})
    second.post(SECOND_STEP, {"code": shown[3]})

    assert (who_is(first), who_is(second)) == (str(ada.pk), None)


def test_a_new_password_by_mail_keeps_the_second_factor_and_the_link_works_once(ada, secret):
    Client().post("/accounts/password/reset/", {"email": ada.email})
    link = re.search(r"http://localhost:8000(/\S+/reset/key/\S+)", mail.outbox[-1].body)[1]
    new = "perahu kecil menyusuri sungai"

    client = Client()
    form = client.get(link).url
    client.post(form, {"password1": new, "password2": new})
    late = Client()
    late_answer = late.get(link)

    ada.refresh_from_db()
    assert ada.check_password(new)
    assert late_answer.status_code == 200  # the page that says the link was used
    assert client.post(LOGIN, {"login": ada.email, "password": new}).url == SECOND_STEP
    assert who_is(client) is None
    assert [letter.to for letter in mail.outbox] == [[ada.email], [ada.email]]  # the link, and that it was used


def test_secrets_can_be_read_with_an_older_key_of_the_site(ada, settings):
    old = settings.SECRET_KEY
    key = generate_totp_secret()
    TOTP.activate(ada, key)

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 10, [old]

    client = signed_in(ada)
    client.post(SECOND_STEP, {"code": code(key)})
    assert who_is(client) == str(ada.pk)


# --- to change what protects an account, one shows again who one is


@pytest.mark.parametrize(
    "path", ["/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/", "/accounts/2fa/recovery-codes/generate/", "/accounts/email/"]
)
def test_what_protects_an_account_asks_who_is_there(path, ada):
    client = Client()
    client.force_login(ada)  # as if it were long ago

    answer = client.post(path, {"email": "lain@people.example", "action_add": ""})

    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/reauthenticate/")
    assert ada.emailaddress_set.count() == 1


def test_a_changed_address_is_told_to_the_old_one(ada):
    client = confirmed(ada)
    new = ada.emailaddress_set.create(email="ada-baru@people.example", verified=True)

    client.post("/accounts/email/", {"email": new.email, "action_primary": ""})

    ada.refresh_from_db()
    assert ada.email == new.email
    assert [letter.to for letter in mail.outbox] == [["ada@people.example"]]
    assert new.email not in mail.outbox[0].body


def test_a_changed_password_is_told(ada):
    client, new = signed_in(ada), "perahu kecil menyusuri sungai"
    other = signed_in(ada)

    client.post("/accounts/password/change/", {"oldpassword": factories.PASSWORD, "password1": new, "password2": new})

    ada.refresh_from_db()
    assert ada.check_password(new)
    assert [letter.to for letter in mail.outbox] == [[ada.email]]
    assert other.get("/accounts/sessions/").status_code == 302


# --- each of these changes is written down, and nothing more than that


@pytest.fixture
def journal(ada):
    return lambda: [(one.verb, one.actor, one.subject, one.facts, one.reason) for one in Activity.objects.order_by("pk")]


@pytest.mark.django_db(transaction=True)
def test_the_app_and_its_codes_stand_in_the_journal_with_every_change(ada, journal):
    client = confirmed(ada)

    set_up_app(client)
    client.post(f"{TWO_FACTOR}recovery-codes/generate/")
    client.post(f"{TWO_FACTOR}totp/deactivate/")

    assert journal() == [(verb, ada, ada, {}, "") for verb in (Verb.SWITCHED_APP_ON, Verb.RENEWED_RECOVERY_CODES, Verb.SWITCHED_APP_OFF)]


def test_a_passkey_taken_away_stands_in_the_journal(ada, journal):
    client = confirmed(ada)
    passkey = Authenticator.objects.create(user=ada, type="webauthn", data={"name": "Telepon Ada", "credential": {}})

    client.post(f"{TWO_FACTOR}webauthn/keys/{passkey.pk}/remove/")

    assert journal() == [(Verb.REMOVED_PASSKEY, ada, ada, {}, "")]


def test_a_new_password_stands_in_the_journal(ada, journal):
    client, new = signed_in(ada), "perahu kecil menyusuri sungai"

    client.post("/accounts/password/change/", {"oldpassword": factories.PASSWORD, "password1": new, "password2": new})
    Client().post("/accounts/password/reset/", {"email": ada.email})
    stranger = Client()
    form = stranger.get(re.search(r"http://localhost:8000(/\S+/reset/key/\S+)", mail.outbox[-1].body)[1]).url
    stranger.post(form, {"password1": factories.PASSWORD, "password2": factories.PASSWORD})

    assert journal() == [(verb, ada, ada, {}, "") for verb in (Verb.CHANGED_PASSWORD, Verb.RESET_PASSWORD)]


def test_a_changed_address_stands_in_the_journal_without_either_address(ada, journal):
    client = confirmed(ada)
    new = ada.emailaddress_set.create(email="ada-baru@people.example", verified=True)

    client.post("/accounts/email/", {"email": new.email, "action_primary": ""})
    client.post("/accounts/email/", {"email": "ada@people.example", "action_remove": ""})

    assert journal() == [(verb, ada, ada, {}, "") for verb in (Verb.CHANGED_ADDRESS, Verb.REMOVED_ADDRESS)]


def test_every_mail_about_what_protects_an_account_goes_with_a_line_in_the_journal():
    templates = Path(settings.ROOT, "templates")
    notices = [file for app in ("account", "mfa") for file in (templates / app / "email").glob("*_message.txt")]

    told = {str(file.relative_to(templates)).removesuffix("_message.txt") for file in notices if "base_notification" in file.read_text()}

    assert told == set(PROTECTION) | {"account/email/email_confirm"}  # an address is confirmed: nothing is protected otherwise than before


# --- people with an office

OFFICE = ["moderator", "secretariat", "editor", "auditor"]
DESKS = [
    ("secretariat", "/accounts/people/", 200),
    ("secretariat", "/en/accounts/applications/", 200),
    ("moderator", "/library/sealed/1/", 200),
    ("editor", "/admin/", 200),
    ("auditor", "/accounts/journal/", 200),
    ("secretariat", "/en/directory/desk/", 200),
    ("secretariat", "/directory/lembaga-tikar/merge/", 200),
]


@pytest.mark.parametrize(("part", "desk", "status"), DESKS)
def test_no_desk_opens_to_people_with_an_office_and_no_second_factor(part, desk, status, client, cast, settings):
    settings.STAFF_NEED_SECOND_FACTOR = True
    ensure_home(by=User.objects.system())
    client.force_login(cast[part])

    before = client.get(desk)
    TOTP.activate(cast[part], generate_totp_secret())

    assert (before.status_code, before.url) == (302, "/en/accounts/2fa/" if desk.startswith("/en/") else TWO_FACTOR)
    assert client.get(desk).status_code == status


def test_recovery_codes_alone_are_no_second_factor(client, cast, settings):
    settings.STAFF_NEED_SECOND_FACTOR = True
    RecoveryCodes.activate(cast["secretariat"])
    client.force_login(cast["secretariat"])

    assert client.get("/accounts/people/").url == TWO_FACTOR
    assert client.get(TWO_FACTOR).content.decode().count('class="page messages"') == 1


def test_whoever_has_no_office_needs_none(client, cast, settings):
    settings.STAFF_NEED_SECOND_FACTOR = True
    client.force_login(cast["reviewer"])

    assert client.get("/library/review/").status_code == 200


def test_every_page_that_only_office_opens_stands_behind_the_gate(cast, settings):
    """What a moderator or the secretariat may open and a member may not is a desk, and the gate knows it."""
    settings.STAFF_NEED_SECOND_FACTOR = True
    ensure_home(by=User.objects.system())
    paths = [f"/{route}" for route, _pattern in all_patterns() if re.fullmatch(r"[a-z0-9/-]+/", route) and not route.startswith("admin/")]

    open_to = {}
    for part in ("member", *OFFICE):
        client = Client()
        client.force_login(cast[part])
        open_to[part] = {path for path in paths if client.get(path).status_code == 200}

    assert {part: open_to[part] - open_to["member"] for part in OFFICE} == {part: set() for part in OFFICE}
    assert len(open_to["member"]) > 10


def test_what_those_who_lead_an_event_do_stands_behind_the_gate():
    leading = ["/desk/", "/desk/groups/", "/en/events/x/room/record/", "/edit/", "/room/backstage/", "/room/silence/"]
    coming = ["/", "/room/", "/room/replay/", "/rsvp/", "/certificate/", "/calendar.ics"]

    def is_desk_of_event(path):
        return middleware.is_desk(path if path.startswith("/en") else f"/events/x{path}")

    assert [path for path in leading if not is_desk_of_event(path)] == []
    assert [path for path in coming if is_desk_of_event(path)] == []


def test_what_moderators_do_with_topics_and_forums_stands_behind_the_gate_and_what_members_do_with_posts_does_not():
    leading = ["t/5/steer/", "t/5/split/", "t/5/merge/", "t/5/restore/", "aula/edit/", "aula/archive/", "p/5/unseal/"]
    writing = ["p/5/edit/", "p/5/restore/", "p/5/delete/", "t/5/reply/", "t/5/edit/", "aula/", "aula/new/"]

    assert [page for page in leading if not (middleware.is_desk(f"/forums/{page}") and middleware.is_desk(f"/en/forums/{page}"))] == []
    assert [page for page in writing if middleware.is_desk(f"/forums/{page}")] == []
