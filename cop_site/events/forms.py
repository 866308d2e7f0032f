"""The shapes of what is asked about events: the event itself, coming to it, and reasons."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_site.accounts.models import Circle, Level, Organisation
from cop_site.core import text as plain
from cop_site.screening.forms import Guarded
from cop_site.vocabulary import selectors as words

from . import rules
from .models import Event, Room

_NEEDED = {"required": gettext_lazy("Please write something here.")}
_OF_ONE = {Level.CIRCLE: "circle", Level.ORGANISATION: "organisation"}
_STEP = re.compile(r"\s*(\d{1,3})\s*\|\s*(.+)")


def _line(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=options.pop("max_length", rules.LONGEST_NAME), error_messages=_NEEDED, **options)


def _long(label: Any, *, rows: int = 3, most: int = rules.LONGEST_ABOUT, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), error_messages=_NEEDED, **options)


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    return forms.DateTimeField(label=label, widget=widget, error_messages=_NEEDED)


class EventForm(Guarded):
    """What an event is, when and where it is, for whom, and what happens in it."""

    TEXTS = ("name_id", "name_en", "about_id", "about_en", "place")
    name_id = _line(gettext_lazy("Name (Indonesian)"))
    name_en = _line(gettext_lazy("Name (English)"), required=False)
    about_id = _long(gettext_lazy("What it is about (Indonesian)"))
    about_en = _long(gettext_lazy("What it is about (English)"), required=False)
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who sees it"),
        help_text=gettext_lazy(
            "Once somebody has registered or spoken in the room it stays as it is. An event for everybody is announced by the secretariat; its words are then changed by the secretariat alone."
        ),
        choices=[(level.value, level.label) for level in rules.LEVELS],
        widget=forms.RadioSelect,
        initial=Level.NETWORK,
    )
    circle = forms.ModelChoiceField(
        None, label=gettext_lazy("Circle"), required=False, help_text=gettext_lazy("Where a circle sees it: one that you are in.")
    )
    organisation = forms.CharField(
        label=gettext_lazy("Organisation"),
        required=False,
        help_text=gettext_lazy("Where an organisation sees it: the last part of its address, /directory/this-part/"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    starts_at = _moment(gettext_lazy("Begins"))
    ends_at = _moment(gettext_lazy("Ends"))
    zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=Event.Zone.choices, widget=forms.RadioSelect, initial=Event.Zone.WIB)
    capacity = forms.IntegerField(
        label=gettext_lazy("Seats"),
        help_text=gettext_lazy("Whoever comes later waits and moves up."),
        min_value=1,
        max_value=rules.MOST_SEATS,
        initial=60,
    )
    province = forms.ChoiceField(label=gettext_lazy("Province"), required=False)
    regency = forms.ChoiceField(label=gettext_lazy("District"), required=False)
    place = _line(
        gettext_lazy("Place"),
        required=False,
        max_length=160,
        help_text=gettext_lazy("Only for events that everybody in the world may see."),
    )
    video_link = _line(
        gettext_lazy("Video link"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Begins with https://. Only those who have a seat see it."),
    )
    is_unattributed = forms.BooleanField(
        label=gettext_lazy("The room is without attribution"),
        required=False,
        help_text=gettext_lazy("What is said in it stands under no name."),
    )
    agenda_id = _long(
        gettext_lazy("Agenda (Indonesian)"), rows=7, most=5000, required=False, help_text=gettext_lazy("One step a line: minutes | step")
    )
    agenda_en = _long(
        gettext_lazy("Agenda (English)"),
        rows=7,
        most=5000,
        required=False,
        help_text=gettext_lazy("The same steps in the same order, or nothing."),
    )

    def __init__(self, *args: Any, viewer: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["circle"].queryset = Circle.objects.visible_to(viewer).order_by("name_id", "pk")  # type: ignore[attr-defined]
        self.fields["circle"].empty_label = _("Not chosen yet")  # type: ignore[attr-defined]
        self.organisations = Organisation.objects.visible_to(viewer)
        self.fields["province"].choices = [("", _("No province")), *((code, one.name) for code, one in words.provinces().items())]
        self.fields["regency"].choices = [("", _("The whole province")), *_regencies()]

    def clean_organisation(self) -> Organisation | None:
        slug = self.cleaned_data["organisation"]
        found = self.organisations.filter(slug=slug).first() if slug else None
        if slug and found is None:
            raise forms.ValidationError(_("There is no such organisation."))
        return found

    def clean(self) -> dict[str, Any]:
        """A circle or an organisation is only asked for where it sees the event; times are those of the chosen zone."""
        cleaned = super().clean() or {}
        for needs, name in _OF_ONE.items():
            if cleaned.get("visibility") != needs:
                cleaned[name] = None
                self.errors.pop(name, None)
        for name in ("starts_at", "ends_at"):
            if name in cleaned and "zone" in cleaned:
                cleaned[name] = timezone.make_naive(cleaned[name]).replace(tzinfo=ZoneInfo(cleaned["zone"]))
        if not self.errors:
            cleaned["steps"] = self._steps(cleaned.pop("agenda_id"), cleaned.pop("agenda_en"))
        return cleaned

    def _steps(self, told: str, in_english: str) -> list[dict[str, Any]]:
        steps, others = _read(told), _read(in_english)
        if others and len(others) != len(steps):
            self.add_error("agenda_en", _("Write as many steps as in Indonesian, or none."))
        pairs = zip(steps, others or [(None, "")] * len(steps), strict=False)
        return [{"minutes": minutes, "name_id": name, "name_en": other} for (minutes, name), (_minutes, other) in pairs]


def _read(agenda: str) -> list[tuple[int | None, str]]:
    lines = [plain.one_line(line) for line in agenda.splitlines() if line.strip()]
    return [(int(found[1]), found[2]) if (found := _STEP.fullmatch(line)) else (None, line) for line in lines]


def _regencies() -> list[tuple[str, list[tuple[str, str]]]]:
    inside: dict[str, list[tuple[str, str]]] = {code: [] for code in words.provinces()}
    for code, regency in words.regencies().items():
        inside[regency.province_id].append((code, regency.name))
    return [(words.provinces()[code].name, rows) for code, rows in inside.items()]


def agenda_of(steps: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Steps as the lines of the form."""
    in_english = any(step["name_en"] for step in steps)
    said = {language: "\n".join(_written(step, step[f"name_{language}"]) for step in steps) for language in ("id", "en")}
    return {"agenda_id": said["id"], "agenda_en": said["en"] if in_english else ""}


def _written(step: dict[str, Any], name: str) -> str:
    return f"{step['minutes']} | {name}" if step["minutes"] else name


def initial_of(event: Event) -> dict[str, Any]:
    """What the form says of an event that there is."""
    names = (
        "name_id",
        "name_en",
        "about_id",
        "about_en",
        "visibility",
        "circle",
        "zone",
        "capacity",
        "province",
        "regency",
        "place",
        "video_link",
    )
    hall = event.rooms.get(kind=Room.Kind.HALL)
    return {
        **{name: getattr(event, name) for name in names},
        **{name: _there(event, getattr(event, name)) for name in ("starts_at", "ends_at")},
        "organisation": event.organisation.slug if event.organisation else "",
        "is_unattributed": hall.is_unattributed,
        **agenda_of(list(event.steps.values("minutes", "name_id", "name_en"))),
    }


def _there(event: Event, moment: datetime) -> datetime:
    """A moment as clocks show it where the event is."""
    return moment.astimezone(ZoneInfo(event.zone)).replace(tzinfo=None)


class RsvpForm(Guarded):
    """Coming to an event."""

    TEXTS = ("text",)
    language = forms.ChoiceField(label=gettext_lazy("Language you speak there"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    text = _long(
        gettext_lazy("What you need in order to take part"),
        most=rules.LONGEST_NEEDS,
        required=False,
        help_text=gettext_lazy(
            "For example: sign language, large print, a place for a child. The convenor and the secretariat read it; 30 days after the end it is deleted."
        ),
    )
    would_facilitate = forms.BooleanField(label=gettext_lazy("I am willing to facilitate a group"), required=False)
    would_take_notes = forms.BooleanField(label=gettext_lazy("I am willing to take notes"), required=False)
    consent = forms.BooleanField(
        label=gettext_lazy("I agree that this is kept"), error_messages={"required": gettext_lazy("Without this you cannot be registered.")}
    )


class ReasonForm(Guarded):
    """Why something is done; where it is read says the page."""

    TEXTS = ("reason",)
    reason = _line(gettext_lazy("Why"), max_length=300)
