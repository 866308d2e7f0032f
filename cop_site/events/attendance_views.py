"""Who came to several events: their numbers side by side, and a list with names for a reason."""

from datetime import timedelta
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core.access import require
from cop_site.screening.forms import done

from . import actions, attending, guests, policy
from .forms import ReasonForm
from .models import Event

A_YEAR = timedelta(days=365)
_NEEDED = {"required": gettext_lazy("Please choose a day."), "invalid": gettext_lazy("Please choose a day.")}


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), error_messages=_NEEDED)


class SpanForm(forms.Form):
    """From when until when."""

    use_required_attribute = False
    first = _day(gettext_lazy("First day"))
    last = _day(gettext_lazy("Last day"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "first" in said and "last" in said and said["last"] < said["first"]:
            self.add_error("last", _("The last day comes after the first."))
        return said


class _Events(forms.ModelMultipleChoiceField):
    def label_from_instance(self, event: Any) -> str:
        return f"{event.name} · {timezone.localtime(event.starts_at):%d.%m.%Y}"


class TakeForm(ReasonForm):
    """Of which events the list is taken, and why."""

    events = _Events(
        queryset=Event.objects.none(),
        label=gettext_lazy("Events"),
        to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Please choose one."), "invalid_choice": gettext_lazy("This choice does not exist.")},
    )
    field_order = ("events", "reason")

    def __init__(self, *args: Any, events: list[Event], **options: Any) -> None:
        super().__init__(*args, **options, initial={"events": [event.slug for event in events]})
        found: Any = self.fields["events"]
        found.queryset = Event.objects.filter(pk__in=[event.pk for event in events]).newest_first()


@signed_in()
@once_agreed()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def events_attendance(request: HttpRequest) -> HttpResponse:
    """Choose days, see the numbers, choose events, say why, take the list. The days stand in the address, also of what is sent."""
    require(policy.can_look_over_events(request.user))
    today = timezone.localdate()
    span = SpanForm(request.GET if "first" in request.GET else {"first": today - A_YEAR, "last": today})
    events = attending.events_between(request.user, **span.cleaned_data) if span.is_valid() else []
    is_too_much = len(events) > attending.MOST
    events = events[: attending.MOST]
    form = TakeForm(request.POST if request.method == "POST" else None, events=events)
    if form.is_bound and form.is_valid() and _is_taken(request, form):
        return _file(attending.sheet_of(form.cleaned_data["events"], request.user))
    context = {"span": span, "events": events, "is_too_much": is_too_much, "form": form, "most": attending.MOST, "fewest": guests.FEWEST}
    status = 422 if form.is_bound or not span.is_valid() else 200
    return render(request, "events/attendance.html", context | attending.tables_of(events), status=status)


def _is_taken(request: HttpRequest, form: TakeForm) -> bool:
    said = form.cleaned_data
    return done(form, partial(actions.take_attendance_of, list(said["events"]), by=request.user, reason=said["reason"]))


def _file(sheet: str) -> HttpResponse:
    answer = HttpResponse(sheet, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="hadir-{timezone.localdate():%Y%m%d}.csv"'
    return answer
