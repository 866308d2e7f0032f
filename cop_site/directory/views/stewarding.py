"""Pages about who looks after an entry, and what one has to do with the directory oneself."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key

from .. import actions, policy
from ..forms.stewarding import ClaimForm, StewardForm
from ..models import Claim, Stewardship
from ..selectors import stewards
from .parts import done, own, reads_or_posts, seen

CLAIM = "claim"


@signed_in()
@require_GET
def my_directory(request: HttpRequest) -> HttpResponse:
    context = {
        "mine": stewards.mine(request.user),
        "can_suggest": policy.can_suggest(request.user),
        "can_list": policy.can_list(request.user),
    }
    return render(request, "directory/mine.html", context)


@signed_in(form=CLAIM)
@once_agreed(form=CLAIM)
@reads_or_posts
def organisation_claim(request: HttpRequest, slug: str) -> HttpResponse:
    listing = seen(request, slug)
    waiting = Claim.objects.visible_to(request.user).waiting().filter(listing=listing, person=request.user).first()
    require(waiting is not None or policy.can_claim(request.user, listing))
    kept = drafts.recall(request, CLAIM, about=slug)
    form = ClaimForm(request.POST or None, initial={"reason": kept.get("reason", "")} if kept else None)
    if request.method == "POST" and form.is_valid():
        claim = partial(actions.claim_listing, listing, by=request.user, key=deed_key(request), reason=form.cleaned_data["reason"])
        if done(form, claim):
            drafts.drop(request, CLAIM)
            messages.success(request, _("Your wish is with the secretariat. You get a mail when it is decided."))
            return redirect("directory-mine")
    context = {"listing": listing, "form": form, "waiting": waiting}
    return render(request, "directory/claim_form.html", context, status=422 if request.method == "POST" else 200)


@signed_in()
@reads_or_posts
def organisation_stewards(request: HttpRequest, slug: str) -> HttpResponse:
    """Who looks after the entry; naming another, beside oneself or in one's own place."""
    listing = own(request, slug)
    organisation = listing.organisation
    form = StewardForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        hands_over = request.POST.get("then") == "hand-over"
        do = actions.hand_over if hands_over else actions.name_steward
        person, reason = form.people[form.cleaned_data["person"]], form.cleaned_data["reason"]
        if done(form, partial(do, organisation, person, by=request.user, key=deed_key(request), reason=reason)):
            said = _("Handed over. You look after the entry no more.") if hands_over else _("Named. The person gets a mail.")
            messages.success(request, said)
            return redirect("directory-mine") if hands_over else redirect("organisation-stewards", slug=slug)
    context = {
        "listing": listing,
        "form": form,
        "stewardships": stewards.stewardships(organisation),
        "is_steward": policy.is_steward(request.user, organisation),
    }
    return render(request, "directory/stewards.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@signed_in()
def organisation_steward_act(request: HttpRequest, slug: str, pk: int, wish: str) -> HttpResponse:
    """End one stewardship, or let it begin its year anew."""
    listing = seen(request, slug)
    found = Stewardship.objects.current().filter(organisation=listing.organisation).select_related("person", "organisation")
    stewardship = get_object_or_404(found, pk=pk)
    if wish == "end":
        actions.end_stewardship(stewardship, by=request.user, key=deed_key(request))
        messages.success(request, _("Ended."))
    else:
        said = {"reason": stewardship.reason, "by": request.user, "key": deed_key(request)}
        actions.name_steward(listing.organisation, stewardship.person, **said)
        messages.success(request, _("The year begins anew today."))
    is_there = policy.can_edit(request.user, listing.organisation)
    return redirect("organisation-stewards", slug=slug) if is_there else redirect("directory-mine")
