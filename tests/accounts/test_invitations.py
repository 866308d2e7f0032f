"""Asking people in: who may, what a link opens and for how long, and who learns which address."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cop_site.accounts.clock import forget_invitations
from cop_site.accounts.entry import actions, links
from cop_site.accounts.models import Invitation, Organisation, User
from cop_site.activity.models import Activity
from cop_site.activity.runner import run_pending
from tests import factories

pytestmark = pytest.mark.django_db
EMAIL, PASSWORD = "baru@people.example", "tikar pandan empat helai"
TOLD = {"name": "Wulan Baru", "password": PASSWORD}


@pytest.fixture
def invited(cast):
    """An invitation that waits, and the mail that brought it."""
    invitation = actions.invite_person(by=cast["secretariat"], email=EMAIL, role="convenor", organisation_name="Lembaga Pelita")
    run_pending()
    return invitation


def path_in(letter):
    return re.search(r"http://localhost:8000(/\S+)", letter.body)[1]


def test_from_the_form_to_a_member_who_signs_in(client, cast):
    client.force_login(cast["secretariat"])
    told = {"email": "Baru@People.example", "role": "member", "organisation_name": "Lembaga Tikar", "language": "en"}
    answer = client.post("/accounts/invitations/", told)
    client.logout()
    run_pending()
    [letter] = mail.outbox

    assert (answer.status_code, letter.to) == (302, [EMAIL])
    assert path_in(letter).startswith("/en/accounts/invited/")
    assert client.get(path_in(letter)).status_code == 200
    accepted = client.post(path_in(letter), TOLD)

    person = User.objects.get(email=EMAIL)
    assert (accepted.status_code, accepted.url) == (302, "/en/accounts/login/")
    assert (person.name, person.role, person.language, person.emailaddress_set.get().verified) == ("Wulan Baru", "member", "en", True)
    assert [one.organisation.name for one in person.memberships.all()] == ["Lembaga Tikar"]
    signed_in = client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    assert (signed_in.status_code, signed_in.url) == (302, "/accounts/first-steps/")


@pytest.mark.parametrize("part", ["applicant", "observer", "researcher", "member", "convenor", "moderator", "auditor", "suspended"])
def test_only_the_secretariat_invites_and_sees_invitations(client, cast, invited, part):
    client.force_login(cast[part])

    answers = [
        client.get("/accounts/invitations/"),
        client.post("/accounts/invitations/", {"email": "lain@people.example", "role": "secretariat", "language": "id"}),
        client.post(f"/accounts/invitations/{invited.pk}/withdraw/"),
    ]

    assert {answer.status_code for answer in answers} <= {302, 403}
    assert Invitation.objects.visible_to(cast[part]).count() == 0
    assert [(one.email, one.state) for one in Invitation.objects.all()] == [(EMAIL, "waiting")]
    with pytest.raises(PermissionDenied):
        actions.invite_person(by=cast[part], email="lain@people.example", role="member")


@pytest.mark.parametrize("role", ["applicant", "visitor", "", "superuser"])
def test_nobody_is_invited_as_what_cannot_be(client, cast, role):
    client.force_login(cast["secretariat"])

    answer = client.post("/accounts/invitations/", {"email": EMAIL, "role": role, "language": "id"})

    assert answer.status_code == 422
    with pytest.raises(PermissionDenied):
        actions.invite_person(by=cast["secretariat"], email=EMAIL, role=role)


def test_a_link_opens_once(client, invited):
    path = links.path_of(invited)
    client.post(path, TOLD)
    invited.refresh_from_db()

    again, read = client.post(path, TOLD | {"name": "Orang Lain"}), client.get(path)

    assert (again.status_code, again.url, read.status_code) == (302, "/accounts/login/", 410)
    assert [one.name for one in User.objects.filter(email=EMAIL)] == ["Wulan Baru"]
    assert (invited.state, invited.email, invited.accepted_by.name) == ("accepted", "", "Wulan Baru")


def test_links_that_are_over_withdrawn_or_never_ours_get_one_answer(client, cast, invited):
    other = actions.invite_person(by=cast["secretariat"], email="lain@people.example", role="member")
    actions.withdraw_invitation(other, by=cast["secretariat"])
    Invitation.objects.filter(pk=invited.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    paths = [links.path_of(invited), links.path_of(other), "/accounts/invited/MQ:abc:def/", links.path_of(invited)[:-3] + "xx/"]

    answers = [*(client.get(path) for path in paths), *(client.post(path, TOLD) for path in paths)]

    assert {answer.status_code for answer in answers} == {410}
    assert User.objects.filter(email__in=[EMAIL, "lain@people.example"]).count() == 0


def test_a_second_invitation_takes_the_place_of_the_first(client, cast, invited):
    second = actions.invite_person(by=cast["secretariat"], email=EMAIL.upper(), role="member")

    invited.refresh_from_db()
    assert (invited.state, second.state) == ("withdrawn", "waiting")
    assert [client.get(links.path_of(one)).status_code for one in (invited, second)] == [410, 200]


def test_the_secretariat_learns_nothing_about_an_address_from_inviting_it(client, cast):
    client.force_login(cast["secretariat"])
    fields = {"role": "member", "organisation_name": "", "language": "id"}

    known, unknown = (client.post("/accounts/invitations/", fields | {"email": email}) for email in (cast["member"].email, EMAIL))
    run_pending()

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url) == (302, "/accounts/invitations/")
    letters = {letter.to[0]: path_in(letter) for letter in mail.outbox}
    assert letters[cast["member"].email] == "/accounts/login/"
    assert letters[EMAIL].startswith("/accounts/invited/")
    assert [one.state for one in Invitation.objects.all()] == ["waiting", "waiting"]


def test_an_address_with_an_account_is_not_given_a_second_one(client, cast):
    invitation = actions.invite_person(by=cast["secretariat"], email=cast["member"].email, role="secretariat")

    answer = client.post(links.path_of(invitation), TOLD)

    cast["member"].refresh_from_db()
    assert (answer.status_code, cast["member"].role) == (403, "member")
    assert User.objects.filter(email=cast["member"].email).count() == 1


def test_an_unconfirmed_sign_up_by_somebody_else_stands_in_nobodys_way(client, invited):
    squatter = User.objects.create_user(EMAIL, "Orang Asing", PASSWORD)
    factories.application(squatter, state="unconfirmed")

    answer = client.post(links.path_of(invited), TOLD)

    assert answer.status_code == 302
    assert [(one.name, one.role) for one in User.objects.filter(email=EMAIL)] == [("Wulan Baru", "convenor")]


@pytest.mark.parametrize("told", [{"password": "pendek"}, {"password": "baru@people.example"}, {"name": "123"}, {"name": ""}])
def test_a_weak_password_or_no_name_is_said_and_makes_nobody(client, invited, told):
    answer = client.post(links.path_of(invited), TOLD | told)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == list(told)
    assert User.objects.filter(email=EMAIL).count() == 0


def test_the_page_behind_a_link_holds_neither_address_nor_organisation(client, invited):
    page = client.get(links.path_of(invited)).content.decode()

    assert EMAIL not in page
    assert "Lembaga Pelita" not in page
    assert EMAIL not in links.path_of(invited)


def test_the_journal_tells_who_did_what_and_holds_no_address(client, cast, invited):
    client.post(links.path_of(invited), TOLD)

    person = User.objects.get(email=EMAIL)
    about = {one.verb: (one.actor, one.facts) for one in Activity.objects.filter(verb__contains="invit")}
    organisation = Organisation.objects.get(name="Lembaga Pelita").pk
    assert about == {
        "invited-person": (cast["secretariat"], {"role": "convenor", "organisation": organisation}),
        "accepted-invitation": (person, {"role": "convenor"}),
    }
    assert EMAIL not in str(about)


def test_researchers_come_for_a_year(client, cast):
    invitation = actions.invite_person(by=cast["secretariat"], email=EMAIL, role="researcher")

    client.post(links.path_of(invitation), TOLD)

    assert User.objects.get(email=EMAIL).role_until == timezone.localdate() + timedelta(days=365)


def test_invitations_that_came_to_nothing_are_forgotten(cast, invited):
    forget_invitations(invited.expires_at + timedelta(days=29))
    assert Invitation.objects.count() == 1

    forget_invitations(invited.expires_at + timedelta(days=31))

    assert Invitation.objects.count() == 0


def test_a_withdrawn_invitation_brings_no_mail(cast):
    invitation = actions.invite_person(by=cast["secretariat"], email=EMAIL, role="member")
    actions.withdraw_invitation(invitation, by=cast["secretariat"])

    run_pending()

    assert mail.outbox == []
