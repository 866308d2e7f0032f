"""Warnings need a reason, new rules are applied to what stands, moderators give back with a reason what may stand."""

import json
import logging
from io import StringIO

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils.html import escape

from cop_site.accounts.models import User
from cop_site.activity.models import Activity
from cop_site.activity.runner import run_pending
from cop_site.library import actions, rules
from cop_site.library.models import AdaptationReport, GuardOverride, Practice, ReadingList
from cop_site.library.selectors import guarding
from cop_site.screening import actions as screening
from cop_site.screening import selectors as listed
from cop_site.screening.models import Allowance
from cop_site.screening.version import RULES_VERSION
from tests.library.factories import make_practice, public, published, reported, sentence, submitted, whole_form

pytestmark = pytest.mark.django_db

PLATE = f"Mobil B 9999 QQQ sering terlihat di pelabuhan. {sentence(40)}"
EMAIL = f"Tulis ke posko@lembaga.example bila ada kabar. {sentence(40)}"
NIK = f"Di sampulnya tertulis NIK 3404051205909812. {sentence(40)}"
REASON = "Nomor itu milik armada resmi yang dibahas putusan terbuka."


@pytest.fixture
def practice(cast):
    return published(cast["member"], cast["reviewer"])


def under_older_rules(practice, **words):
    """The text as a guard that knew less let it through."""
    Practice.objects.filter(pk=practice.pk).update(screened_version="lama", **words)
    practice.refresh_from_db()
    revision = practice.save_revision()
    Practice.objects.filter(pk=practice.pk).update(live_revision=revision, latest_revision=revision)
    return practice


def clock():
    call_command("clock", "--job", "rescreen-texts")
    while run_pending():
        pass


def is_read_by(person, practice):
    return Practice.objects.visible_to(person).filter(pk=practice.pk).exists()


# --- warnings


def test_a_warning_is_kept_inside_the_network_with_a_written_reason_only(cast):
    with pytest.raises(rules.NotReady) as refusal:
        make_practice(cast["member"], problem=PLATE)

    kept = make_practice(cast["member"], problem=PLATE, warn_reason=REASON)

    assert [problem.field for problem in refusal.value.problems] == ["warn_reason"]
    assert kept.get_latest_revision_as_object().warn_reason == REASON
    assert actions.submit_practice(kept, by=cast["member"]).state == "submitted"


def test_a_private_draft_needs_no_reason(cast):
    assert make_practice(cast["member"], problem=PLATE, visibility="pribadi").problem == PLATE


def test_a_block_finding_stays_in_a_private_draft_whatever_the_reason(cast):
    with pytest.raises(rules.NotReady) as refusal:
        make_practice(cast["member"], problem=EMAIL, warn_reason=REASON)

    assert [finding.type for finding in refusal.value.findings] == ["email"]
    assert make_practice(cast["member"], problem=EMAIL, visibility="pribadi").pk


def test_the_reason_passes_the_guard_itself(cast):
    with pytest.raises(rules.NotReady) as refusal:
        make_practice(cast["member"], problem=PLATE, warn_reason="Sopirnya bisa ditanya di 085712345678.")

    assert "phone" in [finding.type for finding in refusal.value.findings]


def test_the_form_asks_for_the_reason_only_where_the_guard_warns(client, cast, organisation):
    client.force_login(cast["member"])

    plain = client.get(reverse("share")).content.decode()
    warned = client.post(reverse("share"), whole_form(organisation, problem=PLATE))
    kept = client.post(reverse("share"), whole_form(organisation, problem=PLATE, warn_reason=REASON))

    assert 'name="warn_reason"' not in plain
    assert warned.status_code == 422
    assert 'name="warn_reason"' in warned.content.decode()
    assert "B 9999 QQQ</i>" not in warned.content.decode()
    assert (kept.status_code, Practice.objects.get().warn_reason) == (302, REASON)


def test_going_public_the_safety_reviewer_accepts_the_warnings_and_the_journal_keeps_their_kinds(cast):
    practice = public(cast["member"], cast["reviewer"], cast["safety_reviewer"], problem=PLATE, warn_reason=REASON)

    facts = Activity.objects.get(verb="approved-public").facts

    assert practice.visibility == "publik"
    assert facts == {"accepted": ["plate"]}


# --- rules change


def test_what_the_new_rules_refuse_is_taken_from_readers_at_once(cast, practice):
    under_older_rules(practice, problem=EMAIL)
    assert is_read_by(cast["member2"], practice)

    clock()

    practice.refresh_from_db()
    assert not is_read_by(cast["member2"], practice)
    assert is_read_by(cast["member"], practice), "its author goes on with it"
    assert practice.screened_version == RULES_VERSION
    assert Activity.objects.get(verb="held-practice").facts == {"types": ["email"], "rules": RULES_VERSION}


def test_author_and_moderators_are_told_in_neutral_words(cast, practice):
    under_older_rules(practice, problem=EMAIL)
    mail.outbox.clear()

    clock()

    told = {address for letter in mail.outbox for address in letter.to}
    assert told == {cast["member"].email, cast["moderator"].email, cast["secretariat"].email}
    for letter in mail.outbox:
        assert "posko@" not in letter.body
        assert practice.title not in letter.subject + letter.body


def test_what_the_new_rules_let_pass_stays_and_is_not_read_twice(cast, practice):
    under_older_rules(practice, problem=PLATE)

    clock()

    practice.refresh_from_db()
    assert (practice.held_at, practice.screened_version) == (None, RULES_VERSION)
    assert is_read_by(cast["member2"], practice)
    assert not Activity.objects.filter(verb="held-practice").exists()


def test_a_published_text_knows_under_which_rules_it_was_read(practice):
    assert practice.screened_version == RULES_VERSION


def test_the_log_names_no_value(cast, practice, caplog):
    under_older_rules(practice, problem=NIK)

    with caplog.at_level(logging.DEBUG):
        clock()

    said = caplog.text + json.dumps(list(Activity.objects.values_list("facts", "reason")), default=str)
    assert "held-practice" in list(Activity.objects.values_list("verb", flat=True))
    assert "340405" not in said


def test_a_contact_taken_off_the_list_is_looked_for_in_what_stands(cast):
    contact = Allowance(kind="domain", value="lembaga.example", source="Situs resmi", checked_on="2026-11-01")
    screening.list_contact(contact, by=cast["secretariat"])
    practice = published(cast["member"], cast["reviewer"], problem=EMAIL.replace("posko@", "info@"))

    screening.unlist_contact(contact, by=cast["secretariat"])
    while run_pending():
        pass
    clock()

    listed.forget()
    practice.refresh_from_db()
    assert practice.held_at is not None


def test_its_author_takes_it_out_and_after_review_it_stands_again(cast, practice):
    under_older_rules(practice, problem=EMAIL)
    clock()

    actions.change_practice(practice, by=cast["member"], problem=sentence(50))
    actions.submit_practice(practice, by=cast["member"])
    actions.publish_practice(practice, by=cast["reviewer"])

    practice.refresh_from_db()
    assert practice.held_at is None
    assert is_read_by(cast["member2"], practice)


# --- what others wrote about a practice is read again as well


@pytest.fixture
def report(cast, practice):
    return reported(practice, cast["member2"])


@pytest.fixture
def reading_list(cast, practice):
    made = actions.make_list(by=cast["member"], title="Untuk pelatihan desa", intro="Mulai dari yang pertama.", visibility="jaringan")
    return actions.add_to_list(made, practice, by=cast["member"], note="Langkah kedua paling berguna.")


def forget_mails():
    while run_pending():
        pass
    mail.outbox.clear()


def reads(person, row):
    return type(row).objects.visible_to(person).filter(pk=row.pk).exists()


def test_a_report_that_the_new_rules_refuse_is_its_authors_alone_and_she_is_told(cast, report):
    actions.accept_adaptation(report, by=cast["reviewer"])
    assert reads(cast["colleague"], report)
    AdaptationReport.objects.filter(pk=report.pk).update(text=EMAIL, screened_version="lama")
    forget_mails()

    clock()

    assert [reads(cast[who], report) for who in ("colleague", "reviewer", "moderator", "member2")] == [False, False, False, True]
    assert [letter.to for letter in mail.outbox] == [[cast["member2"].email]]
    assert Activity.objects.get(verb="held-adaptation").facts == {"types": ["email"], "rules": RULES_VERSION}
    assert list(AdaptationReport.objects.that_support(report.practice)) == [report]


def test_a_report_that_waits_leaves_the_desk_as_well(cast, report):
    assert AdaptationReport.objects.on_the_desk_of(cast["reviewer"]).get() == report
    AdaptationReport.objects.filter(pk=report.pk).update(text=EMAIL, screened_version="lama")

    clock()

    assert not AdaptationReport.objects.on_the_desk_of(cast["reviewer"]).exists()


@pytest.mark.parametrize("where", ["title", "intro", "note"])
def test_a_list_that_the_new_rules_refuse_is_its_authors_until_she_changes_it(cast, reading_list, where):
    assert reads(cast["member2"], reading_list)
    ReadingList.objects.filter(pk=reading_list.pk).update(screened_version="lama", **({where: EMAIL[:150]} if where != "note" else {}))
    if where == "note":
        reading_list.entries.update(note=EMAIL[:200])
    forget_mails()

    clock()
    is_held = [reads(cast[who], reading_list) for who in ("member2", "moderator", "member")]
    entry = reading_list.entries.get()
    words = {
        "title": "Untuk pelatihan",
        "intro": "Mulai dari yang pertama.",
        "visibility": "jaringan",
        "circle": None,
        "organisation": None,
    }
    actions.change_list(reading_list, by=cast["member"], entries=[(entry.pk, "Langkah kedua.")], **words)

    assert is_held == [False, False, True]
    assert [letter.to for letter in mail.outbox] == [[cast["member"].email]]
    assert reads(cast["member2"], reading_list)


def test_what_the_new_rules_let_stand_stays_where_it_is(cast, report, reading_list):
    for row in (report, reading_list):
        type(row).objects.filter(pk=row.pk).update(screened_version="lama")

    clock()

    assert [type(row).objects.get(pk=row.pk).screened_version for row in (report, reading_list)] == [RULES_VERSION] * 2
    assert not Activity.objects.filter(verb__in=["held-list", "held-adaptation"]).exists()
    assert reads(cast["member2"], reading_list)


# --- overrides


@pytest.fixture
def held(practice):
    under_older_rules(practice, problem=EMAIL)
    clock()
    practice.refresh_from_db()
    return practice


def test_a_moderator_gives_it_back_with_a_reason(cast, held):
    actions.override_finding(held, by=cast["moderator"], reason="Alamat kantor yang memang diumumkan.")

    override = GuardOverride.objects.get()
    assert (override.types, override.by, override.reason) == (["email"], cast["moderator"], "Alamat kantor yang memang diumumkan.")
    assert is_read_by(cast["member2"], held)
    assert Activity.objects.get(verb="overrode-finding").facts == {"types": ["email"]}


@pytest.mark.parametrize("who", ["member", "member2", "reviewer", "safety_reviewer", "convenor", "editor"])
def test_nobody_else_may(cast, held, who):
    with pytest.raises(PermissionDenied):
        actions.override_finding(held, by=cast[who], reason="Boleh.")

    assert not GuardOverride.objects.exists()


def test_without_a_reason_or_with_personal_data_in_it_nothing_happens(cast, held):
    for reason in ("  ", "Milik ibu di 085712345678."):
        with pytest.raises(rules.NotReady):
            actions.override_finding(held, by=cast["moderator"], reason=reason)

    held.refresh_from_db()
    assert held.held_at is not None


def test_what_is_never_overridden_stays_held(cast, practice):
    under_older_rules(practice, problem=NIK)
    clock()

    with pytest.raises(rules.NotReady):
        actions.override_finding(practice, by=cast["moderator"], reason="Sudah lama beredar.")

    assert not GuardOverride.objects.exists()
    assert not is_read_by(cast["member2"], practice)


def test_what_was_let_pass_may_stand_in_later_revisions_and_nothing_else(cast, held):
    actions.override_finding(held, by=cast["moderator"], reason="Alamat kantor yang memang diumumkan.")

    actions.change_practice(held, by=cast["member"], summary=f"Surat ke posko@lembaga.example. {sentence(40)}")

    with pytest.raises(rules.NotReady) as refusal:
        actions.change_practice(held, by=cast["member"], summary=f"Surat ke rina@lembaga.example. {sentence(40)}")
    assert [finding.type for finding in rules.blocking(refusal.value.findings)] == ["email"]


def test_newer_rules_respect_what_was_let_pass(cast, held):
    actions.override_finding(held, by=cast["moderator"], reason="Alamat kantor yang memang diumumkan.")
    Practice.objects.filter(pk=held.pk).update(screened_version="lama")

    clock()

    assert is_read_by(cast["member2"], held)


# --- the moderators' screen


def test_moderators_find_it_and_let_it_pass_on_their_screen(client, cast, held):
    client.force_login(cast["moderator"])

    queue = client.get(reverse("held-texts")).content.decode()
    page = client.get(reverse("held-text", args=[held.pk])).content.decode()
    missing = client.post(reverse("held-text", args=[held.pk]), {"text": ""})
    done = client.post(reverse("held-text", args=[held.pk]), {"text": "Alamat kantor yang memang diumumkan."})

    assert held.title in queue
    assert "posko@lembaga.example" in page
    assert (missing.status_code, done.status_code) == (422, 302)
    assert held.title not in client.get(reverse("held-texts")).content.decode()


def test_what_nobody_may_let_pass_is_masked_even_there(client, cast, practice):
    under_older_rules(practice, problem=NIK)
    clock()
    client.force_login(cast["moderator"])

    page = client.get(reverse("held-text", args=[practice.pk])).content.decode()

    assert "3404051205909812" not in page
    assert "••••••••••••••••" in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize(("who", "status"), [("member", 403), ("reviewer", 403), ("observer", 403)])
def test_nobody_else_opens_the_screen(client, cast, held, who, status):
    client.force_login(cast[who])

    assert client.get(reverse("held-texts")).status_code == status
    assert client.get(reverse("held-text", args=[held.pk])).status_code == status


def test_what_is_not_held_is_not_there(client, cast, practice):
    client.force_login(cast["moderator"])

    assert client.get(reverse("held-text", args=[practice.pk])).status_code == 404


def test_the_system_holds_nothing_that_waits_at_the_desk(cast):
    waiting = submitted(cast["member"])
    Practice.objects.filter(pk=waiting.pk).update(problem=EMAIL, screened_version="lama")

    actions.rescreen_practice(waiting, by=User.objects.system())

    assert not Activity.objects.filter(verb="held-practice").exists()
    assert guarding.held_for(cast["moderator"]) == []


# --- one tap


@pytest.mark.parametrize(
    ("words", "title", "fixed"),
    [
        ("Tulis ke posko@lembaga.example segera.", "mail", "Tulis ke [dihapus] segera."),
        ("Ia lahir di Kupang, 3 Mei 2008, lalu pindah.", "birth", "Ia lahir di Kupang, 2008, lalu pindah."),
        ("Di Desa Ujicoba terdapat 3 korban.", "small", "Di Desa Ujicoba terdapat <5 korban."),
        (
            "Usianya 19, lulusan SMKN 2 Contoh, anak bungsu dari Desa Ujicoba.",
            "one person",
            "Usianya 15–19, lulusan SMKN 2 Contoh, anak bungsu dari sebuah desa.",
        ),
    ],
)
def test_one_tap_puts_other_words_in_the_place_and_saves_nothing(client, cast, organisation, words, title, fixed):
    client.force_login(cast["member"])
    client.cookies["django_language"] = "en"
    data = whole_form(organisation, problem=words)
    page = client.post("/en/library/share/", data)
    found = next(one for one in page.context["form"].findings["problem"] if title in one.title)

    again = client.post("/en/library/share/", data | {"fix": found.fix})

    assert escape(found.fix_label) in page.content.decode()
    assert (again.status_code, again.context["form"]["problem"].value()) == (200, fixed)
    assert not Practice.objects.exists()


def test_one_tap_works_in_one_box_of_a_list(client, cast, organisation):
    client.force_login(cast["member"])
    data = whole_form(organisation, steps=["Mulai dari desa.", "", "Hubungi 085712345678 dulu."])
    page = client.post(reverse("share"), data)
    found = page.context["form"].findings["steps"][0]

    again = client.post(reverse("share"), data | {"fix": found.fix})

    assert again.context["form"]["steps"].value() == ["Mulai dari desa.", "Hubungi [dihapus] dulu."]


@pytest.mark.parametrize("wish", ["", "problem::0:nik", "steps:99:0:phone", "nothing", "visibility::0:nik", ":::", "problem:x:y:z"])
def test_a_wish_for_nothing_changes_nothing(client, cast, organisation, wish):
    client.force_login(cast["member"])
    data = whole_form(organisation, problem=EMAIL)

    again = client.post(reverse("share"), data | {"fix": wish})

    assert again.status_code in {200, 422}
    assert again.context["form"]["problem"].value() == EMAIL
    assert again.context["form"]["visibility"].value() == "jaringan"


# --- imports


def test_an_import_that_publishes_accepts_warnings_says_so_and_keeps_their_kinds(cast, tmp_path):
    path, out = tmp_path / "lines.jsonl", StringIO()
    lines = [
        {"id": "w-1", "title": "Ronda malam di pelabuhan", "language": "id", "summary": PLATE, "visibility": "publik"},
        {"id": "b-1", "title": "Posko di pasar desa", "language": "id", "summary": EMAIL, "visibility": "publik"},
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines))

    call_command("import_practices", str(path), "--publish", stdout=out)

    kept = {practice.external_id: practice for practice in Practice.objects.all()}
    assert "created w-1 (warned: plate)" in out.getvalue()
    assert "held b-1 as a private draft: email" in out.getvalue()
    assert (kept["w-1"].live, kept["w-1"].visibility, kept["w-1"].screened_version) == (True, "publik", RULES_VERSION)
    assert kept["b-1"].live is False
    accepted = Activity.objects.get(verb="imported-practice", subject_id=kept["w-1"].pk).facts["accepted"]
    assert accepted == ["plate"]
