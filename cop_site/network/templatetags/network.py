"""What came of talks, for the pages of the apps below."""

from typing import Any

from django import template

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
    """The topic that a text grew out of."""
    return {"topic": selectors.origin_of(practice, context["request"].user)}
