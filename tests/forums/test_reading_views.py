"""Forums, topics and posts on their pages."""

import pytest
from django.urls import reverse

from cop_site.forums import actions
from cop_site.forums.models import Post, ReadMark, Topic
from cop_site.forums.selectors import lists
from tests.forums import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(cast):
    return factories.forum("Ruang jaringan")


@pytest.fixture
def square(cast):
    return factories.forum("Alun-alun", visibility="publik")


def page(client, topic, query=""):
    return client.get(topic.get_absolute_url() + query)


def texts(response):
    return [place.post.source for place in response.context["shown"].places if not place.is_gone]


@pytest.mark.parametrize(
    ("who", "seen"), [("visitor", ["alun-alun"]), ("observer", ["alun-alun"]), ("member", ["alun-alun", "balai", "ruang-jaringan"])]
)
def test_a_reader_finds_the_forums_of_her_audience(client, cast, square, hall, who, seen):
    factories.topic(square, cast["member2"])
    if who != "visitor":
        client.force_login(cast[who])

    response = client.get("/forums/")

    assert sorted(row.forum.slug for row in response.context["rows"]) == seen


@pytest.mark.parametrize(("who", "status"), [("visitor", 404), ("researcher", 404), ("observer", 404), ("applicant", 404), ("member", 200)])
def test_a_topic_of_the_network_is_absent_for_all_others(client, cast, hall, who, status):
    topic = factories.topic(hall, cast["colleague"])
    if who != "visitor":
        client.force_login(cast[who])

    response = page(client, topic)

    assert response.status_code == status
    assert (topic.title in response.content.decode()) == (status == 200)


def test_posts_stand_in_their_order_and_a_page_holds_twenty(client, cast, square):
    topic = factories.topic(square, cast["member"], source="Nomor 1")
    author = factories.known(cast["colleague"])
    for number in range(2, 43):
        actions.reply_to(topic, by=author, source=f"Nomor {number}")

    second = page(client, topic, "?page=2")

    assert texts(second) == [f"Nomor {number}" for number in range(21, 41)]
    assert texts(page(client, topic, "?page=3")) == ["Nomor 41", "Nomor 42"]
    assert texts(page(client, topic, "?page=99")) == ["Nomor 41", "Nomor 42"]


def test_a_page_costs_the_same_for_one_post_and_for_twenty_and_far_behind(client, cast, square, django_assert_max_num_queries):
    topic = factories.topic(square, cast["member"])
    author = factories.known(cast["colleague"])
    client.force_login(cast["member2"])
    page(client, topic)
    counted = []
    for wished, number in (("", 1), ("", 20), ("?page=2", 40), ("?page=3", 41)):
        while topic.posts.count() < number:
            actions.reply_to(topic, by=author, source="Satu lagi")
        page(client, topic, wished)
        with django_assert_max_num_queries(60) as queries:
            page(client, topic, wished)
        counted.append(len(queries))

    assert len(set(counted)) == 1, counted
    assert counted[0] <= 20


def test_a_deleted_post_keeps_its_place_and_none_of_its_words(client, cast, square):
    topic = factories.topic(square, cast["member"])
    post = factories.reply(topic, cast["colleague"], source="Kalimat rahasia", content_note="catatan")
    before = page(client, topic).content.decode()

    actions.delete_post(post, by=cast["colleague"])

    after = page(client, topic)
    assert "Kalimat rahasia" in before
    assert "Kalimat rahasia" not in after.content.decode()
    assert [place.is_gone for place in after.context["shown"].places] == [False, True]


def test_what_waits_is_read_by_its_author_and_moderators_alone(client, cast, hall):
    topic = factories.topic(hall, cast["colleague"])
    factories.held(topic, cast["member"], source="Kiriman pertama saya")

    said = {}
    for who in ("member", "moderator", "member2", "secretariat"):
        client.force_login(cast[who])
        said[who] = "Kiriman pertama saya" in page(client, topic).content.decode()

    assert said == {"member": True, "moderator": True, "member2": False, "secretariat": True}
    assert Topic.objects.get(pk=topic.pk).last_number == 1


def test_reading_moves_the_mark_and_the_first_unread_post_is_found(client, cast, hall):
    topic = factories.topic(hall, cast["colleague"])
    author = factories.known(cast["member2"])
    client.force_login(cast["member"])
    page(client, topic)
    posts = [actions.reply_to(topic, by=author, source=f"Jawaban {number}") for number in range(25)]

    response = client.get(reverse("topic-unread", args=[topic.pk]))

    assert response.url == f"{topic.get_absolute_url()}#p{posts[0].pk}"
    marks = []
    for wished in ("?page=2", "", "?page=2"):
        page(client, topic, wished)
        marks.append(ReadMark.objects.get(person=cast["member"], topic=topic).number)
    assert marks == [1, 20, 26]


def test_a_permalink_leads_to_the_page_where_the_post_stands(client, cast, square):
    topic = factories.topic(square, cast["member"])
    author = factories.known(cast["colleague"])
    posts = [actions.reply_to(topic, by=author, source=f"Jawaban {number}") for number in range(21)]

    response = client.get(f"/forums/p/{posts[-1].pk}/")

    assert response.url == f"{topic.get_absolute_url()}?page=2#p{posts[-1].pk}"
    assert client.get("/forums/p/999999/").status_code == 404


def test_a_permalink_to_what_one_may_not_read_is_absent(client, cast, hall):
    post = factories.reply(factories.topic(hall, cast["colleague"]), cast["member2"])

    assert client.get(f"/forums/p/{post.pk}/").status_code == 404


def test_where_authors_work_is_told_to_members_alone(client, cast, square, organisation):
    topic = factories.topic(square, cast["member"])

    to_a_visitor = page(client, topic).content.decode()
    client.force_login(cast["member2"])
    to_a_member = page(client, topic).content.decode()

    assert organisation.name in to_a_member
    assert organisation.name not in to_a_visitor


def test_a_wrong_name_in_the_address_leads_to_the_right_one(client, cast, square):
    topic = factories.topic(square, cast["member"])

    response = client.get(f"/forums/t/{topic.pk}/lain/?page=2")

    assert response.url == f"{topic.get_absolute_url()}?page=2"


def test_only_those_who_may_read_are_suggested(client, cast, hall):
    topic = factories.topic(hall, cast["colleague"])
    for who in ("member2", "observer"):
        cast[who].name = f"Zulaikha {who}"
        cast[who].save()
    client.force_login(cast["member"])

    found = client.get(reverse("topic-people", args=[topic.pk]), {"q": "Zul"}).json()

    assert [person["name"] for person in found["people"]] == ["Zulaikha member2"]


def test_every_page_of_forums_speaks_english_too(client, cast, square):
    address = factories.topic(square, cast["member"]).get_absolute_url()

    assert "Sign in to answer" in client.get(f"/en{address}").content.decode()
    assert "1 topic" in client.get("/en/forums/").content.decode()


def test_a_topic_of_somebody_gone_still_stands(client, cast, square):
    topic = factories.topic(square, cast["member"])
    Post.objects.filter(topic=topic).update(author=None)
    Topic.objects.filter(pk=topic.pk).update(starter=None)
    square.refresh_from_db()

    rows = lists.topic_rows(square, cast["visitor"])

    assert [row.begun_by for row in rows.object_list] == [""]
    assert page(client, topic).status_code == 200


def test_a_visitor_who_has_the_page_is_told_so_until_it_changes(client, cast, square):
    topic = factories.topic(square, cast["member"])
    first = page(client, topic)
    known = {"HTTP_IF_NONE_MATCH": first.headers["ETag"]}

    again = client.get(topic.get_absolute_url(), **known)
    factories.reply(topic, cast["colleague"])
    changed = client.get(topic.get_absolute_url(), **known)

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200
    assert "private" in first.headers["Cache-Control"]


def test_pages_for_those_who_are_signed_in_are_kept_nowhere(client, cast, square):
    topic = factories.topic(square, cast["member"])
    client.force_login(cast["member2"])

    response = page(client, topic)

    assert "ETag" not in response.headers
    assert "no-store" in response.headers["Cache-Control"]


def test_a_page_that_stands_open_hears_of_the_last_number_alone(client, cast, hall):
    topic = factories.topic(hall, cast["colleague"])
    factories.reply(topic, cast["member2"])
    address = reverse("topic-latest", args=[topic.pk])

    outside = client.get(address).status_code
    client.force_login(cast["member"])

    assert outside == 404
    assert client.get(address).json() == {"latest": 2}


def test_a_number_that_no_topic_can_have_is_not_found(client, cast):
    answers = [client.get(f"/forums/t/{number}/x/").status_code for number in (2**63 - 1, 2**63, 99999999999999999999)]

    assert answers == [404, 404, 404]
