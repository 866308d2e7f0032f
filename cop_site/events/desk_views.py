"""The desk of those who lead an event, what they take from it, and certificates."""

from functools import partial

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.accounts.models import User
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key
from cop_site.core.records.cells import sheet
from cop_site.screening.forms import done

from . import actions, guests, policy
from .forms import ReasonForm
from .making_views import seen
from .models import Event


class InviteForm(forms.Form):
    """Whom to ask, by the handle they told: there is no list of people to pick from."""

    use_required_attribute = False
    person = forms.ModelChoiceField(
        label=gettext_lazy("Handle"),
        queryset=User.objects.none(),
        to_field_name="handle",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Each person finds their handle on their own page of circles."),
        error_messages={
            "invalid_choice": gettext_lazy("Nobody who can be invited has this handle."),
            "required": gettext_lazy("Please write something here."),
        },
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["person"].queryset = User.objects.for_circles()  # type: ignore[attr-defined]


@signed_in()
@once_agreed()
@never_cache
@require_safe
def event_desk(request: HttpRequest, slug: str) -> HttpResponse:
    return _show(request, kept(request, slug))


@require_POST
@signed_in()
def event_invite(request: HttpRequest, slug: str) -> HttpResponse:
    event, form = kept(request, slug), InviteForm(request.POST)
    if not form.is_valid():
        return _show(request, event, invite=form, status=422)
    person = form.cleaned_data["person"]
    actions.invite(event, person, by=request.user, key=deed_key(request))
    messages.success(request, _("%(name)s is invited and told of it.") % {"name": person.name})
    return redirect("event-desk", slug)


@require_POST
@signed_in()
def event_attendance(request: HttpRequest, slug: str) -> HttpResponse:
    """Who was there; with the other button, certificates for them too. Only what was changed on the page counts: it may be out of date."""
    event = kept(request, slug)
    before, now = set(handles_in(request, "stood_ticked")), set(handles_in(request, "was_there"))
    actions.mark_attendance(event, now - before, not_there=before - now, by=request.user, key=deed_key(request))
    if request.POST.get("then") == "certificates":
        actions.give_certificates(event, by=request.user)
    messages.success(request, _("Saved."))
    return redirect("event-desk", slug)


@require_POST
@signed_in()
def event_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The list of those who were there as CSV, once the journal has the reason."""
    event, form = kept(request, slug), ReasonForm(request.POST)
    taken = form.is_valid() and done(form, partial(actions.take_attendance, event, by=request.user, reason=form.cleaned_data["reason"]))
    if not taken:
        return _show(request, event, take=form, status=422)
    answer = HttpResponse(_table(request, event), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{event.slug}.csv"'
    return answer


def _table(request: HttpRequest, event: Event) -> str:
    came = guests.labels(row for row in guests.guests_of(event, request.user) if row.has_attended)
    rows = ([one["row"].person.name, one["scale"], "; ".join(one["mandates"]), one["row"].language] for one in came)
    return sheet([[_("Name"), _("Scale of service"), _("Mandates"), _("Language")], *rows])


@signed_in()
@once_agreed()
@require_safe
def event_report(request: HttpRequest, slug: str) -> HttpResponse:
    event = kept(request, slug)
    return render(request, "events/report.html", {"event": event, "report": guests.report_of(event), "fewest": guests.FEWEST})


@signed_in()
@require_safe
def event_certificate(request: HttpRequest, slug: str) -> HttpResponse:
    """One's own certificate, to print."""
    own = guests.registration_at(request.user, slug)
    if own is None or not own.certificate or not own.has_attended:
        raise Http404
    return render(request, "events/certificate.html", {"event": own.event, "own": own})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def certificates(request: HttpRequest) -> HttpResponse:
    """Anybody who holds a certificate sees whether its code is one of ours."""
    asked = request.method == "POST"
    found = guests.certified(request.POST.get("code", "")) if asked else None
    is_seen = found is not None and Event.objects.visible_to(request.user).filter(pk=found.event_id).exists()
    return render(request, "events/certificates.html", {"asked": asked, "found": found, "is_seen": is_seen})


def handles_in(request: HttpRequest, name: str) -> list[str]:
    """The boxes that were ticked; no handle holds a sign that databases refuse."""
    return [handle for handle in request.POST.getlist(name) if "\0" not in handle]


def kept(request: HttpRequest, slug: str) -> Event:
    """The event at this address, where the reader looks after those who come."""
    event = seen(request, slug)
    require(policy.keeps_desk(request.user, event) and not event.is_draft)
    return event


def _show(
    request: HttpRequest, event: Event, *, invite: InviteForm | None = None, take: ReasonForm | None = None, status: int = 200
) -> HttpResponse:
    rows = guests.labels(guests.guests_of(event, request.user))
    context = {
        "event": event,
        "coming": [one for one in rows if not one["row"].is_waiting],
        "waiting": [one for one in rows if one["row"].is_waiting],
        "invited": guests.invited(event),
        "reads_needs": policy.reads_needs(request.user, event),
        "can_take_out": policy.can_take_out(request.user, event),
        "can_name": policy.can_name_offices(request.user, event),
        "invite": (invite or InviteForm()) if policy.can_invite(request.user, event) else None,
        "take": take or ReasonForm(),
    }
    return render(request, "events/desk.html", context, status=status)
