"""Who can see a row, in words: the words must say what the rule does."""

import pytest
from django.utils import translation

from cop_site.accounts import audiences
from cop_site.accounts.models import Level
from cop_site.library.models import Practice
from tests import factories


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def row(cast, organisation, circle):
    def make(level, **fields):
        return factories.practice(cast["member"], visibility=level, organisation=organisation, circle=circle, **fields)

    return make


# Whom each sentence names, and who of the cast that is.
NAMED = {
    Level.PUBLIC: ("Everybody, with or without an account", {"visitor", "applicant", "observer", "researcher", "member2"}),
    Level.NETWORK: (
        "researchers and observers too. Not the public, and nobody who is still applying",
        {"observer", "researcher", "member2"},
    ),
    Level.CIRCLE: ("Only the people of the circle", {"convenor"}),
    Level.ORGANISATION: ("Only people who belong to Lembaga Tikar at present", {"colleague"}),
    Level.STEWARDS: ("Moderators and the secretariat, and its author", {"moderator", "secretariat"}),
    Level.PRIVATE: ("Only its author", set()),
}
ASKED = {"visitor", "applicant", "observer", "researcher", "member2", "convenor", "colleague", "moderator", "secretariat"}
BY_LEVEL = {Level.NETWORK: {"convenor", "colleague", "moderator", "secretariat"}, Level.PUBLIC: ASKED}


@pytest.mark.parametrize("level", NAMED)
def test_the_words_of_a_level_say_who_sees_it(row, cast, level):
    practice = row(level)
    words, readers = NAMED[level]

    said = audiences.who_sees(practice, viewer=cast["member"], kind="practice")

    seeing = {name for name in ASKED if Practice.objects.visible_to(cast[name]).filter(pk=practice.pk).exists()}
    assert words in said
    assert seeing == readers | BY_LEVEL.get(level, set())


@pytest.mark.parametrize(("kind", "words"), [("organisation", "Not observers"), ("topic", "Not researchers, observers or the public")])
def test_kinds_that_fewer_roles_read_are_told_differently(row, cast, kind, words):
    assert words in audiences.who_sees(row(Level.NETWORK), viewer=cast["member"], kind=kind)


@pytest.mark.parametrize(("level", "name"), [(Level.CIRCLE, "Lingkar uji"), (Level.ORGANISATION, "Lembaga Tikar")])
def test_a_circle_or_organisation_is_named_only_to_its_own(row, cast, level, name):
    practice = row(level)

    told = {who: name in audiences.who_sees(practice, viewer=cast[who], kind="practice") for who in ("member", "moderator", "visitor")}

    assert told == {"member": True, "moderator": False, "visitor": False}


def test_what_is_not_published_says_that_the_level_does_not_hold_yet(row, cast):
    waits, stands = (audiences.who_sees(row(Level.NETWORK, live=live), viewer=cast["member"], kind="practice") for live in (False, True))

    assert "Until then only its author sees it" in waits
    assert "Until then" not in stands


def test_many_rows_cost_one_question(row, cast, django_assert_num_queries):
    practices = [row(Level.CIRCLE, slug=f"baris-{number}") for number in range(5)]
    viewer = cast["convenor"]

    with django_assert_num_queries(1):
        for practice in practices:
            audiences.who_sees(practice, viewer=viewer, kind="practice")
