"""Whoever a decision took something from objects once; another moderator looks again."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.activity.models import Activity
from cop_site.forums.models import Post
from cop_site.moderation import actions
from cop_site.moderation.models import Appeal, Case, Decision
from cop_site.screening.refusing import NotReady
from tests.actors import EVERYBODY
from tests.moderation.factories import decided, post, reported, talk, waiting

pytestmark = pytest.mark.django_db
WORDS = "Saya hanya mengutip peraturan."


@pytest.fixture
def decision(cast, case):
    return decided(case, cast["moderator"])


def is_shown(case):
    return Post.objects.unscoped("a test").get(pk=case.subject_id).is_shown


def test_only_whoever_it_is_about_objects(cast, decision):
    allowed = set()
    for part in EVERYBODY:
        try:
            actions.appeal(decision, by=cast[part], words=WORDS)
        except PermissionDenied:
            continue
        allowed.add(part)

    assert allowed == {"member2"}


def test_an_objection_under_another_name_is_not_tied_to_a_person(cast, topic):
    made = decided(reported(post(cast["member2"], topic, hides_name=True), cast["colleague"]), cast["moderator"])

    actions.appeal(made, by=cast["member2"], words=WORDS)

    last = Activity.objects.last()
    assert (last.verb, last.actor) == ("appealed", User.objects.system())


def test_whoever_only_answered_under_a_name_objects_to_nothing_about_the_topic(cast, topic):
    begun = talk(cast["colleague"], slug="lain")
    post(cast["member2"], begun, hides_name=True)
    made = decided(reported(begun, cast["member"]), cast["moderator"])

    with pytest.raises(PermissionDenied):
        actions.appeal(made, by=cast["member2"], words=WORDS)


@pytest.mark.parametrize("part", ["secretariat", "moderator", "member2", "colleague"])
def test_an_objection_is_seen_by_whoever_made_it_and_by_moderators_who_did_not_decide(cast, decision, part):
    made = actions.appeal(decision, by=cast["member2"], words=WORDS)

    assert Appeal.objects.visible_to(cast[part]).filter(pk=made.pk).exists() == (part in {"secretariat", "member2"})


def test_one_objects_once_and_within_thirty_days(cast, topic, decision):
    actions.appeal(decision, by=cast["member2"], words=WORDS)
    old = decided(reported(post(cast["colleague"], topic), cast["member"]), cast["moderator"])
    Decision.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=31))

    for made, person in ((decision, "member2"), (old, "colleague")):
        with pytest.raises(NotReady):
            actions.appeal(made, by=cast[person], words=WORDS)

    assert Appeal.objects.count() == 1


def test_what_took_nothing_is_nothing_to_object_to(cast, case):
    kept = decided(case, cast["moderator"], "keep")

    with pytest.raises(NotReady):
        actions.appeal(kept, by=cast["member2"], words=WORDS)


@pytest.mark.parametrize("words", ["", "Telepon 0812 3456 7890", "x" * 4001])
def test_an_objection_says_something_passes_the_guard_and_has_an_end(cast, decision, words):
    with pytest.raises(NotReady):
        actions.appeal(decision, by=cast["member2"], words=words)


def test_the_muted_object_too(cast, case):
    made = decided(case, cast["moderator"], sanction="mute", days=7)

    person = User.objects.get(pk=cast["member2"].pk)
    assert actions.appeal(made, by=person, words=WORDS).words == WORDS


def test_a_granted_objection_gives_back_the_row_and_ends_the_sanction(cast, case):
    made = decided(case, cast["moderator"], sanction="mute", days=7)
    objection = actions.appeal(made, by=User.objects.get(pk=cast["member2"].pk), words=WORDS)

    actions.decide_appeal(objection, by=cast["secretariat"], is_granted=True, answer="Anda benar.")

    made.refresh_from_db()
    assert (is_shown(case), User.objects.get(pk=cast["member2"].pk).muted_until) == (True, None)
    assert (made.undone_by, Case.objects.open().count()) == (cast["secretariat"], 0)


def test_what_was_refused_wrongly_is_let_through(cast, topic):
    case = waiting(cast["member2"], topic)
    objection = actions.appeal(decided(case, cast["moderator"], "refuse"), by=cast["member2"], words=WORDS)

    actions.decide_appeal(objection, by=cast["secretariat"], is_granted=True, answer="Anda benar.")

    assert (is_shown(case), Case.objects.count()) == (True, 1)


def test_where_it_is_not_granted_everything_stands(cast, case, decision):
    objection = actions.appeal(decision, by=cast["member2"], words=WORDS)

    actions.decide_appeal(objection, by=cast["secretariat"], is_granted=False, answer="Tetap iklan.")

    decision.refresh_from_db()
    last = Activity.objects.last()
    assert (is_shown(case), decision.undone_at) == (False, None)
    assert (last.verb, last.reason, last.facts["granted"]) == ("decided-appeal", "Tetap iklan.", False)


def test_another_moderator_looks_again_and_nobody_else(cast, decision):
    objection = actions.appeal(decision, by=cast["member2"], words=WORDS)
    allowed = set()
    for part in EVERYBODY:
        try:
            actions.decide_appeal(objection, by=cast[part], is_granted=False, answer="Tetap.")
        except PermissionDenied:
            continue
        allowed.add(part)

    assert allowed == {"secretariat"}


def test_an_objection_is_answered_once(cast, decision):
    objection = actions.appeal(decision, by=cast["member2"], words=WORDS)
    actions.decide_appeal(objection, by=cast["secretariat"], is_granted=False, answer="Tetap.")

    with pytest.raises(NotReady):
        actions.decide_appeal(objection, by=cast["secretariat"], is_granted=True, answer="Berubah.")
