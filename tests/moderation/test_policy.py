"""Who finds which case at her desk: the table over the whole cast, local moderators, and nobody what she wrote herself."""

import pytest
from django.core.exceptions import PermissionDenied

from cop_site.accounts.models import User
from cop_site.forums.models import Post, Topic
from cop_site.moderation import actions, policy
from cop_site.moderation.models import Appeal, Case, Decision, Report
from cop_site.moderation.selectors import reading
from cop_site.screening.refusing import NotReady
from tests import factories
from tests.actors import EVERYBODY
from tests.forums.factories import forum
from tests.forums.factories import topic as topic_in
from tests.moderation.factories import decided, post, reported, talk, waiting

pytestmark = pytest.mark.django_db


def local(scope, cast, name="setempat"):
    """A member who looks after one part."""
    person = factories.person(name)
    task = factories.task(person, "moderator", by=cast["secretariat"])
    task.scope = scope
    task.save(update_fields=["scope"])
    return person


def found_by(cast, rows):
    return {part for part in EVERYBODY if rows.visible_to(cast[part]).exists()}


def test_cases_are_for_moderators_reports_for_who_made_them_decisions_for_whom_they_concern(cast):
    case = reported(post(cast["member2"], talk(cast["member"])), cast["colleague"])
    decision = decided(case, cast["moderator"])
    actions.appeal(decision, by=cast["member2"], words="Bukan iklan.")

    assert found_by(cast, Case.objects) == {"moderator", "secretariat"}
    assert found_by(cast, Report.objects) == {"colleague"}
    assert found_by(cast, Decision.objects) == {"moderator", "secretariat", "member2"}
    assert found_by(cast, Appeal.objects) == {"secretariat", "member2"}


@pytest.mark.parametrize("hides_name", [False, True])
def test_nobody_finds_what_she_wrote_at_her_desk_under_whichever_name(cast, hides_name):
    case = reported(post(cast["moderator"], talk(cast["member"]), hides_name=hides_name), cast["colleague"])
    decided(case, cast["secretariat"])

    assert found_by(cast, Case.objects) == {"secretariat"}
    assert found_by(cast, Decision.objects) == {"moderator", "secretariat"}


def test_a_case_about_a_sealed_name_concerns_nobody_but_the_one_behind_it(cast):
    case = reported(post(cast["member2"], talk(cast["member"]), hides_name=True), cast["colleague"])

    about = {part for part in EVERYBODY if Case.objects.filter(policy.cases_about(cast[part]), pk=case.pk).exists()}

    assert about == {"member2"}


# --- local moderators


@pytest.mark.parametrize(
    ("scope", "finds_it"),
    [
        ("forum:ruang", True),
        ("forum:lain", False),
        ("province:53", True),
        ("province:5", False),
        ("language:id", True),
        ("language:en", False),
    ],
)
def test_local_moderators_find_what_belongs_to_their_part(cast, scope, finds_it):
    topic = talk(cast["member"])
    Topic.objects.filter(pk=topic.pk).update(provinces=["51", "53"])
    case = reported(post(cast["member2"], Topic.objects.get(pk=topic.pk)), cast["colleague"])

    assert Case.objects.visible_to(local(scope, cast)).filter(pk=case.pk).exists() == finds_it


def test_a_local_moderator_lets_through_what_waits_in_her_forum(cast):
    case = waiting(cast["member2"], talk(cast["member"]))

    decided(case, local("forum:ruang", cast), "release")

    assert Post.objects.get(pk=case.subject_id).is_shown


def test_elsewhere_she_decides_nothing(cast):
    case = waiting(cast["member2"], talk(cast["member"]))

    with pytest.raises(PermissionDenied):
        decided(case, local("forum:lain", cast), "release")


def test_she_mutes_and_does_not_suspend(cast):
    case = reported(post(cast["member2"], talk(cast["member"])), cast["colleague"])
    person = local("forum:ruang", cast)

    with pytest.raises(NotReady):
        decided(case, person, sanction="suspension", days=7)
    decided(case, person, sanction="mute", days=7)

    assert reading.sanctions_for(case, person) == ("", "warning", "mute")
    assert User.objects.get(pk=cast["member2"].pk).muted_until is not None


def test_she_reads_nothing_beside_the_case_in_a_forum_of_others(cast, circle):
    closed = topic_in(forum("Lingkar", slug="lingkar", visibility="kelompok", circle=circle), cast["convenor"])
    case = reported(post(cast["convenor"], closed), cast["member"])
    person = local("forum:lingkar", cast)

    decided(case, person)

    assert not Topic.objects.visible_to(person).filter(pk=closed.pk).exists()


def test_objections_are_for_moderators_of_the_whole_place(cast):
    case = reported(post(cast["member2"], talk(cast["member"])), cast["colleague"])
    objection = actions.appeal(decided(case, cast["moderator"]), by=cast["member2"], words="Bukan iklan.")

    with pytest.raises(PermissionDenied):
        actions.decide_appeal(objection, by=local("forum:ruang", cast), is_granted=True, answer="Benar.")


# --- the rota and the sentences


def test_only_moderators_keep_rota_and_sentences(cast):
    day = {"starts_on": "2026-11-22", "ends_on": "2026-11-22"}
    allowed = set()
    for part in EVERYBODY:
        try:
            actions.keep_phrase(None, by=cast[part], name="Iklan", words_id="Ini iklan.")
        except PermissionDenied:
            with pytest.raises(PermissionDenied):
                actions.put_on_rota(cast["moderator"], by=cast[part], **day)
            continue
        allowed.add(part)

    assert allowed == {"moderator", "secretariat"}


def test_only_moderators_have_a_turn_and_no_turn_ends_before_it_begins(cast):
    for person, ends_on in (("member", "2026-11-23"), ("moderator", "2026-11-21")):
        with pytest.raises(NotReady):
            actions.put_on_rota(cast[person], by=cast["secretariat"], starts_on="2026-11-22", ends_on=ends_on)


def test_a_sentence_that_is_changed_is_the_same_sentence(cast):
    kept = actions.keep_phrase(None, by=cast["moderator"], name=" Iklan ", words_id="Ini iklan.", words_en="This is advertising.")

    changed = actions.keep_phrase(kept, by=cast["moderator"], name="Iklan", words_id="Ini tampak iklan.", outcome="take-away")

    assert (changed.pk, kept.name, changed.words_in("en"), changed.outcome) == (kept.pk, "Iklan", "Ini tampak iklan.", "take-away")
