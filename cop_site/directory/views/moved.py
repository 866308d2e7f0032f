"""Where the address of an entry leads that was merged into another."""

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse

from ..models import FormerAddress, Listing


def way_on(request: HttpRequest, slug: str) -> HttpResponsePermanentRedirect:
    """The way to the kept entry, for whoever may see it; for everybody else there never was such an address."""
    seen = Listing.objects.visible_to(request.user).values("organisation")
    found = FormerAddress.objects.filter(slug=slug, organisation__in=seen).select_related("organisation").first()
    if found is None:
        raise Http404
    response = HttpResponsePermanentRedirect(reverse("organisation", args=[found.organisation.slug]))
    response["Cache-Control"] = "private, no-store"  # who may see it is asked anew each time
    return response
