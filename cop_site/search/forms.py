"""The shape of what people send about searches."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_site.accounts.forms import without_personal_data
from cop_site.core.text import one_line

from .asked import Asked


class NameForm(forms.Form):
    """What a saved search is called."""

    use_required_attribute = False
    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("Only you read it. Name nobody."))

    def clean_name(self) -> str:
        return without_personal_data(one_line(self.cleaned_data["name"]))


class SaveForm(NameForm):
    """A search to keep, under a name; its words pass the guard as well."""

    def __init__(self, *args: Any, asked: Asked, has_room: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked, self.has_room = asked, has_room

    def clean(self) -> dict[str, Any]:
        if not self.has_room:
            raise forms.ValidationError(_("You keep as many searches as there is room for. Delete one first."))
        without_personal_data(self.asked.text)
        return super().clean() or {}
