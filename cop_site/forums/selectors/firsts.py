"""The first post of a topic, where a rule asks who began it."""

from django.db.models import F

from ..models import Topic


def with_first_post(topic: Topic) -> Topic:
    """The topic with its first post at hand, as ``policy.began`` asks for it; what waits without a place is not the first where another has one."""
    rows = topic.posts.unscoped("who began it, shown to nobody").select_related("pseudonym")
    topic.first_post = rows.order_by(F("number").asc(nulls_last=True), "pk").first()  # type: ignore[attr-defined]
    return topic
