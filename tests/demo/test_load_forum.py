"""Synthetic forums in bulk: the numbers that were asked for, counts that are right, and members whose posts are shown at once."""

import json
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db.models import Count

from cop_site.accounts.models import User
from cop_site.accounts.policy import has_agreed
from cop_site.core import text
from cop_site.demo import talking
from cop_site.forums import rules
from cop_site.forums.models import Forum, Post, Topic
from cop_site.search.models import Entry
from tests import factories

pytestmark = pytest.mark.django_db
KEYS = "forum list_page_50 hot_topic hot_topic_page_40 topic first_member last_member rare_word common_word".split()


@pytest.fixture
def demo(monkeypatch):
    """A demo network with nobody but its secretariat."""
    steward = factories.person("Sekretariat", role="secretariat", email="secretariat@demo.example")
    monkeypatch.setattr(talking, "secretariat", lambda: steward)


def load(**numbers):
    said = StringIO()
    asked = {"forums": 2, "topics": 4, "posts": 12, "members": 3, "hot_topic_posts": 5} | numbers
    call_command("load_forum", **asked, stdout=said, stderr=StringIO())
    return json.loads(said.getvalue())


def posts():
    return Post.objects.visible_to(AnonymousUser()).shown()


def test_forums_are_loaded_up_to_the_numbers_with_counts_that_are_right(demo):
    told = load()
    load()
    numbers = (Forum.objects.count(), Topic.objects.visible_to(AnonymousUser()).shown().count(), posts().count())
    load(posts=20, members=8, topics=5)

    assert list(told) == KEYS
    assert numbers == (2, 4, 12)
    assert posts().count() == 20
    for topic in Topic.objects.unscoped("a test").select_related("forum"):
        placed = list(topic.posts.unscoped("a test").order_by("number").values_list("number", flat=True))
        assert placed == list(range(1, topic.last_number + 1))
        assert topic.post_count == topic.last_number
        assert topic.last_post_at == topic.posts.unscoped("a test").order_by("-number")[0].created_at
    for forum in Forum.objects.annotate(topics_there=Count("topics", distinct=True)):
        assert (forum.topic_count, forum.post_count) == (forum.topics_there, posts().filter(topic__forum=forum).count())
    assert Entry.objects.filter(kind="topic").count() == 20


def test_members_sign_in_have_agreed_and_are_no_newcomers(demo):
    told = load(members=7, posts=12)
    first, last = (User.objects.get(email=told[name]) for name in ("first_member", "last_member"))

    assert (first.email, last.email) == ("load-00001@load.example", "load-00007@load.example")
    assert last.check_password("demo-tppo-yogya")
    assert has_agreed(last)
    assert [one.email for one in User.objects.filter(email__startswith="load-") if not rules.has_been_read(one)] == []
    assert rules.weigh(last, {"source": "Lihat https://contoh.example"}, []).held is None


def test_everybody_reads_and_finds_them(demo, client):
    told = load()

    found = client.get("/api/v1/search", {"q": told["rare_word"], "kind": "topic"}).json()["results"]

    assert [one["url"].removeprefix("http://testserver") for one in found] == [f"/forums/p/{posts().order_by('pk')[0].pk}/"]
    assert client.get(told["hot_topic"]).status_code == 200


def test_its_pages_are_what_cleaning_would_make_of_the_words(demo):
    load()

    assert [post.pk for post in posts() if post.html != text.render(post.source)] == []


def test_numbers_that_do_not_fit_together_are_refused(demo):
    with pytest.raises(CommandError, match="--posts must be at least"):
        load(posts=7)
    with pytest.raises(CommandError, match="--forums must lie between"):
        load(forums=0)


def test_more_topics_than_before_are_never_empty_ones(demo):
    load(topics=2, posts=12)
    load(topics=6, posts=12)

    assert list(Topic.objects.unscoped("a test").filter(post_count=0)) == []


def test_as_many_as_were_asked_for_whatever_the_numbers():
    usual = talking.Numbers(10, 2_000, 100_000, 2_000, 1_000)

    sizes = talking._sizes(usual)

    assert (sizes[0], sum(sizes), min(sizes) > 0, max(sizes[1:]) < 100_000) == (1_000, 100_000, True, True)
