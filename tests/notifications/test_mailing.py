"""Mails that say that there is news: once, neutral, and only to those who may still see it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from cop_site.activity.models import Activity
from cop_site.activity.runner import run_pending
from cop_site.activity.verbs import Verb
from cop_site.forums import actions as forums
from cop_site.forums.actions import mark_read
from cop_site.forums.models import Forum
from cop_site.notifications import listeners, mailing
from cop_site.notifications.actions import see, set_mails, wish_level
from cop_site.notifications.choices import MAILED_AT_ONCE, Level
from cop_site.notifications.models import Notification
from tests.forums.factories import forum, reply, topic


def mailed():
    """Who was sent a mail of ours, in the order of their addresses."""
    mailing.send_waiting()
    return sorted(letter.to[0] for letter in mail.outbox if "/notifications/" in letter.body)


@pytest.fixture
def answered(cast):
    """An answer to ``member``, of which she was told and not yet mailed."""
    asked = topic(forum("Ruang Melati"), cast["member"], "Judul rahasia")
    answer = reply(asked, cast["member2"], "Kata rahasia.")
    listeners.tell_of_a_post(Activity.objects.get(verb=Verb.REPLIED))
    return answer


def test_a_mail_says_that_there_is_news_and_nothing_of_it(cast, answered):
    assert mailed() == [cast["member"].email]

    letter = mail.outbox[-1]
    row = Notification.objects.get(recipient=cast["member"])
    assert f"/notifications/{row.pk}/" in letter.body
    assert [word for word in ("rahasia", "Melati", "member2", "answered") if word in letter.subject + letter.body] == []
    assert (row.mail_after, row.mailed_at is None) == (None, False)


def test_a_mail_is_in_the_language_of_whoever_gets_it(cast, answered):
    type(cast["member"]).objects.filter(pk=cast["member"].pk).update(language="en")

    mailed()

    row = Notification.objects.get(recipient=cast["member"])
    assert f"/en/notifications/{row.pk}/" in mail.outbox[-1].body


def test_what_was_sent_is_not_sent_again(cast, answered):
    mailed()

    assert (mailed(), mailing.send_waiting()) == ([cast["member"].email], 0)


def test_two_that_mail_at_once_send_one(cast, answered, monkeypatch):
    waiting = list(Notification.objects.due(timezone.now()))

    first, second = [mailing._claim(row) for row in [waiting[0], waiting[0]]]

    assert (first, second) == (True, False)


def test_whoever_died_while_sending_leaves_the_mail_to_the_next(cast, answered, monkeypatch):
    def die(*_args, **_named):
        raise ConnectionError

    with monkeypatch.context() as away:
        away.setattr(mailing, "write_to", die)
        with pytest.raises(ConnectionError):
            mailing.send_waiting()
    assert mailed() == []

    Notification.objects.update(mail_after=timezone.now() - timedelta(seconds=1))

    assert mailed() == [cast["member"].email]


def suspended(cast, answer):
    type(cast["member"]).objects.filter(pk=cast["member"].pk).update(suspended_at=timezone.now())


def demoted(cast, answer):
    type(cast["member"]).objects.filter(pk=cast["member"].pk).update(role="observer")


def narrowed(cast, answer):
    Forum.objects.filter(pk=answer.topic.forum_id).update(visibility="pengelola")


def deleted(cast, answer):
    forums.delete_post(answer, by=cast["member2"])


def topic_deleted(cast, answer):
    forums.delete_topic(answer.topic, by=cast["moderator"], reason="Tidak pada tempatnya.")


def opened(cast, answer):
    see(Notification.objects.get(recipient=cast["member"]), by=cast["member"])


def read_in_its_topic(cast, answer):
    answer.topic.refresh_from_db()
    mark_read(answer.topic, by=cast["member"], number=answer.number)


def muted(cast, answer):
    wish_level(answer.topic, Level.MUTE, by=cast["member"])


def forum_muted(cast, answer):
    wish_level(answer.topic, None, by=cast["member"])
    wish_level(answer.topic.forum, Level.MUTE, by=cast["member"])


def mails_unwished(cast, answer):
    set_mails([], by=cast["member"])


def too_old(cast, answer):
    Notification.objects.update(created_at=timezone.now() - timedelta(days=4))


LOST = [suspended, demoted, narrowed, deleted, opened, read_in_its_topic, muted, forum_muted, mails_unwished, too_old]


@pytest.mark.parametrize("lose", LOST)
def test_no_mail_goes_out_when_this_happened_meanwhile(cast, answered, lose):
    lose(cast, answered)

    assert mailed() == []
    assert Notification.objects.exclude(mail_after=None).count() == 0


def test_of_a_topic_taken_away_only_whoever_began_it_is_mailed_and_only_of_that(cast, answered):
    topic_deleted(cast, answered)
    run_pending()

    assert mailed() == [cast["member"].email]
    assert Notification.objects.exclude(mailed_at=None).get().reason == "decided"


def test_followers_are_mailed_only_when_they_wish_it(cast):
    hall = forum()
    for part in ("member", "colleague"):
        wish_level(hall, Level.WATCH, by=cast[part])
    set_mails([*MAILED_AT_ONCE, "watched"], by=cast["colleague"])

    topic(hall, cast["member2"])
    run_pending()

    assert mailed() == [cast["colleague"].email]


def test_whoever_wishes_no_mail_for_a_reason_is_told_in_the_list_alone(cast):
    set_mails(["mentioned"], by=cast["member"])
    asked = topic(forum(), cast["member"])

    reply(asked, cast["member2"])
    run_pending()

    assert mailed() == []
    assert Notification.objects.get(recipient=cast["member"]).reason == "answered"
