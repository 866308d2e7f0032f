"""What the pages' own scripts, pictures and files may and may not do in a browser."""

import re

import pytest

from cop_site.core.assets import asset_url
from tests import databases

SCRIPTS = sorted((databases.ROOT / "static/js").glob("*.js"))
TEMPLATES = sorted((databases.ROOT / "templates").rglob("*.html"))
# Words that turn text into a document or into a program, and doors for messages from other windows.
WRITES_MARKUP = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|setHTMLUnsafe")
RUNS_TEXT = re.compile(r"\beval\(|new Function|set(?:Timeout|Interval)\(\s*[\"'`]|javascript:")
HEARS_OTHERS = re.compile(r"postMessage|[\"']message[\"']|(?<!socket\.)onmessage")  # a socket hears our own server
OLD_PLUGINS = re.compile(r"<(?:object|embed|applet|param|iframe|frame)\b", re.IGNORECASE)
ELSEWHERE = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}


def found_in(files, pattern):
    return {file.name: hits for file in files if (hits := pattern.findall(file.read_text()))}


def test_scripts_show_words_as_words_run_no_text_and_hear_no_other_window():
    assert len(SCRIPTS) >= 5
    assert found_in(SCRIPTS, WRITES_MARKUP) == {}
    assert found_in(SCRIPTS, RUNS_TEXT) == {}
    assert found_in(SCRIPTS, HEARS_OTHERS) == {}


def test_no_page_asks_for_a_plugin_or_a_frame():
    assert len(TEMPLATES) > 50
    assert found_in(TEMPLATES, OLD_PLUGINS) == {}


@pytest.mark.parametrize("who", ["visitor", "author"])
def test_no_answer_is_opened_to_another_site(who, client_of, doors):
    client = client_of(who)
    ways = [*doors["ours"], asset_url("site.css"), asset_url("site.js")]

    answers = {path: client.get(path, headers=ELSEWHERE) for path in ways}
    asked_before = {path: client.options(path, headers=ELSEWHERE | {"Access-Control-Request-Method": "POST"}) for path in ways[::5]}

    opened = [path for path, answer in (answers | asked_before).items() if "Access-Control-Allow-Origin" in answer.headers]
    assert opened == []
    assert [path for path, answer in answers.items() if answer.headers.get("Cross-Origin-Resource-Policy") != "same-origin"] == []


def test_what_the_api_knows_is_json_and_nothing_that_could_run(client_of):
    client = client_of("author")

    for way in ("/api/v1/search?q=desa", "/api/v1/search?q=desa&callback=steal&jsonp=steal"):
        answer = client.get(way)

        assert answer.status_code == 200
        assert answer["Content-Type"].startswith("application/json")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer.content.startswith(b"{")


def test_files_of_scripts_are_the_same_for_everybody(client_of, client):
    member, visitor = client_of("author"), client

    for name in ("site.js", "htmx.js", "passkey.js"):
        theirs, everybodys = (who.get(asset_url(name)) for who in (member, visitor))

        assert (theirs.status_code, theirs.getvalue()) == (200, everybodys.getvalue())
