"""Deeds about people: their rows, their line in the journal, and refusals that leave no trace."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cop_site.accounts import actions
from cop_site.accounts.models import Application, Circle, CircleMembership, Membership, Organisation, Task, User
from cop_site.activity.models import Activity, Deed
from cop_site.activity.verbs import Verb
from tests import factories

WATCHED = [User, Application, Organisation, Membership, Circle, CircleMembership, Task, Activity, Deed]


@pytest.fixture
def application(cast):
    return Application.objects.get(person=cast["applicant"])


@pytest.fixture
def refused(cast, circle, application):
    """Asks somebody to do a deed that must be refused, and checks that not a row is another."""

    def check(deed, *about, by, **told):
        before = [list(model.objects.order_by("pk").values()) for model in WATCHED]
        with pytest.raises(PermissionDenied):
            deed(*about, by=cast[by], key=uuid4(), **told)
        assert [list(model.objects.order_by("pk").values()) for model in WATCHED] == before

    return check


def journal():
    return [(one.verb, one.actor.name, one.subject, one.facts, one.reason) for one in Activity.objects.order_by("pk")]


# --- applications


def test_confirming_an_application_hands_it_to_the_secretariat_once(db):
    person = factories.person(role="applicant")
    application = factories.application(person, state="unconfirmed")

    actions.confirm_application(by=person)
    actions.confirm_application(by=person)

    application.refresh_from_db()
    assert application.state == "waiting"
    assert journal() == [(Verb.APPLIED, person.name, application, {"role": "member"}, "")]


def test_applying_twice_keeps_the_first_words(db):
    person = factories.person(role="applicant")
    words = {"organisation_name": " Lembaga  Satu ", "requested_role": "member", "reason": "Ingin belajar."}

    first = actions.apply_to_join(by=person, **words)
    second = actions.apply_to_join(by=person, **words | {"reason": "Lain."})

    assert second == first
    assert (second.organisation_name, second.reason, second.state) == ("Lembaga Satu", "Ingin belajar.", "unconfirmed")


@pytest.mark.parametrize("role", ["secretariat", "moderator", "convenor", "applicant"])
def test_nobody_applies_for_an_office(role, cast, refused):
    Application.objects.all().delete()

    refused(actions.apply_to_join, by="applicant", organisation_name="X", requested_role=role, reason="Saya mau.")


def test_admitting_gives_the_role_asked_for_and_the_organisation_of_that_name(cast, application):
    known = factories.organisation("LEMBAGA pelita")

    actions.admit(application, by=cast["secretariat"])

    person = User.objects.get(pk=cast["applicant"].pk)
    application.refresh_from_db()
    assert (person.role, person.role_until) == ("member", None)
    assert (application.state, application.decided_by) == ("admitted", cast["secretariat"])
    assert [membership.organisation for membership in person.memberships.current()] == [known]
    assert [line[0] for line in journal()] == [Verb.JOINED_ORGANISATION, Verb.ADMITTED]
    assert journal()[1][3] == {"role": "member", "organisation": known.pk}


def test_admitting_makes_an_unknown_organisation_unlisted(cast, application):
    actions.admit(application, by=cast["secretariat"])

    made = Organisation.objects.get(name="Lembaga Pelita")
    assert (made.slug, made.is_listed) == ("lembaga-pelita", False)
    assert [line[0] for line in journal()] == [Verb.FOUNDED_ORGANISATION, Verb.JOINED_ORGANISATION, Verb.ADMITTED]


def test_a_researcher_is_admitted_for_a_term(cast, application):
    Application.objects.update(requested_role="researcher")

    actions.admit(application, by=cast["secretariat"])

    person = User.objects.get(pk=cast["applicant"].pk)
    assert (person.role, person.role_until) == ("researcher", timezone.localdate() + timedelta(days=365))


def test_declining_keeps_the_answer_and_the_role(cast, application):
    actions.decline(application, by=cast["secretariat"], answer="Belum dapat kami periksa.")

    application.refresh_from_db()
    assert (application.state, application.answer, application.person.role) == ("declined", "Belum dapat kami periksa.", "applicant")
    assert journal() == [(Verb.DECLINED, "secretariat", application, {}, "")]


@pytest.mark.parametrize("by", ["visitor", "applicant", "member", "convenor", "moderator", "auditor", "suspended"])
def test_only_the_secretariat_decides_applications(by, application, refused, cast):
    if by == "visitor":
        with pytest.raises(PermissionDenied):
            actions.admit(application, by=cast[by])
        return

    refused(actions.admit, application, by=by)
    refused(actions.decline, application, by=by, answer="Tidak.")


def test_an_application_is_decided_once(cast, application, refused):
    actions.decline(application, by=cast["secretariat"], answer="Tidak dapat.")

    refused(actions.admit, application, by="secretariat")


def test_admitting_twice_with_one_key_admits_once(cast, application):
    key = uuid4()

    first = actions.admit(application, by=cast["secretariat"], key=key)
    second = actions.admit(application, by=cast["secretariat"], key=key)

    assert second == first
    assert Activity.objects.filter(verb=Verb.ADMITTED).count() == 1


# --- roles, tasks, suspension


def test_changing_a_role_is_in_force_and_in_the_journal(cast):
    until = timezone.localdate() + timedelta(days=30)

    actions.change_role(cast["member"], "researcher", by=cast["secretariat"], until=until)

    person = User.objects.get(pk=cast["member"].pk)
    facts = {"was": "member", "role": "researcher", "until": until.isoformat()}
    assert (person.role, person.role_until) == ("researcher", until)
    assert journal() == [(Verb.CHANGED_ROLE, "secretariat", person, facts, "")]


def test_changing_a_role_to_itself_is_nothing(cast):
    actions.change_role(cast["member"], "member", by=cast["secretariat"])

    assert journal() == []


@pytest.mark.parametrize(
    ("by", "whom", "role"),
    [
        ("moderator", "member", "convenor"),
        ("member", "member", "secretariat"),
        ("secretariat", "secretariat", "member"),
        ("secretariat", "applicant", "member"),
        ("secretariat", "member", "applicant"),
    ],
)
def test_changing_a_role_is_refused_and_leaves_no_trace(by, whom, role, cast, refused):
    refused(actions.change_role, cast[whom], role, by=by)


def test_granting_a_task_again_moves_its_day(cast):
    first, second = timezone.localdate() + timedelta(days=10), timezone.localdate() + timedelta(days=20)

    actions.grant_task(cast["member"], "reviewer", by=cast["secretariat"], reason="Cermat.", ends_on=first)
    actions.grant_task(cast["member"], "reviewer", by=cast["secretariat"], reason="Tetap cermat.", ends_on=second)

    task = Task.objects.get(person=cast["member"])
    assert (task.reason, task.ends_on, task.granted_by) == ("Tetap cermat.", second, cast["secretariat"])
    assert [(line[0], line[2], line[4]) for line in journal()] == [
        (Verb.GRANTED_TASK, cast["member"], "Cermat."),
        (Verb.GRANTED_TASK, cast["member"], "Tetap cermat."),
    ]


def test_the_task_of_editor_brings_the_group_and_takes_it_away(cast):
    day = timezone.localdate() + timedelta(days=10)

    task = actions.grant_task(cast["member"], "editor", by=cast["secretariat"], reason="Menulis rapi.", ends_on=day)
    assert list(cast["member"].groups.values_list("name", flat=True)) == [actions.EDITORS]
    actions.end_task(task, by=cast["secretariat"])

    assert list(cast["member"].groups.all()) == []
    assert [line[0] for line in journal()] == [Verb.GRANTED_TASK, Verb.ENDED_TASK]


def test_ending_a_task_twice_is_told_once(cast):
    task = Task.objects.get(person=cast["reviewer"])

    actions.end_task(task, by=cast["secretariat"])
    actions.end_task(task, by=cast["secretariat"])

    assert [line[0] for line in journal()] == [Verb.ENDED_TASK]


@pytest.mark.parametrize("by", ["member", "moderator", "reviewer", "auditor"])
def test_tasks_are_the_secretariats(by, cast, refused):
    refused(actions.grant_task, cast["colleague"], "reviewer", by=by, reason="Mau.", ends_on=timezone.localdate())
    refused(actions.end_task, Task.objects.get(person=cast["editor"]), by=by)


def test_suspending_and_lifting_are_each_told_once_with_the_reason(cast):
    actions.suspend(cast["member"], by=cast["moderator"], reason="Akun dipakai orang lain.")
    actions.suspend(cast["member"], by=cast["moderator"], reason="Lagi.")
    assert User.objects.get(pk=cast["member"].pk).suspended_at is not None
    actions.lift_suspension(cast["member"], by=cast["secretariat"], reason="Sudah jelas.")

    assert User.objects.get(pk=cast["member"].pk).suspended_at is None
    assert [(line[0], line[4]) for line in journal()] == [
        (Verb.SUSPENDED, "Akun dipakai orang lain."),
        (Verb.LIFTED_SUSPENSION, "Sudah jelas."),
    ]


def test_suspending_is_refused_and_leaves_no_trace(cast, refused):
    refused(actions.suspend, cast["colleague"], by="member", reason="Tidak suka.")
    refused(actions.suspend, cast["secretariat"], by="moderator", reason="Tidak suka.")
    refused(actions.lift_suspension, cast["suspended"], by="suspended", reason="Saya sendiri.")


# --- organisations and circles


def test_joining_and_leaving_an_organisation(cast):
    other = factories.organisation("Lembaga Baru")

    membership = actions.join_organisation(cast["member"], other, by=cast["secretariat"])
    actions.join_organisation(cast["member"], other, by=cast["secretariat"])
    actions.leave_organisation(membership, by=cast["member"])
    actions.leave_organisation(membership, by=cast["member"])

    assert other.pk not in cast["member"].memberships.current().values_list("organisation", flat=True)
    assert [(line[0], line[1]) for line in journal()] == [
        (Verb.JOINED_ORGANISATION, "secretariat"),
        (Verb.LEFT_ORGANISATION, "member"),
    ]


def test_memberships_of_others_are_the_secretariats(cast, organisation, refused):
    refused(actions.join_organisation, cast["member2"], organisation, by="member2")
    refused(actions.leave_organisation, cast["colleague"].memberships.get(), by="member")
    refused(actions.found_organisation, by="moderator", name="Lembaga Sendiri")


def test_organisations_of_one_name_get_slugs_of_their_own(cast):
    made = [actions.found_organisation(by=cast["secretariat"], name="Rumah Rotan") for _again in range(3)]

    assert [one.slug for one in made] == ["rumah-rotan", "rumah-rotan-2", "rumah-rotan-3"]


def test_making_a_circle_puts_its_owner_in(cast):
    day = timezone.localdate() + timedelta(days=60)

    circle = actions.make_circle(by=cast["convenor"], name_id="Uji  bersama", purpose_id="Belajar.", ends_on=day)

    assert (circle.name_id, circle.owner, circle.ends_on) == ("Uji bersama", cast["convenor"], day)
    assert list(circle.members.all()) == [cast["convenor"]]
    assert journal() == [(Verb.MADE_CIRCLE, "convenor", circle, {}, "")]


def test_people_come_into_a_circle_and_go_once(cast, circle):
    actions.join_circle(circle, cast["member2"], by=cast["convenor"])
    actions.join_circle(circle, cast["member2"], by=cast["convenor"])
    actions.leave_circle(circle, cast["member2"], by=cast["member2"])
    actions.leave_circle(circle, cast["member2"], by=cast["convenor"])

    assert not circle.members.filter(pk=cast["member2"].pk).exists()
    assert [(line[0], line[3]) for line in journal()] == [
        (Verb.JOINED_CIRCLE, {"person": cast["member2"].pk}),
        (Verb.LEFT_CIRCLE, {"person": cast["member2"].pk}),
    ]


def test_circles_are_made_and_changed_by_few(cast, circle, refused):
    day = timezone.localdate() + timedelta(days=60)

    refused(actions.make_circle, by="member", name_id="Milik saya", purpose_id="Mau.", ends_on=day)
    refused(actions.join_circle, circle, cast["member2"], by="member")
    refused(actions.join_circle, circle, cast["applicant"], by="convenor")
    refused(actions.join_circle, circle, cast["suspended"], by="convenor")
    refused(actions.leave_circle, circle, cast["member"], by="member2")
    refused(actions.leave_circle, circle, cast["convenor"], by="convenor")


def test_opening_a_sealed_row_needs_an_office_and_a_reason(cast, refused):
    row = factories.practice(cast["member"], visibility="pribadi")

    refused(actions.open_sealed, row, by="member2", reason="Ingin tahu.")
    refused(actions.open_sealed, row, by="moderator", reason="  ")
    actions.open_sealed(row, by=cast["moderator"], reason="Laporan 12.")

    assert journal() == [(Verb.OPENED_SEALED, "moderator", row, {}, "Laporan 12.")]
