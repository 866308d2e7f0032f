"""From a frame to the order that is written: what takes time is done here, before any room is locked."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from cop_site.accounts.models import User

from . import policy, rounds, schemas, selectors
from .grouping import Impossible
from .refusing import Refused
from .schemas import Order


def order_of(frame: Any, *, room: UUID, by: int) -> Order:
    """What somebody asks for, ready to be written; who may do it is asked again when it is."""
    order = schemas.order(frame, room=room, by=by)
    return _composed(order) if order.kind == "breakout.compose" else order


def _composed(order: Order) -> Order:
    person = User.objects.filter(pk=order.by).first()
    room = selectors.room_for(person, order.room) if person else None
    if room is None or not policy.can_say(person, room, order.kind):
        raise Refused("forbidden")
    try:
        return replace(order, data=rounds.composed(room.event, order.data))
    except Impossible as reason:
        raise Refused("invalid", detail=f"groups-{reason.code}") from reason
