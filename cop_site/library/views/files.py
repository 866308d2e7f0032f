"""The files of a text: its author adds and removes them, whoever may read it fetches them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cop_site.accounts import limits
from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.bodies import left_out_a_file
from cop_site.core.deed_keys import deed_key
from cop_site.files.intake import received
from cop_site.files.refusing import Refused
from cop_site.files.selectors import has_room_for, seconds_until_room
from cop_site.files.serving import serve

from .. import actions, policy, rules
from ..forms import AttachForm
from ..models import Practice
from ..selectors import attaching, writing
from .writing import reads_or_posts

ATTACH = "attach"


@require_safe
def practice_file(request: HttpRequest, file: UUID, name: str) -> HttpResponseBase:
    """The address holds the name for people; who may have the file is asked anew each time."""
    found = attaching.file_for(request.user, file)
    return serve(found, request, may=found is not None)


@signed_in(form=ATTACH)
@once_agreed(form=ATTACH)
@reads_or_posts
def practice_files(request: HttpRequest, slug: str) -> HttpResponse:
    practice = _own(request, slug)
    if request.method == "POST":
        return _attach(request, practice)
    kept = drafts.recall(request, ATTACH, about=slug)
    return _show(request, practice, AttachForm(initial={name: kept.get(name, "") for name in ("caption", "reason")} if kept else None))


@signed_in()
@require_POST
def practice_file_remove(request: HttpRequest, slug: str, file: UUID) -> HttpResponse:
    practice = _own(request, slug)
    actions.detach_file(practice, by=request.user, key=deed_key(request), file=file)
    messages.success(request, _("Removed. Readers lose it as soon as your text without it is reviewed; a draft lost it at once."))
    return redirect("practice-files", slug=slug)


def _own(request: HttpRequest, slug: str) -> Practice:
    practice = get_object_or_404(Practice.objects.visible_to(request.user), slug=slug)
    require(policy.can_change(request.user, practice))
    return practice


def _attach(request: HttpRequest, practice: Practice) -> HttpResponse:
    form = AttachForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, practice, form, status=422)
    try:
        if left_out_a_file(request):
            raise Refused("too-large")
        limits.count(request, "upload", key=str(request.user.pk))
        is_kept = _take(request, practice, form)
    except ValidationError as refusal:
        form.add_error("upload", refusal)
        return _refused(request, practice, form, refusal.code or "")
    if not is_kept:
        return _show(request, practice, form, status=422)
    drafts.drop(request, ATTACH)
    messages.success(request, _("The file is clean and goes with your text. Readers find it once a reviewer has read both."))
    return redirect("practice-files", slug=practice.slug)


def _refused(request: HttpRequest, practice: Practice, form: AttachForm, code: str) -> HttpResponse:
    return limits.say_when(request, _show(request, practice, form, status=limits.STATUS.get(code, 422)))


def _take(request: HttpRequest, practice: Practice, form: AttachForm) -> bool:
    """Clean the file, have it looked through, list it; the form says what stands in the way."""
    upload = form.cleaned_data["upload"]
    if upload and not has_room_for(upload.size, by=request.user):
        limits.refuse(request, after=seconds_until_room(by=request.user))
    said: dict[str, Any] = {name: form.cleaned_data[name] for name in ("caption", "reason")}
    with received(upload, accept=attaching.accepted_kinds()) as incoming:
        offer = actions.Offer.of(incoming, **said)
        try:
            actions.attach_file(practice, by=request.user, key=deed_key(request), offer=offer)
        except rules.NotReady as refusal:
            form.refuse(refusal, offer.texts)
            return False
    return True


def _show(request: HttpRequest, practice: Practice, form: AttachForm, *, status: int = 200) -> HttpResponse:
    newest = writing.newest_words(practice, viewer=request.user)
    listed = attaching.attached(newest)
    context = {
        "practice": practice,
        "newest": newest,
        "form": form,
        "attachments": listed,
        "most": attaching.most_files(),
        "has_room": len(listed) < attaching.most_files(),
        "kinds": ", ".join(attaching.accepted_kinds()).upper(),
    }
    return render(request, "library/practice_files.html", context, status=status)
