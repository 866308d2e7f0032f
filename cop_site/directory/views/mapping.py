"""The map of the directory."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cop_site.vocabulary import selectors as words

from ..selectors import covering, mapping, matrix


@require_GET
def directory_map(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    wish = mapping.Wish(
        mandate=words.terms("mandate").get(asked.get("mandate", "")),
        scale=words.terms("service_scale").get(asked.get("scale", "")),
        layer=covering.instrument_called(asked.get("layer", "")),
        province=words.provinces().get(asked.get("province", "")),
        as_outlines=asked.get("as") == "outlines",
    )
    context = {
        "map": mapping.map_page(request.user, wish),
        "wish": wish,
        "legend": matrix.LEGEND,
        "signs": covering.legend(),
        "mandates": [(group, _mandates_of(slug)) for slug, group in words.terms("mandate_group").items()],
        "scales": list(words.terms("service_scale").values()),
        "layers": list(words.terms(covering.INSTRUMENTS).values()),
        "is_public": not asked,
    }
    return render(request, "directory/map.html", context)


def _mandates_of(group: str) -> list:
    return [term for term in words.terms("mandate").values() if term.attributes.get("group") == group]
