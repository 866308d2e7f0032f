"""What the secretariat lists may stand in every text; nobody else lists anything."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cop_site.accounts.models import User
from cop_site.activity.models import Activity
from cop_site.cms.actions import ensure_home
from cop_site.screening import actions, selectors
from cop_site.screening.guard import screen
from cop_site.screening.models import Allowance
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 1)
CONTACTS = [
    ("number", "+62 811-1234-5678", "Hotline 0811 1234 5678.", "phone"),
    ("number", "(021) 555 0123", "Telp. 021-5550123", "phone"),
    ("domain", "Lembaga.or.id", "Tulis ke pengaduan@lembaga.or.id.", "email"),
    ("link", "https://wa.me/6281112345678", "Buka wa.me/6281112345678", "phone"),
    ("link", "https://www.instagram.com/lembaga.contoh/", "https://instagram.com/lembaga.contoh", "social_handle"),
    ("address", "Jl. Contoh Raya No. 45, Kupang", "Datang ke Jl. Contoh Raya No. 45.", "address"),
]


@pytest.fixture(autouse=True)
def nothing_kept():
    selectors.forget()
    yield
    selectors.forget()


@pytest.mark.parametrize(("kind", "value", "text", "type"), CONTACTS)
def test_a_listed_contact_may_stand(cast, kind, value, text, type):
    before = [hit.type for hit in screen(text)]

    actions.list_contact(Allowance(kind=kind, value=value, source="Situs resmi", checked_on=TODAY), by=cast["secretariat"])

    assert (before, screen(text)) == ([type], ())


def test_a_private_address_on_a_listed_domain_stays_blocked(cast):
    actions.list_contact(Allowance(kind="domain", value="lembaga.or.id", source="Situs resmi", checked_on=TODAY), by=cast["secretariat"])

    assert [hit.type for hit in screen("rina@lembaga.or.id")] == ["email"]


def test_what_is_taken_off_the_list_is_found_again(cast):
    contact = Allowance(kind="number", value="081112345678", source="Situs resmi", checked_on=TODAY)
    actions.list_contact(contact, by=cast["secretariat"])

    actions.unlist_contact(contact, by=cast["secretariat"])

    assert [hit.type for hit in screen("0811 1234 5678")] == ["phone"]
    assert list(Activity.objects.filter(verb__endswith="listed-contact").values_list("verb", "facts").order_by("pk")) == [
        ("listed-contact", {"kind": "number"}),
        ("unlisted-contact", {"kind": "number"}),
    ]


@pytest.mark.parametrize(
    ("kind", "value", "checked_on"),
    [("number", "12", TODAY), ("domain", "info@lembaga.or.id", TODAY), ("number", "081112345678", datetime.date(2999, 1, 1))],
)
def test_what_is_no_contact_or_not_yet_checked_is_refused(cast, kind, value, checked_on):
    with pytest.raises(ValidationError):
        actions.list_contact(Allowance(kind=kind, value=value, source="Situs resmi", checked_on=checked_on), by=cast["secretariat"])

    assert not Allowance.objects.exists()


def test_the_secretariat_lists_corrects_and_drops_on_its_screen(client, cast):
    ensure_home(by=User.objects.system())
    factories.task(cast["secretariat"], "editor", by=cast["convenor"])  # who may open Wagtail at all
    client.force_login(cast["secretariat"])
    told = {"kind": "number", "value": "0811-1234-5678", "source": "Surat dinas", "checked_on": "2026-11-01"}

    added = client.post(reverse("wagtailsnippets_screening_allowance:add"), told)
    contact = Allowance.objects.get()
    dropped = client.post(reverse("wagtailsnippets_screening_allowance:delete", args=[contact.pk]))

    assert (added.status_code, dropped.status_code, contact.value) == (302, 302, "081112345678")
    assert not Allowance.objects.exists()
    assert list(Activity.objects.filter(actor=cast["secretariat"], verb__endswith="listed-contact").values_list("verb", flat=True)) == [
        "listed-contact",
        "unlisted-contact",
    ]


@pytest.mark.parametrize("who", ["editor", "moderator", "member"])
def test_nobody_else_opens_the_list(client, cast, who):
    ensure_home(by=User.objects.system())
    client.force_login(cast[who])

    page = client.get(reverse("wagtailsnippets_screening_allowance:add"))

    assert page.status_code in (302, 403, 404)
    assert not Allowance.objects.exists()
