"""One search over all kinds."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cop_site.core.pages import answer

from . import registry, selectors

PAGE_SIZE = 20
LAST_PAGE = selectors.MOST_SKIPPED // PAGE_SIZE
LONGEST_QUERY = 500


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    kind = registry.kind_named(request.GET.get("kind", ""))
    number = _page_number(request.GET.get("page", ""))
    found = selectors.find(
        request.user,
        text=text,
        kinds=(kind.name,) if kind else registry.kinds(),
        facets=("kind",),
        size=PAGE_SIZE if text else 0,
        start=(number - 1) * PAGE_SIZE,
    )
    context = {
        "text": text,
        "kind": kind,
        "kinds": _kind_choices(found.facets.get("kind", {})),
        "total": found.total,
        "results": found.results,
        "understood": found.understood,
        "page": Paginator(range(found.total), PAGE_SIZE).get_page(number),
    }
    return answer(request, "search/results.html", context, part="results")


def _page_number(given: str) -> int:
    """A page that there can be; nonsense is the first."""
    is_number = given.isascii() and given.isdigit() and len(given) < 6
    return min(max(int(given), 1), LAST_PAGE) if is_number else 1


def _kind_choices(counts: dict[str, int]) -> list[dict]:
    """The kinds that answers are of; a choice only where there is more than one."""
    named = [kind for name in registry.kinds() if (kind := registry.kind_named(name))]
    return [{"name": kind.name, "label": kind.label, "count": counts.get(kind.name, 0)} for kind in named] if len(named) > 1 else []
