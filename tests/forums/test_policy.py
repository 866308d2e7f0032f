"""Who may do what in forums: one table per rule, over everybody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cop_site.forums import actions, policy
from cop_site.forums.models import Forum, Post, Topic, Unsealing
from cop_site.forums.selectors.firsts import with_first_post
from tests import factories
from tests.forums.factories import forum, held, reply, topic

pytestmark = pytest.mark.django_db

MEMBERS = {
    "member",
    "colleague",
    "member2",
    "convenor",
    "moderator",
    "secretariat",
    "reviewer",
    "safety_reviewer",
    "editor",
    "auditor",
    "former",
}
OFFICE = {"moderator", "secretariat"}
NOBODY: set[str] = set()


@pytest.fixture
def hall(cast):
    return forum(allows_pseudonyms=True)


@pytest.fixture
def talk(cast, hall):
    return with_first_post(topic(hall, cast["member"]))


def first_of(talk):
    return talk.posts.unscoped("a test").select_related("topic__forum", "pseudonym").get(number=1)


def who(cast, rule, *told, **named):
    """The parts of all who are let."""
    return {part for part, person in cast.items() if rule(person, *told, **named)}


# --- seeing


def test_a_forum_is_seen_by_its_level_and_office_opens_no_other(cast, circle, organisation):
    seen_by = {
        "publik": set(cast),
        "jaringan": MEMBERS,
        "kelompok": {"convenor", "member"},
        "organisasi": {"member", "colleague"},
        "pengelola": OFFICE,
    }
    for level in seen_by:
        forum(level, visibility=level, circle=circle, organisation=organisation)

    for level, expected in seen_by.items():
        assert who(cast, lambda one, slug=level: Forum.objects.visible_to(one).filter(slug=slug).exists()) == expected


def test_a_topic_and_its_posts_are_read_by_the_audience_of_its_forum(cast, talk):
    assert who(cast, lambda one: Topic.objects.visible_to(one).exists()) == MEMBERS
    assert who(cast, lambda one: Post.objects.visible_to(one).filter(topic=talk).exists()) == MEMBERS


def test_what_waits_is_read_by_its_author_and_by_moderators(cast, talk, hall):
    post = held(talk, cast["member2"])
    begun = actions.start_topic(hall, by=cast["colleague"], title="Baru", source="Apa kabar semua?")

    assert who(cast, lambda one: Post.objects.visible_to(one).filter(pk=post.pk).exists()) == OFFICE | {"member2"}
    assert who(cast, lambda one: Topic.objects.visible_to(one).filter(pk=begun.pk).exists()) == OFFICE | {"colleague"}


def test_a_deleted_post_is_a_place_without_words(cast, talk):
    post = actions.delete_post(reply(talk, cast["member2"]), by=cast["member2"])

    assert who(cast, lambda one: Post.objects.visible_to(one).filter(pk=post.pk).exists()) == NOBODY
    assert who(cast, lambda one: Post.objects.tombstones_visible_to(one).filter(pk=post.pk).exists()) == MEMBERS


def test_a_deleted_topic_is_read_by_nobody(cast, talk):
    actions.delete_topic(talk, by=cast["moderator"], reason="Bukan tempatnya.")

    assert who(cast, lambda one: Topic.objects.visible_to(one).filter(pk=talk.pk).exists()) == NOBODY
    assert who(cast, lambda one: Post.objects.visible_to(one).filter(topic=talk).exists()) == NOBODY


# --- writing


@pytest.mark.parametrize(
    ("starters", "expected"),
    [("members", MEMBERS), ("convenors", OFFICE | {"convenor"}), ("moderators", OFFICE)],
)
def test_topics_are_begun_by_whom_the_forum_names(cast, starters, expected):
    hall = forum(starters=starters)

    assert who(cast, policy.can_start, hall) == expected
    assert who(cast, policy.can_start, forum("Arsip", archived_at=timezone.now())) == NOBODY


def test_whoever_has_not_agreed_writes_nothing(cast, hall, talk):
    newcomer = factories.person(has_agreed=False)

    assert [policy.can_write(newcomer), policy.can_start(newcomer, hall), policy.can_reply(newcomer, talk)] == [False] * 3


def test_members_answer_what_is_open_and_moderators_also_what_is_locked(cast, hall, talk):
    assert who(cast, policy.can_reply, talk) == MEMBERS
    talk.locked_at = timezone.now()
    assert who(cast, policy.can_reply, talk) == OFFICE
    talk.hidden_at = timezone.now()
    assert who(cast, policy.can_reply, talk) == NOBODY
    talk.locked_at = talk.hidden_at = None
    talk.forum.archived_at = timezone.now()
    assert who(cast, policy.can_reply, talk) == NOBODY


def test_names_are_hidden_where_the_forum_allows_it(cast, hall):
    assert who(cast, policy.can_hide_name, hall) == MEMBERS
    assert who(cast, policy.can_hide_name, forum("Terang")) == NOBODY


def test_words_are_edited_by_whoever_said_them_for_a_month(cast, talk):
    post, now = first_of(talk), timezone.now()

    assert who(cast, policy.can_edit, post, now=now) == {"member"}
    assert who(cast, policy.can_edit, post, now=now + timedelta(days=31)) == NOBODY
    post.topic.locked_at = now
    assert who(cast, policy.can_edit, post, now=now) == NOBODY


def test_words_are_taken_away_by_their_author_and_moderators_and_given_back_by_whoever_did_it(cast, talk):
    post = first_of(talk)

    assert who(cast, policy.can_delete, post) == OFFICE | {"member"}
    assert who(cast, policy.can_restore, post) == NOBODY
    post.hidden_at, post.hidden_by_author = timezone.now(), True
    assert who(cast, policy.can_restore, post) == {"member"}
    post.hidden_by_author = False
    assert who(cast, policy.can_restore, post) == OFFICE


def test_people_react_to_what_others_said(cast, talk):
    assert who(cast, policy.can_react, first_of(talk)) == MEMBERS - {"member"}


def test_whoever_asked_settles_and_moderators_help(cast, hall, talk):
    hidden = with_first_post(topic(hall, cast["member2"], "Bertanya diam-diam", hides_name=True))

    assert who(cast, policy.can_settle, talk) == OFFICE | {"member"}
    assert who(cast, policy.can_settle, hidden) == OFFICE | {"member2"}


# --- keeping order


def test_moderators_moderate_and_the_secretariat_makes_forums(cast):
    assert who(cast, policy.can_moderate) == OFFICE
    assert who(cast, policy.can_make_forums) == {"secretariat"}


@pytest.mark.parametrize(
    ("hides_name", "author", "expected"), [(False, "member2", OFFICE), (True, "member2", OFFICE), (True, "moderator", {"secretariat"})]
)
def test_nobody_lets_ones_own_post_through(cast, talk, hides_name, author, expected):
    post = reply(talk, cast[author], hides_name=hides_name)
    post.held_at = timezone.now()

    assert who(cast, policy.can_release, post) == expected


def test_a_sealed_name_is_opened_by_two_of_whom_none_stands_behind_it(cast, talk):
    name = reply(talk, cast["secretariat"], hides_name=True).pseudonym
    third = factories.person("third", role="moderator")
    wish = Unsealing(pseudonym=name, asked_by=cast["moderator"])
    everybody = cast | {"third": third}

    assert who(everybody, policy.can_ask_to_unseal, name) == {"moderator", "third"}
    assert who(everybody, policy.can_agree_to_unseal, wish) == {"third"}
    assert who(everybody, policy.can_read_unsealed, wish) == NOBODY
    wish.agreed_by, wish.agreed_at = third, timezone.now()
    assert who(everybody, policy.can_agree_to_unseal, wish) == NOBODY
    assert who(everybody, policy.can_read_unsealed, wish) == {"moderator", "third"}
    third.role = "member"
    assert who(everybody, policy.can_read_unsealed, wish) == {"moderator"}
