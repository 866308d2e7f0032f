"""Who decides, what becomes of the row and of its author, and who hears of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.activity.models import Activity
from cop_site.forums import actions as forums
from cop_site.forums.models import Post, Topic
from cop_site.moderation import actions
from cop_site.moderation.models import Case, Decision
from cop_site.moderation.selectors import reading
from cop_site.screening.refusing import NotReady
from tests.actors import EVERYBODY
from tests.forums.factories import forum
from tests.forums.factories import topic as topic_in
from tests.moderation.factories import REASON, decided, post, reported, waiting

pytestmark = pytest.mark.django_db


def is_shown(case):
    return Post.objects.unscoped("a test").get(pk=case.subject_id).is_shown


def test_a_decision_closes_the_case_carries_it_out_and_stands_in_the_journal(cast, case):
    decision = decided(case, cast["moderator"])

    case.refresh_from_db()
    last = Activity.objects.last()
    told = {"case": case.pk, "kind": "post", "outcome": "take-away", "sanction": "", "days": 0}
    assert (case.closed_at is not None, is_shown(case), decision.reason) == (True, False, REASON)
    assert (last.verb, last.subject, last.reason, last.facts) == ("decided-case", decision, REASON, told)


def test_what_is_kept_stays_as_it_is(cast, case):
    decided(case, cast["moderator"], "keep")

    assert is_shown(case)


@pytest.mark.parametrize(("outcome", "shown"), [("release", True), ("refuse", False)])
def test_what_waited_is_let_through_or_refused(cast, topic, outcome, shown):
    case = waiting(cast["member2"], topic)

    decided(case, cast["moderator"], outcome)

    assert (is_shown(case), Case.objects.open().count()) == (shown, 0)


@pytest.mark.parametrize(("origin", "outcome"), [("reported", "release"), ("reported", "refuse"), ("held", "keep"), ("held", "take-away")])
def test_what_does_not_fit_the_case_is_refused(cast, topic, case, origin, outcome):
    chosen = case if origin == "reported" else waiting(cast["reviewer"], topic)

    with pytest.raises(NotReady):
        decided(chosen, cast["moderator"], outcome)


def test_a_moderator_judges_what_stands_where_she_does_not_read_and_reads_nothing_else_there(cast, circle):
    closed = topic_in(forum("Lingkar", visibility="kelompok", circle=circle), cast["convenor"])
    case = reported(post(cast["convenor"], closed), cast["member"])

    seen = Topic.objects.visible_to(cast["moderator"]).filter(pk=closed.pk).exists()
    decided(case, cast["moderator"])

    assert (seen, is_shown(case), reading.newest(case).title) == (False, False, "")


def test_only_moderators_decide_and_none_about_herself(cast, topic):
    case = reported(post(cast["moderator"], topic), cast["colleague"])
    allowed = set()
    for part in EVERYBODY:
        try:
            decided(case, cast[part], "keep")
        except PermissionDenied:
            continue
        allowed.add(part)

    assert allowed == {"secretariat"}


def test_a_moderator_does_not_judge_what_she_wrote_under_another_name(cast, topic):
    case = reported(post(cast["moderator"], topic, hides_name=True), cast["colleague"])

    with pytest.raises(PermissionDenied):
        decided(case, cast["moderator"], "keep")


@pytest.mark.parametrize("reason", ["", "Telepon 0812 3456 7890", "x" * 2001])
def test_a_reason_is_given_passes_the_guard_and_is_short(cast, case, reason):
    with pytest.raises(NotReady):
        actions.decide(case, by=cast["moderator"], outcome="keep", reason=reason)


def test_a_case_is_decided_once(cast, case):
    decided(case, cast["moderator"], "keep")

    with pytest.raises(NotReady):
        decided(case, cast["secretariat"])

    assert (Decision.objects.count(), is_shown(case)) == (1, True)


def test_what_was_changed_since_it_was_read_is_not_decided_about(cast, case):
    read = reading.newest(case)
    forums.edit_post(Post.objects.get(pk=case.subject_id), by=cast["member2"], source="Kata lain.")

    with pytest.raises(NotReady):
        decided(case, cast["moderator"], seen=read.pk)

    decided(case, cast["moderator"], seen=reading.newest(case).pk)
    assert not is_shown(case)


def test_what_is_never_let_pass_is_not_let_through_here_either(cast, topic):
    case = waiting(cast["member2"], topic)
    Post.objects.filter(pk=case.subject_id).update(source="Telepon 0812 3456 7890")

    with pytest.raises(NotReady):
        decided(case, cast["moderator"], "release")

    assert (reading.guarded(case).is_closed, Decision.objects.count()) == (True, 0)


# --- claims


def test_a_claim_keeps_others_away_for_half_an_hour(cast, case):
    actions.claim(case, by=cast["moderator"])

    with pytest.raises(NotReady):
        actions.claim(case, by=cast["secretariat"])
    with pytest.raises(NotReady):
        decided(case, cast["secretariat"])

    Case.objects.filter(pk=case.pk).update(claimed_at=timezone.now() - timedelta(minutes=31))
    assert actions.claim(case, by=cast["secretariat"]).claimed_by == cast["secretariat"]


def test_what_is_put_back_is_free_and_nobody_puts_back_what_another_took(cast, case):
    actions.claim(case, by=cast["moderator"])

    still = actions.put_back(case, by=cast["secretariat"]).claimed_by
    free = actions.put_back(case, by=cast["moderator"]).claimed_by

    assert (still, free) == (cast["moderator"], None)


# --- the author


def test_a_warning_stands_in_the_journal_of_the_author(cast, case):
    decided(case, cast["moderator"], "keep", sanction="warning")

    assert Activity.objects.get(verb="warned").subject == cast["member2"]


@pytest.mark.parametrize(("sanction", "days", "column"), [("mute", 7, "muted_until"), ("suspension", 30, "suspended_until")])
def test_a_sanction_holds_for_its_days(cast, case, sanction, days, column):
    decided(case, cast["moderator"], sanction=sanction, days=days)

    until = getattr(User.objects.get(pk=cast["member2"].pk), column)
    assert timedelta(days=days - 1) < until - timezone.now() <= timedelta(days=days)


def test_a_suspension_without_days_has_no_end(cast, case):
    decided(case, cast["moderator"], sanction="suspension", days=0)

    person = User.objects.get(pk=cast["member2"].pk)
    assert (person.suspended_at is not None, person.suspended_until) == (True, None)


@pytest.mark.parametrize(("sanction", "days"), [("mute", 0), ("mute", 365), ("suspension", 1), ("warning", 7), ("", 7)])
def test_days_that_nobody_offers_are_refused(cast, case, sanction, days):
    with pytest.raises(NotReady):
        decided(case, cast["moderator"], sanction=sanction, days=days)


@pytest.mark.parametrize("sanction", ["warning", "mute", "suspension"])
def test_nothing_is_done_to_somebody_whose_name_is_sealed(cast, topic, sanction):
    case = reported(post(cast["member2"], topic, hides_name=True), cast["colleague"])

    with pytest.raises(NotReady):
        decided(case, cast["moderator"], sanction=sanction, days=7 if sanction != "warning" else 0)

    assert reading.sanctions_for(case, cast["moderator"]) == ("",)


def test_nobody_suspends_those_above_her(cast, topic):
    case = reported(post(cast["secretariat"], topic), cast["colleague"])

    with pytest.raises(NotReady):
        decided(case, cast["moderator"], sanction="suspension", days=7)

    assert reading.sanctions_for(case, cast["moderator"]) == ("", "warning")


def test_the_journal_of_a_decision_names_nobody_behind_a_name(cast, topic):
    case = reported(post(cast["member2"], topic, hides_name=True), cast["colleague"])
    decided(case, cast["moderator"])

    told = [(one.actor_id, one.subject_type.model, one.facts) for one in Activity.objects.select_related("subject_type")]
    assert [one for one in told if one[0] == cast["member2"].pk or one[1] == "user"] == []


# --- several at once


def test_several_cases_are_decided_alike_and_what_cannot_be_is_left(cast, topic):
    good = [reported(post(cast["member2"], topic, f"Iklan {number}."), cast["colleague"]) for number in range(3)]
    hers = reported(post(cast["moderator"], topic), cast["colleague"])
    gone = reported(post(cast["reviewer"], topic), cast["colleague"])
    decided(gone, cast["secretariat"], "keep")

    done = actions.decide_many([*good, hers, gone], by=cast["moderator"], outcome="take-away", reason=REASON)

    assert [decision.case for decision in done.decisions] == good
    assert {case for case, _why in done.left} == {hers, gone}


def test_the_same_form_sent_twice_decides_once(cast, case):
    key = uuid4()

    first, again = (actions.decide_many([case], by=cast["moderator"], outcome="keep", reason=REASON, key=key) for _time in range(2))

    assert (first.decisions, again.left) == (again.decisions, [])
