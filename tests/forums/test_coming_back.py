"""What one person takes away takes nobody else's words along, and whatever others have read can come back."""

import pytest
from django.core.exceptions import PermissionDenied

from cop_site.accounts.models import User
from cop_site.forums import actions
from cop_site.forums.models import Post, Topic
from cop_site.forums.selectors import waiting
from cop_site.screening.refusing import NotReady
from tests.forums.factories import forum, held, reply, topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(cast):
    """A topic with an answer whose first post was taken from readers until a moderator has looked."""
    talk = topic(forum(), cast["member"])
    reply(talk, cast["member2"])
    Post.objects.filter(topic=talk, number=1).update(source="Hubungi 0812-3456-7890.", screened_version="")
    actions.rescreen_post(talk.posts.get(number=1), by=User.objects.system())
    Post.objects.filter(topic=talk, number=1).update(source="Hubungi kami.")
    return talk


def sees(person, talk):
    return Topic.objects.visible_to(person).filter(pk=talk.pk).exists()


def test_whoever_deletes_a_first_post_that_waits_leaves_the_answers_to_moderators(cast, talk):
    actions.delete_post(talk.posts.get(number=1), by=cast["member"])

    talk.refresh_from_db()
    assert (talk.hidden_at, talk.held_at is not None) == (None, True)
    assert list(waiting.deleted_topics(cast["moderator"])) == [talk]
    assert (sees(cast["member2"], talk), sees(cast["moderator"], talk)) == (False, True)


def test_such_a_topic_comes_back_by_a_moderator_without_the_post(cast, talk):
    first = actions.delete_post(talk.posts.get(number=1), by=cast["member"])

    actions.restore_topic(talk, by=cast["moderator"])

    talk.refresh_from_db()
    talk.forum.refresh_from_db()
    assert (sees(cast["member2"], talk), talk.forum.topic_count, talk.forum.post_count) == (True, 1, 1)
    assert not Post.objects.visible_to(cast["member2"]).filter(pk=first.pk).exists()
    assert not waiting.deleted_topics(cast["moderator"]).exists()


def test_such_a_topic_comes_back_by_its_author_once_a_moderator_has_read_the_post(cast, talk):
    first = actions.delete_post(talk.posts.get(number=1), by=cast["member"])

    back = actions.restore_post(first, by=cast["member"])
    waits = not sees(cast["member2"], talk)
    actions.release_post(back, by=cast["moderator"])

    assert (waits, sees(cast["member2"], talk)) == (True, True)


def test_a_refused_first_post_takes_no_answers_along_and_comes_back_with_its_topic(cast, talk):
    first = actions.refuse_post(talk.posts.get(number=1), by=cast["moderator"], reason="Tidak di sini.")

    talk.refresh_from_db()
    is_there = talk.hidden_at is None and list(waiting.deleted_topics(cast["moderator"])) == [talk]
    actions.restore_post(first, by=cast["moderator"])

    assert (is_there, sees(cast["member2"], talk)) == (True, True)


def test_a_topic_whose_first_post_still_waits_is_not_given_back_past_it(cast, talk):
    with pytest.raises(PermissionDenied):
        actions.restore_topic(talk, by=cast["moderator"])

    assert not waiting.deleted_topics(cast["moderator"]).exists()


def test_a_title_that_may_not_stand_today_does_not_come_back(cast, talk):
    actions.delete_post(talk.posts.get(number=1), by=cast["member"])
    Topic.objects.filter(pk=talk.pk).update(title="Hubungi 0812-3456-7890")

    with pytest.raises(NotReady):
        actions.restore_topic(talk, by=cast["moderator"])


def test_a_topic_that_is_nothing_but_a_waiting_post_goes_with_it(cast):
    begun = actions.start_topic(forum(), by=cast["member"], title="Baru", source="Apa kabar semua?")

    actions.delete_post(begun.posts.unscoped("a test").get(), by=cast["member"])

    begun.refresh_from_db()
    assert begun.hidden_at is not None
    assert not waiting.deleted_topics(cast["moderator"]).exists()


def test_an_answer_that_waits_in_such_a_topic_is_let_through_all_the_same(cast, talk):
    answer = Post.objects.filter(pk=held(_open(talk), cast["colleague"]).pk)
    Topic.objects.filter(pk=talk.pk).update(held_at=talk.created_at)
    actions.delete_post(talk.posts.get(number=1), by=cast["member"])

    released = actions.release_post(answer.get(), by=cast["moderator"])
    actions.restore_topic(talk, by=cast["moderator"])

    assert Post.objects.visible_to(cast["member2"]).filter(pk=released.pk).exists()


def _open(talk):
    Topic.objects.filter(pk=talk.pk).update(held_at=None)
    return talk
