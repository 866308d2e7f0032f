"""The shape of what people send about reading lists."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cop_site.accounts.models import Circle, Level, Organisation, User
from cop_site.accounts.policy import circles_of
from cop_site.core import text
from cop_site.screening.guard import screen_fields

from ..models import ReadingList, ReadingListEntry
from .findings import Shown, shown
from .parts import Words

LONGEST_NOTE = 240
UP, DOWN, OFF = "up", "down", "off"
_STEPS = {UP: -1, DOWN: 1}


class ListForm(forms.Form):
    """A list's title, introduction and readers; with ``entries`` their notes and order as well."""

    use_required_attribute = False
    title = Words(label=gettext_lazy("Title"), max_length=160, help_text=gettext_lazy("For whom or for what it is put together."))
    intro = Words(
        label=gettext_lazy("Introduction"),
        max_length=2000,
        required=False,
        widget=forms.Textarea,
        help_text=gettext_lazy("Why these texts, and where to begin."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the text"), choices=settings.LANGUAGES)
    visibility = forms.ChoiceField(label=gettext_lazy("Who may see the list"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, author: User, reading_list: ReadingList | None = None, entries: Any = (), **options: Any) -> None:
        super().__init__(*args, initial=options.pop("initial", None) or _initial(reading_list), **options)
        self.entries = list(entries)
        self.findings: dict[str, list[Shown]] = {}
        levels = [Level.NETWORK, Level.PRIVATE]
        self._offer("circle", Circle.objects.filter(pk__in=circles_of(author)).order_by("name_id"), _("Which circle"), levels)
        self._offer("organisation", Organisation.objects.joined_by(author).order_by("name"), _("Which organisation"), levels)
        if reading_list and reading_list.visibility == Level.PUBLIC:
            levels.insert(0, Level.PUBLIC)
        self.fields["visibility"].choices = [(level.value, level.label) for level in Level if level in levels]  # type: ignore[attr-defined]
        self.choice_help = {"visibility": _told_levels()}

    def _offer(self, name: str, rows: Any, label: str, levels: list[Level]) -> None:
        if rows:
            levels.append(Level.CIRCLE if name == "circle" else Level.ORGANISATION)
            self.fields[name] = forms.ModelChoiceField(rows, label=label, required=False, empty_label=_("Not chosen yet"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        level = cleaned.get("visibility")
        for name, needed in (("circle", Level.CIRCLE), ("organisation", Level.ORGANISATION)):
            cleaned.setdefault(name, None)
            if level == needed and cleaned[name] is None:
                self.add_error(name, _("Please choose one."))
        content = {name: cleaned.get(name, "") for name in ("title", "intro")} | {"notes": [row["note"] for row in self.rows]}
        self.findings = shown(content, screen_fields(content))
        return cleaned

    def is_valid(self) -> bool:
        return super().is_valid() and not any(one.action == "block" for found in self.findings.values() for one in found)

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The entries in the order that was sent, each with the note that stands in its box."""
        places = {pk: place for place, pk in enumerate(self.data.getlist("entry"))} if self.is_bound else {}
        ordered = sorted(self.entries, key=lambda entry: places.get(str(entry.pk), len(places)))
        return [{"entry": entry, "note": self._note(entry)} for entry in ordered]

    def _note(self, entry: ReadingListEntry) -> str:
        typed = self.data.get(f"note-{entry.pk}") if self.is_bound else None
        return entry.note if typed is None else text.one_line(typed)[:LONGEST_NOTE]

    @property
    def note_findings(self) -> dict[int, list[Shown]]:
        """What the guard found in notes, by the place of the entry."""
        found: dict[int, list[Shown]] = {}
        for one in self.findings.get("notes", []):
            found.setdefault(one.index or 0, []).append(one)
        return found

    @property
    def arranged(self) -> list[tuple[int, str]]:
        """Numbers and notes, after what the pressed button wishes: one place up, one down, or off the list."""
        said = [(row["entry"].pk, row["note"]) for row in self.rows]
        wish, _sign, pk = str(self.data.get("then", "")).partition(":")
        at = next((place for place, (number, _note) in enumerate(said) if str(number) == pk), None)
        if at is None or wish not in {UP, DOWN, OFF}:
            return said
        moved = said.pop(at)
        if wish != OFF:
            said.insert(max(0, at + _STEPS[wish]), moved)
        return said


class AddForm(forms.Form):
    """Into which of one's lists a practice goes, and why."""

    use_required_attribute = False
    note = Words(
        label=gettext_lazy("Why it stands in this list"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=gettext_lazy("One sentence for whoever reads the list. Name nobody."),
    )

    def __init__(self, *args: Any, lists: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.findings: dict[str, list[Shown]] = {}
        self.fields["reading_list"] = forms.ModelChoiceField(
            lists, label=_("Reading list"), empty_label=None, to_field_name="slug", error_messages={"required": _("Please choose one.")}
        )
        self.fields["reading_list"].label_from_instance = lambda one: one.title  # type: ignore[attr-defined]
        self.order_fields(["reading_list", "note"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        content = {"note": cleaned.get("note", "")}
        self.findings = shown(content, screen_fields(content))
        return cleaned

    def is_valid(self) -> bool:
        return super().is_valid() and not any(one.action == "block" for found in self.findings.values() for one in found)


def _initial(reading_list: ReadingList | None) -> dict[str, Any]:
    if reading_list is None:
        return {"visibility": Level.NETWORK, "language": get_language() or settings.LANGUAGE_CODE}
    names = ("title", "intro", "language", "visibility", "circle", "organisation")
    return {name: getattr(reading_list, name) for name in names}


def _told_levels() -> dict[str, str]:
    return {
        Level.PUBLIC: _("It is public now. New words put it back into the network until somebody has read them."),
        Level.NETWORK: _("Verified members; researchers and observers too. Never the public."),
        Level.CIRCLE: _("Only the people of one circle you are in."),
        Level.ORGANISATION: _("Only people who belong to the organisation."),
        Level.PRIVATE: _("Only you."),
    }
