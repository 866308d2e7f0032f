"""Members tell moderators of what does harm; one case a row, whoever reports it."""

import pytest
from django.core.exceptions import PermissionDenied

from cop_site.activity.models import Activity
from cop_site.forums import actions as forums
from cop_site.moderation import actions, kinds
from cop_site.moderation.models import Case, Report
from cop_site.screening.refusing import NotReady
from tests.actors import EVERYBODY
from tests.forums.factories import forum
from tests.forums.factories import topic as topic_in
from tests.moderation.factories import decided, post, reported

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(cast, topic):
    return post(cast["member2"], topic)


def test_a_report_opens_a_case_that_holds_what_the_reader_saw(cast, topic, written):
    case = reported(written, cast["colleague"], "harassment", "Menyindir anggota lain.")

    shown = case.snapshots.get()
    last = Activity.objects.last()
    assert (case.kind, case.origin, case.severity, case.author, case.forum) == ("post", "reported", 3, cast["member2"], topic.forum)
    assert (shown.title, shown.html) == ("", written.html)
    assert (last.verb, last.actor, last.facts) == ("reported", cast["colleague"], {"case": case.pk, "kind": "post", "why": "harassment"})


def test_two_who_report_the_same_row_make_one_case_as_grave_as_the_graver(cast, written):
    first, second = reported(written, cast["colleague"], "spam"), reported(written, cast["convenor"], "danger")

    second.refresh_from_db()
    assert (first, second.severity, second.reports.count()) == (second, 4, 2)


def test_whoever_reports_twice_has_reported_once(cast, written):
    first = actions.report(written, by=cast["colleague"], reason="spam")

    again = actions.report(written, by=cast["colleague"], reason="danger", note="Sungguh.")

    assert (again, again.reason, Report.objects.count()) == (first, "spam", 1)


def test_after_a_decision_the_next_report_is_a_new_case(cast, written):
    case = reported(written, cast["colleague"])
    decided(case, cast["moderator"], "keep")

    assert reported(written, cast["colleague"]) != case


def test_only_those_who_read_it_report_it_and_nobody_her_own(cast, written):
    allowed = set()
    for part in EVERYBODY:
        try:
            actions.report(written, by=cast[part], reason="spam")
        except PermissionDenied:
            continue
        allowed.add(part)

    members = {"member", "colleague", "convenor", "moderator", "secretariat", "reviewer", "safety_reviewer", "editor", "auditor", "former"}
    assert allowed == members


def test_ones_own_words_under_another_name_are_not_reported(cast, topic):
    sealed = post(cast["member2"], topic, hides_name=True)

    with pytest.raises(PermissionDenied):
        actions.report(sealed, by=cast["member2"], reason="spam")


def test_a_case_never_says_who_stands_behind_a_name(cast, topic):
    case = reported(post(cast["member2"], topic, hides_name=True), cast["colleague"])

    assert (case.author, Activity.objects.filter(actor=cast["member2"]).exists()) == (None, False)


def test_what_one_does_not_read_is_not_there_to_be_reported(cast, circle):
    closed = topic_in(forum("Lingkar", visibility="kelompok", circle=circle), cast["member"])

    with pytest.raises(PermissionDenied):
        actions.report(closed, by=cast["member2"], reason="spam")


@pytest.mark.parametrize(("reason", "note"), [("other", " "), ("spam", "Telepon 0812 3456 7890"), ("spam", "x" * 1001)])
def test_a_note_says_something_else_passes_the_guard_and_is_short(cast, written, reason, note):
    with pytest.raises(NotReady):
        actions.report(written, by=cast["colleague"], reason=reason, note=note)

    assert not Case.objects.exists()


def test_what_was_changed_since_is_judged_as_it_is_now(cast, written):
    case = reported(written, cast["colleague"])

    forums.edit_post(written, by=cast["member2"], source="Maaf, lebih halus.")

    assert [shown.html for shown in case.snapshots.all()] == ["<p>Maaf, lebih halus.</p>\n", written.html]


def test_a_topic_is_reported_with_its_title_and_first_post(cast, topic):
    case = reported(topic, cast["colleague"])

    shown = case.snapshots.get()
    assert (case.author, shown.title, "Kami sedang menyusun" in shown.html) == (cast["member"], topic.title, True)


def test_a_post_that_waits_is_no_part_of_a_reported_topic(cast, topic):
    forums.reply_to(topic, by=cast["convenor"], source="Belum boleh dibaca.")

    shown = reported(topic, cast["colleague"]).snapshots.get()

    assert "Kami sedang menyusun" in shown.html
    assert "Belum boleh dibaca" not in shown.html


def test_kinds_answer_to_their_names():
    assert set(kinds.KINDS) == {"post", "topic", "practice", "list", "adaptation", "organisation", "inquiry"}
    assert kinds.of("nothing") is None
