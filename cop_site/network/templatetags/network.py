"""What came of talks, for the pages of the apps below."""

from typing import Any

from django import template

from cop_site.events.models import Event
from cop_site.forums.models import Topic
from cop_site.library.models import Practice

from .. import policy, selectors

register = template.Library()


@register.inclusion_tag("network/_came_of.html", takes_context=True)
def came_of(context: Any, topic: Topic) -> dict[str, Any]:
    """Texts that were begun from a topic, and the button that begins one."""
    viewer = context["request"].user
    told = {"topic": topic, "can_draft": policy.can_draft_from(viewer, topic), "csrf_token": context.get("csrf_token")}
    return told | {"practices": selectors.grew_from(topic, viewer)}


@register.inclusion_tag("network/_origin.html", takes_context=True)
def origin(context: Any, practice: Practice) -> dict[str, Any]:
    """The topic or the event that a text grew out of."""
    found = selectors.origin_of(practice, context["request"].user)
    return {"topic": found} if isinstance(found, Topic) else {"event": found}


@register.inclusion_tag("network/_cards.html", takes_context=True)
def cards_to_draft(context: Any, event: Event) -> dict[str, Any]:
    """The cards of an event, each with a button that begins a practice."""
    viewer = context["request"].user
    if not policy.can_draft_from_cards(viewer, event):
        return {}
    return {"event": event, "growing": selectors.cards_of(event, viewer), "csrf_token": context.get("csrf_token")}
