"""The desk: who finds what waits, reads it, and decides."""

from uuid import uuid4

import pytest
from django.core import mail

from cop_site.activity.runner import run_pending
from cop_site.library import actions
from cop_site.library.models import Practice, Review
from tests import factories
from tests.library.factories import make_practice, public, published, sentence, submitted


@pytest.fixture
def as_reviewer(client, cast):
    client.force_login(cast["reviewer"])
    return client


def page(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [("reviewer", 200), ("safety_reviewer", 200), ("member", 403), ("secretariat", 403), ("observer", 403), ("visitor", 302)],
)
def test_the_desk_is_for_reviewers(client, cast, who, status):
    if who != "visitor":
        client.force_login(cast[who])

    assert client.get("/library/review/").status_code == status


def test_the_oldest_waits_first_and_nothing_else_is_there(as_reviewer, cast, author):
    older, newer = submitted(author, title="Yang lebih dulu diajukan"), submitted(author, title="Yang baru saja diajukan")
    make_practice(author, title="Masih draf penulisnya saja")
    submitted(author, title="Hanya untuk lembaga sendiri", visibility="organisasi")
    submitted(cast["reviewer"], title="Tulisan penelaah itu sendiri")

    shown = page(as_reviewer.get("/library/review/"))

    assert shown.index(older.title) < shown.index(newer.title)
    assert [title for title in ("Masih draf", "Hanya untuk lembaga", "Tulisan penelaah") if title in shown] == []


def test_the_queue_costs_the_same_for_one_and_for_many(as_reviewer, author, django_assert_max_num_queries):
    submitted(author)
    as_reviewer.get("/library/review/")
    with django_assert_max_num_queries(20) as first:
        as_reviewer.get("/library/review/")
    for _number in range(6):
        submitted(author)

    with django_assert_max_num_queries(len(first)):
        as_reviewer.get("/library/review/")


def test_a_reviewer_reads_what_was_handed_in_with_every_field(as_reviewer, author):
    practice = submitted(author)

    shown = page(as_reviewer.get(f"/library/review/{practice.pk}/"))

    assert 'data-form="review"' in shown
    assert 'name="text"' in shown
    assert [
        words
        for words in (practice.summary, practice.safeguarding, practice.steps[1], "Jawa Tengah", "Februari 2025")
        if words not in shown
    ] == []


@pytest.mark.parametrize(
    "make",
    [make_practice, lambda author: submitted(author, visibility="organisasi"), lambda author: submitted(author, visibility="pengelola")],
)
def test_what_does_not_wait_for_her_is_not_there(as_reviewer, author, make):
    practice = make(author)

    assert as_reviewer.get(f"/library/review/{practice.pk}/").status_code == 404
    assert as_reviewer.post(f"/library/review/{practice.pk}/", {"decision": "approve", "text": ""}).status_code == 404


def test_her_own_practice_does_not_wait_for_her(as_reviewer, cast):
    practice = submitted(cast["reviewer"])

    assert as_reviewer.get(f"/library/review/{practice.pk}/").status_code == 404


def test_changed_fields_are_marked_beside_the_published_words(as_reviewer, cast, author):
    practice = published(author, cast["reviewer"])
    actions.change_practice(practice, by=author, results=practice.results.replace("Warga desa", "Kader desa"))
    actions.submit_practice(practice, by=author)

    shown = page(as_reviewer.get(f"/library/review/{practice.pk}/"))

    assert "<del>Warga</del>" in shown
    assert "<ins>Kader</ins>" in shown


def test_approving_puts_it_on_the_shelf(as_reviewer, author):
    practice = submitted(author)

    answer = as_reviewer.post(f"/library/review/{practice.pk}/", {"decision": "approve", "text": "", "deed_key": uuid4()})

    assert answer["Location"] == "/library/review/?tab=waiting"
    assert Practice.objects.get().live


def test_a_decision_sent_twice_is_one(as_reviewer, author):
    practice = submitted(author)
    form = {"decision": "refuse", "text": "Dari mana angka 140?", "deed_key": uuid4()}

    answers = [as_reviewer.post(f"/library/review/{practice.pk}/", form).status_code for _time in range(2)]

    assert answers == [302, 302]
    assert Review.objects.count() == 1


def test_asking_for_changes_without_a_note_is_refused_and_nothing_happens(as_reviewer, author):
    practice = submitted(author)

    answer = as_reviewer.post(f"/library/review/{practice.pk}/", {"decision": "refuse", "text": " ", "deed_key": uuid4()})

    assert (answer.status_code, Review.objects.count(), Practice.objects.get().state) == (422, 0, "submitted")
    assert 'href="#id_text"' in page(answer)


def test_a_note_with_personal_data_is_refused_and_kept_in_its_box(as_reviewer, author):
    practice = submitted(author)

    answer = as_reviewer.post(
        f"/library/review/{practice.pk}/", {"decision": "refuse", "text": "Hapus NIK 3374015508900001.", "deed_key": uuid4()}
    )

    assert answer.status_code == 422
    assert page(answer).count("3374015508900001") == 1
    assert Review.objects.count() == 0


def test_decisions_made_are_listed_and_texts_out_of_sight_are_not_named(as_reviewer, cast, author):
    shelved, back = submitted(author, title="Yang sudah terbit di pustaka"), submitted(author, title="Yang kembali kepada penulis")
    actions.publish_practice(shelved, by=cast["reviewer"])
    actions.ask_for_changes(back, by=cast["reviewer"], note="Dari mana angka 140?")

    shown = page(as_reviewer.get("/library/review/?tab=done"))

    assert shelved.title in shown
    assert "Dari mana angka 140?" in shown
    assert back.title not in shown


# --- safety


def test_a_safety_reviewer_reads_the_published_text_and_lets_everybody_read_it(client, cast, author):
    practice = published(author, cast["reviewer"], visibility="publik")
    client.force_login(cast["safety_reviewer"])

    shown = page(client.get(f"/library/safety/{practice.pk}/"))
    client.post(f"/library/safety/{practice.pk}/", {"decision": "approve", "text": "", "deed_key": uuid4()})

    assert practice.summary in shown
    assert Practice.objects.get().visibility == "publik"


def test_a_colleague_reads_why_she_may_not_decide(client, cast, author):
    practice = published(author, cast["reviewer"], visibility="publik")
    factories.task(cast["colleague"], "safety-reviewer", by=cast["secretariat"])
    client.force_login(cast["colleague"])

    shown = page(client.get(f"/library/safety/{practice.pk}/"))
    sent = client.post(f"/library/safety/{practice.pk}/", {"decision": "approve", "text": "", "deed_key": uuid4()})

    assert 'data-form="review"' not in shown
    assert 'href="#lock"' not in shown
    assert practice.title in shown
    assert sent.status_code == 403
    assert Practice.objects.get().visibility == "jaringan"


def test_a_reviewer_without_that_task_finds_no_safety_desk(as_reviewer, cast, author):
    practice = published(author, cast["reviewer"], visibility="publik")

    assert as_reviewer.get(f"/library/safety/{practice.pk}/").status_code == 404


def test_new_words_of_a_public_practice_wait_for_safety_reviewers(client, cast, author):
    practice = public(author, cast["reviewer"], cast["safety_reviewer"])
    actions.change_practice(practice, by=author, results=sentence(41))
    actions.submit_practice(practice, by=author)

    client.force_login(cast["reviewer"])
    for_reviewers = client.get(f"/library/review/{practice.pk}/")
    client.force_login(cast["safety_reviewer"])
    for_safety = client.get(f"/library/review/{practice.pk}/")

    assert ('data-form="review"' in page(for_reviewers), 'data-form="review"' in page(for_safety)) == (False, True)


# --- mails


def told():
    run_pending()
    addresses = [address for letter in mail.outbox for address in letter.to]
    mail.outbox.clear()
    return sorted(addresses)


def test_reviewers_who_may_read_it_are_told_and_nobody_else(cast, author):
    told()
    submitted(author, title="Kata rahasia gerbang merah")

    run_pending()

    assert [letter.to for letter in mail.outbox] == [[cast["reviewer"].email]]
    assert "gerbang" not in f"{mail.outbox[0].subject} {mail.outbox[0].body}"


def test_nobody_outside_the_audience_hears_that_something_waits(author):
    told()

    submitted(author, visibility="organisasi")

    assert told() == []


def test_what_was_taken_back_is_told_to_nobody(author):
    told()
    practice = submitted(author)
    actions.recall_practice(practice, by=author)

    assert told() == []


def test_the_author_hears_of_every_decision_in_words_that_tell_nothing(cast, author):
    practice = submitted(author, visibility="publik", title="Kata rahasia gerbang merah")
    told()

    actions.publish_practice(practice, by=cast["reviewer"])
    run_pending()
    subjects = {letter.subject for letter in mail.outbox}
    bodies = " ".join(letter.body for letter in mail.outbox)
    after_publication = told()
    actions.refuse_public(practice, by=cast["safety_reviewer"], note="Belum.")

    assert "gerbang" not in f"{subjects} {bodies}"
    assert after_publication == sorted([author.email, cast["safety_reviewer"].email])
    assert told() == [author.email]


def test_a_suspended_author_hears_nothing(cast, author):
    practice = submitted(author)
    told()
    actions.ask_for_changes(practice, by=cast["reviewer"], note="Dari mana angka 140?")
    type(author).objects.filter(pk=author.pk).update(suspended_at="2026-01-01T00:00Z")

    assert told() == []
