"""Decisions about one's own rows: whoever wrote them is told, and nobody else."""

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse

from cop_site.activity.actions import record
from cop_site.activity.runner import run_pending
from cop_site.activity.verbs import Verb
from cop_site.directory import actions as directory
from cop_site.forums import actions as forums
from cop_site.library.actions import withdraw_practice
from cop_site.library.models import AdaptationReport, ReadingList
from cop_site.notifications import mailing
from cop_site.notifications.models import Notification
from cop_site.notifications.selectors.deciding import SENTENCES
from tests import factories
from tests.directory.factories import listing, steward
from tests.forums.factories import forum, held, reply, topic

REASON = "Perlu dibicarakan dulu."


def decided():
    """Who was told of which decision, in the order of their names."""
    run_pending()
    rows = Notification.objects.filter(reason="decided")
    return sorted(rows.values_list("recipient__name", "activity__verb"))


@pytest.fixture
def hall(cast):
    return forum("Ruang", allows_pseudonyms=True)


def test_a_decision_about_a_waiting_post_is_told_to_its_author(cast, hall):
    begun = topic(hall, cast["member"])
    waits, refused = held(begun, cast["member2"]), held(begun, cast["colleague"])

    forums.release_post(waits, by=cast["moderator"])
    forums.refuse_post(refused, by=cast["moderator"], reason=REASON)

    assert decided() == [("colleague", "refused-post"), ("member2", "released-post")]


@pytest.mark.parametrize("hides_name", [False, True])
def test_what_a_moderator_takes_away_and_gives_back_is_told_and_what_one_does_oneself_is_not(cast, hall, hides_name):
    begun = topic(hall, cast["member"])
    first, second = (reply(begun, cast["member2"], f"Jawaban {number}.", hides_name=hides_name) for number in (1, 2))

    forums.delete_post(first, by=cast["moderator"], reason=REASON)
    forums.restore_post(first, by=cast["moderator"])
    forums.delete_post(second, by=cast["member2"])

    assert decided() == [("member2", "deleted-post"), ("member2", "restored-post")]


@pytest.mark.parametrize("hides_name", [False, True])
def test_whoever_began_a_topic_hears_what_moderators_do_with_it(cast, hall, hides_name):
    begun = topic(hall, cast["member"], hides_name=hides_name)
    other = forum("Lain")

    forums.lock_topic(begun, by=cast["moderator"], reason=REASON)
    forums.unlock_topic(begun, by=cast["moderator"])
    forums.retitle_topic(begun, by=cast["moderator"], title="Judul yang lebih jelas")
    forums.move_topic(begun, other, by=cast["moderator"])
    forums.delete_topic(begun, by=cast["moderator"], reason=REASON)
    forums.restore_topic(begun, by=cast["moderator"])

    verbs = ["deleted-topic", "locked-topic", "moved-topic", "restored-topic", "retitled-topic", "unlocked-topic"]
    assert decided() == [("member", verb) for verb in verbs]


@pytest.mark.parametrize("hides_name", [False, True])
def test_splitting_and_merging_are_told_to_those_whose_words_went(cast, hall, hides_name):
    begun, into = topic(hall, cast["member"], hides_name=hides_name), topic(hall, cast["colleague"], "Soal lain")
    moved = reply(begun, cast["member2"], hides_name=hides_name)
    reply(begun, cast["convenor"])

    forums.split_topic(begun, [moved], by=cast["moderator"], title="Soal yang lain lagi")
    forums.merge_topics(begun, into, by=cast["moderator"])

    assert decided() == [("member", "merged-topics"), ("member", "split-topic"), ("member2", "split-topic")]
    assert [Notification.objects.visible_to(cast[part]).filter(reason="decided").count() for part in ("member", "member2")] == [2, 1]


def test_a_moderator_is_not_told_of_her_own_deed(cast, hall):
    begun = topic(hall, cast["moderator"])

    forums.lock_topic(begun, by=cast["moderator"], reason=REASON)

    assert decided() == []


def test_opening_a_name_is_told_to_whom_it_belongs_with_the_reason_and_the_two(client, cast, hall):
    begun = topic(hall, cast["member"])
    sealed = reply(begun, cast["member2"], hides_name=True)
    wish = forums.ask_to_unseal(sealed.pseudonym, by=cast["moderator"], reason=REASON)
    forums.agree_to_unseal(wish, by=cast["secretariat"])
    assert decided() == [("member2", "unsealed")]

    client.force_login(cast["member2"])
    page = client.get(reverse("notification", args=[Notification.objects.get(reason="decided").pk])).content.decode()

    assert [word for word in (REASON, "moderator", "secretariat", begun.title) if word not in page] == []


def test_a_name_that_stays_closed_is_told_too(cast, hall):
    sealed = reply(topic(hall, cast["member"]), cast["member2"], hides_name=True)
    wish = forums.ask_to_unseal(sealed.pseudonym, by=cast["moderator"], reason=REASON)

    forums.refuse_to_unseal(wish, by=cast["secretariat"])

    assert decided() == [("member2", "refused-to-unseal")]


def test_a_decision_says_why_to_its_author_and_is_nothing_to_others(client, cast, hall):
    begun = topic(hall, cast["member"])
    taken = reply(begun, cast["member2"])
    forums.delete_post(taken, by=cast["moderator"], reason=REASON)
    decided()
    address = reverse("notification", args=[Notification.objects.get(reason="decided").pk])

    answered = {}
    for part in ("member2", "member", "moderator", "secretariat"):
        client.force_login(cast[part])
        response = client.get(address)
        answered[part] = (response.status_code, REASON in response.content.decode())

    nothing = (404, False)
    assert answered == {"member2": (200, True), "member": nothing, "moderator": nothing, "secretariat": nothing}


def test_a_decision_about_a_text_stands_in_the_list_and_is_mailed_by_the_library_alone(cast):
    practice = factories.practice(cast["member"], visibility="jaringan", organisation=None)

    withdraw_practice(practice, by=cast["secretariat"], reason=REASON)

    assert decided() == [("member", "withdrew-practice")]
    mailing.send_waiting()
    assert [letter.to for letter in mail.outbox if "/notifications/" in letter.body] == []


def test_every_decision_has_words():
    assert [verb for verb, sentence in SENTENCES.items() if not str(sentence)] == []


def test_decisions_of_the_directory_stand_in_the_list_and_lead_to_their_page(client, cast):
    entry = listing("Lembaga Pelita", slug="lembaga-pelita")
    claim = directory.claim_listing(entry, by=cast["member2"], reason="Saya mengelola layanan di sana.")

    directory.grant_claim(claim, by=cast["secretariat"])

    assert decided() == [("member2", "granted-claim")]
    row = Notification.objects.get(reason="decided")
    assert row.mail_after is None
    client.force_login(cast["member2"])
    assert "Anda kini merawat entri direktori" in client.get(reverse("notifications")).content.decode()
    assert client.get(reverse("notification", args=[row.pk]))["Location"] == reverse("directory-mine")


def test_what_stewards_do_themselves_is_no_news_to_them_and_what_others_decide_is(cast):
    entry = listing("Lembaga Pelita", slug="lembaga-pelita")
    for part in ("member2", "colleague"):
        steward(cast[part], entry.organisation)

    with transaction.atomic():
        record(Verb.SET_LEVEL, by=cast["member2"], subject=entry)
    among_themselves = decided()
    with transaction.atomic():
        record(Verb.SET_LEVEL, by=cast["secretariat"], subject=entry)

    assert (among_themselves, decided()) == ([], [("colleague", "set-level"), ("member2", "set-level")])


@pytest.mark.parametrize(
    ("made", "verb", "page"),
    [(AdaptationReport, Verb.ACCEPTED_ADAPTATION, "my-texts"), (ReadingList, Verb.KEPT_LIST_INSIDE, "reading-lists")],
)
def test_so_do_decisions_about_reports_of_use_and_lists(client, cast, organisation, made, verb, page):
    practice = factories.practice(cast["member"], visibility="jaringan", organisation=None)
    about = (
        {"practice": practice, "organisation": organisation, "year": 2025}
        if made is AdaptationReport
        else {"slug": "daftar", "title": "Daftar"}
    )
    row = made.objects.create(author=cast["member2"], **about)

    with transaction.atomic():
        record(verb, by=cast["reviewer"], subject=row)

    assert decided() == [("member2", str(verb))]
    client.force_login(cast["member2"])
    assert client.get(reverse("notification", args=[Notification.objects.get().pk]))["Location"] == reverse(page)
