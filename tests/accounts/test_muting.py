"""Muting has teeth: whoever is muted reads everything, writes nothing, is told until when, and loses nothing she typed."""

from datetime import timedelta
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cop_site.accounts import actions, policy
from cop_site.accounts.models import User
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.directory import policy as directory
from cop_site.forums import actions as forums
from cop_site.forums import policy as talking
from cop_site.forums.models import Draft, Post, Reaction
from cop_site.library import evidence_policy
from cop_site.library import policy as library
from tests import factories
from tests.directory.factories import listing, steward
from tests.forums import factories as talks

pytestmark = pytest.mark.django_db
WORDS = "Kami menyusun perdes bersama tiga desa, dan ini urutannya."


def day(days=7):
    return timezone.now() + timedelta(days=days)


def muted(person, by, days=7):
    actions.mute(person, by=by, reason="Menghina orang lain.", until=day(days))
    return User.objects.get(pk=person.pk)


def journal():
    return list(Activity.objects.filter(verb__in=[Verb.MUTED, Verb.UNMUTED]).order_by("pk").values_list("verb", "reason"))


# --- the deed


def test_muting_is_told_once_and_a_longer_one_extends_it(cast):
    person = muted(cast["member"], cast["moderator"])
    muted(person, cast["moderator"], days=3)
    assert policy.is_muted(User.objects.get(pk=person.pk))
    assert User.objects.get(pk=person.pk).muted_until == person.muted_until
    longer = muted(person, cast["secretariat"], days=30)

    assert longer.muted_until > person.muted_until
    assert journal() == [(Verb.MUTED, "Menghina orang lain.")] * 2


def test_a_mute_ends_by_itself_and_by_a_deed(cast):
    person = muted(cast["member"], cast["moderator"])
    assert not policy.can_speak(person)

    person.muted_until = timezone.now() - timedelta(seconds=1)
    assert policy.can_speak(person)

    actions.unmute(person, by=cast["moderator"], reason="Sudah bicara.")
    actions.unmute(person, by=cast["moderator"], reason="Lagi.")
    assert policy.can_speak(User.objects.get(pk=person.pk))
    assert journal() == [(Verb.MUTED, "Menghina orang lain."), (Verb.UNMUTED, "Sudah bicara.")]


@pytest.mark.parametrize(
    ("by", "whom", "allowed"),
    [
        ("moderator", "member", True),
        ("moderator", "moderator", False),
        ("moderator", "secretariat", False),
        ("secretariat", "moderator", True),
        ("secretariat", "secretariat", False),
        ("member", "colleague", False),
        ("suspended", "member", False),
        ("visitor", "member", False),
    ],
)
def test_who_mutes_whom(by, whom, allowed, cast):
    assert policy.can_mute(cast[by], cast[whom]) is allowed


def test_a_refused_mute_leaves_no_trace(cast):
    for by, until in (("member2", day()), ("moderator", day(-1))):
        with pytest.raises(PermissionDenied):
            actions.mute(cast["colleague"], by=cast[by], reason="Tidak suka.", until=until)

    assert (journal(), User.objects.get(pk=cast["colleague"].pk).muted_until) == ([], None)


# --- what it takes, and what it leaves


def test_a_muted_member_writes_nowhere(cast, organisation):
    person, entry = cast["member"], listing(of=factories.organisation("Lembaga Tujuan", is_listed=True))
    steward(cast["member2"], entry.organisation)
    hall, practice = talks.forum(), factories.practice(cast["colleague"])
    topic = talks.topic(hall, cast["colleague"])
    draft = factories.practice(person, live=False, state="draft")
    rules = {
        "begins a topic": lambda who: talking.can_start(who, hall),
        "answers": lambda who: talking.can_reply(who, topic),
        "reacts": lambda who: talking.can_react(who, topic.posts.get()),
        "hands in": lambda who: library.can_submit(who, draft),
        "makes lists": library.can_make_list,
        "says that she tried it": lambda who: evidence_policy.can_report_adaptation(who, practice),
        "asks an organisation": lambda who: directory.can_inquire(who, entry),
        "names an organisation": directory.can_suggest,
    }
    assert {name for name, rule in rules.items() if not rule(person)} == set()

    person = muted(person, cast["moderator"])

    assert {name for name, rule in rules.items() if rule(person)} == set()
    assert library.can_change(person, draft)  # a draft is nobody's but hers


def test_a_muted_member_still_takes_back_her_own_words(cast):
    topic = talks.topic(talks.forum(), cast["colleague"])
    post = talks.reply(topic, cast["member"])
    person = muted(cast["member"], cast["moderator"])

    assert not talking.can_edit(person, post, now=timezone.now())
    forums.delete_post(post, by=person)

    assert Post.objects.visible_to(cast["colleague"]).filter(pk=post.pk).exists() is False


def test_a_deed_is_refused_and_leaves_no_trace(cast):
    topic = talks.topic(talks.forum(), cast["colleague"])
    person = muted(talks.known(cast["member"]), cast["moderator"])
    posts = Post.objects.count()

    for do in (
        lambda: forums.reply_to(topic, by=person, source=WORDS),
        lambda: forums.react(topic.posts.get(), by=person, kind="thanks"),
    ):
        with pytest.raises(PermissionDenied):
            do()

    assert (Post.objects.count(), Reaction.objects.count()) == (posts, 0)


# --- what she reads


def test_where_the_form_stood_a_sentence_says_until_when(client, cast):
    topic = talks.topic(talks.forum(), cast["colleague"])
    client.force_login(cast["member"])
    page = client.get(topic.get_absolute_url()).content.decode()
    assert ('data-form="reply"' in page, "dibungkam" in page, "You are muted until" in page) == (True, False, False)

    until = muted(cast["member"], cast["moderator"]).muted_until

    page = client.get(topic.get_absolute_url())
    assert page.status_code == 200
    assert 'data-form="reply"' not in page.content.decode()
    assert f'datetime="{timezone.localtime(until).isoformat(timespec="seconds")}"' in page.content.decode()


def test_a_mute_that_comes_while_writing_loses_no_word(client, cast):
    topic = talks.topic(talks.forum(), cast["colleague"])
    client.force_login(talks.known(cast["member"]))
    client.get(topic.get_absolute_url())
    muted(cast["member"], cast["moderator"])

    answer = client.post(
        reverse("topic-reply", args=[topic.pk]), {"text": WORDS, "about": topic.pk}, headers={"origin": "http://testserver"}
    )

    assert answer.status_code == 403
    assert WORDS in unescape(answer.content.decode())
    User.objects.filter(pk=cast["member"].pk).update(muted_until=None)
    assert WORDS in unescape(client.get(topic.get_absolute_url()).content.decode())


def test_what_is_closed_for_another_reason_says_nothing_of_a_mute(client, cast):
    client.force_login(muted(cast["member"], cast["moderator"]))

    answer = client.get("/accounts/people/")

    assert (answer.status_code, "accounts/muted.html" in {one.name for one in answer.templates}) == (403, False)


def test_her_own_pages_stay_open(client, cast):
    hall = talks.forum()
    Draft.objects.create(person=cast["member"], forum=hall, fields={"title": WORDS, "text": WORDS})
    client.force_login(muted(cast["member"], cast["moderator"]))

    assert WORDS[:20] in client.get(reverse("my-posts")).content.decode()
    account = client.get(reverse("my-account")).content.decode()
    assert ("Menghina orang lain." in account, f'href="{reverse("my-posts")}"' in account) == (True, True)


# --- the secretariat's page


def test_the_secretariat_mutes_and_lets_write_again(client, cast):
    client.force_login(cast["secretariat"])
    page, last = f"/accounts/people/{cast['member'].handle}/", timezone.localdate() + timedelta(days=3)

    wrong = client.post(f"{page}mute/", {"mute-until": "", "mute-reason": "Menghina."})
    right = client.post(f"{page}mute/", {"mute-until": last.isoformat(), "mute-reason": "Menghina."})

    assert (wrong.status_code, right.status_code) == (422, 302)
    person = User.objects.get(pk=cast["member"].pk)
    assert timezone.localtime(person.muted_until).date() == last
    assert f"{page}unmute/" in client.get(page).content.decode()
    assert client.post(f"{page}unmute/", {"mute-reason": "Selesai."}).status_code == 302
    assert not policy.is_muted(User.objects.get(pk=person.pk))
