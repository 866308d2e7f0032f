"""Asking an organisation through the platform: read by its stewards and by nobody else."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cop_site.activity.runner import run_pending
from cop_site.directory import actions, rules
from cop_site.directory.models import Inquiry
from tests.directory.factories import listing, steward

pytestmark = pytest.mark.django_db

QUESTION = "Apakah layanan ini juga untuk keluarga?"


@pytest.fixture
def entry(cast, organisation):
    steward(cast["member"], organisation)
    return listing(of=organisation)


@pytest.fixture
def inquiry(cast, entry):
    return actions.ask_organisation(entry, by=cast["member2"], question=QUESTION)


@pytest.mark.parametrize(
    ("who", "reads"),
    [("member", True), ("member2", True), ("colleague", False), ("secretariat", False), ("moderator", False), ("reviewer", False)],
)
def test_a_question_is_read_by_who_asked_and_by_the_stewards(cast, inquiry, who, reads):
    assert Inquiry.objects.visible_to(cast[who]).exists() == reads


@pytest.mark.parametrize("who", ["visitor", "applicant", "observer", "researcher", "suspended"])
def test_only_members_ask(cast, entry, who):
    with pytest.raises(PermissionDenied):
        actions.ask_organisation(entry, by=cast[who], question=QUESTION)


def test_nobody_asks_where_nobody_would_read_it(cast):
    with pytest.raises(PermissionDenied):
        actions.ask_organisation(listing(), by=cast["member2"], question=QUESTION)


def test_what_one_does_not_see_is_not_to_be_asked(cast, entry):
    entry.organisation.visibility = "organisasi"
    entry.organisation.save()

    with pytest.raises(PermissionDenied):
        actions.ask_organisation(entry, by=cast["member2"], question=QUESTION)


@pytest.mark.parametrize("question", ["", "a" * 1001, "Hubungi saya di 0812 3456 7890.", "Korban tinggal di Jalan Melati No. 3."])
def test_a_question_has_its_measure_and_tells_of_nobody(cast, entry, question):
    with pytest.raises(rules.NotReady):
        actions.ask_organisation(entry, by=cast["member2"], question=question)


def test_five_questions_a_day_are_enough(cast, entry, inquiry):
    for _again in range(4):
        actions.ask_organisation(entry, by=cast["member2"], question=QUESTION)

    with pytest.raises(rules.NotReady):
        actions.ask_organisation(entry, by=cast["member2"], question=QUESTION)


def test_a_steward_answers_once(cast, inquiry):
    for who in ("member2", "colleague", "secretariat"):
        with pytest.raises(PermissionDenied):
            actions.answer_inquiry(inquiry, by=cast[who], answer="Ya.")

    answered = actions.answer_inquiry(inquiry, by=cast["member"], answer="Ya, silakan datang pada hari kerja.")

    assert answered.answered_by == cast["member"]
    with pytest.raises(PermissionDenied):
        actions.answer_inquiry(inquiry, by=cast["member"], answer="Lagi.")


def test_mails_tell_nothing(cast, inquiry):
    actions.answer_inquiry(inquiry, by=cast["member"], answer="Ya, silakan datang.")
    run_pending()

    told = " ".join(letter.subject + letter.body for letter in mail.outbox)
    assert [letter.to for letter in mail.outbox] == [[cast["member2"].email]]  # the question is answered: nothing waits
    assert [word for word in ("keluarga", "silakan datang", "Lembaga Tikar", "lembaga-tikar") if word in told] == []


def test_the_stewards_hear_of_a_question(cast, inquiry):
    run_pending()

    assert [letter.to for letter in mail.outbox] == [[cast["member"].email]]


def test_asking_and_answering_through_the_pages(client, cast, entry):
    ask, questions = (reverse(name, args=[entry.organisation.slug]) for name in ("organisation-ask", "organisation-inquiries"))
    client.force_login(cast["member2"])
    refused = client.post(ask, {"question": "Telepon saya 0812 3456 7890"})
    assert (refused.status_code, "0812" in refused.content.decode().split("<textarea")[0]) == (422, False)
    assert client.post(ask, {"question": QUESTION}).status_code == 302
    assert QUESTION in client.get(reverse("directory-mine")).content.decode()
    assert client.get(questions).status_code == 404

    client.force_login(cast["member"])
    told = {"inquiry": Inquiry.objects.get().pk, "answer": ""}
    assert client.post(questions, told).status_code == 422
    assert client.post(questions, told | {"answer": "Ya."}).status_code == 302

    client.force_login(cast["member2"])
    assert "Ya." in client.get(reverse("directory-mine")).content.decode()


@pytest.mark.parametrize("who", ["colleague", "secretariat", "moderator", "member2"])
def test_questions_of_others_do_not_exist(client, cast, inquiry, who):
    client.force_login(cast[who])
    page = reverse("organisation-inquiries", args=[inquiry.listing.organisation.slug])

    assert client.get(page).status_code == 404
    assert client.post(page, {"inquiry": inquiry.pk, "answer": "Ya."}).status_code == 404
    inquiry.refresh_from_db()
    assert inquiry.answered_at is None
