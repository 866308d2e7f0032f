"""Every deed about practices: its rows, its activity, its refusal without a trace."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cop_site.activity.models import Activity
from cop_site.library import actions, rules, template
from cop_site.library.models import Practice, Review
from tests import factories
from tests.library.factories import make_practice, public, published, sentence, submitted, whole_content

NIK = "3374015508900001"


def verbs(practice):
    return list(
        Activity.objects.filter(subject_id=practice.pk, subject_type__model="practice").order_by("pk").values_list("verb", flat=True)
    )


def now(practice):
    return Practice.objects.get(pk=practice.pk)


@pytest.fixture
def safety(cast):
    return cast["safety_reviewer"]


# --- start


def test_a_started_practice_is_a_draft_with_a_revision_and_an_activity(author, organisation):
    practice = actions.start_practice(by=author, **whole_content(organisation, title="  Meja \n informasi "))

    assert (practice.title, practice.state, practice.live, practice.author) == ("Meja informasi", "draft", False, author)
    assert practice.revisions.count() == 1
    assert verbs(practice) == ["started-practice"]


def test_the_same_key_starts_one_practice_only(author, organisation):
    key = uuid4()

    first = actions.start_practice(by=author, key=key, **whole_content(organisation))
    second = actions.start_practice(by=author, key=key, **whole_content(organisation))

    assert first == second
    assert (Practice.objects.count(), verbs(first)) == (1, ["started-practice"])


@pytest.mark.parametrize("who", ["applicant", "observer", "suspended", "expired_researcher"])
def test_who_may_not_share_leaves_no_trace(cast, who):
    with pytest.raises(PermissionDenied):
        actions.start_practice(by=cast[who], **whole_content(None))

    assert (Practice.objects.count(), Activity.objects.count()) == (0, 0)


def test_nobody_shares_for_an_organisation_of_others(author):
    foreign = factories.organisation("Lembaga Lain")

    with pytest.raises(PermissionDenied):
        actions.start_practice(by=author, **whole_content(foreign))

    assert Practice.objects.count() == 0


def test_nobody_shares_with_a_circle_of_others_nor_with_one_that_ended(author, organisation, cast):
    foreign, ended = factories.circle(cast["convenor"]), factories.circle(cast["convenor"], author, days=-1)

    for circle in (foreign, ended, None):
        with pytest.raises(PermissionDenied):
            actions.start_practice(by=author, **whole_content(organisation, visibility="kelompok", circle=circle, sensitivity="rahasia"))

    assert Practice.objects.count() == 0


def test_public_is_a_wish_until_a_safety_reviewer_grants_it(author, organisation):
    practice = actions.start_practice(by=author, **whole_content(organisation, visibility="publik"))

    assert (practice.visibility, practice.wants_public) == ("jaringan", True)


def test_members_words_are_cleaned_when_they_are_kept(author, organisation):
    practice = make_practice(author, results=sentence(40) + " <script>alert(1)</script> **tebal**")

    assert "<script" not in practice.html["results"]
    assert "<strong>tebal</strong>" in practice.html["results"]


# --- the rules of the template


@pytest.mark.parametrize(
    ("number", "changes", "field"),
    [
        ("r1", {"visibility": "publik", "sensitivity": "terbatas"}, "visibility"),
        ("r1", {"visibility": "jaringan", "sensitivity": "rahasia"}, "visibility"),
        ("r1", {"visibility": "pribadi", "sensitivity": "terlarang"}, "visibility"),
        ("r2", {"children_involved": True, "consent_status": "persetujuan-tertulis"}, "children_involved"),
        ("r2", {"children_involved": True, "visibility": "publik"}, "children_involved"),
        ("r2", {"children_involved": True, "location_precision": "kabupaten-kota"}, "children_involved"),
        ("r4", {"consent_status": "ditarik"}, "consent_status"),
        ("r7", {"document_kind": "praktik-baik"}, "document_kind"),
    ],
)
def test_a_rule_refuses_with_its_sentence_and_leaves_no_trace(author, organisation, number, changes, field):
    with pytest.raises(rules.NotReady) as refused:
        actions.start_practice(by=author, **whole_content(organisation, **changes))

    assert [(one.field, one.sentence) for one in refused.value.problems] == [(field, template.rule(number))]
    assert (Practice.objects.count(), Activity.objects.count()) == (0, 0)


@pytest.mark.parametrize("consent", ["persetujuan-tertulis", "persetujuan-lisan", "anak-wali"])
@pytest.mark.parametrize(("precision", "fits"), [("provinsi", True), ("nasional", True), ("kabupaten-kota", False), ("desa", False)])
def test_r3_a_personal_story_goes_public_with_its_province_at_most(author, organisation, consent, precision, fits):
    practice = make_practice(author, consent_status=consent, location_precision=precision)

    problems = rules.problems_with_public(practice)

    assert [one.sentence for one in problems] == ([] if fits else [template.rule("r3")])


def test_a_quick_note_that_claims_more_than_a_pilot_needs_the_full_form(author):
    practice = make_practice(author, evidence_level="tereplikasi", document_kind="studi-kasus")

    with pytest.raises(rules.NotReady) as refused:
        actions.submit_practice(practice, by=author)

    assert [one.field for one in refused.value.problems] == [
        "context",
        "process_stage",
        "objective",
        "actors",
        "resources",
        "evidence_basis",
        "success_factors",
        "unintended",
        "preconditions",
        "adaptation",
    ]


@pytest.mark.parametrize("field", ["title", "summary", "problem", "results", "what_failed", "safeguarding", "steps", "lessons", "context"])
def test_r8_personal_data_stops_every_text(author, organisation, field):
    words = f"Tercatat NIK {NIK} di buku tamu."
    content = whole_content(organisation) | {field: [words] if field in {"steps", "lessons"} else words}

    with pytest.raises(rules.NotReady) as refused:
        actions.start_practice(by=author, **content)

    assert [(one.field, one.type) for one in refused.value.findings] == [(field, "nik")]
    assert NIK not in str(refused.value)
    assert Practice.objects.count() == 0


# --- change


def test_a_draft_changes_in_its_row(author):
    practice = make_practice(author)

    actions.change_practice(practice, by=author, title="Judul yang lebih jelas")

    assert now(practice).title == "Judul yang lebih jelas"
    assert (now(practice).revisions.count(), verbs(practice)) == (2, ["started-practice", "changed-practice"])


def test_a_wish_to_go_public_can_be_taken_back(author):
    practice = make_practice(author, visibility="publik")

    actions.change_practice(practice, by=author, visibility="jaringan")

    assert (now(practice).visibility, now(practice).wants_public) == ("jaringan", False)


def test_readers_keep_the_published_words_until_a_reviewer_takes_the_new_ones(author, reviewer):
    practice = published(author, reviewer)

    actions.change_practice(practice, by=author, summary=sentence(42, of="ringkasan baru dari warga"))
    before = now(practice).summary
    actions.submit_practice(practice, by=author)
    actions.publish_practice(practice, by=reviewer)

    assert before == practice.summary
    assert now(practice).summary == sentence(42, of="ringkasan baru dari warga")
    assert now(practice).html["summary"] == f"<p>{now(practice).summary}</p>\n"


def test_a_changed_public_practice_stays_public_and_its_audience_is_not_the_authors_to_change(author, reviewer, safety):
    practice = public(author, reviewer, safety)

    actions.change_practice(practice, by=author, visibility="organisasi", title="Judul baru untuk semua")

    assert (now(practice).visibility, now(practice).title) == ("publik", practice.title)


@pytest.mark.parametrize("who", ["colleague", "secretariat", "moderator", "reviewer", "visitor"])
def test_nobody_but_its_author_changes_a_practice(cast, author, who):
    practice = make_practice(author)

    with pytest.raises(PermissionDenied):
        actions.change_practice(practice, by=cast[who], title="Judul orang lain di sini")

    assert (now(practice).title, verbs(practice)) == (practice.title, ["started-practice"])


def test_what_lies_at_the_desk_does_not_change(author):
    practice = submitted(author)

    with pytest.raises(PermissionDenied):
        actions.change_practice(practice, by=author, title="Judul yang terlambat datang")

    assert now(practice).title == practice.title


# --- submit, recall, discard


def test_a_whole_practice_goes_to_the_desk_once(author):
    practice = make_practice(author)

    actions.submit_practice(practice, by=author)
    actions.submit_practice(practice, by=author)

    assert now(practice).state == "submitted"
    assert verbs(practice) == ["started-practice", "submitted-practice"]


def test_an_unfinished_practice_stays_a_draft(author, organisation):
    practice = actions.start_practice(
        by=author, title="Baru judul saja dulu", document_kind="pelajaran", organisation=organisation, visibility="jaringan"
    )

    with pytest.raises(rules.NotReady) as refused:
        actions.submit_practice(practice, by=author)

    assert {"summary", "steps", "consent_declaration"} <= {one.field for one in refused.value.problems}
    assert (now(practice).state, verbs(practice)) == ("draft", ["started-practice"])


def test_a_private_draft_is_not_handed_in(author):
    practice = make_practice(author, visibility="pribadi")

    with pytest.raises(PermissionDenied):
        actions.submit_practice(practice, by=author)

    assert now(practice).state == "draft"


def test_its_author_takes_a_practice_back_from_the_desk(author, reviewer):
    draft, live = submitted(author), published(author, reviewer)
    actions.change_practice(live, by=author, results=sentence(41))
    actions.submit_practice(live, by=author)

    for practice in (draft, live):
        actions.recall_practice(practice, by=author)

    assert (now(draft).state, now(live).state) == ("draft", "published")


def test_others_take_nothing_back(author, cast):
    practice = submitted(author)

    with pytest.raises(PermissionDenied):
        actions.recall_practice(practice, by=cast["colleague"])

    assert now(practice).state == "submitted"


def test_a_draft_that_was_never_published_can_be_thrown_away_with_its_revisions(author):
    practice = make_practice(author)

    actions.discard_practice(practice, by=author)

    assert Practice.objects.count() == 0
    assert practice.revisions.count() == 0
    assert Activity.objects.latest("pk").verb == "discarded-practice"


def test_a_published_practice_cannot_be_thrown_away(author, reviewer):
    practice = published(author, reviewer)

    with pytest.raises(PermissionDenied):
        actions.discard_practice(practice, by=author)

    assert now(practice).live


# --- review


def test_an_approved_practice_stands_on_the_shelf_with_its_review(author, reviewer):
    practice = submitted(author)

    actions.publish_practice(practice, by=reviewer, note="Jelas dan jujur.")

    assert (now(practice).state, now(practice).live, now(practice).visibility) == ("published", True, "jaringan")
    review = Review.objects.get()
    assert (review.reviewer, review.decision, review.note, review.revision_id) == (
        reviewer,
        "approved",
        "Jelas dan jujur.",
        practice.latest_revision_id,
    )
    assert verbs(practice)[-1] == "published-practice"


def test_the_same_decision_sent_twice_is_one_decision(author, reviewer):
    practice, key = submitted(author), uuid4()

    actions.publish_practice(practice, by=reviewer, key=key)
    actions.publish_practice(practice, by=reviewer, key=key)

    assert (Review.objects.count(), verbs(practice).count("published-practice")) == (1, 1)


def test_a_wish_to_go_public_leads_to_the_safety_desk(author, reviewer, safety):
    practice = published(author, reviewer, visibility="publik")

    assert now(practice).visibility == "jaringan"
    assert list(Practice.objects.on_the_safety_desk_of(safety)) == [practice]


@pytest.mark.parametrize("who", ["member", "colleague", "secretariat", "moderator", "safety_reviewer", "visitor"])
def test_only_a_reviewer_decides(cast, author, who):
    practice = submitted(author)

    for decide in (actions.publish_practice, actions.ask_for_changes):
        with pytest.raises(PermissionDenied):
            decide(practice, by=cast[who], note="Baik.")

    assert (now(practice).state, Review.objects.count()) == ("submitted", 0)


def test_a_reviewer_does_not_decide_about_her_own_practice(reviewer):
    practice = submitted(reviewer)

    with pytest.raises(PermissionDenied):
        actions.publish_practice(practice, by=reviewer)

    assert now(practice).state == "submitted"


def test_a_reviewer_outside_the_audience_does_not_decide(author, reviewer):
    practice = submitted(author, visibility="organisasi")

    with pytest.raises(PermissionDenied):
        actions.publish_practice(practice, by=reviewer)

    assert now(practice).state == "submitted"


def test_a_task_that_ended_decides_nothing(author, reviewer):
    practice = submitted(author)
    reviewer.tasks.update(ends_on=timezone.localdate() - timedelta(days=1))

    with pytest.raises(PermissionDenied):
        actions.publish_practice(practice, by=type(reviewer).objects.get(pk=reviewer.pk))

    assert now(practice).state == "submitted"


def test_changes_are_asked_for_with_a_note(author, reviewer):
    practice = submitted(author)

    with pytest.raises(PermissionDenied):
        actions.ask_for_changes(practice, by=reviewer, note="  ")
    actions.ask_for_changes(practice, by=reviewer, note="Dari mana angka 140?")

    assert now(practice).state == "changes-asked"
    assert Review.objects.get().note == "Dari mana angka 140?"
    assert verbs(practice)[-1] == "asked-for-changes"


def test_a_note_with_personal_data_is_not_kept(author, reviewer):
    practice = submitted(author)

    with pytest.raises(rules.NotReady):
        actions.ask_for_changes(practice, by=reviewer, note=f"Hapus NIK {NIK}.")

    assert (now(practice).state, Review.objects.count()) == ("submitted", 0)


def test_new_words_of_a_public_practice_are_decided_by_a_safety_reviewer_from_outside(author, reviewer, safety, cast, organisation):
    practice = public(author, reviewer, safety)
    actions.change_practice(practice, by=author, summary=sentence(44))
    actions.submit_practice(practice, by=author)
    factories.task(cast["colleague"], "safety-reviewer", by=cast["secretariat"])

    for who in (reviewer, cast["colleague"]):
        with pytest.raises(PermissionDenied):
            actions.publish_practice(practice, by=who)
    actions.publish_practice(practice, by=safety)

    assert (now(practice).summary, now(practice).visibility) == (sentence(44), "publik")


# --- public


def test_r5_a_safety_reviewer_from_outside_lets_everybody_read(author, reviewer, safety):
    practice = published(author, reviewer)
    actions.ask_for_public(practice, by=author)

    actions.approve_public(practice, by=safety)

    assert (now(practice).visibility, now(practice).public_asked_at) == ("publik", None)
    assert verbs(practice)[-2:] == ["asked-for-public", "approved-public"]


def test_r5_a_colleague_of_the_author_does_not_decide_whatever_her_task(author, reviewer, cast):
    practice = published(author, reviewer, visibility="publik")
    factories.task(cast["colleague"], "safety-reviewer", by=cast["secretariat"])

    for decide in (actions.approve_public, actions.refuse_public):
        with pytest.raises(PermissionDenied):
            decide(practice, by=cast["colleague"], note="Aman.")

    assert (now(practice).visibility, now(practice).public_asked_at is not None) == ("jaringan", True)


def test_r5_nor_does_the_author(safety, reviewer):
    practice = published(safety, reviewer, visibility="publik")

    with pytest.raises(PermissionDenied):
        actions.approve_public(practice, by=safety)

    assert now(practice).visibility == "jaringan"


def test_nothing_goes_public_that_nobody_asked_for(author, reviewer, safety):
    practice = published(author, reviewer)

    with pytest.raises(PermissionDenied):
        actions.approve_public(practice, by=safety)

    assert now(practice).visibility == "jaringan"


def test_what_is_about_children_never_goes_public(author, reviewer):
    practice = published(author, reviewer, children_involved=True)

    with pytest.raises(rules.NotReady) as refused:
        actions.ask_for_public(practice, by=author)

    assert [one.sentence for one in refused.value.problems] == [template.rule("r2")]
    assert now(practice).public_asked_at is None


def test_a_refused_practice_stays_inside_with_the_reason(author, reviewer, safety):
    practice = published(author, reviewer, visibility="publik")

    actions.refuse_public(practice, by=safety, note="Langkah ketiga dapat ditiru perekrut.")

    assert (now(practice).visibility, now(practice).public_asked_at, now(practice).wants_public) == ("jaringan", None, False)
    assert verbs(practice)[-1] == "refused-public"


# --- fewer readers, none


@pytest.mark.parametrize("level", ["jaringan", "organisasi", "pengelola", "pribadi"])
def test_fewer_people_see_it_at_once(author, reviewer, safety, cast, level):
    practice = public(author, reviewer, safety)

    actions.narrow_practice(practice, by=author, visibility=level)

    assert now(practice).visibility == level
    assert not Practice.objects.visible_to(cast["visitor"]).exists()
    assert verbs(practice)[-1] == "narrowed-practice"


@pytest.mark.parametrize("level", ["publik", "jaringan", "kelompok"])
def test_narrowing_never_widens(author, reviewer, level):
    practice = published(author, reviewer)

    with pytest.raises(PermissionDenied):
        actions.narrow_practice(practice, by=author, visibility=level)

    assert now(practice).visibility == "jaringan"


def test_an_old_revision_never_widens_an_audience(author, reviewer, safety):
    practice = public(author, reviewer, safety)
    actions.narrow_practice(practice, by=author, visibility="organisasi")

    actions.change_practice(practice, by=author, results=sentence(43))
    actions.submit_practice(practice, by=author)
    old = now(practice).revisions.order_by("pk").first()

    assert now(practice).get_latest_revision_as_object().visibility == "organisasi"
    assert old.as_object().visibility == "organisasi"
    assert old.as_object().state == "submitted"


def test_a_withdrawn_practice_is_gone_for_all_but_its_author(author, reviewer, safety, cast):
    practice = public(author, reviewer, safety)

    actions.withdraw_practice(practice, by=author, reason="Persetujuan  berakhir.")

    assert (now(practice).state, now(practice).withdrawal_reason) == ("withdrawn", "Persetujuan berakhir.")
    assert [who for who, person in cast.items() if Practice.objects.visible_to(person).exists()] == ["member"]
    assert list(Practice.objects.withdrawn_and_told_to(cast["visitor"])) == [practice]
    assert verbs(practice)[-1] == "withdrew-practice"


@pytest.mark.parametrize(("who", "reason"), [("member", " "), ("colleague", "Bosan."), ("moderator", "Bosan."), ("reviewer", "Bosan.")])
def test_withdrawing_is_its_authors_and_the_secretariats_and_has_a_reason(author, reviewer, cast, who, reason):
    practice = published(author, reviewer)

    with pytest.raises(PermissionDenied):
        actions.withdraw_practice(practice, by=cast[who], reason=reason)

    assert now(practice).state == "published"


def test_the_reason_of_a_withdrawal_holds_no_personal_data(author, reviewer):
    practice = published(author, reviewer)

    with pytest.raises(rules.NotReady):
        actions.withdraw_practice(practice, by=author, reason=f"Ada NIK {NIK}.")

    assert now(practice).state == "published"


def test_facts_of_the_journal_hold_no_words_of_members(author, reviewer, safety):
    practice = public(author, reviewer, safety, title="Kata rahasia gerbang merah")

    actions.withdraw_practice(practice, by=author, reason="Kata rahasia gerbang merah")

    assert "gerbang" not in str(list(Activity.objects.values_list("facts", "reason")))


@pytest.mark.parametrize(
    ("level", "narrower"),
    [
        ("publik", {"jaringan", "organisasi", "pengelola", "pribadi"}),
        ("jaringan", {"organisasi", "pengelola", "pribadi"}),
        ("kelompok", {"pribadi"}),
        ("organisasi", {"pribadi"}),
        ("pengelola", {"pribadi"}),
        ("pribadi", set()),
    ],
)
def test_narrowing_shows_a_practice_to_nobody_new(cast, level, narrower):
    practice = published(cast["member"], cast["reviewer"])
    for wish in ["publik", "jaringan", "kelompok", "organisasi", "pengelola", "pribadi"]:
        Practice.objects.filter(pk=practice.pk).update(visibility=level)
        if wish in narrower:
            assert actions.narrow_practice(practice, by=cast["member"], visibility=wish).visibility == wish
        else:
            with pytest.raises(PermissionDenied):
                actions.narrow_practice(practice, by=cast["member"], visibility=wish)


def test_office_narrows_and_withdraws_only_what_it_may_see(cast):
    practice = published(cast["member"], cast["reviewer"])
    Practice.objects.filter(pk=practice.pk).update(visibility="organisasi")

    with pytest.raises(PermissionDenied):
        actions.narrow_practice(practice, by=cast["secretariat"], visibility="pribadi")
    with pytest.raises(PermissionDenied):
        actions.withdraw_practice(practice, by=cast["secretariat"], reason="Tidak terlihat olehnya")

    practice.refresh_from_db()
    assert (practice.visibility, practice.state) == ("organisasi", "published")
