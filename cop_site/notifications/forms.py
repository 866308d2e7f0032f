"""Forms of the settings: of what a mail tells, and a word to follow."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .choices import Level, Reason
from .selectors.wishing import word_choices


class MailForm(forms.Form):
    reasons = forms.MultipleChoiceField(
        label=_("A mail at once for"), choices=Reason.choices, widget=forms.CheckboxSelectMultiple, required=False
    )


class WordForm(forms.Form):
    word = forms.ChoiceField(
        label=_("Word"), help_text=_("You hear of new topics that carry it, or of none of them."), choices=word_choices
    )


class LevelForm(forms.Form):
    """What a button says: a topic, forum or saved search by its number, and the level; none ends the wish."""

    kind = forms.ChoiceField(choices=[(name, name) for name in ("forum", "topic", "saved-search")])
    about = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    level = forms.ChoiceField(choices=[("none", "none"), *Level.choices])
