"""Who may be in a room, for those who ask again and again: the question in SQL takes longer to word than to answer."""

from typing import Any

from cop_site.accounts.models import Level
from cop_site.accounts.policy import role_of

from . import policy
from .models import Room

# In rooms that are open to a role nothing but what stands in the key decides. Elsewhere memberships do: there it is asked every time.
OPEN_LEVELS = {Level.PUBLIC, Level.NETWORK}
MOST_REMEMBERED = 10_000
_answers: dict[tuple[Any, ...], bool] = {}


def may_be_in(person: Any, room: Room) -> bool:
    """Whether a person enters a room, both as they were read just now."""
    if not policy.can_enter(person):
        return False
    event = room.event
    if event.visibility not in OPEN_LEVELS or room.kind == Room.Kind.GROUP:
        return _is_seen(person, room)
    asked = (person.pk, role_of(person), room.pk, room.kind, room.acl_version, event.visibility, event.author_id)
    if asked not in _answers:
        if len(_answers) >= MOST_REMEMBERED:
            _answers.clear()
        _answers[asked] = _is_seen(person, room)
    return _answers[asked]


def _is_seen(person: Any, room: Room) -> bool:
    return Room.objects.visible_to(person).filter(pk=room.pk).exists()
