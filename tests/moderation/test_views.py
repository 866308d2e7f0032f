"""Pages of moderation: reporting, the queue, one case, what one is told, what makes the desk bearable."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop_site.accounts.models import Task, User
from cop_site.forums.models import Forum, Post
from cop_site.library import actions as library
from cop_site.moderation import actions
from cop_site.moderation.models import Case, Decision, Duty, Phrase, Report
from tests import factories
from tests.directory.factories import listing
from tests.moderation.factories import decided, post, reported, talk, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast, topic):
    return reported(post(cast["member2"], topic, "Tawaran kerja tanpa surat."), cast["colleague"], note="Lihat kalimat pertama.")


@pytest.fixture
def sit(client, cast):
    def sit(name):
        client.force_login(cast[name])
        return client

    return sit


def sent(**fields):
    return {"deed_key": str(uuid4()), **fields}


def text(answer):
    return answer.content.decode()


# --- reporting


def test_a_reader_reports_a_post_once_and_finds_what_came_of_it(sit, cast, topic):
    row = post(cast["member2"], topic)
    path = reverse("report", args=["post", row.pk])
    reader = sit("colleague")

    offered = path in text(reader.get(topic.get_absolute_url()))
    refused = reader.post(path, sent(reason="", note="x"))
    answer = reader.post(path, sent(about=f"post-{row.pk}", reason="spam", note="Iklan."))
    mine = text(reader.get(reverse("my-reports")))
    again = reader.get(path)

    report = Report.objects.get()
    assert (offered, refused.status_code, answer.status_code, answer.url) == (True, 422, 302, reverse("my-reports"))
    assert (report.by, report.reason, report.note) == (cast["colleague"], "spam", "Iklan.")
    assert ('data-tone="wait"' in mine, 'data-form="report"' in text(again)) == (True, False)


def test_nobody_reports_what_is_ones_own_or_not_to_be_seen(sit, cast, topic, circle):
    own, row = post(cast["colleague"], topic), post(cast["member2"], topic)
    shown = text(sit("colleague").get(topic.get_absolute_url()))
    answers = [sit("colleague").get(reverse("report", args=["post", own.pk])).status_code]
    Forum.objects.filter(pk=topic.forum_id).update(visibility="kelompok", circle=circle)
    answers += [sit("colleague").get(reverse("report", args=[kind, row.pk])).status_code for kind in ("post", "nothing")]

    assert answers == [403, 404, 404]
    assert [reverse("report", args=["post", one.pk]) in shown for one in (own, row)] == [False, True]


def test_an_applicant_cannot_report_and_a_visitor_signs_in_first(client, sit, cast):
    row = post(cast["member2"], talk(cast["member"], slug="umum", visibility="publik"))
    path = reverse("report", args=["post", row.pk])

    visitor, applicant = client.get(path), sit("applicant").get(path)

    assert (visitor.status_code, applicant.status_code) == (302, 403)


def test_whatever_members_make_can_be_reported_from_where_it_stands(sit, cast, topic):
    text_of_hers = factories.practice(cast["member2"], visibility="jaringan")
    reading_list = library.make_list(by=cast["member2"], title="Untuk pelatihan", intro="Mulai di sini.", visibility="jaringan")
    entry = listing()
    places = {
        ("topic", topic.pk): topic.get_absolute_url(),
        ("practice", text_of_hers.pk): text_of_hers.get_absolute_url(),
        ("list", reading_list.pk): reading_list.get_absolute_url(),
        ("organisation", entry.pk): reverse("organisation", args=[entry.organisation.slug]),
    }
    reader = sit("colleague")

    found = {row: reverse("report", args=row) in text(reader.get(place)) for row, place in places.items()}
    answers = {row: reader.get(reverse("report", args=row)).status_code for row in places}
    own = reverse("report", args=["list", reading_list.pk]) in text(sit("member2").get(reading_list.get_absolute_url()))

    assert (found, answers, own) == (dict.fromkeys(places, True), dict.fromkeys(places, 200), False)


# --- the queue


def test_the_queue_is_for_those_who_sit_at_the_desk(client, sit, case):
    path = reverse("moderation")
    asked = {"visitor": client.get(path).status_code}

    asked |= {name: sit(name).get(path).status_code for name in ("member", "researcher", "reviewer", "moderator", "secretariat")}

    assert asked == {"visitor": 302, "member": 403, "researcher": 403, "reviewer": 403, "moderator": 200, "secretariat": 200}


def test_every_page_of_the_desk_opens_in_both_languages(sit, cast, case):
    decision = decided(case, cast["moderator"])
    other = reported(post(cast["member2"], talk(cast["member"])), cast["colleague"])
    appeal = actions.appeal(decision, by=cast["member2"], words="Itu bukan tawaran kerja.")
    names = [("moderation", []), ("case", [other.pk]), ("case", [case.pk]), ("decision", [decision.pk]), ("appeals", [])]
    names += [("appeal", [appeal.pk]), ("phrases", []), ("rota", []), ("my-reports", []), ("decisions", [])]
    paths = [*(reverse(name, args=arguments) for name, arguments in names), f"{reverse('moderation')}?tab=decided"]

    found = {f"{at}{path}": sit("secretariat").get(f"{at}{path}").status_code for path in paths for at in ("", "/en")}

    assert found == dict.fromkeys(found, 200)


def test_the_queue_shows_titles_that_its_reader_may_read_and_covers_the_words(sit, cast, case, circle):
    queue = text(sit("moderator").get(reverse("moderation")))
    page = text(sit("moderator").get(reverse("case", args=[case.pk])))
    Forum.objects.filter(pk=case.forum_id).update(visibility="kelompok", circle=circle, name_id="Ruang Lingkar")
    hidden = text(sit("moderator").get(reverse("moderation"))) + text(sit("moderator").get(reverse("case", args=[case.pk])))

    assert ("Siapa punya contoh perdes?" in queue, "Ruang" in queue, "Tawaran kerja" in queue) == (True, True, False)
    assert "Tawaran kerja tanpa surat." in page.split('<details class="veil">')[1].split("</details>")[0]
    assert "Lihat kalimat pertama." in page
    assert ("Siapa punya contoh perdes?" in hidden, "Ruang Lingkar" in hidden, "Tawaran kerja" in hidden) == (False, False, True)


def test_tabs_and_filters_choose_from_the_queue(sit, cast, topic, case):
    held = waiting(cast["convenor"], topic)
    moderator, path = sit("moderator"), reverse("moderation")

    def shown(query):
        page = text(moderator.get(f"{path}?{query}"))
        return {one.pk for one in (case, held) if f'href="{reverse("case", args=[one.pk])}?' in page}

    queries = {
        "tab=all": {case.pk, held.pk},
        "tab=held": {held.pk},
        "tab=reports": {case.pk},
        "tab=flagged": set(),
        "tab=mine": set(),
        "tab=all&severity=1": {case.pk},
        "tab=all&kind=practice": set(),
        "tab=all&forum=ruang": {case.pk, held.pk},
        "tab=all&forum=lain": set(),
        "tab=all&language=en": set(),
        "tab=all&province=53": set(),
        "tab=nonsense&severity=x": {case.pk, held.pk},
    }
    assert {query: shown(query) for query in queries} == queries


def test_a_local_moderator_finds_what_is_of_her_forum_alone(sit, cast, topic, case):
    elsewhere = reported(post(cast["member2"], talk(cast["member"], slug="lain")), cast["colleague"])
    task = factories.task(cast["convenor"], "moderator", by=cast["secretariat"])
    Task.objects.filter(pk=task.pk).update(scope="forum:ruang")

    answers = [sit("convenor").get(reverse("case", args=[one.pk])).status_code for one in (case, elsewhere)]

    assert answers == [200, 404]


@pytest.mark.parametrize(("who", "name"), [("moderator", "moderation"), ("colleague", "my-reports")])
def test_a_list_costs_the_same_for_one_row_and_for_twenty(sit, cast, topic, case, who, name):
    reader, path = sit(who), reverse(name)
    reader.get(path)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            reader.get(path)
        return len(asked)

    one = cost()
    for number in range(19):
        reported(post(cast["member2"], topic, f"Kami punya {number} contoh."), cast["colleague"])

    assert (cost(), Case.objects.open().count()) == (one, 20)


# --- deciding


def test_after_a_decision_the_next_case_opens_and_the_author_reads_the_reason(sit, cast, topic, case):
    following = reported(post(cast["member2"], topic), cast["colleague"])
    path = f"{reverse('case', args=[case.pk])}?tab=reports"
    moderator = sit("moderator")

    without = moderator.post(path, sent(outcome="take-away", reason=""))
    answer = moderator.post(
        path, sent(outcome="take-away", reason="Tanpa surat, ini berbahaya.", author="warning", seen=case.snapshots.get().pk)
    )

    decision = Decision.objects.get()
    assert (without.status_code, answer.status_code, answer.url) == (422, 302, f"{reverse('case', args=[following.pk])}?tab=reports")
    assert (decision.outcome, decision.sanction, Post.objects.unscoped("read by a test").get(pk=case.subject_id).hidden_at is None) == (
        "take-away",
        "warning",
        False,
    )
    told = text(sit("member2").get(reverse("decision", args=[decision.pk])))
    assert ("Tanpa surat, ini berbahaya." in told, "Lihat kalimat pertama." in told, cast["colleague"].name in told) == (True, False, False)


def test_the_last_decision_leads_back_to_an_empty_queue(sit, cast, case):
    answer = sit("moderator").post(reverse("case", args=[case.pk]), sent(outcome="keep", reason="Boleh tetap ada."), follow=True)

    assert answer.redirect_chain == [(f"{reverse('moderation')}?tab=all", 302)]
    assert 'class="queue"' not in text(answer)


def test_a_sentence_at_hand_is_put_where_the_reason_goes_without_a_script(sit, cast, case):
    phrase = actions.keep_phrase(None, by=cast["moderator"], name="Nada", words_id="Mohon tulis tanpa merendahkan.", outcome="take-away")

    page = text(sit("moderator").post(reverse("case", args=[case.pk]), sent(then="phrase", phrase=phrase.pk)))

    assert "Mohon tulis tanpa merendahkan.</textarea>" in page
    assert 'value="take-away" aria-keyshortcuts="2" checked' in page
    assert Decision.objects.count() == 0


def test_who_has_taken_a_case_is_seen_and_others_cannot_decide_it(sit, cast, case):
    claim, path = reverse("case-claim", args=[case.pk]), reverse("case", args=[case.pk])
    User.objects.filter(pk=cast["moderator"].pk).update(name="Sri Penjaga")
    sit("moderator").post(claim, sent())

    page = text(sit("secretariat").get(path))
    refused = sit("secretariat").post(path, sent(outcome="keep", reason="Boleh."))
    back = sit("moderator").post(claim, sent(then="back"))
    rest = sit("moderator").post(claim, sent(then="rest"))

    case.refresh_from_db()
    assert ("Sri Penjaga" in page, 'id="keputusan"' in page, refused.status_code) == (True, False, 422)
    assert (back.url, rest.url, case.claimed_by) == (f"{reverse('moderation')}?tab=all", "/", None)


def test_what_nobody_may_let_through_is_closed(sit, cast, topic):
    held = waiting(cast["convenor"], topic)
    Post.objects.unscoped("changed by a test").filter(pk=held.subject_id).update(source="Telepon 0812 3456 7890", held_because="findings")

    page = text(sit("moderator").get(reverse("case", args=[held.pk])))
    answer = sit("moderator").post(reverse("case", args=[held.pk]), sent(outcome="release", reason="Baik."))

    assert (" disabled><b>" in page, 'class="finding"' in page, answer.status_code) == (True, True, 422)


def test_several_rows_are_decided_with_one_reason(sit, cast, topic):
    cases = [reported(post(cast["member2"], topic, f"Iklan {number}."), cast["colleague"]) for number in range(3)]
    kept = reported(post(cast["member2"], topic), cast["colleague"])
    moderator, path = sit("moderator"), f"{reverse('moderation')}?tab=reports"

    nothing = moderator.post(path, sent(outcome="take-away", reason="Iklan."))
    some = moderator.post(path, sent(cases=[case.pk for case in cases], outcome="take-away", reason="Iklan."))
    still_open = set(Case.objects.open())
    everything = moderator.post(path, sent(all="1", shown=[kept.pk], outcome="keep", reason="Boleh."))

    assert (nothing.status_code, some.status_code, still_open, everything.status_code) == (422, 302, {kept}, 302)
    assert (Decision.objects.count(), Case.objects.open().count()) == (4, 0)


# --- the old addresses


def test_the_old_queue_of_the_forums_leads_to_the_one_queue(sit, cast, topic):
    held = waiting(cast["convenor"], topic)
    moderator = sit("moderator")

    answers = [moderator.get(path).url for path in ("/forums/waiting/", f"/forums/waiting/{held.subject_id}/")]

    assert answers == [f"{reverse('moderation')}?tab=held", reverse("case", args=[held.pk])]
    assert sit("member").get("/forums/waiting/").status_code == 403


# --- what one is told


def test_an_author_objects_once_and_another_moderator_answers(sit, cast, case):
    decision = decided(case, cast["moderator"])
    path = reverse("decision", args=[decision.pk])

    first = sit("member2").post(path, sent(words="Itu bukan tawaran kerja."))
    page = text(sit("member2").get(path))
    own = [sit("moderator").get(reverse(name, args=args)).status_code for name, args in (("appeals", []), ("appeal", [decision.appeal.pk]))]
    answered = sit("secretariat").post(reverse("appeal", args=[decision.appeal.pk]), sent(grant="yes", answer="Benar, itu salah baca."))
    told = text(sit("member2").get(path))

    decision.refresh_from_db()
    assert (first.status_code, 'data-form="appeal"' in page, own, answered.status_code) == (302, False, [200, 404], 302)
    assert ("Benar, itu salah baca." in told, decision.undone_at is None) == (True, False)
    assert Post.objects.unscoped("read by a test").get(pk=case.subject_id).hidden_at is None


def test_decisions_are_read_by_those_concerned_alone(client, sit, cast, case):
    path = reverse("decision", args=[decided(case, cast["moderator"]).pk])
    asked = {"visitor": client.get(path).status_code}

    asked |= {name: sit(name).get(path).status_code for name in ("member2", "colleague", "member", "moderator", "secretariat")}

    assert asked == {"visitor": 302, "member2": 200, "colleague": 404, "member": 404, "moderator": 200, "secretariat": 200}


def test_a_moderator_undoes_her_own_decision_and_sees_the_button(sit, cast, case):
    decision = decided(case, cast["moderator"])
    undo = reverse("decision-undo", args=[decision.pk])

    offered = undo in text(sit("moderator").get(f"{reverse('moderation')}?tab=decided"))
    by_others = [sit(name).post(undo, sent()).status_code for name in ("member2", "secretariat")]
    answer = sit("moderator").post(undo, sent())

    assert (offered, by_others, answer.url) == (True, [403, 403], reverse("case", args=[case.pk]))
    assert set(Case.objects.open()) == {case}


# --- what makes the desk bearable and answerable


def test_the_public_account_counts_and_names_nobody(client, cast, topic):
    for number in range(6):
        decided(reported(post(cast["member2"], topic, f"Iklan {number}."), cast["colleague"]), cast["moderator"])
    decided(reported(post(cast["member2"], topic), cast["colleague"]), cast["moderator"], outcome="keep")

    page = text(client.get(reverse("moderation-account"))).split("<main")[1].split("</main>")[0]

    assert ("<td>6" in page, "<td>&lt;5" in page, "<td>1" in page) == (True, True, False)
    assert [cast[name].name for name in ("member2", "colleague") if cast[name].name in page] == []


def test_moderators_keep_sentences_and_the_rota(sit, cast):
    moderator = sit("moderator")
    moderator.post(reverse("phrases"), sent(name="Nada", words_id="Mohon tenang.", is_used="on"))
    phrase = Phrase.objects.get()
    moderator.post(f"{reverse('phrases')}?phrase={phrase.pk}", sent(name="Nada", words_id="Mohon tenang dulu."))
    days = {"starts_on": "2099-01-01", "ends_on": "2099-01-07"}
    backwards = moderator.post(reverse("rota"), sent(person=cast["moderator"].pk, starts_on="2099-01-07", ends_on="2099-01-01"))
    moderator.post(reverse("rota"), sent(person=cast["secretariat"].pk, is_backup="on", **days))
    duty = Duty.objects.get()
    moderator.post(reverse("rota"), sent(ends=duty.pk))

    phrase.refresh_from_db()
    assert (phrase.words_id, phrase.is_used, backwards.status_code) == ("Mohon tenang dulu.", False, 422)
    assert (duty.person, duty.is_backup, Duty.objects.count()) == (cast["secretariat"], True, 0)
    assert [sit("member").get(reverse(name)).status_code for name in ("phrases", "rota")] == [403, 403]
