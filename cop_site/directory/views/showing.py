"""The page of one organisation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ..models import Listing
from ..selectors import showing
from . import moved


@require_GET
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    seen = Listing.objects.visible_to(request.user).select_related("organisation", "logo")
    listing = seen.filter(organisation__slug=slug).first()
    if listing is None:
        return moved.way_on(request, slug)
    page = showing.organisation_page(listing, viewer=request.user)
    return render(request, "directory/organisation.html", {"page": page, "listing": listing, "is_public": page.is_public})
