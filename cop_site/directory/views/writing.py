"""Pages on which stewards and the secretariat write entries."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from cop_site.accounts import limits
from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.bodies import left_out_a_file
from cop_site.core.deed_keys import deed_key
from cop_site.files.intake import received
from cop_site.files.kinds import KINDS
from cop_site.files.refusing import Refused
from cop_site.files.selectors import has_room_for, seconds_until_room
from cop_site.files.serving import serve

from .. import actions, policy
from ..forms.channels import ChannelsForm, Summary
from ..forms.stewarding import LevelForm, LogoForm
from ..forms.writing import EntryForm, typed
from ..models import Listing, ListingRevision
from ..selectors import writing
from .parts import done, own, reads_or_posts, seen

ENTRY, CHANNELS, LOGO = "entry", "channels", "logo"
DISTRICTS, MORE = "districts", "more"
PICTURES = [name for name, kind in KINDS.items() if kind.is_picture and name != "gif"]


@signed_in(form=ENTRY)
@once_agreed(form=ENTRY)
@reads_or_posts
def organisation_edit(request: HttpRequest, slug: str) -> HttpResponse:
    listing = own(request, slug)
    form = _entry_form(request, slug, listing=listing, number=_number(listing))
    if form.is_bound and form.is_valid():
        change = partial(actions.change_listing, listing, by=request.user, key=deed_key(request), seen=form.cleaned_data["seen"])
        if done(form, partial(change, **form.content)):
            drafts.drop(request, ENTRY)
            messages.success(request, _("Saved, and confirmed as of today."))
            return redirect("organisation", slug=slug)
    return _show_entry(request, form, listing)


@signed_in(form=ENTRY)
@once_agreed(form=ENTRY)
@reads_or_posts
def organisation_new(request: HttpRequest) -> HttpResponse:
    """The secretariat lists an organisation; members suggest one."""
    require(policy.can_suggest(request.user))
    form = _entry_form(request, "new")
    if form.is_bound and form.is_valid() and done(form, partial(_begin, request, form)):
        drafts.drop(request, ENTRY)
        if policy.can_list(request.user):
            messages.success(request, _("It stands in the directory now."))
            return redirect("directory-desk")
        messages.success(request, _("Thank you. The secretariat looks at it before anybody else does."))
        return redirect("directory-mine")
    return _show_entry(request, form, None)


def _begin(request: HttpRequest, form: EntryForm) -> None:
    if not policy.can_list(request.user):
        actions.suggest_organisation(by=request.user, key=deed_key(request), **form.content)
        return
    actions.list_new(by=request.user, key=deed_key(request), **form.content)


def _entry_form(request: HttpRequest, about: str, **options: Any) -> EntryForm:
    """What was posted; with districts asked for, or after the door, what was typed is shown again and nothing judged."""
    if request.method == "POST" and request.POST.get("then") != DISTRICTS:
        return EntryForm(request.POST, **options)
    kept = request.POST if request.method == "POST" else drafts.recall(request, ENTRY, about=about)
    if not kept:
        return EntryForm(**options)
    return EntryForm(**options, initial=typed(kept) | {"shows_districts": request.method == "POST"})


def _show_entry(request: HttpRequest, form: EntryForm, listing: Listing | None) -> HttpResponse:
    context = {"form": form, "listing": listing, "is_suggestion": listing is None and not policy.can_list(request.user)}
    return render(request, "directory/entry_form.html", context, status=422 if form.is_bound else 200)


def _number(listing: Listing) -> int:
    return ListingRevision.objects.filter(listing=listing).values_list("number", flat=True).first() or 0


@signed_in(form=CHANNELS)
@once_agreed(form=CHANNELS)
@reads_or_posts
def organisation_contacts(request: HttpRequest, slug: str) -> HttpResponse:
    listing = own(request, slug)
    adds_one = request.POST.get("then") == MORE
    form = ChannelsForm(_one_more(request) if adds_one else request.POST or None, listing=listing, viewer=request.user)
    if request.method == "POST" and not adds_one and form.is_valid():
        change = partial(actions.set_channels, listing, by=request.user, key=deed_key(request), channels=form.channels)
        if done(form, change):
            messages.success(request, _("Saved. Each contact is shown to those you chose for it."))
            return redirect("organisation", slug=slug)
    context = {"form": form, "listing": listing, "summary": None if adds_one else Summary(form)}
    return render(request, "directory/contacts_form.html", context, status=422 if request.method == "POST" and not adds_one else 200)


def _one_more(request: HttpRequest) -> Any:
    """The rows as they were typed, and an empty one below them."""
    data = request.POST.copy()
    rows = str(data.get("way-TOTAL_FORMS", ""))
    data["way-TOTAL_FORMS"] = str(int(rows) + 1) if rows.isascii() and rows.isdigit() and len(rows) < 3 else "1"
    return data


@signed_in()
@reads_or_posts
def organisation_level(request: HttpRequest, slug: str) -> HttpResponse:
    """Who sees an entry: its stewards narrow it and ask for more, a safety reviewer decides about everybody."""
    listing = seen(request, slug)
    can_edit = policy.can_edit(request.user, listing.organisation)
    can_decide = policy.can_make_public(request.user, listing)
    require(can_edit or can_decide)
    form = LevelForm(request.POST if request.POST.get("then") == "level" else None, initial={"level": listing.organisation.visibility})
    if request.method == "POST" and _set_level(request, listing, form):
        return redirect(
            "directory-desk" if can_decide and not can_edit else "organisation", **({} if can_decide and not can_edit else {"slug": slug})
        )
    context = {
        "listing": listing,
        "form": form,
        "can_edit": can_edit,
        "can_decide": can_decide,
        "can_ask": policy.can_ask_public(request.user, listing) and listing.public_asked_at is None,
        "number": _number(listing),
        "channels": listing.channels.visible_to(request.user).filter(visibility="publik"),
    }
    return render(request, "directory/level.html", context, status=422 if request.method == "POST" else 200)


def _set_level(request: HttpRequest, listing: Listing, form: LevelForm) -> bool:
    wish, seen_number = request.POST.get("then"), request.POST.get("seen", "")
    told: dict[str, Any] = {"by": request.user, "key": deed_key(request)}
    if wish == "level" and form.is_valid():
        actions.set_level(listing, level=form.cleaned_data["level"], **told)
        messages.success(request, _("From now on these people see the entry, and nobody else."))
    elif wish == "ask":
        actions.ask_public(listing, **told)
        messages.success(request, _("Asked. A safety reviewer decides."))
    elif wish in {"open", "keep"} and seen_number.isascii() and seen_number.isdigit() and len(seen_number) < 10:
        decide = actions.make_public if wish == "open" else actions.keep_inside
        try:
            decide(listing, seen=int(seen_number), **told)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return False
        messages.success(request, _("Decided. Its stewards are told that there is news."))
    else:
        return False
    return True


@require_POST
@signed_in()
def organisation_still_right(request: HttpRequest, slug: str) -> HttpResponse:
    actions.confirm_listing(seen(request, slug), by=request.user, key=deed_key(request))
    messages.success(request, _("Confirmed as of today. Thank you."))
    return redirect("organisation", slug=slug)


@signed_in()
@require_GET
def organisation_history(request: HttpRequest, slug: str) -> HttpResponse:
    listing = seen(request, slug)
    told = writing.history(listing, viewer=request.user, older=request.GET.get("older", ""), newer=request.GET.get("newer", ""))
    if not told.revisions:
        raise Http404
    return render(request, "directory/history.html", {"listing": listing, "history": told})


# --- the picture


@require_safe
def organisation_logo(request: HttpRequest, slug: str) -> HttpResponseBase:
    listing = seen(request, slug)
    return serve(listing.logo, request, may=listing.logo is not None)


@signed_in()
@reads_or_posts
def organisation_logo_form(request: HttpRequest, slug: str) -> HttpResponse:
    listing = own(request, slug)
    if request.method == "POST" and request.POST.get("then") == "remove":
        actions.set_logo(listing, by=request.user, key=deed_key(request), incoming=None)
        messages.success(request, _("The picture is gone."))
        return redirect("organisation", slug=slug)
    form = LogoForm(request.POST or None, request.FILES or None)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            _take(request, listing, form)
        except ValidationError as refusal:
            form.add_error("upload", refusal)
            status = limits.STATUS.get(refusal.code or "", 422)
        else:
            messages.success(request, _("The picture stands with the entry."))
            return redirect("organisation", slug=slug)
    return limits.say_when(request, render(request, "directory/logo_form.html", {"listing": listing, "form": form}, status=status))


def _take(request: HttpRequest, listing: Listing, form: LogoForm) -> None:
    if left_out_a_file(request):
        raise Refused("too-large")
    limits.count(request, "upload", key=str(request.user.pk))
    upload = form.cleaned_data["upload"]
    if not has_room_for(upload.size, by=request.user):
        limits.refuse(request, after=seconds_until_room(by=request.user))
    with received(upload, accept=PICTURES) as incoming:
        actions.set_logo(listing, by=request.user, key=deed_key(request), incoming=incoming)
