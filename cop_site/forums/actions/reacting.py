"""Small words to a post. They are counted, and nobody reads whose they are: the journal neither."""

from django.db import IntegrityError, transaction
from django.db.models import F

from cop_site.accounts.models import User
from cop_site.activity.deeds import deed
from cop_site.core.access import require

from .. import policy
from ..choices import Reacted
from ..models import Post, Reaction


def column(kind: str) -> str:
    """Where the count of a reaction stands."""
    return Reacted(kind).value.replace("-", "_")


@deed
def react(post: Post, *, by: User, kind: str) -> Post:
    """Say one of the small words; a second time changes nothing."""
    require(policy.can_react(by, post) and Post.objects.visible_to(by).filter(pk=post.pk).exists())
    try:
        with transaction.atomic():
            Reaction.objects.create(post=post, person=by, kind=Reacted(kind))
    except IntegrityError:
        return post
    Post.objects.unscoped("counting").filter(pk=post.pk).update(**{column(kind): F(column(kind)) + 1})
    return post


@deed
def take_reaction_back(post: Post, *, by: User, kind: str) -> Post:
    """Say it no longer."""
    gone, _rows = Reaction.objects.filter(post=post, person=by, kind=Reacted(kind)).delete()
    if gone:
        Post.objects.unscoped("counting").filter(pk=post.pk).update(**{column(kind): F(column(kind)) - 1})
    return post
