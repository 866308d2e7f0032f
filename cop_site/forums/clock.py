"""Timed jobs of the forums."""

from datetime import datetime, timedelta

from cop_site.accounts.models import User
from cop_site.core.clock import every
from cop_site.screening.version import RULES_VERSION

from . import actions
from .models import Post

RESCREENED_AT_ONCE = 50


@every(timedelta(minutes=10), name="rescreen-posts")
def rescreen_posts(at: datetime) -> None:
    """What stands in the forums is read again once the guard's rules have changed, a few posts at a time."""
    standing = Post.objects.unscoped("read again by the guard, shown to nobody").filter(hidden_at=None)
    for post in standing.exclude(screened_version=RULES_VERSION).order_by("pk")[:RESCREENED_AT_ONCE]:
        actions.rescreen_post(post, by=User.objects.system())
