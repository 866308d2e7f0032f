"""What several pages of the directory share."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from cop_site.core.access import require

from .. import policy, rules
from ..models import Listing

reads_or_posts = require_http_methods(["GET", "HEAD", "POST"])


def seen(request: HttpRequest, slug: str) -> Listing:
    """The entry at this address, where the reader may see it."""
    return get_object_or_404(Listing.objects.visible_to(request.user).select_related("organisation", "logo"), organisation__slug=slug)


def own(request: HttpRequest, slug: str) -> Listing:
    """The same, where she may change it."""
    listing = seen(request, slug)
    require(policy.can_edit(request.user, listing.organisation))
    return listing


def done(form: Any, do: Callable[[], object]) -> bool:
    """Do the deed, or let the form say why it was refused."""
    try:
        do()
    except rules.NotReady as refusal:
        form.refuse(refusal)
        return False
    return True
