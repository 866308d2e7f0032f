"""Who works on what, and where."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cop_site.vocabulary import selectors as words

from ..selectors import covering, matrix


@require_GET
def directory_matrix(request: HttpRequest) -> HttpResponse:
    by = matrix.PROVINCE if request.GET.get("by") == matrix.PROVINCE else matrix.SCALE
    layer = covering.instrument_called(request.GET.get("layer", ""))
    context = {
        "matrix": matrix.matrix_page(request.user, by, layer),
        "legend": matrix.LEGEND,
        "layers": list(words.terms(covering.INSTRUMENTS).values()),
        "signs": covering.legend(),
        "is_public": not request.GET,
    }
    return render(request, "directory/matrix.html", context)
