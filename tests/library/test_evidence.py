"""The ladder of evidence: what others report is weighed, and a level stands or falls with it (rule r6)."""

from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cop_site.activity.models import Activity
from cop_site.activity.runner import run_pending
from cop_site.library import actions, evidence_policy, rules
from cop_site.library.actions import judging
from cop_site.library.documents import document_of
from cop_site.library.models import AdaptationReport, Practice
from tests import factories
from tests.library.factories import (
    full,
    full_published,
    judgement,
    make_practice,
    published,
    reported,
    sentence,
    submitted,
)

NIK = "3374015508900001"
EVALUATION = {"references": ["Laporan evaluasi luar tahun 2025 oleh pusat kajian."]}
MEMBERS = {"member", "colleague", "member2", "convenor", "moderator", "secretariat", "reviewer", "safety_reviewer", "editor", "auditor"}


@pytest.fixture
def third(db):
    """A member of yet another organisation."""
    person = factories.person("Anggota Ketiga")
    factories.membership(person, factories.organisation("Lembaga Keempat", is_listed=True))
    return person


@pytest.fixture
def practice(author, reviewer):
    """A good practice on the shelf, called promising."""
    return full_published(author, reviewer, **EVALUATION)


def now(thing):
    return type(thing).objects.get(pk=thing.pk)


def accepted(practice, by, reviewer, **told):
    return actions.accept_adaptation(reported(practice, by, **told), by=reviewer)


@pytest.fixture
def two_reports(cast, practice, reviewer, third):
    """Two organisations, two provinces: enough for “replicated”."""
    return [accepted(practice, cast["member2"], reviewer, province="33"), accepted(practice, third, reviewer, province="53")]


def verbs():
    return list(Activity.objects.order_by("pk").values_list("verb", flat=True))


def may(cast, rule, *facts, **more):
    return {name for name, person in cast.items() if rule(person, *facts, **more)}


# --- who


def test_who_reports_having_tried_a_practice(cast, practice):
    assert may(cast, evidence_policy.can_report_adaptation, practice) == (MEMBERS | {"former"}) - {"member"}


@pytest.mark.parametrize("make", [make_practice, submitted])
def test_nobody_reports_having_tried_what_is_not_on_the_shelf(cast, author, make):
    assert may(cast, evidence_policy.can_report_adaptation, make(author)) == set()


def test_who_weighs_a_report(cast, practice):
    report = reported(practice, cast["member2"])

    assert may(cast, evidence_policy.can_decide_adaptation, report, is_colleague=False) == {"reviewer"}
    assert may(cast, evidence_policy.can_decide_adaptation, report, is_colleague=True) == set()


def test_who_takes_a_report_back(cast, practice):
    report = reported(practice, cast["member2"])

    assert may(cast, evidence_policy.can_withdraw_adaptation, report) == {"member2", "reviewer", "secretariat"}


def test_who_sets_a_level(cast, practice):
    assert may(cast, evidence_policy.can_set_evidence, practice, is_colleague=False) == {"reviewer"}
    assert may(cast, evidence_policy.can_set_evidence, practice, is_colleague=True) == set()


@pytest.mark.parametrize(
    ("state", "readers"),
    [
        ("waiting", {"member2", "reviewer"}),
        ("accepted", MEMBERS | {"former", "researcher", "observer"}),
        ("refused", {"member2"}),
        ("withdrawn", {"member2"}),
    ],
)
def test_who_reads_a_report_about_a_practice_of_the_network(cast, practice, state, readers):
    report = reported(practice, cast["member2"])
    AdaptationReport.objects.filter(pk=report.pk).update(state=state)

    assert {name for name, person in cast.items() if AdaptationReport.objects.visible_to(person).exists()} == readers


@pytest.mark.parametrize(("level", "readers"), [("organisasi", {"member", "colleague"}), ("pribadi", {"member"})])
def test_a_report_is_read_by_nobody_who_does_not_read_the_practice(cast, practice, level, readers):
    accepted(practice, cast["member2"], cast["reviewer"])
    Practice.objects.filter(pk=practice.pk).update(visibility=level)

    assert {name for name, person in cast.items() if AdaptationReport.objects.visible_to(person).exists()} == readers


# --- reporting


def test_a_report_waits_and_is_cleaned_and_written_down(cast, practice):
    report = reported(practice, cast["member2"], text=sentence(20) + " <script>alert(1)</script> **tebal**")

    assert (report.state, report.organisation.name) == ("waiting", "Lembaga Kedua")
    assert "<script" not in report.html
    assert "<strong>tebal</strong>" in report.html
    assert verbs()[-1] == "reported-adaptation"


@pytest.mark.parametrize("who", ["member", "researcher", "observer", "applicant", "suspended"])
def test_who_may_not_report_leaves_no_trace(cast, practice, who):
    with pytest.raises(PermissionDenied):
        reported(practice, cast[who], organisation=factories.organisation())

    assert AdaptationReport.objects.count() == 0


def test_nobody_reports_for_an_organisation_of_others(cast, practice, organisation):
    with pytest.raises(PermissionDenied):
        reported(practice, cast["member2"], organisation=organisation)

    assert AdaptationReport.objects.count() == 0


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"service_scale": "planet"}, "service_scale"),
        ({"province": "99"}, "province"),
        ({"outcome": "hebat"}, "outcome"),
        ({"year": 1890}, "year"),
        ({"year": 2999}, "year"),
        ({"text": "  "}, "text"),
        ({"text": sentence(700)}, "text"),
    ],
)
def test_a_report_that_is_not_whole_is_refused_at_its_field(cast, practice, told, field):
    with pytest.raises(rules.NotReady) as refused:
        reported(practice, cast["member2"], **told)

    assert [one.field for one in refused.value.problems] == [field]
    assert AdaptationReport.objects.count() == 0


def test_personal_data_stops_a_report(cast, practice):
    with pytest.raises(rules.NotReady) as refused:
        reported(practice, cast["member2"], text=f"Tercatat NIK {NIK} di buku tamu kami.")

    assert [one.type for one in refused.value.findings] == ["nik"]
    assert AdaptationReport.objects.count() == 0


def test_the_same_key_reports_once(cast, practice):
    key, told = uuid4(), {"service_scale": "desa-kelurahan", "province": "33", "year": 2025, "outcome": "berhasil", "text": sentence(20)}
    organisation = cast["member2"].memberships.get().organisation

    for _time in range(2):
        actions.report_adaptation(practice, by=cast["member2"], key=key, organisation=organisation, **told)

    assert AdaptationReport.objects.count() == 1


# --- weighing


def test_nobody_of_the_organisations_concerned_weighs_a_report(cast, practice):
    report = reported(practice, cast["member2"])
    for name in ("colleague", "member2", "member"):
        factories.task(cast[name], "reviewer", by=cast["secretariat"])
        with pytest.raises(PermissionDenied):
            actions.accept_adaptation(report, by=cast[name])

    assert now(report).state == "waiting"


def test_a_report_is_not_accepted_only_with_a_reason(cast, practice, reviewer):
    report = reported(practice, cast["member2"])

    with pytest.raises(PermissionDenied):
        actions.refuse_adaptation(report, by=reviewer, note=" ")
    actions.refuse_adaptation(report, by=reviewer, note="Ini praktik lain.")

    assert (now(report).state, now(report).note, now(report).decided_by) == ("refused", "Ini praktik lain.", reviewer)
    assert verbs()[-1] == "refused-adaptation"


def test_a_report_is_decided_once(cast, practice, reviewer):
    report = accepted(practice, cast["member2"], reviewer)

    with pytest.raises(PermissionDenied):
        actions.refuse_adaptation(report, by=reviewer, note="Berubah pikiran.")

    assert now(report).state == "accepted"


# --- the ladder


def test_two_provinces_two_organisations_and_a_reviewer_of_another_make_it_replicated(practice, reviewer, two_reports):
    actions.set_evidence(practice, by=reviewer, evidence="tereplikasi", note="Dua laporan dibaca.")

    assert (now(practice).evidence_level_set, now(practice).evidence) == ("tereplikasi", "tereplikasi")
    assert document_of(now(practice)).facets["evidence"] == ("tereplikasi",)
    assert verbs()[-1] == "set-evidence"


def lacks_for(practice, level, **who):
    reports = list(AdaptationReport.objects.that_support(practice))
    return list(rules.lacking(level, practice, reports, **who))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"province": "33"}, {"province": "33"}),
        ({"province": "33"}, {"province": "53", "outcome": "tidak-berhasil"}),
        ({"province": "33", "outcome": "dampak-negatif"}, {"province": "53"}),
        ({"province": "33"}, {"province": "53", "outcome": "berjalan"}),
    ],
)
def test_one_province_or_one_success_is_not_enough(cast, practice, reviewer, third, first, second):
    accepted(practice, cast["member2"], reviewer, **first)
    accepted(practice, third, reviewer, **second)

    with pytest.raises(rules.NotReady):
        actions.set_evidence(practice, by=reviewer, evidence="tereplikasi")

    assert (now(practice).evidence_level_set, len(lacks_for(practice, "tereplikasi"))) == ("menjanjikan", 1)


def test_one_organisation_in_two_provinces_is_one_implementer(cast, practice, reviewer):
    for province in ("33", "53"):
        accepted(practice, cast["member2"], reviewer, province=province)

    assert len(lacks_for(practice, "tereplikasi")) == 1


def test_its_own_organisation_and_its_authors_list_count_nothing(cast, reviewer, third):
    practice = full_published(cast["member"], reviewer, replications=["Desa lain di Jawa Timur", "Desa lain di Nusa Tenggara Timur"])
    accepted(practice, cast["colleague"], reviewer, province="33")
    accepted(practice, third, reviewer, province="53")

    assert len(lacks_for(practice, "tereplikasi")) == 1


def test_another_organisation_of_its_author_counts_nothing(cast, author, practice, reviewer, third):
    factories.membership(author, third.memberships.get().organisation)
    accepted(practice, cast["member2"], reviewer, province="33")
    accepted(practice, third, reviewer, province="53")

    assert len(lacks_for(practice, "tereplikasi")) == 1


def test_reports_that_wait_count_nothing(cast, practice, third):
    reported(practice, cast["member2"], province="33")
    reported(practice, third, province="53")

    assert len(lacks_for(practice, "tereplikasi")) == 1


def test_a_reviewer_of_its_own_organisation_sets_no_such_level(cast, practice, two_reports):
    factories.task(cast["colleague"], "reviewer", by=cast["secretariat"])

    with pytest.raises(PermissionDenied):
        actions.set_evidence(practice, by=cast["colleague"], evidence="tereplikasi")

    assert now(practice).evidence_level_set == "menjanjikan"


def test_evaluated_needs_an_evaluation_in_the_references_that_the_reviewer_found(practice, reviewer, two_reports):
    with pytest.raises(rules.NotReady):
        actions.set_evidence(practice, by=reviewer, evidence="terevaluasi")
    actions.set_evidence(practice, by=reviewer, evidence="terevaluasi", confirms_evaluation=True)

    assert now(practice).evidence_level_set == "terevaluasi"
    practice.references = []
    assert len(lacks_for(practice, "terevaluasi")) == 1


def test_a_quick_note_carries_no_more_than_a_pilot_whatever_is_reported(cast, author, reviewer, third):
    practice = published(author, reviewer)
    accepted(practice, cast["member2"], reviewer, province="33")
    accepted(practice, third, reviewer, province="53")

    for level in ("menjanjikan", "tereplikasi"):
        with pytest.raises(rules.NotReady):
            actions.set_evidence(practice, by=reviewer, evidence=level)

    assert now(practice).evidence == "rintisan"


def test_a_level_that_nobody_knows_is_refused(practice, reviewer):
    with pytest.raises(rules.NotReady):
        actions.set_evidence(practice, by=reviewer, evidence="luar-biasa")


# --- at the desk


def test_readers_are_shown_what_the_reviewer_set_and_not_what_the_author_proposed(author, reviewer):
    practice = submitted(author, evidence_level="rintisan")

    actions.publish_practice(practice, by=reviewer, evidence="gagasan")

    assert (now(practice).evidence_level, now(practice).evidence) == ("rintisan", "gagasan")


def test_a_claim_without_reports_is_shown_as_far_as_it_is_supported(author, reviewer):
    practice = actions.submit_practice(full(author, evidence_level="terlembagakan"), by=author)

    actions.publish_practice(practice, by=reviewer, **judgement())

    assert (now(practice).evidence_level, now(practice).evidence) == ("terlembagakan", "menjanjikan")


def test_a_level_that_is_not_supported_keeps_the_practice_at_the_desk(author, reviewer):
    practice = actions.submit_practice(full(author), by=author)

    with pytest.raises(rules.NotReady) as refused:
        actions.publish_practice(practice, by=reviewer, **judgement(evidence="tereplikasi"))

    assert [one.field for one in refused.value.problems] == ["evidence_level_set"]
    assert (now(practice).state, now(practice).reviews.count()) == ("submitted", 0)


def test_a_new_revision_keeps_the_level_that_was_set(author, reviewer, practice, two_reports):
    actions.set_evidence(practice, by=reviewer, evidence="tereplikasi")
    actions.change_practice(practice, by=author, results=sentence(48))
    actions.submit_practice(practice, by=author)

    actions.publish_practice(practice, by=reviewer, **judgement())

    assert now(practice).evidence == "tereplikasi"


# --- falling


@pytest.mark.parametrize("who", ["member2", "reviewer", "secretariat"])
def test_withdrawn_evidence_takes_the_level_along_at_once(cast, practice, reviewer, two_reports, who):
    actions.set_evidence(practice, by=reviewer, evidence="tereplikasi")

    actions.withdraw_adaptation(two_reports[0], by=cast[who], note="Data kami keliru.")

    assert (now(two_reports[0]).state, now(practice).evidence) == ("withdrawn", "menjanjikan")
    assert verbs()[-2:] == ["withdrew-adaptation", "lowered-evidence"]
    assert Activity.objects.get(verb="lowered-evidence").facts == {"evidence": "menjanjikan"}


def test_a_report_that_a_moderator_took_away_supports_nothing(cast, practice, reviewer, two_reports):
    actions.set_evidence(practice, by=reviewer, evidence="tereplikasi")

    judging.take_adaptation(two_reports[0], by=cast["moderator"], case=1)

    assert (now(practice).evidence, verbs()[-2:]) == ("menjanjikan", ["held-adaptation", "lowered-evidence"])


def test_the_index_and_the_author_hear_that_it_fell(cast, author, practice, reviewer, two_reports, client):
    actions.set_evidence(practice, by=reviewer, evidence="tereplikasi")
    run_pending()
    client.force_login(author)
    before = client.get("/api/v1/search?kind=practice&evidence=tereplikasi&size=5").json()["facets"]["evidence"]
    mail.outbox.clear()

    actions.withdraw_adaptation(two_reports[0], by=cast["member2"], note="Data kami keliru.")
    run_pending()

    after = client.get("/api/v1/search?kind=practice&size=5").json()["facets"]["evidence"]
    assert ([one["value"] for one in before], [one["value"] for one in after]) == (["tereplikasi"], ["menjanjikan"])
    assert [letter.to for letter in mail.outbox] == [[author.email]]
    assert practice.title not in mail.outbox[0].subject + mail.outbox[0].body


def test_what_still_stands_on_two_others_does_not_fall(cast, practice, reviewer, two_reports):
    fourth = factories.person("Anggota Keempat")
    factories.membership(fourth, factories.organisation())
    accepted(practice, fourth, reviewer, province="64")
    actions.set_evidence(practice, by=reviewer, evidence="tereplikasi")

    actions.withdraw_adaptation(two_reports[0], by=cast["member2"], note="Data kami keliru.")

    assert now(practice).evidence == "tereplikasi"
    assert "lowered-evidence" not in verbs()


@pytest.mark.parametrize("who", ["member", "colleague", "moderator", "observer", "safety_reviewer"])
def test_nobody_else_takes_a_report_back(cast, practice, reviewer, who):
    report = accepted(practice, cast["member2"], reviewer)

    with pytest.raises(PermissionDenied):
        actions.withdraw_adaptation(report, by=cast[who], note="Saya tidak suka.")

    assert now(report).state == "accepted"


def test_a_report_is_not_taken_back_without_a_reason(cast, practice, reviewer):
    report = accepted(practice, cast["member2"], reviewer)

    with pytest.raises(PermissionDenied):
        actions.withdraw_adaptation(report, by=cast["member2"], note=" ")

    assert now(report).state == "accepted"


# --- mails


def test_reviewers_who_may_weigh_it_and_then_its_author_hear_of_a_report(cast, practice, reviewer):
    factories.task(cast["colleague"], "reviewer", by=cast["secretariat"])  # of the practice's organisation: not hers to weigh
    run_pending()
    mail.outbox.clear()

    report = reported(practice, cast["member2"])
    run_pending()
    first = [letter.to for letter in mail.outbox]
    actions.accept_adaptation(report, by=reviewer)
    run_pending()

    assert (first, mail.outbox[-1].to) == ([[reviewer.email]], [cast["member2"].email])
    assert [letter for letter in mail.outbox if practice.title in letter.subject + letter.body or practice.slug in letter.body] == []


def test_the_year_of_a_report_may_be_this_one(cast, practice):
    assert reported(practice, cast["member2"], year=timezone.localdate().year).state == "waiting"
