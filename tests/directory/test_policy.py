"""Who may do what in the directory, the whole cast asked."""

import pytest

from cop_site.directory import policy
from cop_site.directory.models import Listing, ListingRevision
from tests.actors import EVERYBODY
from tests.directory.factories import listing, steward

pytestmark = pytest.mark.django_db

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
INSIDERS = FULL | {"researcher"}


@pytest.fixture
def entry(cast, organisation):
    """Looked after by member; the network reads it."""
    steward(cast["member"], organisation)
    return listing(of=organisation)


def those_who(cast, may):
    return {who for who in EVERYBODY if may(cast[who])}


@pytest.mark.parametrize(
    ("level", "readers"),
    [
        ("publik", set(EVERYBODY)),
        ("jaringan", INSIDERS),
        ("organisasi", {"member", "colleague"}),
        ("pengelola", {"member", "colleague", "moderator", "secretariat"}),
    ],
)
def test_who_sees_an_entry(cast, organisation, entry, level, readers):
    organisation.visibility = level
    organisation.save()

    assert those_who(cast, lambda one: Listing.objects.visible_to(one).filter(pk=entry.pk).exists()) == readers


def test_one_that_is_not_listed_is_known_to_its_people_and_the_secretariat(cast, organisation, entry):
    organisation.is_listed = False
    organisation.save()

    seen = those_who(cast, lambda one: Listing.objects.visible_to(one).filter(pk=entry.pk).exists())
    assert seen == {"member", "colleague", "secretariat"}


@pytest.mark.parametrize(
    ("may", "who"),
    [
        ("can_edit", {"member", "secretariat"}),
        ("can_confirm", {"member", "secretariat"}),
        ("can_name_stewards", {"member", "secretariat"}),
        ("can_set_level", {"member", "secretariat"}),
        ("can_verify", {"secretariat"}),
    ],
)
def test_who_does_what_with_an_organisation(cast, organisation, entry, may, who):
    assert those_who(cast, lambda one: getattr(policy, may)(one, organisation)) == who


@pytest.mark.parametrize(
    ("may", "who"),
    [
        ("can_list", {"secretariat"}),
        ("can_carry", {"secretariat"}),
        ("can_decide_claims", {"secretariat"}),
        ("can_publish_survey", {"secretariat"}),
        ("can_survey", {"convenor", "secretariat"}),
        ("can_suggest", FULL),
    ],
)
def test_who_does_what_in_the_directory(cast, entry, may, who):
    assert those_who(cast, getattr(policy, may)) == who


def test_who_asks_what_of_an_entry(cast, entry):
    assert those_who(cast, lambda one: policy.can_inquire(one, entry)) == FULL
    assert those_who(cast, lambda one: policy.can_claim(one, entry)) == set()
    assert those_who(cast, lambda one: policy.can_claim(one, listing())) == FULL
    assert those_who(cast, lambda one: policy.can_inquire(one, listing())) == set()
    assert those_who(cast, lambda one: policy.can_ask_public(one, entry)) == {"member", "secretariat"}


def test_who_can_be_a_steward(cast, organisation, entry):
    assert those_who(cast, lambda one: policy.can_be_steward(one, organisation)) == {"member", "colleague"}


def test_earlier_words_are_for_the_organisations_people_and_the_secretariat(cast, entry):
    ListingRevision.objects.create(listing=entry, number=1, content={})

    seen = those_who(cast, lambda one: ListingRevision.objects.visible_to(one).exists())
    assert seen == {"member", "colleague", "secretariat"}
