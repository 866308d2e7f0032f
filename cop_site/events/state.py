"""What the entries of a room come to: a pure function, the same for the server, a test and a replay."""

from collections.abc import Callable
from typing import Any

State = dict[str, Any]
Told = dict[str, Any]


def at_the_start() -> State:
    """A room in which nothing has happened."""
    return {"hands": [], "agenda": None, "timer": None, "announcement": None, "cards": [], "is_closed": False}


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


def _hide(state: State, told: Told) -> State:
    hidden, announced = told["data"]["id"], state["announcement"]
    is_announced = announced and announced["seq"] == hidden
    return {"announcement": None if is_announced else announced, "cards": [card for card in state["cards"] if card["id"] != hidden]}


def _add_card(state: State, told: Told) -> State:
    said = told["data"]
    card = {"id": told["seq"], "kind": said["kind"], "column": said["kind"], "cluster": "", "text": said["text"], "version": 1, "votes": 0}
    return {"cards": [*state["cards"], {**card, "by": told["actor"]}]}


def _change_card(*names: str) -> Callable[[State, Told], State]:
    def change(state: State, told: Told) -> State:
        new = {name: told["data"][name] for name in names}
        return {"cards": [card | new if card["id"] == told["data"]["id"] else card for card in state["cards"]]}

    return change


def _close(state: State, told: Told) -> State:
    return {"is_closed": True, "hands": [], "timer": None}


_CHANGES = {
    "hand.raise": _raise,
    "hand.lower": _lower,
    "broadcast": _announce,
    "timer.start": lambda state, told: {"timer": told["data"]},
    "agenda.go": lambda state, told: {"agenda": told["data"]["step"]},
    "chat.hide": _hide,
    "card.add": _add_card,
    "card.edit": _change_card("text", "version"),
    "card.move": _change_card("column", "cluster"),
    "card.vote": _change_card("votes"),
    "room.close": _close,
}
