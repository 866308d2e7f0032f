"""What somebody typed is kept with their session and given back; secrets and strangers' words are not."""

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.test import RequestFactory

from cop_site.core import drafts


@pytest.fixture
def post():
    """A posted request with a session that the next one shares."""
    session = SessionStore()

    def send(fields, **headers):
        request = RequestFactory().post("/library/share/", fields, **headers)
        request.session = session
        request.resolver_match = None
        return request

    return send


def test_what_was_kept_is_given_back_until_it_is_dropped(post):
    drafts.keep(post({"title": "Rumah aman", "mandate": ["a", "b"]}), "share")

    kept = drafts.recall(post({}), "share")
    assert dict(kept.lists()) == {"title": ["Rumah aman"], "mandate": ["a", "b"]}
    drafts.drop(post({}), "share")

    assert drafts.recall(post({}), "share") is None


def test_forms_do_not_mix(post):
    drafts.keep(post({"text": "satu"}), "share")

    assert drafts.recall(post({}), "review") is None


def test_secrets_tokens_and_keys_are_never_kept(post):
    secrets = dict.fromkeys(("csrfmiddlewaretoken", "deed_key", "password", "password1", "password2", "oldpassword", "code"), "x")

    drafts.keep(post({"name": "Ada", **secrets}), "sign-up")

    assert dict(drafts.recall(post({}), "sign-up").lists()) == {"name": ["Ada"]}


def test_five_forms_are_kept_the_newest_ones(post):
    for number in range(7):
        drafts.keep(post({"text": str(number)}), f"form-{number}")

    kept = [number for number in range(7) if drafts.recall(post({}), f"form-{number}")]

    assert kept == [2, 3, 4, 5, 6]


def test_a_text_beyond_measure_is_not_kept(post):
    drafts.keep(post({"text": "x" * 200_001}), "share")

    assert drafts.recall(post({}), "share") is None


@pytest.mark.parametrize(
    ("headers", "is_offered"),
    [
        ({"HTTP_ORIGIN": "http://testserver"}, True),
        ({"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}, True),
        ({"HTTP_REFERER": "http://testserver/library/share/"}, True),
        ({"HTTP_ORIGIN": "https://evil.example"}, False),
        ({"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "cross-site"}, False),
        ({"HTTP_ORIGIN": "null"}, False),
        ({"HTTP_REFERER": "https://evil.example/testserver"}, False),
        ({}, False),
    ],
)
def test_only_what_this_site_sent_is_offered_to_be_sent_again(headers, is_offered, post):
    fields = drafts.to_send_again(post({"title": "Rumah aman", "csrfmiddlewaretoken": "x"}, **headers))

    assert fields == ([("title", "Rumah aman")] if is_offered else [])


def test_a_form_with_a_secret_is_offered_again_without_it(post):
    secrets = dict.fromkeys(("code", "password", "password1", "password2", "oldpassword"), "rahasia")

    request = post({"login": "ada@people.example", **secrets}, HTTP_ORIGIN="http://testserver")

    assert drafts.to_send_again(request) == [("login", "ada@people.example")]
    assert drafts.had_secret(request) is True
