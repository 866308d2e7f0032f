"""Who hears of a decision: the author once with the reason, the reporter that it was looked at, nobody else."""

import pytest

from cop_site.activity.runner import run_pending
from cop_site.forums import actions as forums
from cop_site.moderation import actions
from cop_site.moderation.models import Case, Decision
from cop_site.notifications.models import Notification
from tests.moderation.factories import decided, post, reported

pytestmark = pytest.mark.django_db


def told(reason):
    run_pending()
    rows = Notification.objects.filter(reason=reason)
    return sorted(rows.values_list("recipient__name", "activity__verb"))


@pytest.mark.parametrize("hides_name", [False, True])
def test_an_author_hears_once_and_a_reporter_that_it_was_looked_at(cast, topic, hides_name):
    case = reported(post(cast["member2"], topic, hides_name=hides_name), cast["colleague"])

    decided(case, cast["moderator"])

    assert (told("decided"), told("looked-at")) == ([("member2", "decided-case")], [("colleague", "decided-case")])
    assert [Notification.objects.visible_to(cast[part]).count() for part in ("member2", "colleague", "moderator", "convenor")] == [
        1,
        1,
        0,
        0,
    ]


@pytest.mark.parametrize("outcome", ["release", "refuse"])
@pytest.mark.parametrize("hides_name", [False, True])
def test_the_fate_of_what_waited_is_told_once(cast, topic, outcome, hides_name):
    forums.reply_to(topic, by=cast["member2"], source="Ini kiriman pertama saya.", hides_name=hides_name)
    decided(Case.objects.get(), cast["moderator"], outcome)

    assert told("decided") == [("member2", "decided-case")]


def test_of_a_report_that_led_to_nothing_the_author_hears_nothing(cast, topic):
    case = reported(post(cast["member2"], topic), cast["colleague"])

    decided(case, cast["moderator"], "keep")

    assert (told("decided"), told("looked-at")) == ([], [("colleague", "decided-case")])


def test_taking_back_and_an_answer_to_an_objection_are_told(cast, topic):
    case = reported(topic, cast["colleague"])
    actions.undo(decided(case, cast["moderator"]), by=cast["moderator"])
    objection = actions.appeal(decided(case, cast["moderator"]), by=cast["member"], words="Bukan iklan.")
    actions.decide_appeal(objection, by=cast["secretariat"], is_granted=True, answer="Benar.")

    verbs = ["decided-appeal", "decided-case", "decided-case", "undid-decision"]
    assert told("decided") == [("member", verb) for verb in verbs]


def test_whoever_decides_about_her_own_report_is_not_told_of_it(cast, topic):
    decided(reported(post(cast["member2"], topic), cast["moderator"]), cast["moderator"])

    assert told("looked-at") == []


def test_what_is_told_leads_the_author_to_the_decision_and_the_reporter_to_her_reports(client, cast, topic):
    case = reported(post(cast["member2"], topic), cast["colleague"])
    decided(case, cast["moderator"])
    run_pending()

    places = {}
    for part in ("member2", "colleague", "member"):
        client.force_login(cast[part])
        answers = [client.get(f"/notifications/{row.pk}/") for row in Notification.objects.filter(decision__isnull=False).order_by("pk")]
        places[part] = [answer.headers.get("Location", answer.status_code) for answer in answers]

    assert places == {
        "member2": [f"/moderation/decisions/{Decision.objects.get().pk}/", 404],
        "colleague": [404, "/moderation/reports/"],
        "member": [404, 404],
    }
