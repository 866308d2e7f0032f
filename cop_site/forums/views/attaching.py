"""Files that come with a post: cleaned one after the other before the deed, and gone again where it is refused."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cop_site.accounts import limits
from cop_site.core.bodies import left_out_a_file
from cop_site.files.intake import received
from cop_site.files.refusing import Refused
from cop_site.files.selectors import has_room_for, seconds_until_room
from cop_site.files.serving import serve

from .. import rules
from ..actions.attaching import Offer
from ..models import Post, PostFile


@contextmanager
def offered(request: HttpRequest, form: Any) -> Iterator[tuple[Offer, ...] | None]:
    """What came with a form, cleaned and looked through; None where one was refused, which the form then says."""
    uploads = form.cleaned_data.get("files") or []
    with ExitStack() as stack:
        try:
            offers = tuple(_taken_in(request, upload, stack) for upload in _counted(request, uploads))
        except ValidationError as refusal:
            form.add_error("files", refusal)
            yield None
        else:
            yield offers


def _counted(request: HttpRequest, uploads: list[Any]) -> list[Any]:
    if left_out_a_file(request):
        raise Refused("too-large")
    if len(uploads) > rules.MOST_FILES:
        raise ValidationError(_("At most %(number)d files go with one post.") % {"number": rules.MOST_FILES})
    for _upload in uploads:
        limits.count(request, "upload", key=str(request.user.pk))
    if not has_room_for(sum(upload.size for upload in uploads), by=request.user):
        limits.refuse(request, after=seconds_until_room(by=request.user))
    return uploads


def _taken_in(request: HttpRequest, upload: Any, stack: ExitStack) -> Offer:
    return Offer.of(stack.enter_context(received(upload)))


@require_safe
def post_file(request: HttpRequest, pk: int, file: str, name: str) -> HttpResponseBase:
    """Had by whoever reads the post; asked anew each time. The name in the address is for people."""
    post = get_object_or_404(Post.objects.visible_to(request.user), pk=pk)
    kept = PostFile.objects.filter(post=post, file=file).select_related("file").first()
    return serve(kept.file if kept else None, request, may=kept is not None)
