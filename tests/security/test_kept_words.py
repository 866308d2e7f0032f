"""Nothing typed is lost (R13): what the server can do about it, form by form. Tabs and connections: tests/browser/test_states.py."""

from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import get_resolver, reverse

from cop_site.accounts.entry import actions, links
from cop_site.accounts.models import User
from cop_site.core import errors
from tests import factories
from tests.library.factories import make_practice, published, reported, submitted

WORDS = "Kata yang ditulis lama dan tidak boleh hilang"


@pytest.fixture
def rows(cast):
    author, reviewer = cast["member"], cast["reviewer"]
    return {
        "draft": make_practice(author, title="Draf kelas bahasa"),
        "submitted": submitted(author, title="Posko keliling"),
        "published": (shelved := published(author, reviewer, title="Kelas membaca kontrak")),
        "report": reported(shelved, cast["member2"]),
        "application": cast["applicant"].application,
        "handle": cast["colleague"].handle,
    }


def _address(name, *row):
    return lambda rows: reverse(name, args=[getattr(rows[one], field) if field else rows[one] for one, field in row])


# Each form: who writes, the page it stands on, where it is sent, its field, and the other fields that say what it is about.
FORMS = {
    "share": ("member", _address("share"), _address("share"), "title", {}),
    "edit": ("member", _address("practice-edit", ("draft", "slug")), None, "title", {"slug": ("draft", "slug")}),
    "review": (
        "reviewer",
        _address("review-item", ("submitted", "pk")),
        None,
        "text",
        {"about": ("submitted", "pk", "waiting-{}"), "decision": "refuse"},
    ),
    "a comment of a review": (
        "reviewer",
        _address("review-item", ("submitted", "pk")),
        None,
        "comment-results",
        {"about": ("submitted", "pk", "waiting-{}"), "decision": "refuse"},
    ),
    "a report of use": ("member2", _address("practice-tried", ("published", "slug")), None, "text", {"about": ("published", "slug")}),
    "a decision about a report": (
        "reviewer",
        _address("review-report", ("report", "pk")),
        None,
        "text",
        {"about": ("report", "pk"), "decision": "refuse"},
    ),
    "a level of evidence": (
        "reviewer",
        _address("practice-evidence", ("published", "slug")),
        None,
        "text",
        {"about": ("published", "slug")},
    ),
    "a report taken back": ("member2", _address("report-withdraw", ("report", "pk")), None, "text", {"about": ("report", "pk")}),
    "sealed": ("moderator", _address("practice-sealed", ("draft", "pk")), None, "reason", {"about": ("draft", "pk")}),
    "withdraw": ("member", _address("practice-withdraw", ("published", "slug")), None, "text", {"about": ("published", "slug")}),
    "decline": (
        "secretariat",
        _address("application", ("application", "pk")),
        _address("decline", ("application", "pk")),
        "answer",
        {"about": ("application", "pk")},
    ),
    "circle": ("convenor", _address("circles"), None, "purpose_id", {}),
    "task": (
        "secretariat",
        _address("person", ("handle", "")),
        _address("grant-task", ("handle", "")),
        "task-reason",
        {"about": ("handle", "")},
    ),
    "suspend": (
        "secretariat",
        _address("person", ("handle", "")),
        _address("suspend", ("handle", "")),
        "suspend-reason",
        {"about": ("handle", "")},
    ),
}


@pytest.fixture(params=FORMS)
def form(request, rows, cast):
    who, page, target, field, besides = FORMS[request.param]
    told = {field: WORDS} | {name: _filled(value, rows) for name, value in besides.items()}
    return cast[who], page(rows), (target or page)(rows), told


def _filled(value, rows):
    if isinstance(value, str):
        return value
    row, attribute, *shape = value
    return (shape[0] if shape else "{}").format(getattr(rows[row], attribute) if attribute else rows[row])


def test_words_sent_after_the_session_ended_stand_in_their_form_again(client, form):
    person, page, target, told = form
    client.force_login(person)
    Session.objects.all().delete()

    sent = client.post(target, told, headers={"referer": f"http://testserver{page}"})
    client.post(sent.url, {"login": person.email, "password": factories.PASSWORD, "next": page})

    assert (sent.status_code, sent.url) == (302, f"/accounts/login/?next={page}")
    assert WORDS in unescape(client.get(page).content.decode())


def test_words_of_a_form_that_was_open_too_long_are_offered_to_be_sent_again(form):
    person, _page, target, told = form
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)

    refused = client.post(target, told, headers={"origin": "http://testserver"})

    assert refused.status_code == 403
    assert dict(refused.context["fields"]) == told
    assert WORDS in unescape(refused.content.decode())


@pytest.mark.parametrize("status", [429, 503])
def test_words_that_met_a_limit_are_offered_to_be_sent_again(rf, form, status):
    person, _page, target, told = form
    request = rf.post(target, told, HTTP_ORIGIN="http://testserver")
    request.user = person

    refused = errors.error_page(request, status).content.decode()

    assert f'action="{target}"' in refused
    assert WORDS in unescape(refused)


def test_a_page_that_could_not_take_the_form_shows_the_words_again(client, form):
    """Each form has one thing too few, or a number that no text may hold."""
    person, _page, target, told = form
    client.force_login(person)
    number = f"{WORDS} 3301041708990001"

    answer = client.post(target, {name: number if value == WORDS else value for name, value in told.items()})

    assert answer.status_code == 422
    assert number in unescape(answer.content.decode())


def test_what_is_too_large_says_that_the_words_are_still_where_they_were(client, form, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    person, _page, target, _told = form
    client.force_login(person)

    answer = client.post(target, "a" * 100, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 413


def test_words_about_one_person_never_come_back_on_the_page_of_another(client, cast):
    secretariat = cast["secretariat"]
    client.post(
        reverse("suspend", args=["colleague"]),
        {"suspend-reason": WORDS, "about": "colleague"},
        headers={"referer": "http://testserver" + reverse("person", args=["colleague"])},
    )
    client.force_login(secretariat)

    shown = {handle: WORDS in client.get(reverse("person", args=[handle])).content.decode() for handle in ("colleague", "member2")}

    assert shown == {"colleague": True, "member2": False}


def test_every_form_with_words_of_more_than_a_line_is_kept_in_its_tab(client, form):
    person, page, _target, _told = form
    client.force_login(person)

    html = client.get(page).content.decode()

    assert '<keep-text key="' in html


# --- forms that carry a password or a code: everything but that comes back, without a script and without a session

SECRET = "tikar pandan empat helai"
WITH_SECRETS = {
    "sign-up": (
        lambda rows: reverse("account_signup"),
        {"name": "Ada", "email": "ada@people.example", "organisation_name": "Lembaga", "requested_role": "member", "reason": WORDS},
        {"password1": SECRET},
    ),
    "sign-in": (lambda rows: reverse("account_login"), {"login": "ada@people.example"}, {"password": SECRET}),
    "invitation": (lambda rows: links.path_of(rows["invitation"]), {"name": WORDS}, {"password": SECRET}),
    "set-up": (
        lambda rows: reverse("first-run"),
        {"name": WORDS, "email": "ada@people.example", "second": "kedua@people.example"},
        {"password": SECRET, "code": "abcd-efgh-jkmn"},
    ),
}


@pytest.fixture(params=WITH_SECRETS)
def secret_form(request, cast, settings):
    invitation = actions.invite_person(by=cast["secretariat"], email="tamu@people.example", role="member")
    if request.param == "set-up":
        len(get_resolver().url_patterns)  # read once, and for all tests: by the settings of a demo
        settings.IS_DEMO = False
        User.objects.filter(role="secretariat").update(role="moderator")
    address, told, secrets = WITH_SECRETS[request.param]
    return address({"invitation": invitation}), told, secrets


def test_a_form_with_a_secret_that_lost_its_token_comes_back_with_all_but_the_secret(secret_form):
    path, told, secrets = secret_form
    stranger = Client(enforce_csrf_checks=True)
    from_here = {"origin": "http://testserver"}

    refused = stranger.post(path, told | secrets, headers=from_here)
    again = dict(refused.context["fields"]) | {"csrfmiddlewaretoken": stranger.cookies["csrftoken"].value}
    form = stranger.post(path, again, headers=from_here)

    page = unescape(form.content.decode())
    assert refused.status_code == 403
    assert dict(refused.context["fields"]) == told
    assert [value for value in told.values() if f'value="{value}"' not in page and f">\n{value}</textarea>" not in page] == []
    assert [value for value in secrets.values() if value in refused.content.decode() + page] == []


@pytest.mark.parametrize("status", [429, 503])
def test_a_form_with_a_secret_that_met_a_limit_comes_back_with_all_but_the_secret(rf, secret_form, status, cast):
    path, told, secrets = secret_form
    request = rf.post(path, told | secrets, HTTP_ORIGIN="http://testserver")
    request.user = AnonymousUser()

    refused = unescape(errors.error_page(request, status).content.decode())

    assert [value for value in told.values() if f'value="{value}"' not in refused] == []
    assert [value for value in secrets.values() if value in refused] == []


def test_a_form_with_a_secret_that_could_not_be_taken_shows_its_words_again(client, secret_form):
    path, told, secrets = secret_form

    page = unescape(client.post(path, told | {name: "zq7" for name in secrets if name.startswith("password")}).content.decode())

    assert [value for value in told.values() if f'value="{value}"' not in page and f">\n{value}</textarea>" not in page] == []
    assert "zq7" not in page
