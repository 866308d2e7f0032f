"""What pages write with that let their readers report something, and what the desk says of time."""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cop_site.forums.choices import ABOUT_THE_PERSON
from cop_site.forums.choices import why_held as sentence_of

from .. import policy
from ..choices import Origin, Severity

register = template.Library()

TONES = {Severity.GRAVE: "stop", Severity.HIGH: "wait"}
WHY_HELD = {
    "first-posts": (gettext_lazy("First post"), "", "eye"),
    "links": (gettext_lazy("Links"), "", "link"),
    "findings": (gettext_lazy("Personal details"), "stop", "shield-alert"),
    "rules": (gettext_lazy("Personal details"), "stop", "shield-alert"),
    "watched": (gettext_lazy("Watched word"), "wait", "eye"),
    "repeated": (gettext_lazy("Said before"), "", "refresh-cw"),
}


@register.inclusion_tag("moderation/_report_link.html", takes_context=True)
def report_link(context: Any, kind: str, row: Any, is_own: bool = False) -> dict[str, Any]:
    """A quiet way to say that ``row`` does harm, for those who may; nobody reports what is one's own."""
    user = context["request"].user
    made_by = next((getattr(row, name) for name in ("author_id", "starter_id", "asker_id") if hasattr(row, name)), None)
    is_own = bool(is_own) or (user.pk is not None and made_by == user.pk)
    return {"kind": kind, "pk": row.pk, "is_shown": not is_own and policy.can_report(user)}


@register.filter
def age(since: datetime) -> str:
    """How long something waits, in one number."""
    minutes = max(int((timezone.now() - since).total_seconds() // 60), 1)
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if (hours := minutes // 60) < 48:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return ngettext("%(n)d day", "%(n)d days", hours // 24) % {"n": hours // 24}


def is_sealed(case: Any) -> bool:
    """Whether words stand under another name, or their author is gone."""
    return case.kind == "post" and case.author_id is None


@register.inclusion_tag("_badge.html")
def origin_badge(case: Any) -> dict[str, Any]:
    """Why a case is here, in two words."""
    if case.origin == Origin.REPORTED:
        text, tone, icon = _("Reported"), "wait", "flag"
    elif case.origin == Origin.FLAGGED:
        text, tone, icon = WHY_HELD["watched"]
    else:
        because = "" if is_sealed(case) and case.held_because in ABOUT_THE_PERSON else case.held_because
        text, tone, icon = WHY_HELD.get(because, (_("Held"), "wait", "clock"))
    return {"tone": tone, "icon": icon, "text": text}


@register.inclusion_tag("_badge.html")
def severity_badge(case: Any) -> dict[str, Any]:
    """How soon it should be looked at; what can wait says nothing."""
    return {"tone": TONES.get(case.severity, ""), "icon": "", "text": case.get_severity_display()}


@register.filter
def why_held(case: Any) -> str:
    """The sentence that its author was told; of words under another name none that says something of her."""
    return sentence_of(case.held_because, is_sealed=is_sealed(case))
