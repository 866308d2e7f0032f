"""Addresses of entries, replayed by everybody else: nothing changes, and what one may not see answers as what never was."""

import re

import pytest
from django.core import serializers
from django.urls import reverse

from cop_site.accounts.models import Membership, Organisation
from cop_site.directory import models, urls
from cop_site.directory.models import Claim, Inquiry
from tests.directory.factories import channel, listing, steward

OTHERS = ["visitor", "applicant", "observer", "researcher", "member2", "convenor", "moderator", "reviewer", "former", "suspended"]
SENT = {
    "name": "Diambil alih",
    "about_id": "Diambil alih",
    "level": "pengelola",
    "then": "public",
    "reason": "Uji",
    "answer": "Uji",
    "verification": "diperiksa-luar",
    "way-TOTAL_FORMS": "1",
    "way-INITIAL_FORMS": "0",
    "way-0-kind": "email",
    "way-0-value": "lain@lain.example",
    "way-0-visibility": "jaringan",
}
# What any member may do with an entry that she sees.
FOR_EVERYBODY = {"organisation-claim", "organisation-ask"}
NAMES = [pattern.name for pattern in urls.urlpatterns if "slug" in pattern.pattern.converters]


@pytest.fixture
def owned(cast, organisation):
    """An entry of the organisation of ``member``, who looks after it, with all that hangs on it."""
    entry = listing(of=organisation, about_id="Menemani yang pulang.")
    kept = steward(cast["member"], organisation)
    channel(entry, visibility="pengelola")
    Inquiry.objects.create(listing=entry, asker=cast["member2"], text="Bisakah menjemput?")
    Claim.objects.create(listing=entry, person=cast["colleague"], reason="Saya pengurusnya.")
    return entry, kept


def everything():
    rows = [*Organisation.objects.all(), *Membership.objects.all()]
    rows += [row for name in models.__all__ for row in getattr(models, name)._base_manager.all()]
    return serializers.serialize("json", rows)


def address(name, slug, stewardship):
    return reverse(name, args=[slug, stewardship.pk] if "steward-" in name else [slug])


def without_keys(response):
    return re.sub(r'value="[0-9A-Za-z-]{32,64}"|[0-9a-f-]{36}|/directory/[\w/-]+', "", response.content.decode())


def sign_in(client, cast, who):
    client.logout()
    if who != "visitor":
        client.force_login(cast[who])


@pytest.mark.parametrize("name", [name for name in NAMES if name not in FOR_EVERYBODY])
def test_nobody_else_changes_anything_of_an_entry(client, cast, owned, name):
    entry, kept = owned
    before, answered = everything(), {}

    for who in OTHERS:
        sign_in(client, cast, who)
        answered[who] = client.post(address(name, entry.organisation.slug, kept), SENT).status_code

    assert everything() == before
    assert set(answered.values()) <= {302, 403, 404, 405}


@pytest.mark.parametrize("name", NAMES)
def test_an_entry_that_one_may_not_see_answers_as_one_that_never_was(client, cast, owned, name):
    entry, kept = owned
    Organisation.objects.filter(pk=entry.organisation_id).update(visibility="pengelola")
    before, differ = everything(), {}

    for who in ("visitor", "applicant", "observer", "researcher", "member2", "reviewer", "former"):
        sign_in(client, cast, who)
        for ask in (client.get, lambda path: client.post(path, SENT)):
            there, never = (ask(address(name, slug, kept)) for slug in (entry.organisation.slug, "tidak-pernah-ada"))
            if (there.status_code, without_keys(there)) != (never.status_code, without_keys(never)):
                differ[who] = (there.status_code, never.status_code)

    assert differ == {}
    assert everything() == before


def test_claims_are_read_by_who_made_them_and_decided_by_the_secretariat(client, cast, owned):
    path = reverse("directory-claim", args=[Claim.objects.get().pk])
    before, answers = everything(), {}

    for who in OTHERS:
        sign_in(client, cast, who)
        answers[who] = (client.get(path).status_code, client.post(path, {"then": "grant"}).status_code)

    assert everything() == before
    assert {status for both in answers.values() for status in both} <= {302, 403, 404}
