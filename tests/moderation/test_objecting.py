"""A suspended person cannot sign in, and is heard all the same: by a link in her mail."""

import pytest
from django.core import mail, signing
from django.urls import reverse

from cop_site.accounts.models import User
from cop_site.activity.runner import run_pending
from cop_site.moderation import actions, objecting
from cop_site.moderation.models import Appeal
from tests.moderation.factories import REASON, decided, post, reported, talk

pytestmark = pytest.mark.django_db
WORDS = "Saya hanya mengutip peraturan."


@pytest.fixture
def decision(cast):
    case = reported(post(cast["member2"], talk(cast["member"])), cast["colleague"])
    mail.outbox.clear()
    return decided(case, cast["moderator"], sanction="suspension", days=7)


def test_the_mail_brings_a_link_and_names_nothing(cast, decision):
    run_pending()

    letter = next(one for one in mail.outbox if one.to == [cast["member2"].email])
    assert objecting.path_of(decision).rsplit(":", 2)[0] in letter.body
    assert [word for word in (REASON, "Kami punya satu", "Ruang") if word in letter.body] == []


def test_by_the_link_she_reads_why_objects_once_and_has_everything_back(client, cast, decision):
    path = objecting.path_of(decision)
    before = client.get(path).content.decode()
    client.post(path, {"words": WORDS})
    again = client.post(path, {"words": "Sekali lagi."})
    objection = Appeal.objects.get()

    actions.decide_appeal(objection, by=cast["secretariat"], is_granted=True, answer="Anda benar.")

    assert (REASON in before, "Kami punya satu" in before) == (True, False)
    assert (objection.words, again.status_code) == (WORDS, 422)
    assert User.objects.get(pk=cast["member2"].pk).suspended_at is None
    assert client.get(path).status_code == 404


def test_the_answer_stands_behind_the_same_link(client, cast, decision):
    path = objecting.path_of(decision)
    client.post(path, {"words": WORDS})
    actions.decide_appeal(Appeal.objects.get(), by=cast["secretariat"], is_granted=False, answer="Tetap berlaku.")

    assert "Tetap berlaku." in client.get(path).content.decode()


def test_no_other_link_leads_anywhere(client, cast, decision):
    kept = decided(reported(post(cast["colleague"], talk(cast["member"])), cast["member"]), cast["moderator"])
    links = ["x:y:z", signing.dumps(decision.pk), signing.dumps(kept.pk, salt=objecting.SALT)]

    assert [client.get(reverse("objection", args=[link])).status_code for link in links] == [404] * 3
