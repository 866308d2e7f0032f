"""Pages that visitors get alike: drawn once, and never older than what happened."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cop_site.activity import visitors
from cop_site.forums import actions

from ..forums import factories

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture(autouse=True)
def kept(settings):
    settings.VISITORS_PAGES_KEPT = 30
    visitors.forget()
    yield
    visitors.forget()


@pytest.fixture
def topic(cast):
    return factories.topic(factories.forum("Terbuka", visibility="publik"), cast["colleague"], source="Kata rahasia bersama.")


def read(path, client=None, **more):
    return (client or Client()).get(path, **more)


def test_the_second_visitor_gets_the_page_with_one_question_and_tokens_of_her_own(topic):
    first, second = Client(), Client()
    drawn = read(topic.get_absolute_url(), first).content.decode()

    with CaptureQueriesContext(connection) as asked:
        again = read(topic.get_absolute_url(), second).content.decode()

    assert len(asked) == 1
    assert TOKEN.sub("", again) == TOKEN.sub("", drawn)
    assert set(TOKEN.findall(again)).isdisjoint(TOKEN.findall(drawn))
    assert second.post("/theme/", {"theme": "dark", "next": "/", "csrfmiddlewaretoken": TOKEN.findall(again)[0]}).status_code == 302


def test_what_was_deleted_is_gone_with_the_deed(topic, cast):
    before = read(topic.get_absolute_url()).content.decode()

    actions.delete_post(topic.posts.get(), by=cast["moderator"], reason="Tidak sesuai.")
    after = read(topic.get_absolute_url()).content.decode()

    assert ("Kata rahasia bersama." in before, "Kata rahasia bersama." in after) == (True, False)


def test_a_topic_taken_away_is_not_found_any_more(topic, cast):
    before = read(topic.get_absolute_url()).status_code

    actions.delete_topic(topic, by=cast["moderator"], reason="Tidak sesuai.")

    assert (before, read(topic.get_absolute_url()).status_code) == (200, 404)


def test_whoever_is_signed_in_neither_gets_such_a_page_nor_leaves_hers(topic, cast):
    client = Client()
    client.force_login(cast["colleague"])
    hers = read(topic.get_absolute_url(), client).content.decode()
    visitors_page = read(topic.get_absolute_url()).content.decode()
    again = read(topic.get_absolute_url(), client).content.decode()

    assert [cast["colleague"].name in page and 'data-form="reply"' in page for page in (hers, visitors_page, again)] == [True, False, True]


@pytest.mark.parametrize("wish", [{"theme": "dark"}, {"zone": "Asia/Jayapura"}, {"escape": "off"}])
def test_what_a_reader_chose_is_hers_alone(topic, wish):
    plain = read(topic.get_absolute_url()).content.decode()
    client = Client()
    client.cookies.load(wish)

    chosen, plain_again = read(topic.get_absolute_url(), client).content.decode(), read(topic.get_absolute_url()).content.decode()

    assert TOKEN.sub("", chosen) != TOKEN.sub("", plain)
    assert TOKEN.sub("", plain_again) == TOKEN.sub("", plain)


def test_languages_hosts_and_pages_are_apart(topic, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    paths = [topic.get_absolute_url(), "/en" + topic.get_absolute_url(), topic.forum.get_absolute_url(), "/forums/"]

    drawn = [TOKEN.sub("", read(path).content.decode()) for path in paths]
    elsewhere = read(paths[0], headers={"host": "other.example"}).content.decode()

    assert len(set(drawn)) == len(paths)
    assert ("other.example" in elsewhere, "other.example" in drawn[0]) == (True, False)


def test_a_browser_that_has_the_page_is_told_so_without_drawing_it(topic):
    client = Client()
    read(topic.get_absolute_url(), client)
    etag = read(topic.get_absolute_url(), client)["ETag"]

    with CaptureQueriesContext(connection) as asked:
        same = read(topic.get_absolute_url(), client, headers={"if-none-match": etag})
    questions = len(asked)
    other = read(topic.get_absolute_url(), Client(), headers={"if-none-match": etag})

    assert (same.status_code, same.content, questions, other.status_code) == (304, b"", 1, 200)


def test_addresses_that_somebody_made_up_are_not_kept(topic):
    read(topic.get_absolute_url() + "?x=1")

    assert not visitors._kept


def test_it_holds_no_more_than_it_may(topic, monkeypatch):
    monkeypatch.setattr(visitors, "MOST_KEPT", 2)

    for path in (topic.get_absolute_url(), "/forums/", "/en/forums/"):
        read(path)

    assert [key[2] for key in visitors._kept] == ["/forums/", "/en/forums/"]
