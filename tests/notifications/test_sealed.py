"""Whoever writes under another name is told as anybody else, and nothing of it names or links the person."""

import pytest
from django.core import mail

from cop_site.activity.runner import run_pending
from cop_site.notifications import mailing
from cop_site.notifications.models import Notification, Watch
from tests.forums.factories import forum, reply, topic

PAGES = ("/notifications/", "/notifications/settings/")


@pytest.fixture
def hall(cast):
    return forum("Ruang", allows_pseudonyms=True)


def told():
    run_pending()
    return sorted(Notification.objects.values_list("recipient__name", "reason", "post__topic__title"))


def test_two_names_of_one_person_are_told_apart(client, cast, hall):
    first = topic(hall, cast["member"], "Soal pertama", hides_name=True)
    second = topic(hall, cast["member2"], "Soal kedua")
    hers = reply(second, cast["member"], "Saya ikut menjawab.", hides_name=True)
    run_pending()
    Notification.objects.all().delete()

    reply(first, cast["colleague"], "Untuk yang pertama.")
    reply(second, cast["colleague"], "Untuk yang kedua.", reply_to=hers)

    assert told() == [("member", "answered", "Soal kedua"), ("member", "answered", "Soal pertama"), ("member2", "answered", "Soal kedua")]
    client.force_login(cast["member"])
    html = "".join(client.get(path).content.decode() for path in PAGES)
    names = [first.posts.get(number=1).pseudonym.name, hers.pseudonym.name]
    assert ("Soal pertama" in html, "Soal kedua" in html, [name for name in names if name in html]) == (True, True, [])


def test_whoever_writes_under_another_name_is_not_told_of_herself(cast, hall):
    asked = topic(hall, cast["member"])

    reply(asked, cast["member"], "Untuk @member dan @colleague.", hides_name=True)

    assert told() == [("colleague", "mentioned", asked.title)]


def test_nobody_else_finds_the_person_behind_a_name(client, cast, hall):
    begun = topic(hall, cast["member"], hides_name=True)
    for part in ("member2", "moderator", "secretariat"):
        reply(begun, cast[part], "Untuk @colleague.")
    reply(begun, cast["member"], "Terima kasih.", hides_name=True)
    run_pending()
    mailing.send_waiting()

    for part in ("member2", "moderator", "secretariat", "colleague"):
        client.force_login(cast[part])
        html = "".join(client.get(path).content.decode() for path in PAGES)
        rows = Notification.objects.visible_to(cast[part]).values_list("recipient__name", flat=True)
        assert (f">{cast['member'].name}<" in html, cast["member"].email in html, set(rows) <= {part}) == (False, False, True)
    assert Watch.objects.visible_to(cast["moderator"]).filter(person=cast["member"]).count() == 0
    assert Watch.objects.filter(person=cast["member"], topic=begun).count() == 1


def test_mails_say_no_name_at_all(cast, hall):
    begun = topic(hall, cast["member"], hides_name=True)
    reply(begun, cast["colleague"], hides_name=True)
    run_pending()

    mailing.send_waiting()

    letters = [letter for letter in mail.outbox if "/notifications/" in letter.body]
    names = [cast["colleague"].name, begun.title, hall.name_id, *begun.pseudonyms.values_list("name", flat=True)]
    assert [letter.to for letter in letters] == [[cast["member"].email]]
    assert [name for letter in letters for name in names if name in letter.subject + letter.body] == []
