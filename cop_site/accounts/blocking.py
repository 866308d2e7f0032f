"""Whom a person does not want to meet, and what she can name such a person by."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from .models import Block, User

Author = Callable[[int, Any], User | None]  # of a row that a viewer sees; nobody where it stands under no name of a person

_authors: dict[str, Author] = {}


def register(kind: str, author: Author) -> None:
    """Let a person be blocked by a row of theirs: there are no lists of people to choose from."""
    _authors[kind] = author


def kinds() -> list[str]:
    """What a person can be named by."""
    return list(_authors)


def author_of(kind: str, pk: int, *, viewer: Any) -> User | None:
    """Who said it. Under a pseudonym nobody did: what one blocked would tell who is behind it."""
    return _authors[kind](pk, viewer)


def blocked_by(user: Any) -> frozenset[int]:
    """The people whom ``user`` does not want to meet; asked once per request, and only where there are any."""
    if not user.is_authenticated or not getattr(user, "blocks_somebody", True):  # known since the session was read: backends.py
        return frozenset()
    if not hasattr(user, "_blocked"):
        user._blocked = frozenset(Block.objects.visible_to(user).values_list("blocked", flat=True))
    return user._blocked


def who_block(person: int | None) -> Q:
    """People who do not want to meet ``person``, for use inside a query about people."""
    return Q(Exists(Block.objects.filter(person=OuterRef("pk"), blocked=person))) if person else Q(pk__in=[])


def blocked_people_of(person: int | None) -> QuerySet:
    """Ids of those whom ``person`` blocks, for use inside a query."""
    return Block.objects.filter(person=person).values("blocked")
