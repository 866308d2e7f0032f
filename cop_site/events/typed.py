"""What the forms of a room's page ask for, as a script would have sent it."""

import re
from typing import Any

from django.http import QueryDict

from . import schemas
from .refusing import Refused

Said = dict[str, Any]


def frame_of(post: QueryDict, client_id: str) -> dict[str, Any]:
    """The action that a form sends."""
    action = post.get("action", "chat.post")
    fields = schemas.SCHEMAS.get(action, {})
    data = {name: _value(post[name], field) for name, field in fields.items() if post.get(name)}
    return {"action": action, "client_id": client_id, "data": data | _ballot(post) if action == "poll.vote" else data}


def _value(typed: str, field: object) -> Any:
    if isinstance(field, schemas.Flag):
        return typed == "true"
    is_number = isinstance(field, schemas.Whole) and re.fullmatch(r"[0-9]{1,9}", typed)
    return int(typed) if is_number else typed


def _ballot(post: QueryDict) -> dict[str, Any]:
    """A vote: places that were given to options, what was chosen, or words."""
    if places := post.getlist("place"):
        if sorted(places) != sorted(str(place + 1) for place in range(len(places))):
            raise Refused("invalid", detail="order")
        return {"choice": sorted(range(len(places)), key=lambda option: int(places[option]))}
    if words := [word for word in post.getlist("word") if word.strip()]:
        return {"words": words}
    chosen = [int(one) for one in post.getlist("choice") if re.fullmatch(r"[0-9]{1,2}", one)]
    if not chosen:
        raise Refused("invalid", detail="choose")
    return {"choice": chosen}


def said_in(post: QueryDict) -> Said:
    """What was typed, to be shown again."""
    return {**post.dict(), **{f"{name}s": post.getlist(name) for name in ("choice", "place", "word")}}
