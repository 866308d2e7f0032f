"""One address, two answers."""

import pytest
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from cop_site.core.pages import answer

LETTER = "{% load partials %}<h1>Surat</h1>{% partialdef lines inline %}<ol></ol>{% endpartialdef %}"


@pytest.fixture(autouse=True)
def letter(settings, tmp_path):
    (tmp_path / "letter.html").write_text(LETTER)
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "DIRS": [tmp_path], "OPTIONS": {**settings.TEMPLATES[0]["OPTIONS"], "context_processors": []}}
    ]


def request_with(**headers):
    request = RequestFactory().get("/library/", headers=headers)
    request.htmx = HtmxDetails(request)
    return request


@pytest.mark.parametrize(
    ("headers", "drawn"),
    [
        ({}, "<h1>Surat</h1><ol></ol>"),
        ({"hx-request": "true"}, "<ol></ol>"),
        ({"hx-request": "true", "hx-boosted": "true"}, "<h1>Surat</h1><ol></ol>"),
        ({"hx-request": "true", "hx-history-restore-request": "true"}, "<h1>Surat</h1><ol></ol>"),
    ],
)
def test_htmx_gets_the_part_and_everyone_else_the_page(headers, drawn):
    response = answer(request_with(**headers), "letter.html", {}, part="lines", status=422)

    assert response.content.decode() == drawn
    assert (response.status_code, response["Vary"]) == (422, "HX-Request")


def test_a_page_without_parts_is_always_whole():
    response = answer(request_with(**{"hx-request": "true"}), "letter.html")

    assert response.content.decode() == "<h1>Surat</h1><ol></ol>"
    assert "Vary" not in response
