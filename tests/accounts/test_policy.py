"""Who may see and do what: one table over the whole cast."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cop_site.accounts import policy, tokens
from cop_site.accounts.models import Application, Circle, Organisation, User
from cop_site.library.models import Practice
from tests import factories
from tests.actors import EVERYBODY

LEVELS = ["publik", "jaringan", "kelompok", "organisasi", "pengelola", "pribadi"]
NOBODYS = ["visitor", "applicant", "suspended", "expired_researcher"]
FULL_MEMBERS = [
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
]
OFFICE = ["moderator", "secretariat"]

# Who sees a row of member's, of her organisation and circle, at each level; by kind where kinds differ.
NETWORK = {
    "practice": {*FULL_MEMBERS, "researcher", "observer"},
    "organisation": {*FULL_MEMBERS, "researcher"},
    "topic": {*FULL_MEMBERS},
}
OTHERS = {
    "publik": set(EVERYBODY),
    "kelompok": {"member", "convenor"},
    "organisasi": {"member", "colleague"},
    "pengelola": {"member", *OFFICE},
    "pribadi": {"member"},
}


@pytest.fixture
def rows(cast, organisation, circle):
    """A practice of ``member`` at each level."""
    return {level: factories.practice(cast["member"], visibility=level, organisation=organisation, circle=circle) for level in LEVELS}


@pytest.mark.parametrize("kind", ["practice", "organisation", "topic"])
@pytest.mark.parametrize("level", LEVELS)
def test_level_by_role_is_the_table_of_the_product(level, kind, cast, rows):
    row = Practice.objects.filter(pk=rows[level].pk)
    expected = NETWORK[kind] if level == "jaringan" else OTHERS[level]

    seeing = {part for part, person in cast.items() if row.filter(policy.seen_by(person, kind=kind)).exists()}

    assert seeing == expected


@pytest.mark.parametrize("level", LEVELS)
def test_index_tokens_say_the_same_as_the_database(level, cast, rows):
    words = tokens.audience_tokens(rows[level], kind="practice")

    by_tokens = {part for part, person in cast.items() if words & tokens.viewer_tokens(person)}
    by_query = {
        part
        for part, person in cast.items()
        if Practice.objects.filter(policy.seen_by(person, kind="practice"), pk=rows[level].pk).exists()
    }

    assert by_tokens == by_query != set()


@pytest.mark.parametrize(
    ("part", "level", "sees_it"),
    [
        ("researcher", "organisasi", True),
        ("observer", "organisasi", False),
        ("moderator", "organisasi", True),
        ("applicant", "organisasi", False),
        ("researcher", "kelompok", True),
        ("observer", "kelompok", True),
        ("secretariat", "kelompok", True),
        ("applicant", "kelompok", False),
    ],
)
def test_people_of_the_organisation_and_circle_see_as_far_as_their_role_goes(part, level, sees_it, cast, rows, organisation, circle):
    factories.membership(cast[part], organisation)
    circle.members.add(cast[part])

    seen = Practice.objects.filter(policy.seen_by(cast[part], kind="practice"), pk=rows[level].pk)

    assert seen.exists() is sees_it
    assert bool(tokens.audience_tokens(rows[level], kind="practice") & tokens.viewer_tokens(cast[part])) is sees_it


def test_a_circle_that_has_ended_opens_nothing(cast, rows, circle):
    seen = Practice.objects.filter(policy.seen_by(cast["convenor"], kind="practice"), pk=rows["kelompok"].pk)
    assert seen.exists()

    Circle.objects.update(ends_on=timezone.localdate() - timedelta(days=1))

    assert not seen.exists()
    assert tokens.viewer_tokens(cast["convenor"]) & {f"kelompok:{circle.pk}"} == set()


def test_rows_whose_author_is_gone_belong_to_nobody(cast):
    orphan = factories.practice(None, visibility="pribadi")

    seeing = {
        part for part, person in cast.items() if Practice.objects.filter(policy.seen_by(person, kind="practice"), pk=orphan.pk).exists()
    }

    assert seeing == set()


RULES = {
    policy.can_decide_applications: {"secretariat"},
    policy.can_end_task: {"secretariat"},
    policy.can_change_membership: {"secretariat"},
    policy.can_see_people: {"secretariat"},
    policy.can_make_circle: {"convenor", "secretariat"},
    policy.can_open_sealed: {"moderator", "secretariat"},
    policy.can_read_journal: {"auditor"},
    policy.can_edit_pages: {"editor"},
    policy.can_review: {"reviewer"},
    policy.can_review_safety: {"safety_reviewer"},
    policy.can_apply: {"applicant"},
    policy.is_member: {*FULL_MEMBERS},
    policy.is_moderator: {*OFFICE},
    policy.can_see_circles: {*FULL_MEMBERS, "researcher", "observer"},
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_over_the_whole_cast(rule, cast):
    allowed = {part for part, person in cast.items() if rule(person)}

    assert allowed == RULES[rule]


@pytest.mark.parametrize("kind", ["reviewer", "safety-reviewer", "editor", "auditor"])
def test_a_task_counts_for_no_visitor_applicant_or_suspended_person(kind, cast):
    for part in [*NOBODYS, "observer"]:
        if part != "visitor":
            factories.task(cast[part], kind, by=cast["secretariat"])

    holders = {part for part in [*NOBODYS, "observer"] if policy.has_task(cast[part], kind)}

    assert holders == set()


def test_a_task_ends_with_its_last_day(cast):
    factories.task(cast["member"], "editor", by=cast["secretariat"], days=0)
    factories.task(cast["colleague"], "editor", by=cast["secretariat"], days=-1)

    assert policy.can_edit_pages(cast["member"])
    assert not policy.can_edit_pages(cast["colleague"])


@pytest.mark.parametrize(
    ("by", "whom", "allowed"),
    [
        ("secretariat", "member", True),
        ("secretariat", "moderator", True),
        ("moderator", "member", True),
        ("moderator", "convenor", True),
        ("moderator", "moderator", False),
        ("moderator", "secretariat", False),
        ("secretariat", "secretariat", False),
        ("convenor", "member", False),
        ("member", "colleague", False),
        ("visitor", "member", False),
        ("suspended", "member", False),
    ],
)
def test_who_suspends_whom(by, whom, allowed, cast):
    assert policy.can_suspend(cast[by], cast[whom]) is allowed


@pytest.mark.parametrize(
    ("by", "whom", "role", "allowed"),
    [
        ("secretariat", "member", "convenor", True),
        ("secretariat", "researcher", "member", True),
        ("secretariat", "secretariat", "member", False),
        ("secretariat", "applicant", "member", False),
        ("secretariat", "member", "applicant", False),
        ("moderator", "member", "convenor", False),
        ("member", "colleague", "convenor", False),
    ],
)
def test_who_changes_whose_role(by, whom, role, allowed, cast):
    assert policy.can_change_role(cast[by], cast[whom], role) is allowed


def test_applications_are_seen_by_the_applicant_and_by_the_secretariat(cast):
    application = Application.objects.get(person=cast["applicant"])

    seeing = {part for part, person in cast.items() if Application.objects.visible_to(person).filter(pk=application.pk).exists()}

    assert seeing == {"applicant", "secretariat"}


def test_an_application_reaches_nobody_before_its_address_is_confirmed(cast):
    Application.objects.update(state="unconfirmed")

    seeing = {part for part, person in cast.items() if Application.objects.visible_to(person).exists()}

    assert seeing == {"applicant"}


def test_only_the_secretariat_sees_people(cast):
    User.objects.system()

    seeing = {part for part, person in cast.items() if User.objects.visible_to(person).exists()}
    seen = set(User.objects.visible_to(cast["secretariat"]))

    assert seeing == {"secretariat"}
    assert seen == set(cast.values()) - {cast["visitor"]}


def test_a_circle_is_seen_by_its_people_and_its_owner_only(cast, circle):
    assert {part for part, person in cast.items() if Circle.objects.visible_to(person).exists()} == {"member", "convenor"}


def test_an_ended_circle_is_seen_by_its_owner_only(cast):
    factories.circle(cast["convenor"], cast["member"], days=-1)

    assert {part for part, person in cast.items() if Circle.objects.visible_to(person).exists()} == {"convenor"}


@pytest.mark.parametrize("who", ["observer", "researcher"])
def test_who_is_in_a_circle_is_read_by_its_members_and_not_by_observers_and_researchers(who, client, cast, circle):
    circle.members.add(cast[who])

    def named_to(part):
        client.force_login(cast[part])
        page = client.get(f"/accounts/circles/{circle.pk}/").content.decode()
        return {other for other in ("member", who) if f"<b>{cast[other].name}</b>" in page}

    assert {part: named_to(part) for part in ("convenor", "member", who)} == {
        "convenor": {"member", who},
        "member": {"member", who},
        who: {who},
    }
    answers = [client.post(f"/accounts/circles/{circle.pk}/take-out/{cast[other].handle}/").status_code for other in ("member", "member2")]
    assert answers == [302, 302]
    assert circle.members.filter(pk=cast["member"].pk).exists()


def test_whom_a_circle_can_let_in_is_the_same_in_both_forms(cast):
    by_query = set(User.objects.for_circles())
    by_rule = {person for part, person in cast.items() if policy.can_be_in_circle(person)}

    assert by_query == by_rule
    assert {part for part in NOBODYS if cast[part] in by_query} == set()


ORGANISATION_READERS = {
    ("listed", "publik"): set(EVERYBODY),
    ("listed", "jaringan"): {*FULL_MEMBERS, "researcher"},
    ("listed", "pengelola"): {"member", "colleague", *OFFICE},
    ("unlisted", "publik"): {"member", "colleague", "secretariat"},
}


@pytest.mark.parametrize(("listing", "level"), ORGANISATION_READERS)
def test_an_organisation_is_seen_by_level_once_it_is_listed(listing, level, cast, organisation):
    Organisation.objects.filter(pk=organisation.pk).update(is_listed=listing == "listed", visibility=level)

    seeing = {part for part, person in cast.items() if Organisation.objects.visible_to(person).filter(pk=organisation.pk).exists()}

    assert seeing == ORGANISATION_READERS[listing, level]
