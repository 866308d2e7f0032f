"""“We have tried this”: the form, the desk of reports, the page of the level, taking back."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cop_site.library import actions
from cop_site.library.models import AdaptationReport, Practice
from cop_site.library.selectors import using
from tests import factories
from tests.library.factories import full_published, make_practice, published, reported, sentence, submitted

NIK = "3374015508900001"


@pytest.fixture
def practice(author, cast):
    return full_published(author, cast["reviewer"])


@pytest.fixture
def told(cast):
    organisation = cast["member2"].memberships.get().organisation
    return {
        "organisation": organisation.pk,
        "service_scale": "desa-kelurahan",
        "province": "33",
        "year": "2025",
        "outcome": "berhasil-sebagian",
        "language": "id",
        "text": sentence(30),
    }


@pytest.fixture
def as_(client, cast):
    def enter(who):
        client.logout()
        if who != "visitor":
            client.force_login(cast[who])
        return client

    return enter


def page(response):
    return response.content.decode()


def now(thing):
    return type(thing).objects.get(pk=thing.pk)


# --- the form


def test_a_member_hands_a_report_in_and_finds_it_among_her_own(as_, practice, told):
    answer = as_("member2").post(f"/library/{practice.slug}/tried/", told | {"deed_key": uuid4()})

    assert (answer.status_code, AdaptationReport.objects.get().state) == (302, "waiting")
    assert practice.title in page(as_("member2").get("/library/mine/"))


def test_a_report_sent_twice_is_one(as_, practice, told):
    form = told | {"deed_key": uuid4()}

    answers = [as_("member2").post(f"/library/{practice.slug}/tried/", form).status_code for _time in range(2)]

    assert (answers, AdaptationReport.objects.count()) == ([302, 302], 1)


@pytest.mark.parametrize(
    "changes", [{"year": "dahulu"}, {"province": ""}, {"text": ""}, {"text": f"Tercatat NIK {NIK}."}, {"outcome": "hebat"}]
)
def test_a_refused_report_comes_back_with_everything_that_was_typed(as_, practice, told, changes):
    form = told | {"text": "Kami memulai di dua desa."} | changes

    answer = as_("member2").post(f"/library/{practice.slug}/tried/", form)

    assert (answer.status_code, AdaptationReport.objects.count()) == (422, 0)
    assert form["text"] in page(answer)


def test_nobody_reports_for_an_organisation_of_others(as_, practice, told, organisation):
    answer = as_("member2").post(f"/library/{practice.slug}/tried/", told | {"organisation": organisation.pk})

    assert (answer.status_code, AdaptationReport.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("who", "status"), [("member", 403), ("observer", 403), ("researcher", 403), ("visitor", 302), ("applicant", 404), ("suspended", 302)]
)
def test_who_may_not_report(as_, practice, told, who, status):
    client = as_(who)

    answers = [client.get(f"/library/{practice.slug}/tried/"), client.post(f"/library/{practice.slug}/tried/", told)]

    assert [answer.status_code for answer in answers] == [status, status]
    assert AdaptationReport.objects.count() == 0


@pytest.mark.parametrize("make", [make_practice, submitted, lambda author: submitted(author, visibility="organisasi")])
@pytest.mark.parametrize("step", ["tried", "evidence"])
def test_what_is_not_on_the_shelf_answers_as_if_it_were_not_there(as_, author, make, step):
    hidden = make(author)

    assert as_("reviewer").get(f"/library/{hidden.slug}/{step}/").status_code == 404
    assert as_("reviewer").post(f"/library/{hidden.slug}/{step}/").status_code == 404


def test_a_member_of_no_organisation_is_told_so(as_, practice):
    shown = page(as_("convenor").get(f"/library/{practice.slug}/tried/"))

    assert 'data-form="tried"' not in shown


# --- the desk


def test_a_reviewer_reads_a_report_and_accepts_it(as_, cast, practice):
    report = reported(practice, cast["member2"])

    queue, item = (
        page(as_("reviewer").get("/library/review/?tab=reports")),
        page(as_("reviewer").get(f"/library/review/reports/{report.pk}/")),
    )
    answer = as_("reviewer").post(f"/library/review/reports/{report.pk}/", {"decision": "approve", "text": "", "deed_key": uuid4()})

    assert (practice.title in queue, report.text in item) == (True, True)
    assert (answer.status_code, now(report).state) == (302, "accepted")


def test_not_accepting_needs_a_reason(as_, cast, practice):
    report = reported(practice, cast["member2"])
    client, address = as_("reviewer"), f"/library/review/reports/{report.pk}/"

    without = client.post(address, {"decision": "refuse", "text": " "})
    with_one = client.post(address, {"decision": "refuse", "text": "Ini praktik lain.", "deed_key": uuid4()})

    assert (without.status_code, with_one.status_code, now(report).note) == (422, 302, "Ini praktik lain.")


def test_a_decision_about_a_report_sent_twice_is_one(as_, cast, practice):
    report = reported(practice, cast["member2"])
    form = {"decision": "refuse", "text": "Ini praktik lain.", "deed_key": uuid4()}

    answers = [as_("reviewer").post(f"/library/review/reports/{report.pk}/", form).status_code for _time in range(2)]

    assert answers == [302, 302]


@pytest.mark.parametrize(("who", "status"), [("member2", 403), ("secretariat", 403), ("safety_reviewer", 403), ("visitor", 302)])
def test_reports_are_weighed_by_reviewers_alone(as_, cast, practice, who, status):
    report = reported(practice, cast["member2"])
    client = as_(who)

    answers = [client.get(f"/library/review/reports/{pk}/").status_code for pk in (report.pk, 999_999)]
    answers += [client.post(f"/library/review/reports/{pk}/", {"decision": "approve"}).status_code for pk in (report.pk, 999_999)]

    assert answers == [status] * 4
    assert now(report).state == "waiting"


def test_a_reviewer_of_its_organisation_reads_why_she_may_not_decide(as_, cast, practice):
    report = reported(practice, cast["member2"])
    factories.task(cast["colleague"], "reviewer", by=cast["secretariat"])
    client = as_("colleague")

    shown = page(client.get(f"/library/review/reports/{report.pk}/"))
    sent = client.post(f"/library/review/reports/{report.pk}/", {"decision": "approve", "text": "", "deed_key": uuid4()})

    assert ('data-form="review-report"' in shown, sent.status_code, now(report).state) == (False, 403, "waiting")


# --- the level


def test_two_accepted_reports_lead_to_the_question_of_the_level_and_one_withdrawn_takes_it_back(as_, cast, practice):
    third = factories.person("Anggota Ketiga")
    factories.membership(third, factories.organisation("Lembaga Keempat", is_listed=True))
    reports = [reported(practice, cast["member2"], province="33"), reported(practice, third, province="53")]
    client = as_("reviewer")

    led_to = [
        client.post(f"/library/review/reports/{one.pk}/", {"decision": "approve", "deed_key": uuid4()})["Location"] for one in reports
    ]
    client.post(f"/library/{practice.slug}/evidence/", {"evidence": "tereplikasi", "text": "", "deed_key": uuid4()})
    raised = now(practice).evidence
    client.post(f"/library/tried/{reports[0].pk}/withdraw/", {"text": "Data keliru.", "deed_key": uuid4()})

    assert led_to == ["/library/review/?tab=reports", f"/library/{practice.slug}/evidence/"]
    assert (raised, now(practice).evidence) == ("tereplikasi", "menjanjikan")


def test_a_level_that_is_not_open_is_refused(as_, practice):
    answer = as_("reviewer").post(f"/library/{practice.slug}/evidence/", {"evidence": "tereplikasi", "text": "Sudah banyak dipakai."})

    assert (answer.status_code, now(practice).evidence) == (422, "menjanjikan")
    assert "Sudah banyak dipakai." in page(answer)


@pytest.mark.parametrize("who", ["member", "colleague", "member2", "secretariat", "moderator", "safety_reviewer"])
def test_nobody_else_finds_the_page_of_the_level(as_, practice, who):
    client = as_(who)

    answers = [
        client.get(f"/library/{practice.slug}/evidence/"),
        client.post(f"/library/{practice.slug}/evidence/", {"evidence": "gagasan"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert now(practice).evidence == "menjanjikan"


# --- taking back


@pytest.mark.parametrize(("who", "status"), [("member", 403), ("colleague", 403), ("moderator", 403), ("visitor", 302), ("applicant", 404)])
def test_who_may_not_take_a_report_back(as_, cast, practice, who, status):
    report = actions.accept_adaptation(reported(practice, cast["member2"]), by=cast["reviewer"])

    answers = [
        as_(who).get(f"/library/tried/{report.pk}/withdraw/"),
        as_(who).post(f"/library/tried/{report.pk}/withdraw/", {"text": "Saya tidak suka."}),
    ]

    assert [answer.status_code for answer in answers] == [status, status]
    assert now(report).state == "accepted"


def test_a_report_that_waits_is_not_there_for_others(as_, cast, practice):
    report = reported(practice, cast["member2"])

    assert as_("colleague").get(f"/library/tried/{report.pk}/withdraw/").status_code == 404


def test_taking_back_twice_is_once_and_needs_a_reason(as_, cast, practice):
    report = reported(practice, cast["member2"])
    client, form = as_("member2"), {"text": "Data kami keliru.", "deed_key": uuid4()}

    without = client.post(f"/library/tried/{report.pk}/withdraw/", {"text": " "})
    answers = [client.post(f"/library/tried/{report.pk}/withdraw/", form).status_code for _time in range(2)]

    assert (without.status_code, answers, now(report).state) == (422, [302, 302], "withdrawn")


# --- beside the practice


def test_an_organisation_that_hides_is_not_named_beside_its_report(cast, practice):
    hidden = factories.organisation("Lembaga yang Tak Terdaftar")
    person = factories.person("Anggota Diam")
    factories.membership(person, hidden)
    actions.accept_adaptation(reported(practice, person), by=cast["reviewer"])

    named = {name: using.adaptations(practice, cast[name]).shown[0].organisation for name in ("member2", "observer")}

    assert named == {"member2": None, "observer": None}
    assert using.adaptations(practice, person).shown[0].organisation == hidden


def test_one_report_costs_what_twenty_cost(cast, practice):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = using.adaptations(practice, cast["observer"]).shown
            assert [one.report.organisation.name for one in found]
        return len(asked)

    actions.accept_adaptation(reported(practice, cast["member2"]), by=cast["reviewer"])
    first = cost()
    for _number in range(19):
        actions.accept_adaptation(reported(practice, cast["member2"]), by=cast["reviewer"])

    assert cost() == first


def test_the_desk_of_reports_costs_the_same_for_one_and_for_twenty(as_, cast, practice):
    client = as_("reviewer")

    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/library/review/?tab=reports").status_code == 200
        return len(asked)

    reported(practice, cast["member2"])
    cost()
    first = cost()
    for _number in range(19):
        reported(practice, cast["member2"])

    assert cost() == first


def test_extra_fields_have_no_effect_on_a_report(as_, cast, practice, told):
    extras = {
        "state": "accepted",
        "author": cast["member"].pk,
        "practice": 1,
        "decided_by": 1,
        "html": "<script>",
        "note": "Bagus",
        "by": 1,
    }

    as_("member2").post(f"/library/{practice.slug}/tried/", extras | told | {"deed_key": uuid4()})

    report = AdaptationReport.objects.get()
    assert (report.state, report.author, report.decided_by, report.note, report.practice) == (
        "waiting",
        cast["member2"],
        None,
        "",
        practice,
    )
    assert "<script" not in report.html


def test_extra_fields_have_no_effect_on_a_review(as_, cast, author):
    practice = submitted(author)
    extras = {
        "evidence_level_set": "terlembagakan",
        "criteria_scores": '{"etika": 3}',
        "reviewer": 1,
        "revision": 1,
        "claimed_by": 1,
        "comment-x": "y",
    }

    answer = as_("reviewer").post(f"/library/review/{practice.pk}/", extras | {"decision": "approve", "text": "", "deed_key": uuid4()})

    review = practice.reviews.get()
    assert answer.status_code == 302
    assert (review.criteria_scores, review.reviewer, review.comments.count()) == ({}, cast["reviewer"], 0)
    assert Practice.objects.get(pk=practice.pk).evidence == "rintisan"


def test_a_quick_note_is_not_asked_for_a_higher_level(as_, cast, author):
    practice = published(author, cast["reviewer"])
    report = reported(practice, cast["member2"])

    answer = as_("reviewer").post(f"/library/review/reports/{report.pk}/", {"decision": "approve", "deed_key": uuid4()})

    assert answer["Location"] == "/library/review/?tab=reports"
