"""Who looks after an entry: asking for it, deciding about it, and what others see of that."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cop_site.activity.models import Activity
from cop_site.activity.runner import run_pending
from cop_site.directory import actions, policy, rules
from cop_site.directory.models import Claim, Listing
from tests.directory.factories import listing, steward

pytestmark = pytest.mark.django_db

REASON = "Saya mengelola layanan di sana."


@pytest.fixture
def entry(cast):
    return listing("Lembaga Pelita", slug="lembaga-pelita")


@pytest.fixture
def claim(cast, entry):
    return actions.claim_listing(entry, by=cast["member2"], reason=REASON)


def test_a_member_asks_to_look_after_an_entry_that_nobody_looks_after(cast, entry, claim):
    again = actions.claim_listing(entry, by=cast["member2"], reason="Lagi.")

    assert (claim.state, claim.reason, again.pk) == ("waiting", REASON, claim.pk)
    assert list(Activity.objects.values_list("verb", flat=True)) == ["claimed-listing"]


@pytest.mark.parametrize("who", ["applicant", "observer", "researcher", "suspended", "visitor"])
def test_others_ask_for_nothing(cast, entry, who):
    with pytest.raises(PermissionDenied):
        actions.claim_listing(entry, by=cast[who], reason=REASON)


def test_what_somebody_looks_after_is_not_to_be_claimed(cast, entry):
    steward(cast["colleague"], entry.organisation)

    with pytest.raises(PermissionDenied):
        actions.claim_listing(entry, by=cast["member2"], reason=REASON)


def test_an_entry_that_one_does_not_see_is_not_to_be_claimed(cast, entry):
    entry.organisation.visibility = "pengelola"
    entry.organisation.save()

    with pytest.raises(PermissionDenied):
        actions.claim_listing(entry, by=cast["member2"], reason=REASON)


def test_a_reason_passes_the_guard(cast, entry):
    with pytest.raises(rules.NotReady):
        actions.claim_listing(entry, by=cast["member2"], reason="Hubungi 0812 3456 7890")


def test_five_wishes_wait_at_most(cast, entry):
    for _number in range(5):
        actions.claim_listing(listing(), by=cast["member2"], reason=REASON)

    with pytest.raises(rules.NotReady):
        actions.claim_listing(entry, by=cast["member2"], reason=REASON)


def test_whoever_is_let_belongs_to_the_organisation_and_looks_after_it_for_a_year(cast, entry, claim):
    actions.grant_claim(claim, by=cast["secretariat"])

    stewardship = entry.organisation.stewardships.get()
    assert (stewardship.person, stewardship.ends_on) == (cast["member2"], timezone.localdate() + timedelta(days=365))
    assert policy.can_edit(cast["member2"], entry.organisation)
    assert entry.organisation.memberships.current().filter(person=cast["member2"]).exists()
    assert list(Activity.objects.order_by("pk").values_list("verb", flat=True)) == [
        "claimed-listing",
        "joined-organisation",
        "granted-claim",
    ]


def test_a_decision_is_made_once_and_never_about_oneself(cast, entry, claim):
    own = Claim.objects.create(listing=entry, person=cast["secretariat"], reason=REASON)

    actions.decline_claim(claim, by=cast["secretariat"], answer="Kami tidak dapat memastikannya.")

    for decided in (claim, own):
        with pytest.raises(PermissionDenied):
            actions.grant_claim(decided, by=cast["secretariat"])


@pytest.mark.parametrize("who", ["member", "member2", "moderator", "convenor", "reviewer", "safety_reviewer"])
def test_only_the_secretariat_decides(cast, claim, who):
    with pytest.raises(PermissionDenied):
        actions.grant_claim(claim, by=cast[who])
    with pytest.raises(PermissionDenied):
        actions.decline_claim(claim, by=cast[who], answer="Tidak.")


def test_somebody_suspended_meanwhile_is_not_let(cast, claim):
    type(cast["member2"]).objects.filter(pk=cast["member2"].pk).update(suspended_at=timezone.now())

    with pytest.raises(PermissionDenied):
        actions.grant_claim(claim, by=cast["secretariat"])


def test_mails_tell_nothing(cast, entry, claim):
    run_pending()
    actions.decline_claim(claim, by=cast["secretariat"], answer="Kami tidak dapat memastikannya.")
    run_pending()

    assert [letter.to for letter in mail.outbox] == [[cast["secretariat"].email], [cast["member2"].email]]
    told = " ".join(letter.subject + letter.body for letter in mail.outbox)
    assert [word for word in ("Pelita", "pelita", "layanan", "memastikan", "member2") if word in told] == []


# --- pages


def test_a_wish_is_read_by_whoever_has_it_and_by_the_secretariat(client, cast, claim):
    for who, status in (("secretariat", 200), ("member2", 403), ("member", 404), ("moderator", 404), ("safety_reviewer", 404)):
        client.force_login(cast[who])

        assert client.get(reverse("directory-claim", args=[claim.pk])).status_code == status


def test_somebody_asks_and_is_let_through_the_pages(client, cast, entry):
    page = reverse("organisation-claim", args=["lembaga-pelita"])
    client.force_login(cast["member2"])
    assert client.get(page).status_code == 200
    assert client.post(page, {"reason": ""}).status_code == 422
    assert client.post(page, {"reason": REASON}).status_code == 302
    claim = Claim.objects.get()
    assert REASON in client.get(page).content.decode()

    client.force_login(cast["secretariat"])
    assert "member2" in client.get(reverse("directory-desk")).content.decode()
    assert client.post(reverse("directory-claim", args=[claim.pk]), {"then": "grant"}).status_code == 302

    client.force_login(cast["member2"])
    assert "Lembaga Pelita" in client.get(reverse("directory-mine")).content.decode()
    assert client.get(reverse("organisation-edit", args=["lembaga-pelita"])).status_code == 200


@pytest.mark.parametrize(
    ("who", "status"), [("visitor", 302), ("member", 403), ("moderator", 403), ("safety_reviewer", 200), ("secretariat", 200)]
)
def test_the_desk_is_for_those_who_decide(client, cast, who, status):
    if who != "visitor":
        client.force_login(cast[who])

    assert client.get(reverse("directory-desk")).status_code == status


def test_the_desk_shows_what_waits_to_those_whose_it_is(client, cast, claim):
    asking = listing("Lembaga Terbuka")
    suggested = actions.suggest_organisation(by=cast["member"], name="Rumah Rotan")
    Listing.objects.filter(pk=asking.pk).update(public_asked_at=timezone.now(), public_asked_by=cast["member"])

    seen = {}
    for who in ("secretariat", "safety_reviewer"):
        client.force_login(cast[who])
        page = client.get(reverse("directory-desk")).content.decode()
        seen[who] = [name for name in ("Lembaga Pelita", "Lembaga Terbuka", "Rumah Rotan") if name in page]

    assert seen == {"secretariat": ["Lembaga Pelita", "Rumah Rotan"], "safety_reviewer": ["Lembaga Terbuka"]}
    assert suggested.organisation.is_listed is False
