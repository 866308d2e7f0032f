"""The pages for what did not work."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
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
    assert errors.too_many_requests(request_of_a_visitor)["Retry-After"] == "300"


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
