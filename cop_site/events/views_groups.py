"""Groups, for those who lead an event; and why somebody sits in hers, for herself."""

import re
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.accounts.models import User
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key
from cop_site.screening.forms import done

from . import actions, groups_page, guests, pace, policy, rounds, selectors
from .forms import ReasonForm
from .groups_forms import ApartForm, ComposeForm, SayForm
from .machine_views import act
from .making_views import seen
from .models import Apart, Event, Room, Round
from .ordering import order_of
from .refusing import STATUS, Refused
from .writer import write

Forms = dict[str, Any]


@signed_in()
@once_agreed()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def event_groups(request: HttpRequest, slug: str) -> HttpResponse:
    """The page; what is sent to it composes the next round."""
    event = _led(request, slug)
    if request.method != "POST":
        return _show(request, event)
    form = ComposeForm(request.POST)
    if not form.is_valid():
        return _show(request, event, compose=form, status=422)
    again = request.POST.get("then") == "again"
    refusal = _told(request, event, "breakout.compose", form.said(again=again, named=guests.named_in(event)))
    if refusal:
        form.add_error(None, refusal.detail)
        return _show(request, event, compose=form, status=STATUS[refusal.code])
    messages.success(request, _("The groups are composed. Nobody else sees them until you open them."))
    return redirect("event-groups", slug)


@require_POST
@signed_in()
def event_groups_change(request: HttpRequest, slug: str) -> HttpResponse:
    """One change by hand: of the draft, or a seat for somebody who came late."""
    event = _led(request, slug)
    try:
        _change(request, event)
    except Refused as refusal:
        messages.error(request, refusal.detail)
    group = _number(request.POST.get("group", "")) if request.POST.get("change") == "move" else 0
    return redirect(reverse("event-groups", args=[slug]) + (f"#kelompok-{group}" if group else ""))


def _change(request: HttpRequest, event: Event) -> None:
    change, handle = request.POST.get("change", ""), request.POST.get("person", "").replace("\0", "")
    options = {"by": request.user, "key": deed_key(request)}
    status = Round.Status.OPEN if change == "late" else Round.Status.DRAFT
    round_ = groups_page.round_of(event, status)
    if round_ is None:
        raise Refused("invalid", detail="no_round")
    if change == "late":
        seat = actions.seat_late(round_, handle, **options)
        messages.success(
            request, _("%(name)s sits in group %(group)d now. Nobody else moved.") % {"name": seat.person.name, "group": seat.group}
        )
        return
    if change == "move":
        actions.move_seat(round_, handle, _number(request.POST.get("group", "")), **options)
    elif change in ("pin", "unpin"):
        actions.pin_seat(round_, handle, change == "pin", **options)
    else:
        actions.give_office(round_, handle, change, **options)
    messages.success(request, _("Changed."))


@require_POST
@signed_in()
def event_groups_apart(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a pair on the list of those who must not meet, or take one off."""
    event = _led(request, slug)
    if "pair" in request.POST:
        pair = get_object_or_404(Apart.objects.select_related("event"), event=event, pk=_number(request.POST["pair"]))
        actions.let_meet(pair, by=request.user, key=deed_key(request))
        return redirect("event-groups", slug)
    form = ApartForm(request.POST, people=_people(event))
    if form.is_valid():
        try:
            actions.keep_apart(event, by=request.user, key=deed_key(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.detail)
    if form.errors:
        return _show(request, event, apart=form, status=422)
    messages.success(request, _("Kept. It counts from the next composing on."))
    return redirect("event-groups", slug)


@signed_in()
@once_agreed()
@require_http_methods(["GET", "HEAD", "POST"])
def event_groups_open(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask once more, then a room for each group."""
    return _confirmed(request, _led(request, slug), Round.Status.DRAFT)


@signed_in()
@once_agreed()
@require_http_methods(["GET", "HEAD", "POST"])
def event_groups_close(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what comes back, then call everybody back to the hall."""
    return _confirmed(request, _led(request, slug), Round.Status.OPEN)


def _confirmed(request: HttpRequest, event: Event, status: str) -> HttpResponse:
    round_ = groups_page.round_of(event, status)
    if round_ is None:
        raise Http404
    context: Forms = {"event": event, "round": round_, "is_open": status == Round.Status.OPEN, "state": groups_page.state_of(round_)}
    if request.method != "POST":
        return render(request, "events/groups_confirm.html", context)
    refusal = _told(request, event, "breakout.close" if context["is_open"] else "breakout.open", {})
    if refusal:
        return render(request, "events/groups_confirm.html", context | {"refusal": refusal.detail}, status=STATUS[refusal.code])
    messages.success(request, _("The groups are closed.") if context["is_open"] else _("The groups are open."))
    return redirect("event-groups", event.slug)


@require_POST
@signed_in()
def event_groups_say(request: HttpRequest, slug: str) -> HttpResponse:
    """A timer or an announcement into each open group."""
    event, form = _led(request, slug), SayForm(request.POST)
    refusal = _say(request, event, form) if form.is_valid() else None
    if refusal:
        form.add_error(None, refusal.detail)
    if form.errors:
        return _show(request, event, say=form, status=422)
    messages.success(request, _("Said in all groups."))
    return redirect("event-groups", slug)


def _say(request: HttpRequest, event: Event, form: SayForm) -> Refused | None:
    """Each room gets an order of its own, under a number made from the form's: sent twice it is said once."""
    action, data = form.frame()
    key = deed_key(request) or uuid4()
    rooms = Room.objects.filter(event=event, kind=Room.Kind.GROUP, closed_at=None).order_by("number")
    try:
        if not pace.lets(request.user.pk):
            raise Refused("rate_limited")
        frames = [(room.pk, {"action": action, "client_id": str(uuid5(key, str(room.pk))), "data": data}) for room in rooms]
        outcomes = [write(order) for order in [order_of(frame, room=pk, by=request.user.pk) for pk, frame in frames]]
    except Refused as refusal:
        return refusal
    return next((outcome for outcome in outcomes if isinstance(outcome, Refused)), None)


@require_POST
@signed_in()
def event_groups_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Who sits in which group as CSV for video tools, once the journal has the reason."""
    event, form = _led(request, slug), ReasonForm(request.POST)
    round_ = _newest(event)
    if round_ is None:
        raise Http404
    if not form.is_valid() or not done(form, lambda: actions.take_groups(round_, by=request.user, reason=form.cleaned_data["reason"])):
        return _show(request, event, take=form, status=422)
    answer = HttpResponse(groups_page.table_of(round_), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{event.slug}-{round_.number}.csv"'
    return answer


@signed_in()
@once_agreed()
@require_safe
def event_group_why(request: HttpRequest, slug: str, room: UUID) -> HttpResponse:
    """One's own reasons, in words; about nobody else."""
    event = seen(request, slug)
    found = selectors.room_for(request.user, room)
    told = groups_page.reasons_for(request.user, found) if found and found.event_id == event.pk else None
    if told is None:
        raise Http404
    seat, why = told
    return render(request, "events/group_why.html", {"event": event, "room": found, "seat": seat, "why": why})


def _led(request: HttpRequest, slug: str) -> Event:
    """The event at this address, where the reader leads it."""
    event = seen(request, slug)
    require(policy.keeps_desk(request.user, event) and not event.is_draft)
    return event


def _number(typed: str) -> int:
    """A number as a form sends it; 0, which stands for nothing, where it is none."""
    return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else 0


def _people(event: Event) -> Any:
    return User.objects.filter(pk__in=[person.pk for person in rounds.people_of(event)])


def _told(request: HttpRequest, event: Event, action: str, data: dict[str, Any]) -> Refused | None:
    """Through the log of the hall, as everything about rooms."""
    hall = event.rooms.get(kind=Room.Kind.HALL)
    frame = {"action": action, "client_id": str(deed_key(request) or uuid4()), "data": data}
    outcome = act(request, frame, hall.pk)
    return outcome if isinstance(outcome, Refused) else None


def _newest(event: Event) -> Round | None:
    return groups_page.round_of(event, Round.Status.DRAFT) or groups_page.round_of(event, Round.Status.OPEN)


def _show(request: HttpRequest, event: Event, *, status: int = 200, **given: Any) -> HttpResponse:
    draft, running = (groups_page.round_of(event, one) for one in (Round.Status.DRAFT, Round.Status.OPEN))
    crowd, named = rounds.crowd_of(event, {}), guests.named_in(event)
    only = {f"only_{office}": not draft or office in draft.wish for office in named}
    context: Forms = {
        "event": event,
        "is_live": event.rooms.get(kind=Room.Kind.HALL).is_live,
        "counts": groups_page.counts_of(crowd),
        "draft": draft,
        "running": running,
        "pairs": groups_page.apart_of(event),
        "compose": ComposeForm(initial={"mode": "sejenis", "organisations": "any", "seed": 0} | (draft.wish if draft else {}) | only),
        "named": groups_page.named_of(named),
        "apart": ApartForm(people=User.objects.none()),
        "take": ReasonForm(),
    }
    if draft:
        context |= {
            "groups": groups_page.groups_of(draft, crowd, request.user),
            "unmet": groups_page.unmet_of(draft),
            "broken": groups_page.broken_of(draft),
        }
    if running:
        context |= {"state": groups_page.state_of(running), "late": groups_page.late_of(running), "say": SayForm()}
    return render(request, "events/groups.html", context | given, status=status)
