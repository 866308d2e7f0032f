"""The desk of the directory: who looks after what, which organisations stand in it, and which two are one."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cop_site.accounts.access import signed_in
from cop_site.accounts.models import Organisation
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key

from .. import actions, policy, rules
from ..forms.stewarding import DeclineForm, MergeForm, UnwantedForm, VerifyForm
from ..models import Claim, Listing, Unwanted
from ..selectors import desk
from .parts import done, reads_or_posts, seen


@signed_in()
@require_GET
def directory_desk(request: HttpRequest) -> HttpResponse:
    require(desk.is_open_to(request.user))
    return render(request, "directory/desk.html", {"desk": desk.desk(request.user), "can_list": policy.can_list(request.user)})


@signed_in()
@reads_or_posts
def directory_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """One wish to look after an entry, and the decision about it."""
    found = Claim.objects.visible_to(request.user).select_related("person", "listing__organisation", "decided_by")
    claim = get_object_or_404(found, pk=pk)
    require(policy.can_decide_claims(request.user))
    declines = request.POST.get("then") == "decline"
    form = DeclineForm(request.POST if declines else None)
    if request.method == "POST" and (not declines or form.is_valid()):
        told = {"by": request.user, "key": deed_key(request)}
        do = partial(actions.decline_claim, answer=form.cleaned_data["answer"]) if declines else actions.grant_claim
        if done(form, partial(do, claim, **told)):
            messages.success(request, _("Decided. The person gets a mail."))
            return redirect("directory-desk")
    context = {
        "claim": claim,
        "form": form,
        "can_decide": policy.can_decide_claim(request.user, claim),
        "memberships": claim.person.memberships.current().select_related("organisation"),
        "belongs": policy.can_be_steward(claim.person, claim.listing.organisation),
    }
    return render(request, "directory/claim.html", context, status=422 if request.method == "POST" else 200)


@signed_in()
@reads_or_posts
def organisation_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a known organisation into the directory."""
    organisation = _organisation(request, slug)
    require(policy.can_list(request.user))
    listing = Listing.objects.visible_to(request.user).filter(organisation=organisation).first()
    problems: list[str] = []
    if request.method == "POST":
        try:
            actions.list_organisation(organisation, by=request.user, key=deed_key(request))
        except rules.NotReady as refusal:
            problems = refusal.messages
        else:
            messages.success(request, _("It stands in the directory now. Look over what it says."))
            return redirect("organisation-edit", slug=slug)
    context = {"organisation": organisation, "listing": listing, "problems": problems}
    return render(request, "directory/list_form.html", context, status=422 if request.method == "POST" else 200)


@signed_in()
@reads_or_posts
def organisation_unlist(request: HttpRequest, slug: str) -> HttpResponse:
    """That an organisation does not want to stand here, or does again."""
    organisation = _organisation(request, slug)
    require(policy.can_list(request.user))
    flag = Unwanted.objects.filter(organisation=organisation).first()
    form = UnwantedForm(request.POST if request.POST.get("then") == "flag" else None)
    told = {"by": request.user, "key": deed_key(request)}
    if request.method == "POST" and request.POST.get("then") == "lift":
        actions.lift_unwanted(organisation, **told)
        messages.success(request, _("It may be listed again; it does not stand in the directory yet."))
        return redirect("directory-desk")
    if (
        form.is_bound
        and form.is_valid()
        and done(form, partial(actions.flag_unwanted, organisation, reason=form.cleaned_data["reason"], **told))
    ):
        messages.success(request, _("It stands in the directory no more, and no import brings it back."))
        return redirect("directory-desk")
    context = {"organisation": organisation, "form": form, "flag": flag}
    return render(request, "directory/unlist_form.html", context, status=422 if request.method == "POST" else 200)


@signed_in()
@reads_or_posts
def organisation_merge(request: HttpRequest, slug: str) -> HttpResponse:
    """Which other entry is the same; then what comes of it, to be confirmed."""
    into = _organisation(request, slug)
    require(policy.can_list(request.user))
    form = MergeForm(request.POST or None, viewer=request.user, into=into)
    duplicate = form.cleaned_data["duplicate"] if form.is_bound and form.is_valid() else None
    if duplicate and request.POST.get("then") == "merge":
        actions.merge_organisations(duplicate, into, by=request.user, key=deed_key(request))
        messages.success(request, _("The two are one now. Whoever opens the old address comes here."))
        return redirect("organisation", slug=slug) if Listing.objects.filter(organisation=into).exists() else redirect("directory-desk")
    context = {"into": into, "duplicate": duplicate, "form": form}
    return render(request, "directory/merge_form.html", context, status=422 if form.is_bound and duplicate is None else 200)


@signed_in()
@reads_or_posts
def organisation_verify(request: HttpRequest, slug: str) -> HttpResponse:
    """How far somebody else has checked an entry."""
    listing = seen(request, slug)
    require(policy.can_verify(request.user, listing.organisation))
    initial = {"verification": listing.verification, "day": timezone.localdate()}
    form = VerifyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.verify_listing(listing, by=request.user, key=deed_key(request), **form.cleaned_data)
        messages.success(request, _("Noted."))
        return redirect("organisation", slug=slug)
    return render(
        request, "directory/verify_form.html", {"listing": listing, "form": form}, status=422 if request.method == "POST" else 200
    )


def _organisation(request: HttpRequest, slug: str) -> Organisation:
    return get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
