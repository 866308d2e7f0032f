"""Marks: by them a room knows somebody again without knowing who it is.

A mark is made from the site's key, the room's salt and the account. One mark says nothing about the person, nor about marks of the
same person in another room. When the room closes its salt is thrown away, and after that not even the site's key can make the mark again.
"""

import secrets
from typing import Any

from django.utils.crypto import salted_hmac


def new_salt() -> str:
    """The salt of a new room."""
    return secrets.token_urlsafe(32)


def mark_of(person: Any, room: Any) -> str:
    """The mark of a person in a room that has its salt still."""
    return salted_hmac("events.mark", f"{room.pk}:{room.salt}:{person.pk}", algorithm="sha256").hexdigest()
