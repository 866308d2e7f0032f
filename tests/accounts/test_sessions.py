"""Sessions, the editors' gate, and what waits at the door when a session ends."""

from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from cop_site.accounts import actions
from cop_site.accounts.models import Circle, Task, User
from tests import factories

ADMIN = "/admin/"
CIRCLES = "/accounts/circles/"


def test_a_suspended_persons_session_is_nobody_with_the_next_request(client, cast):
    client.force_login(cast["member"])
    assert client.get(CIRCLES).status_code == 200

    actions.suspend(cast["member"], by=cast["moderator"], reason="Akun dipakai orang lain.")

    answer = client.get(CIRCLES)
    assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next={CIRCLES}")
    assert "member" not in client.get("/accounts/login/").context["user"].__class__.__name__.lower()
    assert client.get("/accounts/login/").context["user"].is_authenticated is False


def test_a_suspended_person_cannot_sign_in_and_learns_it_only_with_the_password(client, cast):
    wrong = client.post("/accounts/login/", {"login": cast["suspended"].email, "password": "bukan yang ini"})
    right = client.post("/accounts/login/", {"login": cast["suspended"].email, "password": factories.PASSWORD})

    assert (wrong.status_code, "form" in wrong.context) == (200, True)
    assert (right.status_code, right.url) == (302, "/accounts/inactive/")
    assert "_auth_user_id" not in client.session


def test_a_role_that_ended_counts_for_nothing_with_the_next_request(client, cast):
    client.force_login(cast["researcher"])
    assert client.get(CIRCLES).status_code == 200

    User.objects.filter(pk=cast["researcher"].pk).update(role_until=timezone.localdate() - timedelta(days=1))

    assert client.get(CIRCLES).status_code == 403


GATE = {
    "visitor": 302,
    "applicant": 403,
    "member": 403,
    "moderator": 403,
    "secretariat": 403,
    "auditor": 403,
    "editor": 200,
    "suspended": 302,
}


@pytest.mark.parametrize("part", GATE)
def test_the_editors_rooms_open_to_editors_only(part, client, cast):
    if part == "editor":
        task = Task.objects.get(person=cast["editor"])
        actions.end_task(task, by=cast["secretariat"])
        actions.grant_task(cast["editor"], "editor", by=cast["secretariat"], reason="Rapi.", ends_on=timezone.localdate())
    if part != "visitor":
        client.force_login(cast[part])

    answer = client.get(ADMIN)

    assert answer.status_code == GATE[part]
    if answer.status_code == 302:
        assert answer.url == f"/accounts/login/?next={ADMIN}"


def test_an_editor_whose_task_is_over_stands_outside(client, cast):
    actions.grant_task(cast["editor"], "editor", by=cast["secretariat"], reason="Rapi.", ends_on=timezone.localdate())
    client.force_login(cast["editor"])
    assert client.get(ADMIN).status_code == 200

    Task.objects.filter(person=cast["editor"]).update(ends_on=timezone.localdate() - timedelta(days=1))

    assert client.get(ADMIN).status_code == 403
    assert client.get("/admin/pages/").status_code == 403


def test_wagtails_own_door_leads_to_ours(client, db):
    assert client.get("/admin/login/").url == "/accounts/login/?next=/admin/login/"


# --- the door


@pytest.fixture
def told():
    ends_on = (timezone.localdate() + timedelta(days=90)).isoformat()
    return {"name_id": "Lingkar Kapal", "purpose_id": "Belajar tentang kapal.", "ends_on": ends_on, "deed_key": str(uuid4())}


def test_what_was_typed_waits_at_the_door_and_is_given_back(client, cast, told):
    client.force_login(cast["convenor"])
    Session.objects.all().delete()

    sent = client.post(CIRCLES, told, headers={"referer": f"http://testserver{CIRCLES}?page=1"})
    assert (sent.status_code, sent.url) == (302, f"/accounts/login/?next={CIRCLES}%3Fpage%3D1")
    assert Circle.objects.count() == 0
    back = client.post(sent.url, {"login": cast["convenor"].email, "password": factories.PASSWORD, "next": CIRCLES})

    page = client.get(back.url).content.decode()
    assert page.count('value="Lingkar Kapal"') == 1
    assert page.count("Belajar tentang kapal.") == 1
    client.post(CIRCLES, told)
    assert 'value="Lingkar Kapal"' not in client.get(CIRCLES).content.decode()


def test_the_door_trusts_no_foreign_page_with_the_way_back(client, db, told):
    sent = client.post(CIRCLES, told, headers={"referer": "https://evil.example/accounts/circles/"})

    assert sent.url == f"/accounts/login/?next={CIRCLES}"


def test_htmx_is_led_to_the_door_as_a_whole_page(client, db, told):
    sent = client.post(CIRCLES, told, headers={"hx-request": "true"})

    assert sent["HX-Redirect"] == f"/accounts/login/?next={CIRCLES}"


def test_a_form_that_was_open_too_long_is_offered_to_be_sent_again(cast, told):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast["convenor"])
    told |= {"purpose_id": 'Baris satu.\r\nBaris "dua" <b>'}

    refused = client.post(CIRCLES, told | {"csrfmiddlewaretoken": "x" * 64}, headers={"origin": "http://testserver"})
    page = refused.content.decode()
    assert (refused.status_code, Circle.objects.count()) == (403, 0)
    fields = refused.context["fields"]
    assert dict(fields) == told
    assert unescape(page).count(told["purpose_id"]) == 1

    token = refused.context["csrf_token"]
    sent = client.post(CIRCLES, dict(fields) | {"csrfmiddlewaretoken": str(token)}, headers={"origin": "http://testserver"})
    assert sent.status_code == 302
    assert Circle.objects.get().name_id == "Lingkar Kapal"


def test_what_another_site_sent_is_neither_offered_nor_kept(cast, told):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast["convenor"])

    refused = client.post(CIRCLES, told, headers={"origin": "https://evil.example"})

    assert (refused.status_code, refused.context["fields"]) == (403, [])
    assert "Lingkar Kapal" not in refused.content.decode()
    assert "Lingkar Kapal" not in client.get(CIRCLES).content.decode()
