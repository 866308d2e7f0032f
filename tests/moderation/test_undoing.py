"""A decision is taken back within a day: everything is as before."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cop_site.accounts import actions as people
from cop_site.accounts.models import User
from cop_site.activity.models import Activity
from cop_site.forums import actions as forums
from cop_site.forums.models import Post, Topic
from cop_site.moderation import actions
from cop_site.moderation.models import Case, Decision
from cop_site.screening.refusing import NotReady
from tests.moderation.factories import REASON, decided, post, reported, waiting

pytestmark = pytest.mark.django_db


def row_of(case):
    return Post.objects.unscoped("a test").select_related("topic").get(pk=case.subject_id)


def counts(topic):
    topic = Topic.objects.unscoped("a test").select_related("forum").get(pk=topic.pk)
    return topic.post_count, topic.last_number, topic.forum.post_count, topic.forum.topic_count


def test_what_was_taken_is_given_back_and_the_case_waits_again_with_her_who_decided(cast, topic, case):
    before = counts(topic)
    decision = decided(case, cast["moderator"])

    actions.undo(decision, by=cast["moderator"])

    case.refresh_from_db()
    assert (case.closed_at, case.claimed_by, row_of(case).is_shown, counts(topic)) == (None, cast["moderator"], True, before)
    assert Activity.objects.last().verb == "undid-decision"


@pytest.mark.parametrize("outcome", ["release", "refuse"])
def test_what_waited_waits_again(cast, topic, outcome):
    case = waiting(cast["member2"], topic)
    decision = decided(case, cast["moderator"], outcome)

    actions.undo(decision, by=cast["moderator"])

    case.refresh_from_db()
    row = row_of(case)
    assert (case.closed_at, case.origin, row.held_because, row.hidden_at, row.is_shown) == (None, "held", "first-posts", None, False)
    assert decided(case, cast["moderator"], "release").case == case


@pytest.mark.parametrize("outcome", ["release", "refuse"])
def test_a_topic_that_waited_with_its_post_waits_again(cast, topic, outcome):
    begun = forums.start_topic(topic.forum, by=cast["member2"], title="Baru", source="Apa kabar semua?")
    before = counts(begun)
    decision = decided(Case.objects.get(), cast["moderator"], outcome)

    actions.undo(decision, by=cast["moderator"])

    begun.refresh_from_db()
    assert (begun.held_at is not None, begun.hidden_at, counts(begun)[2:]) == (True, None, before[2:])


def test_a_topic_is_given_back_with_all_its_posts(cast, topic):
    post(cast["member2"], topic)
    before = counts(topic)
    decision = decided(reported(topic, cast["colleague"]), cast["moderator"])
    gone = counts(topic)

    actions.undo(decision, by=cast["moderator"])

    assert (gone[2:], counts(topic)) == ((0, 0), before)


@pytest.mark.parametrize(("sanction", "days"), [("mute", 7), ("suspension", 0), ("suspension", 30)])
def test_a_sanction_ends_with_its_decision(cast, case, sanction, days):
    decision = decided(case, cast["moderator"], sanction=sanction, days=days)

    actions.undo(decision, by=cast["moderator"])

    person = User.objects.get(pk=cast["member2"].pk)
    assert (person.muted_until, person.suspended_at, person.suspended_until) == (None, None, None)


@pytest.mark.parametrize("days", [1, 30])
def test_an_earlier_mute_holds_on_whether_the_later_was_longer_or_not(cast, topic, case, days):
    other = reported(post(cast["member2"], topic, "Sekali lagi."), cast["colleague"])
    decided(case, cast["moderator"], sanction="mute", days=7)
    week = User.objects.get(pk=cast["member2"].pk).muted_until

    actions.undo(decided(other, cast["moderator"], sanction="mute", days=days), by=cast["moderator"])

    assert User.objects.get(pk=cast["member2"].pk).muted_until == week


def test_what_somebody_else_did_since_holds(cast, case):
    decision = decided(case, cast["moderator"], sanction="mute", days=7)
    later = timezone.now() + timedelta(days=60)
    people.mute(cast["member2"], by=cast["secretariat"], reason=REASON, until=later)

    actions.undo(decision, by=cast["moderator"])

    assert User.objects.get(pk=cast["member2"].pk).muted_until == later


@pytest.mark.parametrize("outcome", ["keep", "release"])
def test_what_its_author_deleted_is_neither_given_back_nor_judged_again(cast, topic, case, outcome):
    case = case if outcome == "keep" else waiting(cast["reviewer"], topic)
    decision = decided(case, cast["moderator"], outcome)
    forums.delete_post(row_of(case), by=case.author)

    actions.undo(decision, by=cast["moderator"])

    assert (row_of(case).hidden_by_author, Case.objects.open().of(row_of(case)).exists()) == (True, False)


@pytest.mark.parametrize("part", ["secretariat", "member2", "colleague"])
def test_only_she_who_decided_takes_it_back(cast, case, part):
    decision = decided(case, cast["moderator"])

    with pytest.raises(PermissionDenied):
        actions.undo(decision, by=cast[part])


def test_after_a_day_it_stands(cast, case):
    decision = decided(case, cast["moderator"])
    Decision.objects.update(at=timezone.now() - timedelta(hours=25))

    with pytest.raises(NotReady):
        actions.undo(decision, by=cast["moderator"])


def test_once_somebody_objects_another_looks_and_it_is_not_taken_back(cast, case):
    decision = decided(case, cast["moderator"])
    actions.appeal(decision, by=cast["member2"], words="Ini bukan iklan.")

    with pytest.raises(NotReady):
        actions.undo(decision, by=cast["moderator"])


def test_taken_back_twice_is_taken_back_once(cast, case):
    decision = decided(case, cast["moderator"])

    for _time in range(2):
        actions.undo(decision, by=cast["moderator"])

    assert Activity.objects.filter(verb="undid-decision").count() == 1


def test_a_case_that_was_opened_meanwhile_takes_over(cast, case):
    decision = decided(case, cast["moderator"], "keep")
    newer = reported(row_of(case), cast["convenor"])

    actions.undo(decision, by=cast["moderator"])

    assert list(Case.objects.open()) == [newer]
