"""What pages about people write with."""

from django import template
from django.utils.translation import gettext_lazy as _

from cop_site.activity.models import Activity

from ..models import Document, Level, Role, Task

register = template.Library()

NAMES = {
    "role": _("role"),
    "was": _("before"),
    "until": _("until"),
    "ends_on": _("until"),
    "task": _("task"),
    "person": _("person"),
    "organisation": _("organisation"),
    "revision": _("revision"),
    "level": _("visible to"),
    "evidence": _("evidence level"),
    "published": _("published"),
    "document": _("document"),
    "version": _("edition"),
    "significant": _("in substance"),
    "original": _("original"),
    "practice": _("practice"),
    "kind": _("kind of reason"),
}
CHOICES = {"role": Role, "was": Role, "task": Task.Kind, "level": Level, "document": Document}


@register.filter
def facts(activity: Activity) -> list[dict[str, str]]:
    """What the journal holds besides: ids and choices, in words where we have them."""
    return [
        {"name": str(NAMES.get(name, name)), "value": _words(name, value)} for name, value in activity.facts.items() if value is not None
    ]


def _words(name: str, value: object) -> str:
    choices = CHOICES.get(name)
    if choices and value in choices.values:
        return str(choices(value).label)
    return str(_("yes") if value is True else _("no") if value is False else value)
