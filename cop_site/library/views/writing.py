"""What authors do: share, go on writing, hand in."""

from uuid import UUID, uuid5

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key

from .. import actions, policy, rules
from ..forms import HAND_IN, ShareForm, layout
from ..models import Practice
from ..selectors import writing

SHARE, EDIT = "share", "edit"
reads_or_posts = require_http_methods(["GET", "HEAD", "POST"])


@signed_in(form=SHARE)
@once_agreed(form=SHARE)
@reads_or_posts
def share(request: HttpRequest) -> HttpResponse:
    require(policy.can_share(request.user))
    if request.method == "POST":
        return _take(request, None)
    kept = drafts.recall(request, SHARE)
    form = ShareForm(kept, author=request.user, is_checked=False) if kept else ShareForm(author=request.user)
    return _show(request, form, is_given_back=bool(kept))


@signed_in(form=EDIT)
@once_agreed(form=EDIT)
@reads_or_posts
def practice_edit(request: HttpRequest, slug: str) -> HttpResponse:
    practice = get_object_or_404(Practice.objects.visible_to(request.user), slug=slug)
    require(policy.can_change(request.user, practice))
    newest = writing.newest_words(practice, viewer=request.user)
    if request.method == "POST":
        return _take(request, newest)
    kept = drafts.recall(request, EDIT)
    is_of_this = bool(kept) and kept.get("slug") == slug
    form = ShareForm(kept if is_of_this else None, author=request.user, practice=newest, is_checked=not is_of_this)
    return _show(request, form, is_given_back=is_of_this)


@signed_in()
@require_GET
def my_texts(request: HttpRequest) -> HttpResponse:
    require(policy.may_have_texts(request.user))
    return render(request, "library/my_texts.html", {"texts": writing.own_texts(request.user)})


def _show(request: HttpRequest, form: ShareForm, *, status: int = 200, is_given_back: bool = False) -> HttpResponse:
    context = {"form": form, "folds": layout.sections(form), "practice": form.practice, "is_given_back": is_given_back}
    return render(request, "library/share.html", context, status=status)


def _take(request: HttpRequest, practice: Practice | None) -> HttpResponse:
    """Draw one box more, or keep what was sent, or say what is in the way; what was typed stays in each case."""
    if more := request.POST.get("more"):
        return _show(request, ShareForm(request.POST, author=request.user, practice=practice, is_checked=False, more=more))
    hands_in = request.POST.get("then") == HAND_IN
    form = ShareForm(request.POST, author=request.user, practice=practice, to_publish=hands_in)
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        kept = _keep(request, form, practice, hands_in=hands_in)
    except rules.NotReady as refusal:
        form.refuse(refusal)
        return _show(request, form, status=422)
    drafts.drop(request, EDIT if practice else SHARE)
    return _go_on(request, kept, hands_in=hands_in)


@transaction.atomic  # both deeds or neither: what cannot be handed in is not kept halfway
def _keep(request: HttpRequest, form: ShareForm, practice: Practice | None, *, hands_in: bool) -> Practice | None:
    key = deed_key(request)
    if practice is None:
        kept = actions.start_practice(by=request.user, key=key, **form.content())
    else:
        kept = actions.change_practice(practice, by=request.user, key=key, **form.content())
    if hands_in and kept is not None:
        kept = actions.submit_practice(kept, by=request.user, key=_key_of_second_deed(key))
    return kept


def _key_of_second_deed(key: UUID | None) -> UUID | None:
    """One form, two deeds: the second has a key of its own that follows from the form's."""
    return uuid5(key, HAND_IN) if key else None


def _go_on(request: HttpRequest, kept: Practice | None, *, hands_in: bool) -> HttpResponse:
    if hands_in:
        messages.success(request, _("Handed in. A reviewer reads it; you will get a mail when there is news."))
        return redirect("my-texts")
    messages.success(request, _("Your draft is saved. Only you see it until you hand it in and it is reviewed."))
    return redirect("practice-edit", slug=kept.slug) if kept else redirect("my-texts")
