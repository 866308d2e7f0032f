"""Whom one does not want to meet: a list that nobody else sees."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key
from cop_site.core.pages import answer

from .. import actions, blocking, policy
from ..access import signed_in
from ..models import Block

PAGE_SIZE = 20


@require_safe
@signed_in()
def block_list(request: HttpRequest) -> HttpResponse:
    require(policy.can_keep_blocks(request.user))
    blocks = Block.objects.visible_to(request.user).select_related("blocked").order_by("blocked__name", "pk")
    return answer(request, "accounts/blocks.html", {"page": Paginator(blocks, PAGE_SIZE).get_page(request.GET.get("page", 1))})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in()
def block_author(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    require(policy.can_keep_blocks(request.user))
    if kind not in blocking.kinds():
        raise Http404
    person = blocking.author_of(kind, pk, viewer=request.user)
    if request.method == "POST":
        require(person is not None)
        actions.block(person, by=request.user, key=deed_key(request))
        messages.success(request, _("Done. What this person says is folded up for you, and no news of it reaches you."))
        return redirect("blocks")
    can_block = person is not None and policy.can_block(request.user, person)
    return answer(request, "accounts/block_new.html", {"person": person, "can_block": can_block})


@require_POST
@signed_in()
def unblock(request: HttpRequest, pk: int) -> HttpResponse:
    actions.unblock(get_object_or_404(Block.objects.visible_to(request.user), pk=pk), by=request.user, key=deed_key(request))
    messages.success(request, _("You read what this person says again."))
    return redirect("blocks")
