"""What the entries of a room come to: a pure function, the same for the server, a test and a replay."""

from collections import Counter
from collections.abc import Callable
from operator import itemgetter
from typing import Any

State = dict[str, Any]
Told = dict[str, Any]
LATER = {"is_later": True}


def at_the_start() -> State:
    """A room in which nothing has happened."""
    return {
        "hands": [],
        "agenda": None,
        "timer": None,
        "heard": [],
        "announcement": None,
        "cards": [],
        "questions": [],
        "polls": [],
        "later": None,  # once the live part is over: {"after", "until"}, the number of its last entry and until when one still answers
        "is_closed": False,
    }


def after(state: State, told: Told) -> State:
    """The state once an entry (as ``Entry.told`` tells it) has happened; ``state`` itself stays as it is."""
    change = _CHANGES.get(told["kind"])
    return {**state, **change(state, told)} if change else state


def _raise(state: State, told: Told) -> State:
    if not told["actor"]:  # whose account is gone
        return {}
    return {"hands": [*_without(state, told["actor"]["id"]), {**told["actor"], **told["data"]}]}


def _lower(state: State, told: Told) -> State:
    person = told["data"].get("person") or (told["actor"] or {}).get("id")
    heard = [_whence(hand) for hand in state["hands"] if hand["id"] == person] if told["data"].get("heard") else []
    return {"hands": _without(state, person), "heard": [*state["heard"], *heard]}


def _whence(hand: Told) -> Told:
    return {name: hand[name] for name in ("id", "scale", "mandates") if name in hand}


def queue(state: State) -> list[str]:
    """Whose turn it is: those first whom the room has not heard, of scales and mandates that it has heard least; else as hands went up.

    It compares how often groups spoke, never persons with each other beyond "not yet heard".
    """
    people = {turn["id"] for turn in state["heard"]}
    scales = Counter(turn.get("scale") for turn in state["heard"])
    mandates = Counter(mandate for turn in state["heard"] for mandate in turn.get("mandates", ()))

    def place(hand: Told) -> tuple[bool, int, int]:
        of_mandate = min((mandates[one] for one in hand.get("mandates", ())), default=0)
        return hand["id"] in people, scales[hand["scale"]] if "scale" in hand else 0, of_mandate

    return [hand["id"] for hand in sorted(state["hands"], key=place)]


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
    others = [one for one in state["cards"] if one["id"] != told["seq"]]  # a greeting may know it before it is told
    origin = {"origin": said["origin"]} if "origin" in said else {}
    return {"cards": [*others, {**card, "by": told["actor"], **origin, **(LATER if state["later"] else {})}]}


def _change_card(*names: str) -> Callable[[State, Told], State]:
    def change(state: State, told: Told) -> State:
        new = {name: told["data"][name] for name in names}
        return {"cards": [card | new if card["id"] == told["data"]["id"] else card for card in state["cards"]]}

    return change


def _ask(state: State, told: Told) -> State:
    return _put_question(state, {**_question_in(told), "status": "waiting", "votes": 0})


def _approve(state: State, told: Told) -> State:
    """In the hall it appears with this; a declined one is gone from wherever it was."""
    if told["data"]["status"] == "declined":
        return {"questions": [one for one in state["questions"] if one["id"] != told["data"]["id"]]}
    return _put_question(state, {**_question_in(told), "status": "approved", "votes": told["data"]["votes"]})


def _question_in(told: Told) -> State:
    return {name: told["data"][name] for name in ("id", "text", "by")}


def _put_question(state: State, question: State) -> State:
    others = [one for one in state["questions"] if one["id"] != question["id"]]
    return {"questions": sorted([*others, question], key=itemgetter("id"))}


def _change_question(state: State, told: Told) -> State:
    new = {"votes": told["data"]["votes"]} if "votes" in told["data"] else {"status": "answered"}
    return {"questions": [one | new if one["id"] == told["data"]["id"] else one for one in state["questions"]]}


def _open_poll(state: State, told: Told) -> State:
    return {
        "polls": [*(one for one in state["polls"] if one["id"] != told["data"]["id"]), {**told["data"], "status": "open", "result": None}]
    }


def _close_poll(state: State, told: Told) -> State:
    new = {"status": "closed", "result": told["data"]["result"]}
    return {"polls": [one | new if one["id"] == told["data"]["id"] else one for one in state["polls"]]}


def _close(state: State, told: Told) -> State:
    """For good; or the live part alone, where the entry says until when one still answers: what comes then is marked, and polls that are open then."""
    if "until" not in told["data"]:
        return {"is_closed": True, "hands": [], "timer": None}
    polls = [one | LATER if one["status"] == "open" else one for one in state.get("polls", [])]
    return {"later": {"after": told["seq"], "until": told["data"]["until"]}, "polls": polls, "hands": [], "timer": None}


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
    "question.ask": _ask,
    "question.approve": _approve,
    "question.vote": _change_question,
    "question.answer": _change_question,
    "poll.open": _open_poll,
    "poll.close": _close_poll,
    "breakout.open": lambda state, told: {"groups": told["data"]},
    "breakout.close": lambda state, told: {"groups": None},
    "room.close": _close,
}
