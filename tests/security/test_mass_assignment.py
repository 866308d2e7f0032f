"""Fields that a form does not ask for have no effect, whoever sends them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.forms.models import model_to_dict
from django.utils import timezone

from cop_site.accounts.models import Application, Circle, User
from cop_site.library.models import Practice
from tests import factories
from tests.library.factories import make_practice, published, submitted, whole_document_form, whole_form, whole_full_form

NEVER = "2001-01-01T00:00:00Z"
EXTRAS = {
    "id": "1",
    "pk": "1",
    "author": "1",
    "author_id": "1",
    "by": "1",
    "user": "1",
    "role": "secretariat",
    "role_until": "2099-01-01",
    "is_superuser": "on",
    "is_staff": "on",
    "is_active": "",
    "suspended_at": NEVER,
    "suspended_until": NEVER,
    "muted_until": "2099-01-01T00:00:00Z",
    "scope": "language:id",
    "handle": "sekretariat-palsu",
    "groups": "1",
    "user_permissions": "1",
    "tasks": "reviewer",
    "state": "published",
    "live": "on",
    "locked": "on",
    "slug": "slug-pilihan",
    "external_id": "luar-1",
    "is_imported": "on",
    "html": '{"summary": "<script>alert(1)</script>"}',
    "public_asked_at": NEVER,
    "submitted_at": NEVER,
    "first_published_at": NEVER,
    "withdrawn_at": NEVER,
    "created_at": NEVER,
    "latest_revision": "1",
    "owner": "1",
    "decided_by": "1",
    "is_listed": "on",
    "reviewer": "1",
    "granted_by": "1",
}
# What a deed may change by itself from one sending to the next.
BY_ITSELF = {"id", "slug", "latest_revision", "changed_at", "created_at", "submitted_at"}


def test_there_are_enough_extra_fields():
    assert len(EXTRAS) >= 25


def row(thing):
    return {
        name: value
        for name, value in model_to_dict(thing, fields=[field.name for field in thing._meta.concrete_fields]).items()
        if name not in BY_ITSELF
    }


@pytest.fixture
def post(cast, client):
    def send(part, path, fields, extras):
        if part:
            client.force_login(cast[part])
        return client.post(path, {**extras, **fields, "deed_key": str(uuid4())})

    return send


def both(send):
    """The same form twice: as it is, and with everything else that somebody might try."""
    return send({}), send(EXTRAS)


def people():
    return {
        person.pk: (
            person.role,
            person.is_superuser,
            person.is_active,
            person.suspended_at,
            person.suspended_until,
            person.muted_until,
            person.handle,
            person.groups.count(),
            person.tasks.count(),
        )
        for person in User.objects.all()
    }


@pytest.mark.parametrize("whole", [whole_form, whole_full_form, whole_document_form])
def test_a_draft_is_the_same_with_and_without_extra_fields(whole, post, cast, organisation):
    before = people()

    for extras in ({}, EXTRAS):
        assert post("member", "/library/share/", whole(organisation), extras).status_code == 302

    plain, pressed = Practice.objects.order_by("pk")
    assert row(pressed) == row(plain)
    assert (pressed.state, pressed.live, pressed.author, pressed.is_imported) == ("draft", False, cast["member"], False)
    assert pressed.slug != "slug-pilihan"
    assert people() == before


def test_a_changed_practice_keeps_what_is_not_asked_for(post, cast, organisation):
    practice = published(cast["member"], cast["reviewer"])
    before = row(practice)

    answer = post("member", f"/library/{practice.slug}/edit/", whole_form(organisation, visibility="publik"), EXTRAS)

    assert answer.status_code == 302
    practice.refresh_from_db()
    assert {name: value for name, value in row(practice).items() if value != before[name]} in ({}, {"has_unpublished_changes": True})


@pytest.mark.parametrize("step", ["submit", "recall", "discard", "ask-public", "narrow", "withdraw"])
def test_a_step_does_its_own_thing_and_nothing_else(step, post, cast):
    make = {"submit": make_practice, "discard": make_practice, "recall": submitted}.get(
        step, lambda author: published(author, cast["reviewer"])
    )
    rows = []
    for extras in ({}, EXTRAS):
        practice = make(cast["member"])
        fields = {"narrow": {"visibility": "pengelola"}, "withdraw": {"text": "Sudah tidak berlaku.", "kind": "outdated"}}.get(step, {})
        assert post("member", f"/library/{practice.slug}/{step}/", fields, extras).status_code == 302
        found = Practice.objects.filter(pk=practice.pk).first()
        times = {"withdrawn_at", "public_asked_at", "first_published_at", "last_published_at", "live_revision", "shelf_changed_at"}
        rows.append(found and {name: value if name not in times else bool(value) for name, value in row(found).items()})

    assert rows[0] == rows[1]


def test_a_review_is_its_reviewers_and_decides_what_was_decided(post, cast):
    practice = submitted(cast["member"])
    before = people()

    post("reviewer", f"/library/review/{practice.pk}/", {"decision": "refuse", "text": "Mohon tambah satu langkah lagi."}, EXTRAS)

    practice.refresh_from_db()
    assert (practice.state, practice.live, practice.is_imported) == ("changes-asked", False, False)
    assert [(review.reviewer, review.decision) for review in practice.reviews.all()] == [(cast["reviewer"], "changes-asked")]
    assert people() == before


def test_signing_up_makes_an_applicant(post, db):
    told = {
        "name": "Sari",
        "email": "sari@people.example",
        "password1": factories.PASSWORD,
        "organisation_name": "Lembaga Pelita",
        "requested_role": "member",
        "reason": "Kami ingin belajar bersama jejaring.",
    }

    post("", "/accounts/signup/", told, EXTRAS)

    sari = User.objects.get(email="sari@people.example")
    assert (sari.role, sari.is_superuser, sari.is_active, sari.groups.count(), sari.tasks.count()) == ("applicant", False, True, 0, 0)
    assert Application.objects.get(person=sari).state == "unconfirmed"


def test_deciding_about_an_application_changes_no_more_than_that(post, cast):
    application = Application.objects.get(person=cast["applicant"])
    before = people()

    post("secretariat", f"/accounts/applications/{application.pk}/decline/", {"answer": "Mohon lengkapi data lembaga Anda."}, EXTRAS)

    application.refresh_from_db()
    assert (application.state, application.decided_by, application.person) == ("declined", cast["secretariat"], cast["applicant"])
    assert people() == before


def test_a_circle_is_its_makers(post, cast):
    ends_on = timezone.localdate() + timedelta(days=30)

    post("convenor", "/accounts/circles/", {"name_id": "Lingkar", "purpose_id": "Belajar bersama.", "ends_on": ends_on.isoformat()}, EXTRAS)

    assert [(circle.owner, list(circle.members.all())) for circle in Circle.objects.all()] == [(cast["convenor"], [cast["convenor"]])]


@pytest.mark.parametrize("part", ["member", "moderator"])
@pytest.mark.parametrize("step", ["role", "tasks", "suspend", "organisations"])
def test_office_is_not_taken_by_sending_its_forms(part, step, post, cast):
    before = people()

    answer = post(part, f"/accounts/people/{cast[part].handle}/{step}/", {"role-role": "secretariat", "task-kind": "editor"}, EXTRAS)

    assert answer.status_code in {403, 404}
    assert people() == before


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_read_api_takes_nothing(method, client, cast):
    client.force_login(cast["member"])

    answers = [getattr(client, method)(path, EXTRAS, content_type="application/json") for path in ("/api/v1/search", "/api/v1/suggest")]

    assert {answer.status_code for answer in answers} == {405}


def test_extra_questions_to_the_api_open_nothing(client, cast):
    make_practice(cast["member"])

    answer = client.get("/api/v1/search", {"q": "meja", **EXTRAS, "audiences": "pengelola", "visibility": "pribadi", "viewer": "1"})

    assert answer.json()["total"] == 0
