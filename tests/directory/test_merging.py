"""Two entries that are one organisation: everything moves, nothing widens, the old address leads on."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignObjectRel
from django.urls import reverse
from django.utils import timezone

from cop_site.accounts.actions import found_organisation
from cop_site.accounts.models import Membership, Organisation
from cop_site.activity.models import Activity
from cop_site.activity.runner import run_pending
from cop_site.directory import actions
from cop_site.directory.models import Claim, FormerAddress, Inquiry, Listing, Stewardship, Unwanted
from cop_site.library import actions as library
from cop_site.library.models import Practice
from tests import factories
from tests.directory.factories import channel, listing, steward
from tests.library.factories import make_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(organisation):
    return listing(of=organisation, about_id="Yang tetap.")


@pytest.fixture
def double(cast):
    """member2's organisation, with an entry that says more."""
    of = cast["member2"].memberships.get().organisation
    return listing(of=of, about_id="Yang ganda.", provinces=["53"], mandate=["pemulangan"], links=["https://ganda.example/"])


def merge(double, kept, by):
    into = actions.merge_organisations(double.organisation, kept.organisation, by=by)
    return Listing.objects.get(organisation=into)


def test_empty_fields_are_filled_and_filled_ones_stay(cast, kept, double):
    listing = merge(double, kept, cast["secretariat"])

    assert (listing.about_id, listing.provinces, listing.mandate) == ("Yang tetap.", ["53"], ["pemulangan"])
    assert listing.revisions.get().content["provinces"] == ["53"]
    assert not Organisation.objects.filter(pk=double.organisation_id).exists()
    fact = Activity.objects.get(verb="merged-organisations")
    assert (fact.subject, fact.facts) == (kept.organisation, {"merged": double.organisation_id, "entries": [double.pk]})


def test_everything_that_points_to_the_double_moves(cast, kept, double):
    text = factories.practice(cast["member2"], organisation=double.organisation)
    steward(cast["member2"], double.organisation)
    asked = Inquiry.objects.create(listing=double, asker=cast["member"], text="Jam berapa buka?")
    wish = Claim.objects.create(listing=double, person=cast["convenor"], reason="Saya bekerja di sana.")
    contact = channel(double)

    merge(double, kept, cast["secretariat"])

    for row in (text, asked, wish, contact):
        row.refresh_from_db()
    assert text.organisation == kept.organisation
    assert [asked.listing, wish.listing, contact.listing] == [kept, kept, kept]
    assert Membership.objects.current().filter(organisation=kept.organisation, person=cast["member2"]).exists()
    assert Stewardship.objects.get(person=cast["member2"]).organisation == kept.organisation


def test_nothing_in_any_app_is_left_behind(cast, kept, double):
    """Whatever points to organisations, now or later, is moved: else the row of the double could not go, or would take it along."""
    pointing = [one.field for one in Organisation._meta.get_fields(include_hidden=True) if isinstance(one, ForeignObjectRel)]
    factories.practice(cast["member2"], organisation=double.organisation)
    before = {field: field.model._base_manager.filter(**{field.name: double.organisation}).count() for field in pointing}

    merge(double, kept, cast["secretariat"])

    assert before[Practice._meta.get_field("organisation")] == 1
    assert [field for field in pointing if field.model._base_manager.filter(**{f"{field.name}_id": double.organisation_id}).exists()] == []


def test_who_was_of_both_is_of_one_and_the_longer_time_holds(cast, kept, double):
    factories.membership(cast["member2"], kept.organisation)
    steward(cast["member2"], kept.organisation, days=10)
    steward(cast["member2"], double.organisation, days=200)

    merge(double, kept, cast["secretariat"])

    assert cast["member2"].memberships.current().count() == 1
    assert Stewardship.objects.get(person=cast["member2"]).ends_on == timezone.localdate() + timedelta(days=200)


def test_contacts_are_joined_and_none_is_seen_by_more_people(cast, kept, double):
    channel(kept, "sapa@lembaga.example")
    channel(double, "sapa@lembaga.example", visibility="publik")
    channel(double, "kantor@lembaga.example", visibility="publik")
    channel(double, "tim@lembaga.example", visibility="pengelola")

    listing = merge(double, kept, cast["secretariat"])

    assert list(listing.channels.values_list("value", "visibility")) == [
        ("sapa@lembaga.example", "jaringan"),
        ("kantor@lembaga.example", "jaringan"),
        ("tim@lembaga.example", "pengelola"),
    ]


def test_words_that_fewer_saw_are_not_told_to_more(cast, kept, double):
    double.organisation.visibility = "pengelola"
    double.organisation.save()

    assert merge(double, kept, cast["secretariat"]).provinces == []


def test_a_public_entry_with_new_words_is_read_by_somebody_first(cast, kept, double):
    kept.organisation.visibility = "publik"
    kept.organisation.save()

    assert merge(double, kept, cast["secretariat"]).organisation.visibility == "jaringan"


def test_an_entry_moves_to_an_organisation_without_one_and_stays_as_narrow(cast, double):
    bare = factories.organisation("Lembaga Tanpa Entri", visibility="publik")
    double.organisation.visibility = "organisasi"
    double.organisation.save()

    actions.merge_organisations(double.organisation, bare, by=cast["secretariat"])
    double.refresh_from_db()

    assert (double.organisation, double.organisation.is_listed, double.organisation.visibility) == (bare, True, "organisasi")


def test_who_did_not_want_to_be_listed_under_one_name_is_not_under_the_other(cast, kept, double):
    Unwanted.objects.create(organisation=double.organisation, reason="Diminta.")

    listing = merge(double, kept, cast["secretariat"])

    assert (listing.organisation.is_listed, listing.organisation.unwanted.reason) == (False, "Diminta.")


def test_drafts_and_revisions_of_texts_follow(cast, kept, double):
    draft = make_practice(cast["member2"], organisation=double.organisation)

    merge(double, kept, cast["secretariat"])
    draft.refresh_from_db()
    changed = library.change_practice(draft, by=cast["member2"], summary=draft.summary)

    assert changed.get_latest_revision_as_object().organisation_id == kept.organisation_id


def test_search_finds_the_kept_one_alone_and_with_its_words(client, cast, kept, double):
    actions.change_listing(kept, by=cast["secretariat"], about_id="Anyaman pandan wangi.")
    actions.change_listing(double, by=cast["secretariat"], offers_id="Perahu cadik merah.")
    run_pending()
    client.force_login(cast["member"])

    merge(double, kept, cast["secretariat"])
    at_once = client.get("/search/", {"q": "cadik"}).content.decode()
    run_pending()
    then = client.get("/search/", {"q": "cadik"}).content.decode()

    assert "Lembaga Kedua" not in at_once + then
    assert reverse("organisation", args=[kept.organisation.slug]) in then


@pytest.mark.parametrize("who", ["member", "member2", "moderator", "convenor", "safety_reviewer"])
def test_only_the_secretariat_merges(cast, kept, double, who):
    with pytest.raises(PermissionDenied):
        actions.merge_organisations(double.organisation, kept.organisation, by=cast[who])


def test_nothing_is_merged_with_itself(cast, kept):
    with pytest.raises(PermissionDenied):
        actions.merge_organisations(kept.organisation, kept.organisation, by=cast["secretariat"])


# --- addresses


def test_former_addresses_lead_to_the_kept_entry_and_are_given_to_nobody(cast, kept, double):
    FormerAddress.objects.create(slug="nama-lama", organisation=double.organisation)
    old = double.organisation.slug

    merge(double, kept, cast["secretariat"])
    named = found_organisation(by=cast["secretariat"], name="Nama Lama")

    assert set(FormerAddress.objects.filter(organisation=kept.organisation).values_list("slug", flat=True)) == {"nama-lama", old}
    assert named.slug == "nama-lama-2"


def test_no_organisation_gets_the_address_of_a_page(cast):
    from cop_site.directory import urls
    from cop_site.directory.addresses import RESERVED

    words = {str(one.pattern).split("/")[0] for one in urls.urlpatterns if not str(one.pattern).startswith("<")} - {""}

    assert words - RESERVED == set()
    assert found_organisation(by=cast["secretariat"], name="Matrix").slug == "matrix-2"


def test_an_old_address_leads_on_those_who_may_see_the_kept_entry(client, cast, kept, double):
    old, new = (reverse("organisation", args=[one.organisation.slug]) for one in (double, kept))
    merge(double, kept, cast["secretariat"])
    assert client.get(old).status_code == 404

    client.force_login(cast["member"])
    answer = client.get(old)

    assert (answer.status_code, answer.headers["Location"]) == (301, new)


def test_merging_through_the_pages(client, cast, kept, double):
    page = reverse("organisation-merge", args=[kept.organisation.slug])
    client.force_login(cast["secretariat"])

    assert client.post(page, {"duplicate": "tidak-ada"}).status_code == 422
    asked = client.post(page, {"duplicate": double.organisation.slug, "then": "look"})
    assert (asked.status_code, Organisation.objects.filter(pk=double.organisation_id).exists()) == (200, True)
    assert client.post(page, {"duplicate": double.organisation.slug, "then": "merge"}).status_code == 302
    assert not Organisation.objects.filter(pk=double.organisation_id).exists()

    client.force_login(cast["moderator"])
    assert client.get(page).status_code == 403
