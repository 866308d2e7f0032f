"""Deeds of moderators about topics: what they leave, and what they refuse."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cop_site.activity.models import Activity
from cop_site.forums import actions
from cop_site.forums.models import Forum, Post, Pseudonym, ReadMark, Topic
from cop_site.screening.refusing import NotReady
from tests import factories
from tests.forums.factories import forum, held, reply, topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(cast):
    return forum(allows_pseudonyms=True)


@pytest.fixture
def talk(cast, hall):
    """Three posts: of member, member2 and colleague."""
    made = topic(hall, cast["member"])
    reply(made, cast["member2"], "Dua.")
    reply(made, cast["colleague"], "Tiga.")
    made.refresh_from_db()
    return made


def posts(talk):
    return list(talk.posts.unscoped("a test").filter(number__isnull=False).order_by("number"))


def verbs():
    return list(Activity.objects.order_by("pk").values_list("verb", flat=True))


STEPS = {
    "pin": lambda talk, by: actions.pin_topic(talk, by=by),
    "lock": lambda talk, by: actions.lock_topic(talk, by=by, reason="Sudah dijawab."),
    "retitle": lambda talk, by: actions.retitle_topic(talk, by=by, title="Lain"),
    "move": lambda talk, by: actions.move_topic(talk, talk.forum, by=by),
    "split": lambda talk, by: actions.split_topic(talk, posts(talk)[1:], by=by, title="Lain"),
    "merge": lambda talk, by: actions.merge_topics(talk, talk, by=by),
    "delete": lambda talk, by: actions.delete_topic(talk, by=by, reason="Bukan tempatnya."),
    "restore": lambda talk, by: actions.restore_topic(talk, by=by),
}


def test_none_but_moderators_steer_and_only_where_they_read(cast, talk, circle):
    for step in STEPS.values():
        for part in ("visitor", "member", "convenor", "auditor", "suspended"):
            with pytest.raises(PermissionDenied):
                step(talk, cast[part])
    Forum.objects.filter(pk=talk.forum_id).update(visibility="kelompok", circle=circle)
    for step in STEPS.values():
        with pytest.raises(PermissionDenied):
            step(talk, cast["moderator"])


def test_what_stands_already_is_neither_done_nor_journaled_again(cast, talk):
    moderator = cast["moderator"]
    for _time in range(2):
        actions.pin_topic(talk, by=moderator)
        actions.lock_topic(talk, by=moderator, reason="Sudah dijawab.")
        actions.retitle_topic(talk, by=moderator, title="Contoh  perdes")
        actions.move_topic(talk, talk.forum, by=moderator)
    for _time in range(2):
        actions.unpin_topic(talk, by=moderator)
        actions.unlock_topic(talk, by=moderator)

    talk.refresh_from_db()
    assert (talk.title, talk.slug, talk.is_pinned, talk.is_locked) == ("Contoh perdes", "contoh-perdes", False, False)
    assert verbs()[3:] == ["pinned-topic", "locked-topic", "retitled-topic", "unpinned-topic", "unlocked-topic"]


@pytest.mark.parametrize("words", ["", "  ", "Telepon 0812 3456 7890", "x" * 20_001])
def test_titles_and_reasons_pass_the_guard(cast, talk, words):
    moderator = cast["moderator"]
    deeds = [
        lambda: actions.retitle_topic(talk, by=moderator, title=words),
        lambda: actions.split_topic(talk, posts(talk)[1:], by=moderator, title=words),
    ]
    if len(words) < 20_000:
        deeds.append(lambda: actions.lock_topic(talk, by=moderator, reason=words))
        deeds.append(lambda: actions.delete_topic(talk, by=moderator, reason=words))

    for deed in deeds:
        with pytest.raises(NotReady):
            deed()


def test_a_word_of_our_addresses_is_no_slug(cast, hall):
    made = topic(hall, cast["member"], "Split")

    assert made.get_absolute_url() == f"/forums/t/{made.pk}/topik-split/"


# --- moving


def test_a_topic_goes_where_the_same_or_fewer_people_read(cast, talk, circle, organisation):
    places = {
        "sama": forum("sama"),
        "umum": forum("umum", visibility="publik"),
        "lembaga": forum("lembaga", visibility="organisasi", organisation=organisation),
    }
    factories.membership(cast["moderator"], organisation)

    moved = {}
    for name, place in places.items():
        try:
            actions.move_topic(talk, place, by=cast["moderator"])
            moved[name] = True
        except NotReady:
            moved[name] = False

    assert moved == {"sama": True, "umum": False, "lembaga": True}
    with pytest.raises(NotReady):
        actions.move_topic(talk, places["sama"], by=cast["moderator"])


def test_a_small_forum_takes_none_where_somebody_reads_who_is_no_member(cast, talk):
    place = forum("tim", visibility="pengelola", author=cast["researcher"])  # whoever made it reads it

    with pytest.raises(NotReady):
        actions.move_topic(talk, place, by=cast["moderator"])
    Forum.objects.filter(pk=place.pk).update(author=None)
    actions.move_topic(talk, place, by=cast["moderator"])

    assert not Topic.objects.visible_to(cast["researcher"]).exists()


def test_counts_go_with_a_topic(cast, talk, hall):
    place = forum("lain")

    actions.move_topic(talk, place, by=cast["moderator"])

    hall.refresh_from_db()
    place.refresh_from_db()
    assert (hall.topic_count, hall.post_count, hall.last_topic) == (0, 0, None)
    assert (place.topic_count, place.post_count, place.last_topic) == (1, 3, talk)


# --- splitting


def test_posts_get_a_topic_of_their_own_in_their_order(cast, talk):
    first, second, third = posts(talk)
    Post.objects.filter(pk=third.pk).update(reply_to=first)
    Topic.objects.filter(pk=talk.pk).update(answer=second)

    made = actions.split_topic(talk, [third, second], by=cast["moderator"], title="Bagian kedua")

    talk.refresh_from_db()
    assert [(post.pk, post.number) for post in posts(made)] == [(second.pk, 1), (third.pk, 2)]
    assert [(post.pk, post.number) for post in posts(talk)] == [(first.pk, 1)]
    assert (made.starter, made.forum, made.last_number, made.post_count) == (cast["member2"], talk.forum, 2, 2)
    assert (talk.answer, talk.last_number, Post.objects.get(pk=third.pk).reply_to) == (None, 1, None)
    assert Activity.objects.last().facts == {"made": made.pk, "posts": [second.pk, third.pk]}


def test_whoever_had_read_a_post_has_read_it_where_it_stands_now(cast, talk):
    for part, number in {"editor": 1, "auditor": 2, "reviewer": 3}.items():
        actions.mark_read(talk, by=cast[part], number=number)

    made = actions.split_topic(talk, posts(talk)[1:2], by=cast["moderator"], title="Bagian kedua")

    marks = {
        (mark.person.name, mark.topic_id): mark.number
        for mark in ReadMark.objects.filter(person__in=[cast[one] for one in ("editor", "auditor", "reviewer")])
    }
    assert marks == {
        ("editor", talk.pk): 1,
        ("auditor", talk.pk): 1,
        ("auditor", made.pk): 1,
        ("reviewer", talk.pk): 2,
        ("reviewer", made.pk): 1,
    }


@pytest.mark.parametrize("which", [slice(0, 0), slice(0, 3)])
def test_some_go_and_at_least_one_stays(cast, talk, which):
    with pytest.raises(NotReady):
        actions.split_topic(talk, posts(talk)[which], by=cast["moderator"], title="Bagian kedua")


def test_posts_of_another_topic_and_posts_that_wait_do_not_go(cast, hall, talk):
    other, waiting = topic(hall, cast["editor"]), held(talk, cast["convenor"])

    with pytest.raises(NotReady):
        actions.split_topic(talk, [*posts(other), waiting], by=cast["moderator"], title="Bagian kedua")


# --- merging


def test_the_posts_of_two_topics_stand_behind_each_other(cast, hall, talk):
    other = topic(hall, cast["editor"], "Contoh perdes")
    before = [*posts(other), *posts(talk)]

    actions.merge_topics(talk, other, by=cast["moderator"])

    talk.refresh_from_db()
    other.refresh_from_db()
    hall.refresh_from_db()
    assert posts(other) == before
    assert [post.number for post in posts(other)] == [1, 2, 3, 4]
    assert (talk.merged_into, talk.last_number, other.last_number) == (other, 0, 4)
    assert (hall.topic_count, hall.post_count, hall.last_topic) == (1, 4, other)


def test_whoever_leads_to_a_merged_topic_leads_on(cast, hall, talk):
    second, third = topic(hall, cast["editor"]), topic(hall, cast["auditor"])
    actions.merge_topics(talk, second, by=cast["moderator"])

    actions.merge_topics(second, third, by=cast["moderator"])

    talk.refresh_from_db()
    assert talk.merged_into == third
    with pytest.raises(PermissionDenied):
        actions.merge_topics(talk, third, by=cast["moderator"])


def test_a_topic_is_not_merged_with_itself_nor_into_one_that_others_read(cast, talk):
    wider = topic(forum("umum", visibility="publik"), cast["editor"])

    for into in (talk, wider):
        with pytest.raises(NotReady):
            actions.merge_topics(talk, into, by=cast["moderator"])


def test_only_whoever_had_read_all_before_has_read_what_follows(cast, hall, talk):
    other = topic(hall, cast["convenor"], "Contoh perdes")
    for part, here, there in [("editor", 2, 1), ("auditor", 3, 0), ("reviewer", 0, 1)]:
        actions.mark_read(talk, by=cast[part], number=here)
        actions.mark_read(other, by=cast[part], number=there)

    actions.merge_topics(talk, other, by=cast["moderator"])

    read = {
        part: list(ReadMark.objects.filter(person=cast[part]).values_list("topic", "number")) for part in ("editor", "auditor", "reviewer")
    }
    assert read == {"editor": [(other.pk, 3)], "auditor": [], "reviewer": [(other.pk, 1)]}


# --- names that hide who writes


def test_a_name_goes_with_its_posts(cast, talk):
    post = reply(talk, cast["editor"], "Diam-diam.", hides_name=True)

    made = actions.split_topic(talk, [post], by=cast["moderator"], title="Bagian kedua")
    again = reply(made, cast["editor"], "Lagi.", hides_name=True)

    [first, second] = posts(made)
    assert (first.said_by, second.said_by) == (post.said_by, post.said_by)
    assert (made.starter, again.pseudonym.topic) == (None, made)


def test_two_names_of_one_person_are_not_tied_together_where_they_meet(cast, hall, talk):
    here = reply(talk, cast["editor"], "Diam-diam.", hides_name=True)
    other = topic(hall, cast["convenor"], "Contoh perdes")
    there = reply(other, cast["editor"], "Di sana.", hides_name=True)
    Pseudonym.objects.filter(pk=here.pseudonym_id).update(name="Daun Teduh")
    Pseudonym.objects.filter(pk=there.pseudonym_id).update(name="Awan Pagi")

    actions.merge_topics(talk, other, by=cast["moderator"])
    again = reply(other, cast["editor"], "Sesudahnya.", hides_name=True)

    names = [post.said_by for post in Post.objects.filter(pk__in=[there.pk, here.pk, again.pk]).order_by("number")]
    assert names == ["Awan Pagi", "Daun Teduh", "Awan Pagi"]


def test_two_people_with_one_name_are_told_apart_where_they_meet(cast, hall, talk):
    here = reply(talk, cast["editor"], "Diam-diam.", hides_name=True)
    other = topic(hall, cast["convenor"], "Contoh perdes")
    there = reply(other, cast["auditor"], "Di sana.", hides_name=True)
    Pseudonym.objects.filter(pk__in=[here.pseudonym_id, there.pseudonym_id]).update(name="Daun Teduh")

    actions.merge_topics(talk, other, by=cast["moderator"])

    names = [post.said_by for post in Post.objects.filter(pk__in=[there.pk, here.pk]).order_by("number")]
    assert names == ["Daun Teduh", "Daun Teduh*"]


# --- deleting


def test_a_deleted_topic_comes_back_as_it_was(cast, hall, talk):
    actions.delete_topic(talk, by=cast["moderator"], reason="Bukan tempatnya.")
    hall.refresh_from_db()
    gone = (hall.topic_count, hall.post_count, hall.last_topic)

    actions.restore_topic(talk, by=cast["moderator"])

    hall.refresh_from_db()
    assert gone == (0, 0, None)
    assert (hall.topic_count, hall.post_count, hall.last_topic) == (1, 3, talk)


def test_what_nobody_has_read_is_not_given_back(cast, hall):
    begun = actions.start_topic(hall, by=cast["member"], title="Baru", source="Apa kabar semua?")
    actions.refuse_post(posts_that_wait(begun)[0], by=cast["moderator"], reason="Iklan.")

    with pytest.raises(PermissionDenied):
        actions.restore_topic(begun, by=cast["moderator"])


def posts_that_wait(talk):
    return list(talk.posts.unscoped("a test").filter(number=None))


def test_words_that_the_guard_refuses_today_do_not_come_back_unread(cast, talk):
    post = actions.delete_post(posts(talk)[1], by=cast["member2"])
    Post.objects.filter(pk=post.pk).update(source="Telepon 0812 3456 7890", created_at=timezone.now())

    actions.restore_post(post, by=cast["member2"])

    post.refresh_from_db()
    assert (post.hidden_at, post.held_because, post.is_shown) == (None, "rules", False)
