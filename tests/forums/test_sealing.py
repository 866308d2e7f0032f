"""Writing under another name, and how such a name is opened: by two, with a reason, journaled."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from cop_site.accounts.models import User
from cop_site.activity.models import Activity
from cop_site.forums import actions, sealed
from cop_site.forums.models import Forum, Post, Pseudonym, Topic, Unsealing
from cop_site.screening.refusing import NotReady
from tests import factories
from tests.forums.factories import forum, reply, topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(cast):
    return topic(forum(allows_pseudonyms=True), cast["member"])


@pytest.fixture
def post(cast, talk):
    return reply(talk, cast["member2"], "Diam-diam.", hides_name=True)


@pytest.fixture
def wish(cast, post):
    return actions.ask_to_unseal(post.pseudonym, by=cast["moderator"], reason=" Ada ancaman. ")


def test_a_name_is_the_same_in_one_topic_and_another_in_the_next(cast, talk, post):
    again = reply(talk, cast["member2"], "Lagi.", hides_name=True)
    elsewhere = reply(topic(talk.forum, cast["colleague"]), cast["member2"], "Di sana.", hides_name=True)

    assert again.pseudonym == post.pseudonym
    assert elsewhere.pseudonym != post.pseudonym
    assert (post.author, post.said_by) == (None, post.pseudonym.name)


def test_no_two_people_of_a_topic_share_a_name(monkeypatch, cast, talk):
    monkeypatch.setattr(sealed.secrets, "choice", lambda words: words[0])

    names = [reply(talk, cast[part], "Diam-diam.", hides_name=True).said_by for part in ("member2", "colleague", "editor")]

    assert len(set(names)) == 3


def test_the_journal_does_not_know_who_hides(cast, talk):
    before = Activity.objects.last().pk
    begun = topic(talk.forum, cast["member2"], "Bertanya diam-diam", hides_name=True)
    said = reply(begun, cast["member2"], "Lagi.", hides_name=True)
    actions.edit_post(said, by=cast["member2"], source="Diubah.")
    actions.delete_post(said, by=cast["member2"])
    actions.restore_post(said, by=cast["member2"])
    actions.write_outcome(begun, by=cast["member2"], outcome="Sudah selesai.")

    actors = Activity.objects.filter(pk__gt=before).values_list("actor", flat=True)
    assert set(actors) == {User.objects.system().pk}


def test_names_are_hidden_only_where_the_forum_allows_it(cast):
    open_talk = topic(forum("Terang"), cast["member"])

    with pytest.raises(PermissionDenied):
        reply(open_talk, cast["member2"], "Diam-diam.", hides_name=True)


def test_a_moderator_asks_and_a_second_one_opens(cast, post, wish):
    again = actions.ask_to_unseal(post.pseudonym, by=cast["secretariat"], reason="Juga.")
    opened = actions.agree_to_unseal(wish, by=cast["secretariat"])

    asked, agreed = Activity.objects.order_by("-pk")[:2][::-1]
    assert (again.pk, opened.reason, opened.agreed_by) == (wish.pk, "Ada ancaman.", cast["secretariat"])
    assert (asked.verb, asked.actor, agreed.verb, agreed.actor) == ("asked-to-unseal", cast["moderator"], "unsealed", cast["secretariat"])
    assert agreed.reason == "Ada ancaman."


def test_two_moderators_who_ask_in_the_same_moment_have_one_wish(cast, post):
    """The other row comes where PostgreSQL lets it in: after no wish was found, before one's own is kept."""
    others = []

    def asks_meanwhile(execute, sql, *how):
        found = execute(sql, *how)
        if 'FROM "forums_unsealing"' in sql and not others:
            others.append(None)
            others[0] = Unsealing.objects.create(pseudonym=post.pseudonym, reason="Lebih dulu.", asked_by=cast["secretariat"])
        return found

    with connection.execute_wrapper(asks_meanwhile):
        wish = actions.ask_to_unseal(post.pseudonym, by=cast["moderator"], reason="Ada ancaman.")

    assert [wish] == others == list(Unsealing.objects.all())
    assert not Activity.objects.filter(verb="asked-to-unseal", actor=cast["moderator"]).exists()


def test_the_journal_of_an_opening_names_nobody_behind_the_name(cast, post, wish):
    actions.agree_to_unseal(wish, by=cast["secretariat"])

    told = " ".join(
        f"{one.facts} {one.reason} {one.subject_id}" for one in Activity.objects.filter(verb__in=["asked-to-unseal", "unsealed"])
    )
    assert cast["member2"].name not in told
    assert {one.facts["topic"] for one in Activity.objects.filter(verb="unsealed")} == {post.topic_id}


def test_nobody_opens_a_name_alone_nor_twice_nor_ones_own(cast, talk, wish):
    own = reply(talk, cast["secretariat"], "Saya sendiri.", hides_name=True).pseudonym
    own_wish = actions.ask_to_unseal(own, by=cast["moderator"], reason="Ada ancaman.")
    refused = [
        lambda: actions.agree_to_unseal(wish, by=cast["moderator"]),
        lambda: actions.refuse_to_unseal(wish, by=cast["moderator"]),
        lambda: actions.agree_to_unseal(wish, by=cast["member"]),
        lambda: actions.agree_to_unseal(own_wish, by=cast["secretariat"]),
        lambda: actions.ask_to_unseal(own, by=cast["secretariat"], reason="Saya."),
        lambda: actions.ask_to_unseal(own, by=cast["convenor"], reason="Ada ancaman."),
    ]
    for deed in refused:
        with pytest.raises(PermissionDenied):
            deed()

    actions.refuse_to_unseal(wish, by=cast["secretariat"])
    third = factories.person("Moderator ketiga", role="moderator")
    with pytest.raises(PermissionDenied):
        actions.agree_to_unseal(wish, by=third)
    assert Unsealing.objects.filter(agreed_at__isnull=False).count() == 0


def test_a_refused_wish_can_be_said_again(cast, post, wish):
    actions.refuse_to_unseal(wish, by=cast["secretariat"])

    assert actions.ask_to_unseal(post.pseudonym, by=cast["moderator"], reason="Ancaman baru.") != wish


@pytest.mark.parametrize("reason", ["", "Telepon 0812 3456 7890"])
def test_a_reason_is_given_and_passes_the_guard(cast, post, reason):
    with pytest.raises(NotReady):
        actions.ask_to_unseal(post.pseudonym, by=cast["moderator"], reason=reason)


def test_what_a_moderator_does_not_read_she_does_not_open(cast, post, circle):
    Forum.objects.update(visibility="kelompok", circle=circle)

    with pytest.raises(PermissionDenied):
        actions.ask_to_unseal(post.pseudonym, by=cast["moderator"], reason="Ada ancaman.")


def test_a_name_whose_person_is_gone_stays_a_name(cast, post):
    Pseudonym.objects.update(person=None)

    assert Post.objects.get(pk=post.pk).said_by == post.pseudonym.name


def test_a_topic_that_waits_is_open_to_whoever_began_it_under_a_name_and_not_to_who_answered_under_one(cast, talk):
    begun = topic(talk.forum, cast["member2"], "Bertanya diam-diam", hides_name=True)
    reply(begun, cast["colleague"], "Diam-diam juga.", hides_name=True)
    Topic.objects.filter(pk=begun.pk).update(held_at=begun.created_at)

    seen_by = {who for who in ("member", "member2", "colleague") if Topic.objects.visible_to(cast[who]).filter(pk=begun.pk).exists()}
    assert seen_by == {"member2"}
