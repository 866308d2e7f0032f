"""What pages about people write with."""

from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from cop_site.activity.models import Activity

from .. import policy
from ..models import Document, Level, Role, Task

register = template.Library()
NOBODY = AnonymousUser()

NAMES = {
    "role": _("role"),
    "was": _("before"),
    "until": _("until"),
    "ends_on": _("until"),
    "task": _("task"),
    "scope": _("place"),
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


@register.inclusion_tag("accounts/_muted.html", takes_context=True)
def muted_notice(context: Any) -> dict[str, Any]:
    """Where a form would stand: until when a muted person does not write, and where she reads why. Nothing for anybody else."""
    user = context.get("user", NOBODY)
    return {"until": user.muted_until if policy.is_muted(user) else None, "request": context.get("request")}
