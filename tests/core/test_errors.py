"""The pages for what did not work."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from cop_site.core import errors


@pytest.fixture
def request_of_a_visitor():
    request = RequestFactory().get("/library/lost/")
    request.user = AnonymousUser()
    return request


@pytest.mark.django_db
@pytest.mark.parametrize("status", [400, 403, 404, 413, 429, 503])
def test_an_error_page_is_a_whole_page_with_its_status_and_a_way_on(request_of_a_visitor, status):
    answer = errors.error_page(request_of_a_visitor, status)

    html = answer.content.decode()
    assert answer.status_code == status
    assert html.count("<h1>") == 1
    assert f'<p class="kicker">{status}</p>' in html
    assert 'class="button" href="/' in html
    assert '<meta name="robots" content="noindex">' in html


@pytest.mark.django_db
def test_too_many_requests_say_how_long_to_wait(request_of_a_visitor):
    with translation.override("en"):
        answer = errors.error_page(request_of_a_visitor, 429, retry_after=40)

    assert answer["Retry-After"] == "40"
    assert "Wait 40 seconds" in answer.content.decode()


@pytest.mark.django_db
def test_a_limit_without_a_length_still_sends_retry_after(request_of_a_visitor):
    assert errors.too_many_requests(request_of_a_visitor)["Retry-After"] == "60"


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_in_words(client, settings):
    client.handler.enforce_csrf_checks = True

    answer = client.post("/theme/", {"theme": "dark"})

    assert answer.status_code == 403
    assert 'class="unwoven"' in answer.content.decode()


def test_the_page_for_our_own_fault_asks_nothing_of_the_database(request_of_a_visitor):
    answer = errors.server_error(request_of_a_visitor)

    assert answer.status_code == 500
    assert "<h1>" in answer.content.decode()


LANGUAGES = {"id": "/library/lost/", "en": "/en/library/lost/"}


@pytest.mark.django_db
@pytest.mark.parametrize("status", [400, 403, 404, 413, 429, 503])
def test_an_error_page_speaks_the_language_of_its_address(status):
    said = {}

    for language, path in LANGUAGES.items():
        request = RequestFactory().get(path)
        request.user = AnonymousUser()
        with translation.override(language):
            said[language] = errors.error_page(request, status).content.decode()

    titles = {language: re.search(r"<h1>(.*?)</h1>", html)[1] for language, html in said.items()}
    assert titles["id"] != titles["en"]
    assert all(f'<html lang="{language}"' in html for language, html in said.items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_for_our_own_fault_speaks_both_languages_and_leads_to_the_state_of_the_site(request_of_a_visitor, language):
    with translation.override(language):
        html = errors.server_error(request_of_a_visitor).content.decode()

        assert f'<html lang="{language}"' in html
        assert translation.gettext("Something broke on our side") in html
        assert f'href="{reverse("status")}"' in html


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_too_large_is_said_to_be_too_large(client, settings, language):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    with translation.override(language):
        path = reverse("account_signup")

        answer = client.post(path, "reason=" + "x" * 2000, content_type="application/x-www-form-urlencoded")

        assert answer.status_code == 413
        assert translation.gettext("This is too large to send") in answer.content.decode()


@pytest.mark.django_db
def test_too_many_fields_are_too_large_as_well(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5

    answer = client.post("/accounts/signup/", {f"field-{number}": "a" for number in range(10)})

    assert answer.status_code == 413


@pytest.mark.django_db
@pytest.mark.parametrize("status", [429, 503])
def test_a_form_that_met_a_limit_is_offered_to_be_sent_again_with_all_its_words(status):
    request = _post({"text": "kata yang ditulis", "deed_key": "k", "csrfmiddlewaretoken": "t"})

    html = errors.error_page(request, status).content.decode()

    assert '<input type="hidden" name="text" value="kata yang ditulis">' in html
    assert '<input type="hidden" name="deed_key" value="k">' in html
    assert html.count('data-form="send-again"') == 1


@pytest.mark.django_db
def test_a_password_never_stands_in_a_page_that_sends_again():
    html = errors.error_page(_post({"login": "a@b.example", "password": "rahasia sekali"}), 429).content.decode()

    assert '<input type="hidden" name="login" value="a@b.example">' in html
    assert 'name="password"' not in html
    assert "rahasia sekali" not in html


@pytest.mark.django_db
def test_what_another_site_sent_is_not_offered_to_be_sent_again():
    html = errors.error_page(_post({"text": "kata orang lain"}, HTTP_ORIGIN="https://evil.example"), 429).content.decode()

    assert "kata orang lain" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_without_its_token_keeps_what_was_typed_in_both_languages(language):
    client = Client(enforce_csrf_checks=True)
    with translation.override(language):
        answer = client.post(reverse("set-theme"), {"theme": "dark", "note": "kata saya"}, headers={"Origin": "http://testserver"})

        assert answer.status_code == 403
        assert translation.gettext("This form has been open too long") in answer.content.decode()
    assert 'name="note" value="kata saya"' in answer.content.decode()


def _post(fields, **headers):
    request = RequestFactory().post("/library/share/", fields, **{"HTTP_ORIGIN": "http://testserver", **headers})
    request.user = AnonymousUser()
    return request
