"""The auditor's page."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cop_site.activity import sealing
from cop_site.activity.selectors import journal_page
from cop_site.activity.verbs import Verb
from cop_site.core.access import require
from cop_site.core.pages import answer

from .. import policy
from ..access import signed_in


@require_safe
@signed_in()
def journal(request: HttpRequest) -> HttpResponse:
    require(policy.can_read_journal(request.user))
    verb = request.GET.get("verb", "")
    page = journal_page(verb=verb, number=request.GET.get("page", 1))
    context = {"page": page, "verb": verb, "verbs": Verb.choices, "seal": sealing.head()}
    return answer(request, "accounts/journal.html", context)
