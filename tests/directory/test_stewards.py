"""Several stewards, handing over, and the end of it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cop_site.accounts.actions import leave_organisation
from cop_site.accounts.models import User
from cop_site.activity.models import Activity
from cop_site.activity.runner import run_pending
from cop_site.directory import actions, policy
from cop_site.directory.models import Stewardship
from tests.directory.factories import listing, steward

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(cast, organisation):
    steward(cast["member"], organisation)
    return listing(of=organisation)


def stewards_of(organisation):
    return sorted(Stewardship.objects.current().filter(organisation=organisation).values_list("person__handle", flat=True))


def anew(person):
    """The person at the next request: nothing remembered."""
    return User.objects.get(pk=person.pk)


def test_a_steward_shares_the_work_with_another_of_the_organisation(cast, organisation, entry):
    named = actions.name_steward(organisation, cast["colleague"], by=cast["member"], reason="Kami bergantian.")

    assert stewards_of(organisation) == ["colleague", "member"]
    assert (named.ends_on, named.granted_by) == (timezone.localdate() + timedelta(days=365), cast["member"])
    assert Activity.objects.get(verb="named-steward").facts == {"person": cast["colleague"].pk, "organisation": organisation.pk}


@pytest.mark.parametrize("who", ["member2", "former", "suspended", "researcher", "secretariat"])
def test_nobody_from_elsewhere_is_named(cast, organisation, entry, who):
    with pytest.raises(PermissionDenied):
        actions.name_steward(organisation, cast[who], by=cast["member"])


@pytest.mark.parametrize("who", ["colleague", "member2", "moderator", "former"])
def test_nobody_else_names_anybody(cast, organisation, entry, who):
    with pytest.raises(PermissionDenied):
        actions.name_steward(organisation, cast["colleague"], by=cast[who])


def test_handing_over_names_another_and_ends_ones_own(cast, organisation, entry):
    actions.hand_over(organisation, cast["colleague"], by=cast["member"])

    assert stewards_of(organisation) == ["colleague"]
    assert not policy.can_edit(cast["member"], organisation)
    assert list(Activity.objects.order_by("pk").values_list("verb", flat=True)) == ["named-steward", "ended-stewardship"]


@pytest.mark.parametrize(
    ("who", "to"), [("colleague", "member"), ("secretariat", "colleague"), ("member", "member"), ("member", "member2")]
)
def test_only_what_is_ones_own_is_handed_over_and_to_one_of_the_organisation(cast, organisation, entry, who, to):
    with pytest.raises(PermissionDenied):
        actions.hand_over(organisation, cast[to], by=cast[who])

    assert stewards_of(organisation) == ["member"]


def test_everybody_ends_ones_own_and_stewards_that_of_others(cast, organisation, entry):
    other = steward(cast["colleague"], organisation)
    with pytest.raises(PermissionDenied):
        actions.end_stewardship(other, by=cast["member2"])

    actions.end_stewardship(other, by=cast["member"])
    actions.end_stewardship(Stewardship.objects.get(person=cast["member"]), by=cast["member"])

    assert stewards_of(organisation) == []


def test_whoever_leaves_the_organisation_looks_after_its_entry_no_more(cast, organisation, entry):
    leave_organisation(cast["member"].memberships.get(), by=cast["secretariat"])

    assert stewards_of(organisation) == []
    with pytest.raises(PermissionDenied):
        actions.change_listing(entry, by=anew(cast["member"]), about_id="Masih saya.")


def test_a_stewardship_that_is_over_gives_nothing(cast, organisation, entry):
    Stewardship.objects.update(ends_on=timezone.localdate() - timedelta(days=1))

    assert not policy.can_edit(anew(cast["member"]), organisation)
    renewed = actions.name_steward(organisation, cast["member"], by=cast["secretariat"])
    assert (renewed.pk, policy.can_edit(anew(cast["member"]), organisation)) == (Stewardship.objects.get().pk, True)


def test_mails_tell_nothing_and_nobody_hears_of_her_own_deed(cast, organisation, entry):
    actions.hand_over(organisation, cast["colleague"], by=cast["member"])
    run_pending()

    assert [letter.to for letter in mail.outbox] == [[cast["colleague"].email]]
    assert [word for word in (organisation.name, organisation.slug, "member") if word in mail.outbox[0].subject + mail.outbox[0].body] == []


@pytest.mark.parametrize(("days", "is_told"), [(31, False), (30, True), (29, False), (7, True), (0, False)])
def test_a_month_and_a_week_before_the_end_the_steward_hears_of_it(settings, cast, organisation, entry, days, is_told):
    settings.IS_DEMO = True
    Stewardship.objects.update(ends_on=timezone.localdate() + timedelta(days=days))

    call_command("clock", job="remind-of-stewardships-that-end")

    assert [letter.to for letter in mail.outbox] == ([[cast["member"].email]] if is_told else [])


# --- pages


def test_naming_and_handing_over_through_the_page(client, cast, organisation, entry):
    page = reverse("organisation-stewards", args=[organisation.slug])
    client.force_login(cast["member"])

    assert client.post(page, {"person": "member2", "then": "name"}).status_code == 422
    assert client.post(page, {"person": "colleague", "then": "name"}).status_code == 302
    assert "colleague" in client.get(page).content.decode()
    other = Stewardship.objects.get(person=cast["colleague"])
    assert client.post(reverse("organisation-steward-end", args=[organisation.slug, other.pk])).status_code == 302
    assert client.post(page, {"person": "colleague", "then": "hand-over"}).status_code == 302

    assert stewards_of(organisation) == ["colleague"]
    assert client.get(page).status_code == 403


@pytest.mark.parametrize("wish", ["end", "renew"])
@pytest.mark.parametrize("who", ["colleague", "member2", "moderator"])
def test_nobody_else_ends_or_prolongs_through_an_address(client, cast, organisation, entry, who, wish):
    client.force_login(cast[who])

    answer = client.post(reverse(f"organisation-steward-{wish}", args=[organisation.slug, Stewardship.objects.get().pk]))

    assert (answer.status_code, stewards_of(organisation)) == (403, ["member"])
