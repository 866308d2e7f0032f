"""Frames that no page of ours sends, by what they are. Each is answered with an error, or closes its own socket cleanly.

``LATENT`` stands in all of them where words may stand: no log may hold it.
"""

import json
from typing import Any
from uuid import uuid4

from cop_site.events.schemas import SCHEMAS, Whole

LATENT = "kata-rahasia-73"
MOST = 16 * 1024


def frame(**changes: Any) -> dict[str, Any]:
    return {"action": "chat.post", "client_id": str(uuid4()), "data": {"text": LATENT}} | changes


def of_any_type() -> dict[str, Any]:
    """One of each kind that JSON knows, and the edges between them."""
    return {
        "null": None,
        "true": True,
        "false": False,
        "zero": 0,
        "negative": -1,
        "fraction": 1.5,
        "huge": 2**63,
        "beyond huge": 10**400,
        "empty": "",
        "blank": " \t\u3000",
        "digits": "1",
        "list": [],
        "list of itself": [LATENT],
        "object": {},
        "object with words": {"text": LATENT},
    }


def no_json() -> dict[str, str | bytes]:
    said = json.dumps(frame())
    texts = {
        "nothing": "",
        "a space": " ",
        "half": said[: len(said) // 2],
        "one too many": said + "}",
        "twice": said + said,
        "two lines": f"{said}\n{said}",
        "words": LATENT,
        "single quotes": said.replace('"', "'"),
        "a comma at the end": said[:-1] + ",}",
        "a comment": f"/* */{said}",
        "a mark of byte order": "\ufeff" + said,
        "a variable": f"var frame = {said}",
        "a callback": f"call({said})",
        "NaN": '{"action": NaN}',
        "infinity": '{"action": "agenda.go", "data": {"step": Infinity}}',
        "negative infinity": '{"action": "agenda.go", "data": {"step": -Infinity}}',
        "a NUL in the middle": said[:5] + "\0" + said[5:],
        "a control letter": said.replace(LATENT, "a\x01b"),
        "an unknown escape": said.replace(LATENT, r"\x41"),
        "half an escape": said.replace(LATENT, r"\u12"),
        "hexadecimal": '{"action": "agenda.go", "data": {"step": 0x10}}',
        "leading zero": '{"action": "agenda.go", "data": {"step": 007}}',
        "5,000 digits": '{"action":"agenda.go","data":{"step":' + "9" * 5000 + "}}",
        "an exponent": '{"action":"agenda.go","data":{"step":1e999}}',
        "a list that never ends": "[" * 16_000,
        "an object that never ends": '{"a":' * 3000,
        "deep and closed": "[" * 8000 + "]" * 8000,
        "YAML": "action: chat.post",
        "XML": f"<action>{LATENT}</action>",
        "a request": "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        "SQL": "'; DROP TABLE events_entry; --",
        "a template": "{{ settings.SECRET_KEY }}",
    }
    return texts | {
        "bytes": b"\x00\xff\xfe",
        "no bytes": b"",
        "JSON as bytes": said.encode(),
        "a pickle": b"\x80\x04K\x01.",
        "gzip": b"\x1f\x8b\x08\x00",
    }


def no_frames() -> dict[str, str]:
    """JSON, but no frame, or one with a word too many."""
    wrong: dict[str, Any] = {f"a frame that is {name}": value for name, value in of_any_type().items()}
    for key in ("action", "client_id", "data"):
        wrong |= {f"{key} that is {name}": frame(**{key: value}) for name, value in of_any_type().items() if value != frame()["data"]}
        wrong[f"no {key}"] = {name: value for name, value in frame().items() if name != key}
        wrong[f"{key} in capitals"] = {name.upper() if name == key else name: value for name, value in frame().items()}
    for name in ("room", "seq", "type", "actor", "sender", "by", "at", "kind", "__proto__", "constructor", "is_staff", "html", "since", ""):
        wrong[f"a word too many: {name}"] = frame(**{name: LATENT})
    return {name: json.dumps(value) for name, value in wrong.items()}


def no_actions() -> dict[str, str]:
    """What a server says, what objects are made of, what is nearly an action."""
    names = "hello event ack error presence head reset ping close subscribe __class__ __init__ append save delete chat chat. .post".split()
    names += [
        "CHAT.POST",
        "chat.post ",
        "chat.post\u200b",
        "chat_post",
        "chat.delete",
        "silence_author",
        "room.open",
        "../chat.post",
        "x" * 5000,
    ]
    wrong = {f"action {name[:20]!r}": frame(action=name) for name in names}
    wrong |= {f"type {name}": {"type": name, "seq": 9, "latest": 9, "data": {"text": LATENT}} for name in names[:8]}
    return {name: json.dumps(value) for name, value in wrong.items()}


def no_numbers() -> dict[str, str]:
    """Numbers of a client that are none."""
    good = str(uuid4())
    wrong = [
        good[:-1],
        good + "0",
        good.replace("-", ""),
        f"{{{good}}}",
        f"urn:uuid:{good}",
        "g" + good[1:],
        f" {good}",
        "\uff11" * 36,
        "0" * 36,
    ]
    wrong += [good[:35] + "\n", good.replace("-", "_"), "x" * 10_000, "' OR 1=1 --", "%00", "../../etc/passwd"]
    return {f"client_id {number}": json.dumps(frame(client_id=one)) for number, one in enumerate(wrong)}


def no_fields() -> dict[str, str]:
    """For every field of every action each type that it is not, and a field that it does not have."""
    wrong = {}
    for action, schema in SCHEMAS.items():
        wrong[f"{action} with a field too many"] = json.dumps(frame(action=action, data=_good(schema) | {"is_admin": True}))
        for name, field in schema.items():
            for kind, value in of_any_type().items():
                if not field.accepts(value):
                    wrong[f"{action} {name} that is {kind}"] = json.dumps(frame(action=action, data=_good(schema) | {name: value}))
    return wrong


def _good(schema: dict[str, Any]) -> dict[str, Any]:
    return {name: field.least if isinstance(field, Whole) else LATENT for name, field in schema.items() if not field.is_optional}


def no_text() -> dict[str, str]:
    """Letters that are none; each is written as an escape, for no line could carry it."""
    letters = {"half a pair": r"\ud800", "the other half": r"\udfff", "the wrong way round": r"\udc00\ud800", "NUL": r"\u0000"}
    wrong = {}
    for name, letter in letters.items():
        wrong[f"{name} as words"] = json.dumps(frame()).replace(LATENT, letter)
        wrong[f"{name} within words"] = json.dumps(frame()).replace(LATENT, f"a{letter}b")
        wrong[f"{name} as a key"] = json.dumps(frame()).replace('"text"', f'"{letter}"')
        wrong[f"{name} as an action"] = json.dumps(frame()).replace("chat.post", letter)
    return wrong


def twice_the_same_key() -> dict[str, str]:
    """The last one counts, for the reader and for the rules alike: nothing slips by under the first."""
    return {
        "action twice": '{"action":"chat.post","action":"event","client_id":"' + str(uuid4()) + '","data":{"text":"a"}}',
        "data twice": '{"action":"chat.post","client_id":"' + str(uuid4()) + '","data":{"text":"a"},"data":{"text":7}}',
        "text twice": '{"action":"chat.post","client_id":"' + str(uuid4()) + '","data":{"text":"a","text":null}}',
        "number twice": '{"action":"chat.post","client_id":"' + str(uuid4()) + '","client_id":"","data":{"text":"a"}}',
    }


def deep() -> dict[str, str]:
    """Up to eight levels can be read; no action has as many."""
    wrong = {}
    for depth in (8, 9, 100, 900):
        wrong[f"{depth} lists"] = json.dumps(frame()).replace(f'"{LATENT}"', "[" * depth + "]" * depth)
        wrong[f"{depth} objects"] = json.dumps(frame()).replace(f'"{LATENT}"', '{"a":' * depth + "1" + "}" * depth)
    return wrong


def too_large() -> dict[str, str]:
    """Frames that are larger than 16 KiB, the first by one byte."""
    return {f"{size} bytes": sized(size) for size in (MOST + 1, MOST + 100, 60_000, 65_535, 65_536)}


def sized(size: int) -> str:
    """A frame of exactly so many bytes: it could be read, and its words are too many."""
    empty = json.dumps(frame(data={"text": ""}))
    return empty.replace('"text": ""', '"text": "' + "a" * (size - len(empty)) + '"')


def invalid() -> dict[str, str | bytes]:
    """All that is answered with ``invalid``."""
    parts = (no_json(), no_frames(), no_actions(), no_numbers(), no_fields(), no_text(), twice_the_same_key(), deep())
    return {name: said for part in parts for name, said in part.items()} | {"16 KiB": sized(MOST), "16 KiB less one": sized(MOST - 1)}
