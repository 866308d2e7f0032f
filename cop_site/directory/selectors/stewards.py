"""Who looks after entries, and what each has to do with them."""

from dataclasses import dataclass
from typing import Any

from cop_site.accounts.models import Organisation, User
from cop_site.accounts.policy import is_member

from ..models import Claim, Inquiry, Listing, Stewardship


def of(organisation: Organisation) -> list[User]:
    """Those who look after the entry now and are in good standing."""
    found = User.objects.filter(pk__in=Stewardship.objects.current().filter(organisation=organisation).values("person"))
    return [person for person in found.order_by("pk") if is_member(person)]


def stewardships(organisation: Organisation) -> list[Stewardship]:
    """Who looks after an entry, the longest first."""
    return list(Stewardship.objects.current().filter(organisation=organisation).select_related("person").order_by("granted_at", "pk"))


def could_be(organisation: Organisation) -> list[User]:
    """Members of the network who belong to the organisation and do not look after its entry yet."""
    looking = Stewardship.objects.current().filter(organisation=organisation).values("person")
    members = organisation.memberships.current().exclude(person__in=looking).select_related("person").order_by("person__name", "pk")
    return list(dict.fromkeys(membership.person for membership in members if is_member(membership.person)))


@dataclass(frozen=True)
class Mine:
    """What one has to do with the directory."""

    listings: list[Listing]
    unanswered: dict[int, int]
    inquiries: list[Inquiry]
    claims: list[Claim]

    @property
    def rows(self) -> list[tuple[Listing, int]]:
        """Entries one looks after, each with how many questions wait there."""
        return [(listing, self.unanswered.get(listing.pk, 0)) for listing in self.listings]


def mine(viewer: Any) -> Mine:
    """Entries one looks after, questions one asked, wishes one has."""
    looking = Stewardship.objects.current().filter(person=viewer.pk).values("organisation")
    listings = Listing.objects.visible_to(viewer).filter(organisation__in=looking).select_related("organisation").by_name()
    waiting: dict[int, int] = {}
    for pk in Inquiry.objects.visible_to(viewer).unanswered().filter(listing__organisation__in=looking).values_list("listing", flat=True):
        waiting[pk] = waiting.get(pk, 0) + 1
    asked = Inquiry.objects.visible_to(viewer).filter(asker=viewer.pk).select_related("listing__organisation")
    claims = Claim.objects.visible_to(viewer).filter(person=viewer.pk).select_related("listing__organisation").order_by("-made_at")
    return Mine(list(listings), waiting, list(asked[:50]), list(claims[:20]))
