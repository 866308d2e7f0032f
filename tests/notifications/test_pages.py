"""The list, the bell, the settings and the buttons, as people find them in both languages."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cop_site.activity.models import Activity
from cop_site.activity.runner import run_pending
from cop_site.activity.verbs import Verb
from cop_site.core import clock
from cop_site.forums import actions as forums
from cop_site.forums.actions import mark_read
from cop_site.forums.choices import POSTS_ON_A_PAGE
from cop_site.forums.models import Forum, Post, ReadMark, Topic
from cop_site.notifications import listeners
from cop_site.notifications.actions import wish_level
from cop_site.notifications.choices import Level
from cop_site.notifications.models import Notification, Watch, Wish
from cop_site.notifications.selectors.counting import unread_count
from cop_site.search.models import SavedSearch
from tests.forums.factories import forum, known, reply, topic

LIST = "/notifications/"


def page(client, person, path=LIST):
    client.force_login(person)
    return client.get(path).content.decode()


def bell(html):
    """What the bell shows, or nothing where it shows no number."""
    found = re.search(r'<a class="icon-button bell".*?</a>', html, flags=re.DOTALL)
    number = re.search(r'aria-hidden="true">([^<]+)<', found[0]) if found else None
    return (bool(found), number[1] if number else "")


@pytest.fixture
def answered(cast):
    asked = topic(forum(), cast["member"], "Judul yang dibaca")
    answer = reply(asked, cast["member2"], "Kata-katanya.")
    listeners.tell_of_a_post(Activity.objects.get(verb=Verb.REPLIED))
    return answer


def test_the_list_shows_titles_but_no_words_and_leads_to_the_place(client, cast, answered):
    html = page(client, cast["member"])
    row = Notification.objects.get(recipient=cast["member"])

    assert ("Judul yang dibaca" in html, "Kata-katanya" in html, "member2" in html) == (True, False, False)
    assert client.get(reverse("notification", args=[row.pk])).url == reverse("post", args=[answered.pk])
    row.refresh_from_db()
    assert row.seen_at is not None
    assert bell(page(client, cast["member"])) == (True, "")


def test_the_bell_counts_what_was_neither_opened_nor_read_in_its_topic(client, cast, answered):
    second = reply(answered.topic, cast["colleague"])
    run_pending()
    assert bell(page(client, cast["member"])) == (True, "2")

    second.topic.refresh_from_db()
    mark_read(second.topic, by=cast["member"], number=second.number)

    assert bell(page(client, cast["member"])) == (True, "")


def test_whoever_leafs_ahead_has_read_that_page_and_nothing_before_it(client, cast):
    asked, author = topic(forum(), cast["member"]), known(cast["member2"])
    for number in range(POSTS_ON_A_PAGE + 1):
        forums.reply_to(asked, by=author, source=f"Jawaban {number}")
    run_pending()

    def reads(number):
        leads_back = "Ke kiriman pertama yang belum dibaca" in page(client, cast["member"], f"{asked.get_absolute_url()}?page={number}")
        return leads_back, ReadMark.objects.get(person=cast["member"], topic=asked).number, unread_count(cast["member"])

    ahead, first, second = reads(2), reads(1), reads(2)

    assert (ahead, first[1:], second) == ((True, 1, 19), (20, 0), (False, 22, 0))


def test_what_may_be_seen_no_more_is_neither_listed_nor_counted(client, cast, answered):
    row = Notification.objects.get(recipient=cast["member"])
    assert unread_count(cast["member"]) == 1

    Forum.objects.filter(pk=answered.topic.forum_id).update(visibility="pengelola")

    assert (unread_count(cast["member"]), "Judul yang dibaca" in page(client, cast["member"])) == (0, False)
    assert client.get(reverse("notification", args=[row.pk])).status_code == 404
    row.refresh_from_db()
    assert row.seen_at is None


def test_a_deleted_post_leaves_the_list(client, cast, answered):
    forums.delete_post(answered, by=cast["member2"])

    assert "Judul yang dibaca" not in page(client, cast["member"])


def test_the_bell_is_for_those_who_were_admitted(client, cast):
    assert {part: bell(page(client, cast[part], "/library/"))[0] for part in ("member", "researcher", "observer", "applicant")} == {
        "member": True,
        "researcher": True,
        "observer": True,
        "applicant": False,
    }
    client.logout()
    assert bell(client.get("/library/").content.decode()) == (False, "")


def test_the_number_is_told_to_an_open_page_and_kept_nowhere(client, cast, answered):
    client.force_login(cast["member"])
    told = client.get("/notifications/unread/")

    assert (told.json(), "no-store" in told["Cache-Control"]) == ({"unread": 1}, True)
    client.logout()
    assert client.get("/notifications/unread/").status_code == 302


def test_more_than_99_are_counted_no_further(client, cast, answered):
    Notification.objects.bulk_create(Notification(recipient=cast["member"], reason="decided", topic=answered.topic) for _row in range(150))

    assert (unread_count(cast["member"]), bell(page(client, cast["member"]))) == (100, (True, "99+"))


def test_marking_everything_leaves_what_came_since(client, cast, answered):
    client.force_login(cast["member"])
    until = re.search(r'name="until" value="([^"]+)"', client.get(LIST).content.decode())[1]
    reply(answered.topic, cast["colleague"])
    run_pending()

    client.post("/notifications/seen/", {"until": until.replace("&#x2B;", "+")})

    assert unread_count(cast["member"]) == 1


@pytest.mark.parametrize("until", ["", "kemarin", "9999-99-99T00:00:00+00:00", "2999-01-01T00:00:00+00:00"])
def test_a_moment_that_is_none_is_now(client, cast, answered, until):
    client.force_login(cast["member"])

    response = client.post("/notifications/seen/", {"until": until})

    assert (response.url, unread_count(cast["member"])) == (LIST, 0)


@pytest.mark.parametrize(("prefix", "words"), [("", "answer"), ("/en", "An answer to you")])
def test_pages_stand_in_both_languages(client, cast, answered, prefix, words):
    html = page(client, cast["member"], f"{prefix}/notifications/")

    assert f'<html lang="{prefix[1:] or "id"}"' in html
    assert prefix == "" or words in html
    assert client.get(f"{prefix}/notifications/settings/").status_code == 200
    assert f'href="{prefix}/notifications/"' in html


def test_an_empty_list_says_what_it_is_for(client, cast):
    html = page(client, cast["member"], "/en/notifications/")

    assert ("Nothing yet" in html, "Mark everything as read" in html) == (True, False)


def queries_of(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as caught:
        client.get(path)
    return len(caught)


def test_the_list_costs_the_same_for_one_row_and_for_twenty(client, cast):
    hall = forum()
    asked = topic(hall, cast["member"])
    reply(asked, cast["member2"])
    run_pending()
    client.force_login(cast["member"])
    one = queries_of(client, LIST)

    for number in range(19):
        other = Topic.objects.create(forum=hall, starter=cast["member"], title=f"Soal {number}", slug="soal")
        post = Post.objects.create(topic=other, number=2, author=cast["member2"])
        Notification.objects.create(recipient=cast["member"], reason="answered", post=post, activity=None)

    assert (Notification.objects.count(), queries_of(client, LIST)) == (20, one)


@pytest.mark.parametrize("level", [None, Level.WATCH, Level.MUTE])
def test_a_button_costs_one_query_and_says_what_it_does(cast, rf, level, django_assert_num_queries):
    begun = topic(forum(), cast["member2"])
    wish_level(begun, level, by=cast["member"])
    request = rf.get("/forums/")
    request.user = cast["member"]
    page = Template("{% load notifications %}{% watch_button topic %}")

    with django_assert_num_queries(1):
        html = page.render(Context({"request": request, "topic": begun, "csrf_token": "uji"}))

    levels = {None: ["watch", "mute"], Level.WATCH: ["none", "mute"], Level.MUTE: ["none"]}[level]
    assert (re.findall(r'name="level" value="(\w+)"', html), 'value="uji"' in html) == (levels, True)
    request.user = AnonymousUser()
    assert page.render(Context({"request": request, "topic": begun})).strip() == ""


def test_the_bell_costs_one_query(cast, answered, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert unread_count(cast["member"]) == 1


def test_the_quick_count_is_the_one_that_the_rows_give(cast, circle):
    rooms = [forum(f"Ruang {level}", visibility=level, circle=circle) for level in ("publik", "jaringan", "kelompok", "pengelola")]
    for room in rooms:
        begun = topic(room, cast["moderator"]) if room.visibility in {"jaringan", "publik"} else None
        posts = (
            [reply(begun, cast["moderator"]), forums.delete_post(reply(begun, cast["moderator"]), by=cast["moderator"])] if begun else []
        )
        for person in cast.values():
            rows = [Notification(recipient=person, reason="watched", post=post) for post in posts] if person.pk else []
            Notification.objects.bulk_create(rows, ignore_conflicts=True)
        Forum.objects.filter(pk=room.pk).update(visibility={"jaringan": "kelompok"}.get(room.visibility, room.visibility))

    counted = {part: unread_count(person) for part, person in cast.items()}

    assert counted == {part: Notification.objects.visible_to(person).unread().count() for part, person in cast.items()}
    assert {part: counted[part] for part in ("member", "member2", "observer", "applicant", "visitor", "suspended")} == {
        "member": 2,
        "member2": 1,
        "observer": 1,
        "applicant": 0,
        "visitor": 0,
        "suspended": 0,
    }


def test_settings_keep_what_is_mailed(client, cast):
    client.force_login(cast["member"])

    client.post("/notifications/settings/", {"reasons": ["answered", "watched"]})

    said = dict(Wish.objects.filter(person=cast["member"]).values_list("reason", "by_mail"))
    assert {reason for reason, by_mail in said.items() if by_mail} == {"answered", "watched"}
    html = client.get("/notifications/settings/").content.decode()
    assert re.findall(r'value="(\w+)"[^>]* checked', html) == ["answered", "watched"]


def test_settings_list_what_one_follows_and_end_it(client, cast, circle):
    closed, begun = forum("Ruang tertutup", visibility="kelompok", circle=circle), topic(forum(), cast["member2"], "Soal terbuka")
    for target, level in ((closed, Level.WATCH), (begun, Level.MUTE), (("mandate", "bantuan-hukum"), Level.WATCH)):
        wish_level(target, level, by=cast["member"])
    circle.members.remove(cast["member"])

    html = page(client, cast["member"], "/notifications/settings/")

    assert [word in html for word in ("Ruang tertutup", "Soal terbuka")] == [False, True]
    wishes = Watch.objects.filter(person=cast["member"])
    answered = [client.post(reverse("watch-end", args=[wish.pk])).status_code for wish in wishes]
    assert (answered, wishes.all().count()) == ([302, 302, 302], 0)


def test_a_saved_search_is_muted_and_told_of_again(client, cast):
    mine, _hers = (SavedSearch.objects.create(owner=cast[part], name=f"Cari {part}", query="q=a") for part in ("member", "member2"))
    client.force_login(cast["member"])
    sent = {"kind": "saved-search", "about": mine.pk, "level": "mute", "next": "/notifications/settings/"}

    client.post("/notifications/watch/", sent)

    muted = client.get("/notifications/settings/").content.decode()
    assert ("Cari member2" in muted, muted.count('name="about"'), Watch.objects.get().level) == (False, 0, "mute")
    client.post(reverse("watch-end", args=[Watch.objects.get().pk]))
    assert client.get("/notifications/settings/").content.decode().count('name="about"') == 1


def test_a_word_is_followed_once_and_an_unknown_one_not(client, cast):
    client.force_login(cast["member"])

    answers = [
        client.post("/notifications/watch/word/", {"word": word}).status_code for word in ("provinces:31", "provinces:31", "mandate:apa")
    ]

    assert answers == [302, 302, 422]
    assert list(Watch.objects.values_list("tag", "word")) == [("provinces", "31")]


def test_a_button_follows_mutes_and_ends(client, cast):
    begun = topic(forum(), cast["member2"])
    client.force_login(cast["member"])
    sent = {"kind": "topic", "about": begun.pk, "next": begun.get_absolute_url()}
    levels = []

    for level in ("watch", "watch", "mute", "none", "none"):
        response = client.post("/notifications/watch/", sent | {"level": level})
        levels.append((response.url, list(Watch.objects.filter(person=cast["member"]).values_list("level", flat=True))))

    there = begun.get_absolute_url()
    assert levels == [(there, ["watch"]), (there, ["watch"]), (there, ["mute"]), (there, []), (there, [])]


def test_what_one_may_not_see_or_what_is_none_cannot_be_followed(client, cast, circle):
    closed = topic(forum(visibility="kelompok", circle=circle), cast["member"])
    client.force_login(cast["member2"])
    sent = {"kind": "topic", "about": closed.pk, "level": "watch"}

    wrong = [sent, sent | {"about": "x"}, sent | {"kind": "person"}, sent | {"level": "loud"}, sent | {"about": closed.pk + 999}]

    assert (
        [client.post("/notifications/watch/", one).status_code for one in wrong],
        Watch.objects.filter(person=cast["member2"]).count(),
    ) == (
        [404] * 5,
        0,
    )


def test_nobody_ends_or_opens_what_is_another_persons(client, cast, answered):
    wish = Watch.objects.filter(person=cast["member"]).first() or wish_level(answered.topic, Level.WATCH, by=cast["member"])
    row = Notification.objects.get(recipient=cast["member"])
    client.force_login(cast["secretariat"])

    answers = [
        client.post(reverse("watch-end", args=[wish.pk])).status_code,
        client.get(reverse("notification", args=[row.pk])).status_code,
    ]

    row.refresh_from_db()
    assert (answers, row.seen_at, Watch.objects.filter(pk=wish.pk).exists()) == ([404, 404], None, True)


def test_old_rows_are_forgotten_and_read_ones_noted(cast, answered):
    asked = answered.topic
    asked.refresh_from_db()
    mark_read(asked, by=cast["member"], number=answered.number)
    old = Notification.objects.create(recipient=cast["member"], reason="decided", topic=asked)
    Notification.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=181))

    for job in ("note-what-was-read-in-its-topic", "forget-old-notifications"):
        clock.run_due(only=job)

    rows = Notification.objects.filter(recipient=cast["member"])
    assert [(row.pk, row.seen_at is None) for row in rows] == [(rows[0].pk, False)]


def test_a_word_is_followed_or_muted_and_the_list_says_which(client, cast):
    client.force_login(cast["member"])
    levels = []
    for then in ({}, {"then": "mute"}):
        client.post(reverse("watch-word"), {"word": "provinces:53", "deed_key": str(uuid4()), **then})
        levels.append(Watch.objects.get(person=cast["member"], word="53").level)

    page = client.get(reverse("notification-settings")).content.decode()

    assert (levels, "Dibisukan" in page) == (["watch", "mute"], True)
