"""A form sent more than once is done once: double click, reload, back, and twenty at the same moment."""

import threading
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test import Client

from cop_site.accounts.models import Circle, User
from cop_site.activity.models import Activity, Deed
from cop_site.library.models import Practice, Review
from tests import factories
from tests.library.factories import make_practice, published, submitted, whole_form

TIMES = 20


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


def count():
    return {model.__name__: model.objects.count() for model in (Practice, Review, Circle, Activity, Deed, User)}


def forms(cast, organisation):
    """Who sends what where: every kind of form that makes or changes something."""
    member, reviewer = cast["member"], cast["reviewer"]
    draft, waiting, on_shelf = make_practice(member), submitted(member), published(member, reviewer)
    application = cast["applicant"].application
    return {
        "share": (member, "/library/share/", whole_form(organisation)),
        "share and hand in": (member, "/library/share/", whole_form(organisation, then="submit")),
        "edit": (member, f"/library/{on_shelf.slug}/edit/", whole_form(organisation)),
        "submit": (member, f"/library/{draft.slug}/submit/", {}),
        "withdraw": (member, f"/library/{on_shelf.slug}/withdraw/", {"text": "Sudah tidak berlaku.", "kind": "outdated"}),
        "review": (reviewer, f"/library/review/{waiting.pk}/", {"decision": "refuse", "text": "Mohon tambah satu langkah."}),
        "circle": (cast["convenor"], "/accounts/circles/", {"name_id": "Lingkar", "purpose_id": "Belajar.", "ends_on": "2027-06-01"}),
        "admit": (cast["secretariat"], f"/accounts/applications/{application.pk}/admit/", {}),
    }


NAMES = ["share", "share and hand in", "edit", "submit", "withdraw", "review", "circle", "admit"]


@pytest.mark.parametrize("name", NAMES)
def test_a_double_click_a_reload_and_back_leave_what_the_first_sending_left(name, cast, organisation):
    person, path, fields = forms(cast, organisation)[name]
    client, sent, before = client_of(person), {**fields, "deed_key": str(uuid4())}, count()

    first = client.post(path, sent)
    after_once = count()
    again = [client.post(path, sent) for _time in range(3)]

    assert first.status_code == 302
    assert after_once != before
    assert count() == after_once
    assert [answer.status_code for answer in again if answer.status_code >= 500] == []


def test_two_forms_make_two(cast, organisation):
    client = client_of(cast["member"])

    for _form in range(2):
        client.post("/library/share/", {**whole_form(organisation), "deed_key": str(uuid4())})

    assert Practice.objects.count() == 2


def at_the_same_moment(person, path, sent):
    """Twenty clients of one person, let go together."""
    clients, answers, start = [client_of(person) for _time in range(TIMES)], [], threading.Barrier(TIMES)

    def send(client):
        try:
            start.wait(timeout=60)
            answers.append(client.post(path, sent).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return answers


def check_twenty(cast, organisation):
    sent = {**whole_form(organisation), "deed_key": str(uuid4())}

    answers = at_the_same_moment(cast["member"], "/library/share/", sent)

    assert len(answers) == TIMES
    assert set(answers) == {302}
    assert Practice.objects.count() == 1
    assert Activity.objects.filter(verb="started-practice").count() == 1
    assert Deed.objects.count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_twenty_sendings_at_the_same_moment_make_one(cast, organisation):
    check_twenty(cast, organisation)


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_twenty_sendings_at_the_same_moment_make_one_on_postgresql(cast, organisation):
    assert connection.vendor == "postgresql"
    check_twenty(cast, organisation)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_people_with_one_key_are_two(cast, organisation):
    factories.membership(cast["member2"], organisation)
    sent = {**whole_form(organisation), "deed_key": str(uuid4())}

    for part in ("member", "member2"):
        client_of(cast[part]).post("/library/share/", sent)

    assert sorted(practice.author.handle for practice in Practice.objects.all()) == ["member", "member2"]
