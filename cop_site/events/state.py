"""What the entries of a room come to: a pure function, the same for the server, a test and a replay."""

from typing import Any

State = dict[str, Any]
Told = dict[str, Any]


def at_the_start() -> State:
    """A room in which nothing has happened."""
    return {"hands": [], "agenda": None, "timer": None, "announcement": None, "is_closed": False}


def after(state: State, told: Told) -> State:
    """The state once an entry (as ``Entry.told`` tells it) has happened; ``state`` itself stays as it is."""
    change = _CHANGES.get(told["kind"])
    return {**state, **change(state, told)} if change else state


def _raise(state: State, told: Told) -> State:
    return {"hands": [*_without(state, told["actor"]["id"]), told["actor"]]}


def _lower(state: State, told: Told) -> State:
    return {"hands": _without(state, told["data"].get("person") or told["actor"]["id"])}


def _without(state: State, person: str) -> list[dict[str, str]]:
    return [hand for hand in state["hands"] if hand["id"] != person]


def _announce(state: State, told: Told) -> State:
    return {"announcement": {"seq": told["seq"], "text": told["data"]["text"]}}


def _close(state: State, told: Told) -> State:
    return {"is_closed": True, "hands": [], "timer": None}


_CHANGES = {
    "hand.raise": _raise,
    "hand.lower": _lower,
    "broadcast": _announce,
    "timer.start": lambda state, told: {"timer": told["data"]},
    "agenda.go": lambda state, told: {"agenda": told["data"]["step"]},
    "room.close": _close,
}
