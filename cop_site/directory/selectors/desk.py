"""What waits on the directory's desk, for whoever may decide about it."""

from dataclasses import dataclass
from typing import Any

from cop_site.accounts.models import Level, Organisation

from .. import policy
from ..models import Claim, Listing, Unwanted
from . import freshness

MOST_SHOWN = 200


@dataclass(frozen=True)
class Desk:
    """Wishes to look after entries, suggestions, entries that ask to go public, what stands aside, and how fresh the rest is."""

    claims: list[Claim]
    public: list[Listing]
    suggestions: list[Listing]
    unlisted: list[Organisation]
    unwanted: list[Unwanted]
    freshness: freshness.Freshness | None

    @property
    def is_empty(self) -> bool:
        return not (self.claims or self.public or self.suggestions)


def is_open_to(viewer: Any) -> bool:
    """The secretariat, and safety reviewers."""
    return policy.can_list(viewer) or policy.can_review_safety(viewer)


def desk(viewer: Any) -> Desk:
    """Each finds what is theirs to decide."""
    public = Listing.objects.visible_to(viewer).listed().filter(public_asked_at__isnull=False, organisation__visibility=Level.NETWORK)
    asking = [one for one in public.select_related("organisation").order_by("public_asked_at", "pk") if policy.can_make_public(viewer, one)]
    if not policy.can_list(viewer):
        return Desk([], asking[:MOST_SHOWN], [], [], [], None)
    claims = Claim.objects.visible_to(viewer).waiting().select_related("person", "listing__organisation")
    aside = Organisation.objects.visible_to(viewer).filter(is_listed=False, unwanted=None).order_by("name", "pk")
    suggested = Listing.objects.visible_to(viewer).filter(organisation__in=aside, suggested_by__isnull=False)
    return Desk(
        claims=[one for one in claims[:MOST_SHOWN] if policy.can_decide_claim(viewer, one)],
        public=asking[:MOST_SHOWN],
        suggestions=list(suggested.select_related("organisation", "suggested_by").order_by("pk")[:MOST_SHOWN]),
        unlisted=list(aside.filter(listing__suggested_by=None).select_related("listing")[:MOST_SHOWN]),
        unwanted=list(Unwanted.objects.select_related("organisation").order_by("organisation__name", "pk")[:MOST_SHOWN]),
        freshness=freshness.state(viewer),
    )
