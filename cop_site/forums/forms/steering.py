"""The shape of what moderators say: reasons, other titles, and where topics and posts go."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_site.screening.forms import Guarded

from .. import rules
from ..models import Forum, Post, Topic

LONGEST_REASON = 600
_ADDRESS = re.compile(r"(?:^|/t/)(\d{1,12})(?:[/?#].*)?$")
_CHOOSE = {"required": gettext_lazy("Please choose one."), "invalid_choice": gettext_lazy("Please choose one.")}


def reason_field(label: Any, help: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Please write something here.")},
    )


class ReasonForm(Guarded):
    """A reason that is told to those concerned."""

    TEXTS = ("reason",)
    reason = reason_field(gettext_lazy("Why"), gettext_lazy("It is told to whoever wrote it. Name rules and roles, no people."))


class TitleForm(Guarded):
    TEXTS = ("title",)
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=rules.LONGEST_TITLE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Please write something here.")},
    )


class MoveForm(Guarded):
    """Another forum that the moderator reads."""

    forum = forms.ModelChoiceField(None, label=gettext_lazy("Into which forum"), error_messages=_CHOOSE)

    def __init__(self, *args: Any, viewer: Any, topic: Topic, **options: Any) -> None:
        super().__init__(*args, **options)
        others = Forum.objects.visible_to(viewer).open().exclude(pk=topic.forum_id)
        _ask_for(self.fields["forum"], others, _("Not chosen yet"))


class SplitForm(TitleForm):
    """Some posts of a topic, and what they are about."""

    posts = forms.ModelMultipleChoiceField(
        None, label=gettext_lazy("Posts"), error_messages={"required": gettext_lazy("Choose some of the posts; at least one has to stay.")}
    )
    forum = forms.ModelChoiceField(None, label=gettext_lazy("Into another forum"), required=False, error_messages=_CHOOSE)

    def __init__(self, *args: Any, viewer: Any, topic: Topic, **options: Any) -> None:
        super().__init__(*args, **options)
        placed = Post.objects.visible_to(viewer).filter(topic=topic, number__isnull=False)
        self.fields["posts"].queryset = placed  # type: ignore[attr-defined]
        others = Forum.objects.visible_to(viewer).open().exclude(pk=topic.forum_id)
        _ask_for(self.fields["forum"], others, _("It stays in this forum"))


class MergeForm(Guarded):
    """Which topic takes in the posts of this one."""

    into = forms.CharField(
        label=gettext_lazy("Into which topic"),
        help_text=gettext_lazy("Its number, or its whole address."),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Please write something here.")},
    )

    def __init__(self, *args: Any, viewer: Any, topic: Topic, **options: Any) -> None:
        super().__init__(*args, **options)
        self.others = Topic.objects.visible_to(viewer).shown().exclude(pk=topic.pk).select_related("forum")

    def clean_into(self) -> Topic:
        said = _ADDRESS.search(self.cleaned_data["into"])
        found = self.others.filter(pk=said[1]).first() if said else None
        if found is None:
            raise forms.ValidationError(_("There is no such topic."))
        return found


def _ask_for(field: Any, forums: Any, empty: str) -> None:
    field.queryset, field.empty_label = forums.in_order(), empty
