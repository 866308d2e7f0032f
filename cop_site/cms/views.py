"""What readers fetch beside pages: pictures."""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.images.models import Rendition
from wagtail.models import Page, ReferenceIndex

from . import pictures, policy
from .models import PublishedPages

KINDS = {".avif": "image/avif", ".webp": "image/webp", ".png": "image/png", ".jpg": "image/jpeg", ".gif": "image/gif"}
A_DAY = 24 * 60 * 60


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A picture of a page. Originals are never served: only what was drawn from them."""
    rendition = Rendition.objects.select_related("image").filter(file=f"images/{name}").first()
    if rendition is None or not _may_see(request, rendition):
        raise Http404
    with rendition.file.open("rb") as file:
        response = HttpResponse(file.read(), content_type=KINDS.get(Path(name).suffix, "application/octet-stream"))
    response["Cache-Control"] = f"private, max-age={A_DAY}"
    return response


def _may_see(request: HttpRequest, rendition: Rendition) -> bool:
    used_by = ReferenceIndex.get_references_to(rendition.image).values_list("object_id", "base_content_type__model")
    pages = [int(pk) for pk, model in used_by if model == Page._meta.model_name]
    return policy.can_see_picture(
        request.user,
        is_drawn_for_readers=rendition.filter_spec in pictures.SHOWN_TO_READERS,
        is_on_a_published_page=PublishedPages(Page).visible_to(request.user).filter(pk__in=pages).exists(),
    )
