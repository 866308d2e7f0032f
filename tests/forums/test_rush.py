"""Fifty people answer at the same moment: nobody is turned away, no post is lost, all is counted."""

import threading

import pytest
from django.db import connection, connections

from cop_site.forums import actions
from cop_site.forums.models import Forum, Post, Topic
from tests import factories
from tests.forums.factories import forum, known, topic

MANY = 50


def answer_at_once(talk, people):
    """Each in a thread of their own, let go together; what went wrong."""
    wrong, start = [], threading.Barrier(len(people))

    def answer(person):
        try:
            start.wait(timeout=60)
            actions.reply_to(talk, by=person, source="Kami punya satu.")
        except Exception as error:
            wrong.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=answer, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return wrong


def check_fifty():
    hall = forum()
    talk = topic(hall, factories.person())
    people = [known(factories.person()) for _number in range(MANY)]

    wrong = answer_at_once(talk, people)

    talk = Topic.objects.unscoped("a test").get(pk=talk.pk)
    hall = Forum.objects.get(pk=hall.pk)
    posts = Post.objects.unscoped("a test").filter(topic=talk).order_by("number")
    assert wrong == []
    assert list(posts.values_list("number", flat=True)) == list(range(1, MANY + 2))
    assert set(posts.filter(number__gt=1).values_list("author", flat=True)) == {person.pk for person in people}
    assert (talk.last_number, talk.post_count) == (MANY + 1, MANY + 1)
    assert (hall.topic_count, hall.post_count, hall.last_topic_id) == (1, MANY + 1, talk.pk)


@pytest.mark.django_db(transaction=True)
def test_fifty_answers_at_the_same_moment_are_fifty_posts():
    check_fifty()


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_fifty_answers_at_the_same_moment_are_fifty_posts_on_postgresql():
    assert connection.vendor == "postgresql"
    check_fifty()
