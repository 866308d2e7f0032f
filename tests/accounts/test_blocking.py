"""Blocking: a person stops meeting what another says; the other never learns it, and no pseudonym is touched."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop_site.accounts import actions, blocking
from cop_site.accounts.models import Block, User
from cop_site.activity.models import Activity
from cop_site.activity.runner import run_pending
from cop_site.forums import documents, mentions
from cop_site.forums.models import Post
from cop_site.forums.selectors import own
from cop_site.notifications.mailing import is_wanted
from cop_site.notifications.models import Notification
from tests import factories
from tests.forums import factories as talks

pytestmark = pytest.mark.django_db
SAID, ASKED = "Kami menolak usul itu dengan alasan panjang.", "Usul yang tidak ingin dibaca"


@pytest.fixture
def hall(cast):
    return talks.forum(allows_pseudonyms=True)


@pytest.fixture
def talk(cast, hall):
    """``colleague`` answered what ``member`` asked, and began a topic of her own."""
    talks.topic(hall, cast["colleague"], ASKED)
    topic = talks.topic(hall, cast["member"])
    talks.reply(topic, cast["colleague"], SAID)
    return topic


def block(cast, who="member", whom="colleague"):
    made = actions.block(cast[whom], by=cast[who])
    cast[who] = User.objects.get(pk=cast[who].pk)
    return made


def page_of(person, address):
    client = Client()
    client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def without_keys(page):
    """A page but for what differs from one request to the next."""
    return re.sub(r'(name="(?:csrfmiddlewaretoken|deed_key)" value=")[^"]*', r"\1", page)


# --- the deed


def test_blocking_twice_is_one_block_and_the_journal_says_nothing(cast):
    before = Activity.objects.count()

    assert block(cast) == block(cast)

    assert list(Block.objects.values_list("person__name", "blocked__name")) == [("member", "colleague")]
    assert Activity.objects.count() == before
    assert blocking.blocked_by(cast["member"]) == {cast["colleague"].pk}


@pytest.mark.parametrize("who", ["visitor", "applicant", "suspended", "former_role", "member"])
def test_only_those_admitted_block_others(who, cast):
    by = cast.get(who, cast["expired_researcher"])
    with pytest.raises(PermissionDenied):
        actions.block(cast["member"], by=by)

    assert not Block.objects.exists()


def test_a_list_is_nobody_elses(cast, client):
    made = block(cast)
    address = reverse("unblock", args=[made.pk])
    for who in ("colleague", "moderator", "secretariat"):
        client.force_login(cast[who])
        assert (client.post(address).status_code, cast["colleague"].name in client.get("/accounts/blocks/").context["page"]) == (404, False)

    client.force_login(cast["member"])
    assert client.post(address).status_code == 302
    assert not Block.objects.exists()


# --- from the foot of a post to the list


def test_the_way_from_a_post_to_the_list_and_back(cast, talk):
    client, post = Client(), talk.posts.get(number=2)
    client.force_login(cast["member"])
    way = reverse("block", args=["post", post.pk])
    assert way in client.get(talk.get_absolute_url()).content.decode()

    page = client.get(way)
    assert (page.status_code, page.context["person"]) == (200, cast["colleague"])
    answer = client.post(way)

    assert (answer.status_code, answer.url) == (302, reverse("blocks"))
    listed = client.get(reverse("blocks"))
    assert [one.blocked for one in listed.context["page"]] == [cast["colleague"]]
    assert way not in client.get(talk.get_absolute_url()).content.decode()


def test_what_one_does_not_see_names_nobody(cast, circle, client):
    closed = talks.topic(talks.forum("Lingkar", visibility="kelompok", circle=circle), cast["convenor"])
    with pytest.raises(Http404):
        own.author_to_block(closed.posts.get().pk, cast["member2"])
    client.force_login(cast["member2"])

    for named in (f"post/{closed.posts.get().pk}", "post/0", f"post/{'9' * 18}", f"user/{cast['member'].pk}", "post/x"):
        assert client.get(f"/accounts/blocks/new/{named}/").status_code == 404


def test_a_pseudonym_is_not_blocked_and_the_page_says_why(cast, talk, client):
    post = talks.reply(talk, cast["member2"], "Tanpa nama saya.", hides_name=True)
    client.force_login(cast["member"])

    way = reverse("block", args=["post", post.pk])
    page, sent = client.get(way), client.post(way)

    assert (page.status_code, page.context["can_block"], sent.status_code) == (200, False, 403)
    assert way not in client.get(talk.get_absolute_url()).content.decode()


# --- what she meets no more


def test_posts_are_folded_up_for_her_and_for_nobody_else(cast, talk):
    folded = re.compile(r"<details[^>]*><summary>(?:(?!</summary>).)*</summary><div class=\"post-body[^>]*><p>" + SAID)
    address = talk.get_absolute_url()
    assert SAID in page_of(cast["member"], address)

    block(cast)

    assert [bool(folded.search(page_of(cast[who], address))) for who in ("member", "member2", "colleague")] == [True, False, False]


def test_topics_she_began_are_folded_up_in_lists(cast, talk, hall):
    block(cast)

    pages = {who: page_of(cast[who], hall.get_absolute_url()) for who in ("member", "member2")}

    assert {who: page.count('data-state="blocked"') for who, page in pages.items()} == {"member": 1, "member2": 0}
    assert all(ASKED in page for page in pages.values())


def test_pseudonymous_posts_of_a_blocked_person_stay_as_they_are(cast, talk):
    hidden = talks.reply(talk, cast["colleague"], "Tanpa nama saya.", hides_name=True)
    page_of(cast["member"], talk.get_absolute_url())
    before = without_keys(page_of(cast["member"], talk.get_absolute_url())).split(f'id="p{hidden.pk}"')[1]

    block(cast)

    assert without_keys(page_of(cast["member"], talk.get_absolute_url())).split(f'id="p{hidden.pk}"')[1] == before


def test_the_blocked_person_finds_every_page_as_before(cast, talk, hall):
    addresses = [talk.get_absolute_url(), hall.get_absolute_url(), "/accounts/blocks/", f"{reverse('topic-reply', args=[talk.pk])}"]
    for address in addresses:
        page_of(cast["colleague"], address)
    before = [without_keys(page_of(cast["colleague"], address)) for address in addresses]

    block(cast)

    assert [without_keys(page_of(cast["colleague"], address)) for address in addresses] == before


def test_search_leaves_out_what_the_blocked_person_said(cast, talk):
    pks = list(Post.objects.filter(topic=talk).values_list("pk", flat=True))
    assert set(documents.visible(cast["member"], pks)) == set(pks)

    block(cast)

    assert [post.author for post in documents.visible(cast["member"], pks).values()] == [cast["member"]]
    assert set(documents.visible(cast["colleague"], pks)) == set(pks)


def test_she_is_not_offered_the_name(cast, talk, hall):
    def offered(who):
        viewer = User.objects.get(pk=cast[who].pk)
        return cast["colleague"] in own.people_in(talk, viewer), cast["colleague"] in mentions.suggested("coll", hall, viewer=viewer)

    assert offered("member") == (True, True)

    block(cast)

    assert (offered("member"), offered("member2")) == ((False, False), (True, True))


def test_no_news_reaches_her_of_what_the_blocked_person_does(cast, hall):
    topic = talks.topic(hall, cast["member"])
    block(cast)

    answer = talks.reply(topic, cast["colleague"], "Untuk @member dan @member2.")
    back = talks.reply(topic, cast["member"], "Kepada @colleague dan @member2.")
    run_pending()

    told = {post.pk: set(Notification.objects.filter(post=post).values_list("recipient__name", "reason")) for post in (answer, back)}
    assert told == {answer.pk: {("member2", "mentioned")}, back.pk: {("colleague", "watched"), ("member2", "mentioned")}}


def test_news_under_a_pseudonym_come_as_ever(cast, hall):
    topic = talks.topic(hall, cast["member"])
    block(cast)

    hidden = talks.reply(topic, cast["colleague"], "Tanpa nama saya.", hides_name=True)
    run_pending()

    assert set(Notification.objects.filter(post=hidden).values_list("recipient__name", "reason")) == {("member", "answered")}


def test_a_mail_that_waits_is_not_sent_any_more(cast, talk):
    run_pending()
    news = Notification.objects.get(recipient=cast["member"], reason="answered")
    assert is_wanted(news)

    block(cast)

    assert not is_wanted(Notification.objects.get(pk=news.pk))


# --- what it costs


def test_a_page_asks_one_question_more_and_only_of_those_who_block(cast, talk):
    def queries(who):
        client = Client()
        client.force_login(cast[who])
        client.get(talk.get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            client.get(talk.get_absolute_url())
        return len(asked)

    before = queries("member"), queries("member2")
    block(cast)
    block(cast, whom="member2")

    assert (queries("member"), queries("member2")) == (before[0] + 1, before[1])


def test_nothing_is_asked_of_whoever_blocks_nobody(cast, client):
    client.force_login(factories.person("Baru"))
    client.get("/forums/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/forums/")

    assert [query["sql"] for query in asked if 'FROM "accounts_block"' in query["sql"] and "blocks_somebody" not in query["sql"]] == []
