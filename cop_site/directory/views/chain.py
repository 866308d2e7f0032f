"""The service chain from where people come from to where they went."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cop_site.vocabulary import selectors as words

from ..choices import Country
from ..selectors import chain, tiles


@require_GET
def service_chain(request: HttpRequest) -> HttpResponse:
    origin = words.provinces().get(request.GET.get("origin", ""))
    destination = request.GET.get("destination", "")
    name = chain.place_called(destination)
    context = {
        "origin": origin,
        "destination": destination if name else "",
        "destination_name": name,
        "countries": Country.choices,
        "islands": tiles.islands(),
        "chain": chain.chain_page(request.user, origin, destination) if origin and name else None,
        "stages": chain.stage_labels(),
        "is_public": not request.GET,
    }
    return render(request, "directory/chain.html", context)
