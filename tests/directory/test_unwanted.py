"""Organisations that do not want to stand in the directory: gone at once, and no way back in but the secretariat's."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cop_site.activity.models import Activity
from cop_site.activity.runner import run_pending
from cop_site.directory import actions, rules
from cop_site.directory.models import Listing, Unwanted
from tests.directory.factories import listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(cast):
    made = listing("Lembaga Pelita", slug="lembaga-pelita")
    actions.change_listing(made, by=cast["secretariat"], about_id="Anyaman pandan wangi.")
    run_pending()
    return made


def test_it_is_gone_from_the_directory_and_from_search_at_once(client, cast, entry):
    client.force_login(cast["member"])
    assert entry.get_absolute_url() in client.get("/search/", {"q": "pandan"}).content.decode()

    flag = actions.flag_unwanted(entry.organisation, by=cast["secretariat"], reason="Diminta pengurusnya.")

    assert flag.set_by == cast["secretariat"]
    assert Listing.objects.visible_to(cast["member"]).count() == 0
    assert client.get(entry.get_absolute_url()).status_code == 404
    assert entry.get_absolute_url() not in client.get("/search/", {"q": "pandan"}).content.decode()
    assert Activity.objects.get(verb="flagged-unwanted").reason == "Diminta pengurusnya."


def test_no_deed_brings_it_back_until_that_is_lifted(cast, entry):
    actions.flag_unwanted(entry.organisation, by=cast["secretariat"], reason="Diminta.")
    with pytest.raises(rules.NotReady):
        actions.list_organisation(entry.organisation, by=cast["secretariat"])

    actions.lift_unwanted(entry.organisation, by=cast["secretariat"])
    entry.organisation.refresh_from_db()

    assert not entry.organisation.is_listed
    assert actions.list_organisation(entry.organisation, by=cast["secretariat"]).organisation.is_listed


@pytest.mark.parametrize("who", ["member", "moderator", "convenor", "safety_reviewer"])
def test_only_the_secretariat_says_so(cast, entry, who):
    with pytest.raises(PermissionDenied):
        actions.flag_unwanted(entry.organisation, by=cast[who], reason="Diminta.")
    Unwanted.objects.create(organisation=entry.organisation, reason="Diminta.")
    with pytest.raises(PermissionDenied):
        actions.lift_unwanted(entry.organisation, by=cast[who])


def test_flagging_lifting_and_listing_through_the_pages(client, cast, entry):
    page, again = (reverse(f"organisation-{name}", args=["lembaga-pelita"]) for name in ("unlist", "list"))
    client.force_login(cast["secretariat"])

    assert client.post(page, {"then": "flag", "reason": ""}).status_code == 422
    assert client.post(page, {"then": "flag", "reason": "Diminta pengurusnya."}).status_code == 302
    assert "Diminta pengurusnya." in client.get(page).content.decode()
    assert client.post(again).status_code == 422
    assert client.post(page, {"then": "lift"}).status_code == 302
    assert client.post(again).status_code == 302

    assert Listing.objects.listed().filter(pk=entry.pk).exists()
    client.force_login(cast["member"])
    assert [client.get(one).status_code for one in (page, again)] == [403, 403]
