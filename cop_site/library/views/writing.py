"""What authors do: share, go on writing, hand in."""

from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key

from .. import actions, policy, rules
from ..forms import HAND_IN, ShareForm, fixing, layout, shapes
from ..forms.choices import CONSENT_WITHDRAWN
from ..models import Practice, WithdrawalKind
from ..selectors import writing
from . import keeping

SHARE, EDIT = "share", "edit"
reads_or_posts = require_http_methods(["GET", "HEAD", "POST"])


@signed_in(form=SHARE)
@once_agreed(form=SHARE)
@reads_or_posts
def share(request: HttpRequest) -> HttpResponse:
    require(policy.can_share(request.user))
    if request.method == "POST":
        return _take(request, None)
    return _open(request, None, drafts.recall(request, SHARE))


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
    return _open(request, newest, kept if kept and kept.get("slug") == slug else None)


@signed_in()
@require_GET
def my_texts(request: HttpRequest) -> HttpResponse:
    require(policy.may_have_texts(request.user))
    return render(request, "library/my_texts.html", {"texts": writing.own_texts(request.user)})


def _open(request: HttpRequest, practice: Practice | None, kept: QueryDict | None) -> HttpResponse:
    """The form as it is, or with what was typed into it before: kept at the door, or while it was typed."""
    working = writing.working_text(request.user, keeping.key_in(request.GET), of=practice)
    typed = kept if kept is not None else shapes.sent_again(working.fields) if working else None
    wished = request.GET.get("as", "")
    form = ShareForm(typed, author=request.user, practice=practice, shape=wished, is_checked=typed is None)
    place = keeping.Place.of(working) if working else keeping.Place.sent_with(kept)
    offers = list(writing.working_texts(request.user, of=practice).exclude(key=place.key)[:3])
    return _show(request, form, place, is_given_back=typed is not None, offers=offers)


def _show(request: HttpRequest, form: ShareForm, place: keeping.Place, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "form": form,
        "folds": layout.sections(form),
        "warn_reason": layout.warn_reason(form),
        "about_the_change": layout.about_the_change(form),
        "practice": form.practice,
        "comments": list(writing.comments_for(form.practice, request.user).values()) if form.practice else [],
        "place": place,
        "owner": keeping.owner_of(request.user),
        **more,
    }
    return render(request, "library/share.html", context, status=status)


def _again(request: HttpRequest, form: ShareForm, *, status: int = 200, **more: Any) -> HttpResponse:
    """The form with all that was sent. That is kept on the server as well, except where a script asks for a part: it keeps by itself."""
    is_page = not getattr(request, "htmx", False)
    place = keeping.keep(request, form.practice, shape=form.shape) if is_page else keeping.Place.sent_with(request.POST)
    return _show(request, form, place, status=status, **more)


def _take(request: HttpRequest, practice: Practice | None) -> HttpResponse:
    """Draw one box more or the full form, or keep what was sent, or say what is in the way; what was typed stays in each case."""
    whose: dict[str, Any] = {"author": request.user, "practice": practice}
    if practice and practice.live and request.POST.get("consent_status") == CONSENT_WITHDRAWN:  # rule r4
        return redirect(f"{reverse('practice-withdraw', args=[practice.slug])}?kind={WithdrawalKind.CONSENT}")
    if more := request.POST.get("more"):
        return _again(request, ShareForm(request.POST, **whose, is_checked=False, more=more))
    if wish := request.POST.get(fixing.FIX):
        return _fix(request, wish, **whose)
    if request.POST.get("grow"):
        return _again(request, ShareForm(request.POST, **whose, shape=shapes.FULL, is_checked=False), has_grown=True)
    hands_in = request.POST.get("then") == HAND_IN
    form = ShareForm(request.POST, **whose, to_publish=hands_in)
    grows = hands_in and form.claims_too_much
    if grows:
        form = ShareForm(request.POST, **whose, shape=shapes.FULL, to_publish=True)
    if not form.is_valid():
        return _again(request, form, status=422, has_grown=grows)
    try:
        kept = _keep(request, form, practice, hands_in=hands_in)
    except rules.NotReady as refusal:
        form.refuse(refusal)
        return _again(request, form, status=422)
    drafts.drop(request, EDIT if practice else SHARE)
    return _go_on(request, form, kept, hands_in=hands_in)


def _fix(request: HttpRequest, wish: str, **whose: Any) -> HttpResponse:
    """The form again with other words at one place; nothing is saved by it but what was typed."""
    request.POST = fixing.fixed(request.POST, wish)
    form = ShareForm(request.POST, **whose)
    form.is_valid()
    return _again(request, form, has_fixed=True)


@transaction.atomic  # both deeds or neither: what cannot be handed in is not kept halfway
def _keep(request: HttpRequest, form: ShareForm, practice: Practice | None, *, hands_in: bool) -> Practice | None:
    key = deed_key(request)
    if practice is None:
        kept = actions.start_practice(by=request.user, key=key, **form.content())
    else:
        kept = actions.change_practice(practice, by=request.user, key=key, seen=keeping.seen_in(request.POST), **form.content())
    if hands_in and kept is not None:
        kept = actions.submit_practice(kept, by=request.user, key=_key_of_second_deed(key))
    if working := keeping.key_in(request.POST):
        actions.drop_working_text(by=request.user, working=working, sending=keeping.sending_of(request.POST))
    return kept


def _key_of_second_deed(key: UUID | None) -> UUID | None:
    """One form, two deeds: the second has a key of its own that follows from the form's."""
    return uuid5(key, HAND_IN) if key else None


def _go_on(request: HttpRequest, form: ShareForm, kept: Practice | None, *, hands_in: bool) -> HttpResponse:
    if hands_in:
        messages.success(request, _("Handed in. A reviewer reads it; you will get a mail when there is news."))
        return redirect("my-texts")
    messages.success(request, _("Your draft is saved. Only you see it until you hand it in and it is reviewed."))
    if form.claims_too_much:
        messages.info(request, _("A good practice, and evidence beyond a pilot, ask for the full form: it is open now."))
    return redirect("practice-edit", slug=kept.slug) if kept else redirect("my-texts")
