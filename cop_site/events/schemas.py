"""What may be sent to a room, said in full: every action with its fields. Anything else is refused."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NoReturn
from uuid import UUID

from django.utils.crypto import salted_hmac

from cop_site.core import text
from cop_site.screening.guard import screen

from .refusing import Refused

MOST_BYTES = 16 * 1024
DEEPEST = 8
MOST_WORDS = 4000  # characters


@dataclass(frozen=True)
class Words:
    """A text; ``most`` counts characters."""

    most: int = MOST_WORDS
    is_optional: bool = False
    may_be_empty: bool = False

    def accepts(self, value: Any) -> bool:
        return isinstance(value, str) and len(value) <= self.most and (self.may_be_empty or bool(text.normal(value).strip()))


@dataclass(frozen=True)
class Whole:
    """A whole number between two others."""

    least: int
    most: int
    is_optional: bool = False

    def accepts(self, value: Any) -> bool:
        return type(value) is int and self.least <= value <= self.most


@dataclass(frozen=True)
class OneOf:
    """One of some words."""

    words: Collection[str]
    is_optional: bool = False

    def accepts(self, value: Any) -> bool:
        return isinstance(value, str) and value in self.words


@dataclass(frozen=True)
class Flag:
    """Yes or no."""

    is_optional: bool = True

    def accepts(self, value: Any) -> bool:
        return isinstance(value, bool)


@dataclass(frozen=True)
class Texts:
    """Some texts, all different."""

    least: int
    most: int
    each: Words
    is_optional: bool = True

    def accepts(self, value: Any) -> bool:
        if not isinstance(value, list) or not self.least <= len(value) <= self.most or not all(self.each.accepts(one) for one in value):
            return False
        return len({text.one_line(one).casefold() for one in value}) == len(value)


@dataclass(frozen=True)
class Numbers:
    """Some whole numbers, all different."""

    most: int
    each: Whole
    is_optional: bool = True

    def accepts(self, value: Any) -> bool:
        return (
            isinstance(value, list) and 0 < len(value) <= self.most and all(map(self.each.accepts, value)) and len(set(value)) == len(value)
        )


COLUMNS = ("praktik", "tantangan", "kebutuhan", "pelajaran", "rekomendasi")  # a board has a column for each kind of card
MOST_ON_A_CARD = 280  # characters: what one writes on paper with a thick pen, and reads from the wall
NUMBER = Whole(1, 2**31 - 1)
POLLS = ("single", "multiple", "rank", "scale", "words")
MODES = ("sejenis", "silang", "perwakilan", "jigsaw")
SIZE = Whole(2, 200, is_optional=True)  # people in a group
MOST_OPTIONS = 12
MOST_OWN_WORDS = 3
Schema = dict[str, Words | Whole | OneOf | Flag | Texts | Numbers]
SCHEMAS: dict[str, Schema] = {
    "chat.post": {"text": Words()},
    "chat.hide": {"id": NUMBER},
    "hand.raise": {},
    "hand.lower": {"person": Words(40, is_optional=True), "heard": Flag()},
    "broadcast": {"text": Words(1000)},
    "timer.start": {"seconds": Whole(1, 24 * 3600)},
    "agenda.go": {"step": Whole(1, 200)},
    "card.add": {"kind": OneOf(COLUMNS), "text": Words(MOST_ON_A_CARD)},
    "card.edit": {"id": NUMBER, "version": NUMBER, "text": Words(MOST_ON_A_CARD)},
    "card.move": {"id": NUMBER, "column": OneOf(COLUMNS), "cluster": Words(60, is_optional=True, may_be_empty=True)},
    "card.vote": {"id": NUMBER, "take_back": Flag()},
    "question.ask": {"text": Words(500)},
    "question.vote": {"id": NUMBER, "take_back": Flag()},
    "question.approve": {"id": NUMBER, "decline": Flag()},
    "question.answer": {"id": NUMBER},
    "poll.open": {
        "id": Whole(1, 2**31 - 1, is_optional=True),
        "kind": OneOf(POLLS, is_optional=True),
        "question": Words(200, is_optional=True),
        "options": Texts(2, MOST_OPTIONS, Words(120)),
        "by_cells": Flag(),
    },
    "poll.vote": {"id": NUMBER, "choice": Numbers(MOST_OPTIONS, Whole(0, MOST_OPTIONS)), "words": Texts(1, MOST_OWN_WORDS, Words(40))},
    "poll.close": {"id": NUMBER},
    "breakout.compose": {
        "mode": OneOf(MODES, is_optional=True),
        "least": SIZE,
        "most": SIZE,
        "groups": Whole(1, 400, is_optional=True),
        "seed": Whole(0, 2**31 - 1, is_optional=True),
        "organisations": OneOf(("keep", "split", "any"), is_optional=True),
        "by_language": Flag(),
        "new_partners": Flag(),
        "facilitators": Texts(0, 400, Words(40)),
        "note_takers": Texts(0, 400, Words(40)),
    },
    "breakout.open": {},
    "breakout.close": {},
    "room.close": {"later": Flag()},
}
WRITTEN = {"chat.post", "broadcast", "card.add", "card.edit", "question.ask"}  # members' words: guarded, and made into harmless HTML
GUARDED = {"cluster", "question", "options", "words"}  # headings and the like: guarded, and shown on one line as they were typed


@dataclass(frozen=True)
class Order:
    """An action that can be read, with what it would say; who may do it is asked when it is written."""

    room: UUID
    by: int
    kind: str
    client_id: UUID
    digest: str
    data: dict[str, Any]


def client_id_in(frame: Any) -> str | None:
    """The number a client gave its action, as it wrote it; None where there is none that can be read."""
    given = frame.get("client_id") if isinstance(frame, dict) else None
    if not isinstance(given, str) or len(given) != 36:
        return None
    try:
        return given if str(UUID(given)) == given.lower() else None
    except ValueError:
        return None


def read(said: str | bytes) -> Any:
    """JSON of a client, or a refusal: never an exception of another kind, whatever is sent."""
    size = len(said) if isinstance(said, bytes) else len(said.encode("utf-8", "surrogatepass"))
    if size > MOST_BYTES:
        raise Refused("too_large")
    try:
        words = said.decode() if isinstance(said, bytes) else said
        frame = json.loads(words, parse_constant=_no_number)
        _look_through(frame, DEEPEST)
    except (ValueError, RecursionError):  # Unicode errors are ValueErrors too
        raise Refused("invalid") from None
    return frame


def _no_number(constant: str) -> NoReturn:
    raise ValueError(constant)


def _look_through(value: Any, depth: int) -> None:
    """Nothing too deep, no NUL, no half of a character."""
    if depth == 0 and isinstance(value, dict | list):
        raise ValueError("too deep")
    if isinstance(value, dict):
        for key, inner in value.items():
            _look_through(key, depth)
            _look_through(inner, depth - 1)
    elif isinstance(value, list):
        for inner in value:
            _look_through(inner, depth - 1)
    elif isinstance(value, str):
        value.encode()
        if "\0" in value:
            raise ValueError("NUL")


def order(frame: Any, *, room: UUID, by: int) -> Order:
    """The action that a frame asks for; its words are guarded and cleaned here, before anything is locked."""
    client_id = client_id_in(frame)
    if client_id is None or frame.keys() - {"action", "client_id", "data"}:
        raise Refused("invalid")
    kind, sent = frame.get("action"), frame.get("data", {})
    if not isinstance(kind, str) or kind not in SCHEMAS or not _fits(sent, SCHEMAS[kind]):
        raise Refused("invalid")
    return Order(room, by, kind, UUID(client_id), _digest(kind, sent), _accepted(kind, sent))


def _fits(sent: Any, schema: Schema) -> bool:
    if not isinstance(sent, dict) or sent.keys() - schema.keys():
        return False
    return all(field.accepts(sent[name]) if name in sent else field.is_optional for name, field in schema.items())


def _digest(kind: str, sent: dict[str, Any]) -> str:
    said = json.dumps([kind, sent], sort_keys=True)
    return salted_hmac("events.entry", said, algorithm="sha256").hexdigest()


def _accepted(kind: str, sent: dict[str, Any]) -> dict[str, Any]:
    if kind in WRITTEN:
        words = _guarded(sent["text"])
        return {**sent, "text": words, "html": str(text.render(words))}
    return {name: _on_one_line(value) if name in GUARDED else value for name, value in sent.items()}


def _on_one_line(typed: Any) -> Any:
    return [_on_one_line(one) for one in typed] if isinstance(typed, list) else text.one_line(_guarded(typed))


def _guarded(typed: str) -> str:
    findings = screen(typed)
    if any(one.action == "block" for one in findings):
        raise Refused("personal_data", findings)
    return text.normal(typed).strip()
