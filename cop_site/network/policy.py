"""Who makes something of what others said."""

from typing import Any

from cop_site.accounts.policy import is_member
from cop_site.events.policy import leads
from cop_site.library.policy import can_share

# What was said in a circle or an organisation stays there.
_OPEN_ENOUGH = {"publik", "jaringan"}


def can_draft_from(user: Any, topic: Any) -> bool:
    """Members begin a practice from a topic that everybody or the whole network reads."""
    return is_member(user) and can_share(user) and topic.is_shown and topic.forum.visibility in _OPEN_ENOUGH


def can_draft_from_cards(user: Any, event: Any) -> bool:
    """Those who lead an event that everybody or the whole network sees make practices of what stands on its board."""
    return leads(user, event) and can_share(user) and event.visibility in _OPEN_ENOUGH


def stays_inside(topic: Any) -> bool:
    """What grows out of a talk is never read by more people than the talk."""
    return topic.forum.visibility != "publik"
