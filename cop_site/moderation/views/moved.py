"""Where the queue of the forums stood: now it is one with all others."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from cop_site.accounts.access import signed_in
from cop_site.core.access import require

from .. import policy
from ..models import Case
from ..selectors.desk import HELD


@signed_in()
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    require(policy.can_sit_at_desk(request.user))
    return redirect(f"{reverse('moderation')}?tab={HELD}")


@signed_in()
@require_safe
def waiting_item(request: HttpRequest, pk: int) -> HttpResponse:
    require(policy.can_sit_at_desk(request.user))
    case = get_object_or_404(Case.objects.visible_to(request.user).open(), kind="post", subject_id=pk)
    return redirect("case", pk=case.pk)
