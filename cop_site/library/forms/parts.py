"""Fields and widgets that the practice template needs and Django does not have."""

import re
from datetime import date
from itertools import zip_longest
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cop_site.core import text

LONGEST_CELL, LONGEST_ITEM = 500, 5_000


class Words(forms.CharField):
    """A text in members' words: what the guard reads is what will be stored."""

    def to_python(self, value: Any) -> str:
        return super().to_python(text.normal(value) if isinstance(value, str) else value)


class TextList(forms.Widget):
    """Several texts under one name, a box each; the page draws them itself."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return data.getlist(name) if hasattr(data, "getlist") else list(data.get(name) or [])

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data


class WordsList(forms.Field):
    """A list of texts, one box each; empty boxes do not count."""

    widget = TextList
    default_error_messages = {
        "too_long": ngettext_lazy("A box takes at most %(number)d character.", "A box takes at most %(number)d characters.", "number")
    }

    def __init__(self, *, at_least: int = 1, at_most: int = 12, **options: Any) -> None:
        self.at_least, self.at_most = at_least, at_most
        super().__init__(**options)

    def clean(self, value: Any) -> list[str]:
        if any(len(one) > LONGEST_ITEM for one in value or []):
            raise ValidationError(self.error_messages["too_long"] % {"number": LONGEST_ITEM}, code="too_long")
        return [words for words in (text.normal(one).strip() for one in value or []) if words]


class CellRows(forms.Widget):
    """Rows of a small table. Every cell is sent under the name of its column, so the rows are those that stand side by side."""

    def __init__(self, columns: list[str]) -> None:
        super().__init__()
        self.columns = columns

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        sent = [data.getlist(f"{name}-{column}") if hasattr(data, "getlist") else [] for column in self.columns]
        return [dict(zip(self.columns, cells, strict=True)) for cells in zip_longest(*sent, fillvalue="")]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}-{column}" in data for column in self.columns)


class Table(forms.Field):
    """Rows of named cells; rows without a word do not count."""

    widget = CellRows
    default_error_messages = {
        "too_long": ngettext_lazy("A cell takes at most %(number)d character.", "A cell takes at most %(number)d characters.", "number")
    }

    def __init__(self, *, columns: list[str], at_most: int = 12, **options: Any) -> None:
        self.columns, self.at_least, self.at_most = columns, 1, at_most
        super().__init__(widget=CellRows(columns), **options)

    def clean(self, value: Any) -> list[dict[str, str]]:
        if any(len(cell) > LONGEST_CELL for row in value or [] for cell in row.values()):
            raise ValidationError(self.error_messages["too_long"] % {"number": LONGEST_CELL}, code="too_long")
        rows = [{column: text.one_line(row.get(column) or "") for column in self.columns} for row in value or []]
        return [row for row in rows if any(row.values())]


class Month(forms.Field):
    """A month of a year. Browsers without a month picker send what was typed: 2026-03 or 03/2026."""

    widget = forms.TextInput(attrs={"type": "month", "inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Please write the month like 2026-03 or 03/2026.")}
    _forms = (re.compile(r"(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})"), re.compile(r"(?P<month>\d{1,2})[-/. ](?P<year>(?:19|20)\d\d)"))

    def to_python(self, value: str | None) -> date | None:
        typed = (value or "").strip()
        if not typed:
            return None
        for form in self._forms:
            if (found := form.fullmatch(typed)) and 1 <= int(found["month"]) <= 12:
                return date(int(found["year"]), int(found["month"]), 1)
        raise ValidationError(self.error_messages["invalid"], code="invalid")

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%Y-%m") if isinstance(value, date) else value


class Year(forms.Field):
    """A year, kept as its first day."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Please write the year with four digits, like 2024.")}

    def to_python(self, value: str | None) -> date | None:
        typed = (value or "").strip()
        if not typed:
            return None
        if not re.fullmatch(r"(?:19|20)[0-9]{2}", typed):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return date(int(typed), 1, 1)

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%Y") if isinstance(value, date) else value


class Day(forms.DateField):
    """A day, as a browser's own picker sends it; typed, as people here write it."""

    widget = forms.DateInput(attrs={"type": "date", "autocomplete": "off"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": _("Please write the day like 2026-03-31 or 31/3/2026.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"], **options)


def yes_or_no(value: str) -> bool:
    """What the two answers of a yes-or-no question mean."""
    return value == "yes"
