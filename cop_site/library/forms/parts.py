"""Fields and widgets that the practice template needs and Django does not have."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cop_site.core import text


class Words(forms.CharField):
    """A text in members' words: what the guard reads is what will be stored."""

    def to_python(self, value: Any) -> str:
        return super().to_python(text.normal(value) if isinstance(value, str) else value)


class TextList(forms.Widget):
    """Several texts under one name; ``library/_items.html`` draws them, a box each."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return data.getlist(name) if hasattr(data, "getlist") else list(data.get(name) or [])

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data


class WordsList(forms.Field):
    """A list of texts, one box each; empty boxes do not count."""

    widget = TextList

    def __init__(self, *, at_least: int = 1, at_most: int = 12, **options: Any) -> None:
        self.at_least, self.at_most = at_least, at_most
        super().__init__(**options)

    def clean(self, value: Any) -> list[str]:
        return [words for words in (text.normal(one).strip() for one in value or []) if words]


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


def yes_or_no(value: str) -> bool:
    """What the two answers of a yes-or-no question mean."""
    return value == "yes"
