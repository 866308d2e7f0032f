"""Each kind of row is taken from its readers and given back by the app that owns it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.activity.models import Activity
from cop_site.directory import actions as directory
from cop_site.directory.models import Listing
from cop_site.library import actions as library
from cop_site.library import clock
from cop_site.library.models import AdaptationReport, Practice, ReadingList
from cop_site.moderation import actions, kinds
from cop_site.moderation.models import Case, Decision
from cop_site.screening.refusing import NotReady
from tests import factories
from tests.directory.factories import listing, steward
from tests.forums.factories import forum
from tests.forums.factories import topic as topic_in
from tests.moderation.factories import decided, post, reported

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(cast):
    """One row of each kind that can be taken from its readers, made by ``member``."""
    text = factories.practice(cast["member"], visibility="jaringan", html={"results": "<p>Baik.</p>", "anonymisation": "<p>Rahasia.</p>"})
    entry = listing()
    steward(cast["member"], entry.organisation)
    tried = AdaptationReport.objects.create(
        practice=factories.practice(cast["convenor"], visibility="jaringan"),
        author=cast["member"],
        organisation=entry.organisation,
        service_scale="nasional",
        province="53",
        year=2025,
        outcome="berhasil",
        text="Kami coba.",
        html="<p>Kami coba.</p>",
        state="accepted",
    )
    talk = topic_in(forum("Ruang"), cast["member"])
    made = library.make_list(by=cast["member"], title="Bacaan", intro="Untuk pelatih.", visibility="jaringan")
    return {"post": post(cast["member"], talk), "topic": talk, "practice": text, "list": made, "adaptation": tried, "organisation": entry}


NAMES = ["post", "topic", "practice", "list", "adaptation", "organisation"]


def is_read(name, row, reader):
    return kinds.of(name).find(row.pk, reader) is not None


@pytest.mark.parametrize("name", NAMES)
def test_what_is_taken_is_read_by_nobody_and_given_back_is_read_again(cast, rows, name):
    row = rows[name]
    before = is_read(name, row, cast["member2"])
    decision = decided(reported(row, cast["member2"]), cast["moderator"])
    taken = is_read(name, row, cast["member2"])

    actions.undo(decision, by=cast["moderator"])

    assert (before, taken, is_read(name, row, cast["member2"])) == (True, False, True)


@pytest.mark.parametrize("name", NAMES)
def test_a_granted_objection_gives_it_back_too(cast, rows, name):
    row = rows[name]
    decision = decided(reported(row, cast["member2"]), cast["moderator"])
    objection = actions.appeal(decision, by=cast["member"], words="Ini benar.")

    actions.decide_appeal(objection, by=cast["secretariat"], is_granted=True, answer="Ya.")

    assert is_read(name, row, cast["member2"])


@pytest.mark.parametrize("name", NAMES)
def test_nobody_reports_her_own(cast, rows, name):
    with pytest.raises(PermissionDenied):
        actions.report(rows[name], by=cast["member"], reason="spam")


@pytest.mark.parametrize("name", NAMES)
def test_the_deeds_of_the_owning_apps_are_for_moderators_alone(cast, rows, name):
    row = kinds.of(name).row(rows[name].pk)

    for part in ("member", "member2", "convenor"):
        with pytest.raises(PermissionDenied):
            kinds.of(name).carry_out(row, "take-away", by=cast[part], reason="Iklan.", case=1)


def test_a_snapshot_of_a_text_tells_nothing_that_only_stewards_read(cast, rows):
    shown = reported(rows["practice"], cast["member2"]).snapshots.get()

    assert ("Baik." in shown.html, "Rahasia." in shown.html) == (True, False)


def test_new_rules_and_an_author_who_changes_it_give_back_nothing_that_a_moderator_took(cast, rows):
    decided(reported(rows["list"], cast["member2"]), cast["moderator"])
    decided(reported(rows["adaptation"], cast["member2"]), cast["moderator"])

    library.change_list(rows["list"], by=cast["member"], title="Lain", intro="Lain.", visibility="jaringan", circle=None, organisation=None)
    clock.rescreen_texts(timezone.now())

    assert [is_read(name, rows[name], cast["member2"]) for name in ("list", "adaptation")] == [False, False]
    assert ReadingList.objects.get().screened_version == "taken"


def test_those_who_look_after_an_entry_hear_and_object_and_do_not_judge(cast, rows):
    steward(cast["secretariat"], rows["organisation"].organisation)
    case = reported(rows["organisation"], cast["member2"])
    with pytest.raises(PermissionDenied):
        decided(case, cast["secretariat"])

    decision = decided(case, cast["moderator"])

    seen = {part for part in ("member", "member2", "secretariat", "moderator") if Decision.objects.visible_to(cast[part]).exists()}
    assert (case.author, seen, Listing.objects.get().organisation.is_listed) == (None, {"member", "secretariat", "moderator"}, False)
    assert actions.appeal(decision, by=cast["member"], words="Kami ada.").decision == decision


def test_of_a_question_either_side_is_judged_and_it_stays(cast, rows):
    entry = rows["organisation"]
    asked = directory.ask_organisation(entry, by=cast["member2"], question="Apakah Anda menerima rujukan?")
    case = reported(asked, cast["member"])
    decided(case, cast["moderator"], "keep", sanction="warning")
    answered = directory.answer_inquiry(asked, by=cast["member"], answer="Tidak untuk Anda.")

    other = reported(answered, cast["member2"])

    assert (case.author, other.author, kinds.outcomes_for(other)) == (cast["member2"], cast["member"], ("keep",))
    assert Activity.objects.get(verb="warned").subject == cast["member2"]


def test_a_case_of_what_is_gone_for_good_can_only_be_kept(cast, rows):
    case = reported(rows["practice"], cast["member2"])
    Practice.objects.filter(pk=rows["practice"].pk).delete()

    assert decided(case, cast["moderator"], "keep").carried == {}


# --- texts that the guard holds


@pytest.fixture
def held_text(cast):
    """A text that was fine under older rules."""
    said = {"results": "Hubungi 0812-3456-7890.", "html": {"results": "<p>Hubungi 0812-3456-7890.</p>"}}
    text = factories.practice(cast["member"], visibility="jaringan", **said)
    library.rescreen_practice(text, by=User.objects.system())
    return text


def made_harmless(text):
    Practice.objects.filter(pk=text.pk).update(results="Baik.", html={"results": "<p>Baik.</p>"})
    actions.follow(text)


def test_a_text_that_the_guard_holds_stands_in_the_queue_and_what_nobody_lets_pass_stays_held(cast, held_text):
    case = Case.objects.get()

    with pytest.raises(NotReady):
        decided(case, cast["moderator"], "release")

    assert (case.kind, case.origin, case.held_because, case.author) == ("practice", "held", "rules", cast["member"])


def test_it_is_let_through_and_held_again_when_that_is_undone(cast, held_text):
    made_harmless(held_text)
    decision = decided(Case.objects.get(), cast["moderator"], "release")
    shown = is_read("practice", held_text, cast["member2"])

    actions.undo(decision, by=cast["moderator"])

    assert (shown, is_read("practice", held_text, cast["member2"]), Case.objects.open().count()) == (True, False, 1)


def test_one_that_was_refused_wrongly_is_let_through(cast, held_text):
    made_harmless(held_text)
    decision = decided(Case.objects.get(), cast["moderator"], "refuse")
    objection = actions.appeal(decision, by=cast["member"], words="Itu nomor kantor.")

    actions.decide_appeal(objection, by=cast["secretariat"], is_granted=True, answer="Benar.")

    assert (is_read("practice", held_text, cast["member2"]), Case.objects.open().count()) == (True, 0)


def test_a_moderator_who_lets_it_pass_in_the_library_closes_the_case(cast, held_text):
    made_harmless(held_text)

    library.override_finding(Practice.objects.get(pk=held_text.pk), by=cast["moderator"], reason="Sudah diperiksa.")

    assert Case.objects.open().count() == 0


def test_what_moderators_took_does_not_wait_in_the_library(cast, rows):
    decided(reported(rows["practice"], cast["member2"]), cast["moderator"])
    taken = Practice.objects.get(pk=rows["practice"].pk)
    clock.rescreen_texts(timezone.now())

    with pytest.raises(PermissionDenied):
        library.override_finding(taken, by=cast["secretariat"], reason="Sudah diperiksa.")

    assert not is_read("practice", rows["practice"], cast["member2"])
