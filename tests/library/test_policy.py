"""Who sees which practice: the whole cast, each level, each state."""

import pytest

from cop_site.library import actions, policy
from cop_site.library.models import Practice
from tests.actors import EVERYBODY
from tests.library.factories import make_practice, public, published, submitted

FULL = {
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
READERS = {
    "publik": set(EVERYBODY),
    "jaringan": FULL | {"researcher", "observer"},
    "kelompok": {"member", "convenor"},
    "organisasi": {"member", "colleague"},
    "pengelola": {"member", "moderator", "secretariat"},
    "pribadi": {"member"},
}


def who(cast, queryset):
    return {name for name, person in cast.items() if queryset(person).exists()}


@pytest.fixture
def practice(cast):
    """On the shelf, written by ``member`` for her organisation."""
    return published(cast["member"], cast["reviewer"])


def at_level(practice, level, circle):
    Practice.objects.filter(pk=practice.pk).update(visibility=level, circle=circle if level == "kelompok" else None)


@pytest.mark.parametrize("level", READERS)
def test_a_published_practice_is_seen_by_its_level(cast, practice, circle, level):
    at_level(practice, level, circle)

    assert who(cast, Practice.objects.visible_to) == READERS[level]


@pytest.mark.parametrize("level", ["jaringan", "kelompok", "organisasi", "pengelola", "pribadi"])
@pytest.mark.parametrize("state", ["draft", "submitted", "changes-asked"])
def test_what_was_never_published_is_its_authors_alone(cast, circle, level, state):
    practice = make_practice(cast["member"])
    at_level(practice, level, circle)
    Practice.objects.filter(pk=practice.pk).update(state=state)

    assert who(cast, Practice.objects.visible_to) == {"member"}


@pytest.mark.parametrize("level", READERS)
def test_a_withdrawn_practice_is_told_to_those_who_could_read_it(cast, practice, circle, level):
    actions.withdraw_practice(practice, by=cast["member"], reason="Persetujuan berakhir.")
    at_level(practice, level, circle)

    assert who(cast, Practice.objects.visible_to) == {"member"}
    assert who(cast, Practice.objects.withdrawn_and_told_to) == READERS[level]


def test_a_draft_that_was_never_published_leaves_no_tombstone(cast):
    practice = make_practice(cast["member"])
    Practice.objects.filter(pk=practice.pk).update(state="withdrawn")

    assert who(cast, Practice.objects.withdrawn_and_told_to) == set()


@pytest.mark.parametrize(
    ("level", "reviewers"),
    [
        ("jaringan", {"reviewer"}),
        ("kelompok", set()),
        ("organisasi", set()),
        ("pengelola", set()),
        ("publik", {"reviewer", "safety_reviewer"}),
    ],
)
def test_what_waits_is_seen_by_reviewers_within_its_audience(cast, circle, level, reviewers):
    practice = submitted(cast["member"])
    at_level(practice, level, circle)

    assert who(cast, Practice.objects.on_the_desk_of) == reviewers


def test_nobody_finds_her_own_practice_on_her_desk(cast):
    submitted(cast["reviewer"])

    assert who(cast, Practice.objects.on_the_desk_of) == set()


def test_the_safety_desk_is_for_safety_reviewers_and_holds_what_asked(cast, practice):
    before = who(cast, Practice.objects.on_the_safety_desk_of)
    actions.ask_for_public(practice, by=cast["member"])

    assert (before, who(cast, Practice.objects.on_the_safety_desk_of)) == (set(), {"safety_reviewer"})


def test_a_member_whose_account_was_deleted_owns_nothing_for_anybody(cast, practice):
    Practice.objects.filter(pk=practice.pk).update(author=None, visibility="pribadi")

    assert who(cast, Practice.objects.visible_to) == set()


def may(cast, rule, *facts, **more):
    return {name for name, person in cast.items() if rule(person, *facts, **more)}


def test_who_shares(cast):
    assert may(cast, policy.can_share) == FULL | {"researcher"}


@pytest.mark.parametrize(
    ("rule", "make", "allowed"),
    [
        (policy.can_change, "draft", {"member"}),
        (policy.can_change, "submitted", set()),
        (policy.can_change, "published", {"member"}),
        (policy.can_submit, "draft", {"member"}),
        (policy.can_submit, "published", set()),
        (policy.can_recall, "submitted", {"member"}),
        (policy.can_recall, "draft", set()),
        (policy.can_discard, "draft", {"member"}),
        (policy.can_discard, "published", set()),
        (policy.can_ask_for_public, "published", {"member"}),
        (policy.can_ask_for_public, "public", set()),
        (policy.can_narrow, "published", {"member", "secretariat"}),
        (policy.can_narrow, "draft", set()),
        (policy.can_withdraw, "public", {"member", "secretariat"}),
        (policy.can_withdraw, "submitted", set()),
    ],
)
def test_who_does_what_to_a_practice_of_member(cast, rule, make, allowed):
    author, reviewer, safety = cast["member"], cast["reviewer"], cast["safety_reviewer"]
    makers = {
        "draft": lambda: make_practice(author),
        "submitted": lambda: submitted(author),
        "published": lambda: published(author, reviewer),
        "public": lambda: public(author, reviewer, safety),
    }

    practice = makers[make]()

    assert may(cast, rule, practice) == allowed


@pytest.mark.parametrize(
    ("level", "outside", "colleagues"), [("jaringan", {"reviewer"}, {"reviewer"}), ("publik", {"safety_reviewer"}, set())]
)
def test_who_decides_about_what_waits(cast, level, outside, colleagues):
    practice = submitted(cast["member"])
    practice.visibility = level

    assert may(cast, policy.can_decide_review, practice, is_colleague=False) == outside
    assert may(cast, policy.can_decide_review, practice, is_colleague=True) == colleagues


def test_who_lets_everybody_read(cast):
    practice = published(cast["member"], cast["reviewer"], visibility="publik")

    assert may(cast, policy.can_decide_public, practice, is_colleague=False) == {"safety_reviewer"}
    assert may(cast, policy.can_decide_public, practice, is_colleague=True) == set()


def test_who_reads_of_risks_and_of_hidden_organisations(cast, practice):
    inside = FULL | {"researcher", "observer"}

    assert may(cast, policy.sees_safeguards, practice) == inside
    assert may(cast, policy.sees_hidden_organisation) == inside
