import hashlib
import io
import json
import random
import re
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from cop_site.events import exporting, taking
from cop_site.events.models import Entry, Room
from tests.events.factories import hall, say

PAGE = Path(__file__).resolve().parents[2] / "docs" / "room-export.md"


def told(seq, words="Halo."):
    at = f"2026-11-21T02:00:{seq:02d}.000+00:00"
    actor = {"id": "rani-1a2b", "name": "Rani"}
    return {"type": "event", "seq": seq, "kind": "chat.post", "at": at, "actor": actor, "data": {"id": seq, "text": words}}


def chain_of(number, name="Acara"):
    chain = exporting.Chain()
    about = {"room": "r", "event": "acara", "name": {"id": name, "en": ""}, "exported_at": "2026-11-21T03:00:00.000+00:00"}
    lines = [chain.opening({**about, "entries": number})]
    lines += [chain.entry(told(seq, f"Kata ke-{seq}: é\u2028\U0001f600")) for seq in range(1, number + 1)]
    return [*lines, chain.closing()]


def faults(lines):
    return [str(fault) for fault in exporting.faults_in(lines)]


def checked_by_anybody(path, monkeypatch):
    """As the page of the docs tells everybody, without any code of this site."""
    [lines] = re.findall(r"```python\n(.*?)```", PAGE.read_text(), flags=re.DOTALL)
    monkeypatch.setattr(sys, "argv", ["check.py", str(path)])
    exec(lines, {})  # noqa: S102


def sealed_anew(lines):
    """What somebody without the key can do: write every hash and link again."""
    prev, anew = "", []
    for raw in lines:
        line = json.loads(raw) | {"prev": prev}
        if line["type"] == "seal":
            line["head"] = prev
        prev = line["hash"] = exporting.hash_of(line)
        anew.append(exporting.canonical(line) + b"\n")
    return anew


def test_a_record_holds():
    assert [faults(chain_of(number)) for number in (0, 1, 7)] == [[], [], []]


def test_a_line_says_what_it_follows():
    lines = [json.loads(raw) for raw in chain_of(3)]

    assert [line["type"] for line in lines] == ["room", "event", "event", "event", "seal"]
    assert [line["prev"] for line in lines] == ["", *(line["hash"] for line in lines[:-1])]
    assert (lines[-1]["head"], lines[-1]["entries"]) == (lines[-2]["hash"], 3)
    assert lines[0]["hash"] == hashlib.sha256(exporting.canonical({k: v for k, v in lines[0].items() if k != "hash"})).hexdigest()


def test_every_kind_of_change_is_named():
    lines = chain_of(5)
    changed = [*lines]
    changed[2] = changed[2].replace(b"Kata", b"Kota")
    spaced = [lines[0], lines[1].replace(b'":', b'": '), *lines[2:]]
    swapped = [*lines[:2], lines[3], lines[2], *lines[4:]]
    foreign = [*lines[:-1], exporting.canonical(json.loads(lines[-1]) | {"hmac": "0" * 64}) + b"\n"]

    assert faults(changed) == ["line 3: changed: it does not say what was sealed"]
    assert faults(spaced)[0] == "line 2: changed: this is no line of a record"
    assert faults([*lines[:2], *lines[3:]]) == ["line 3: does not follow the line before it", "line 3: missing before it: 2"]
    assert faults(swapped)[:2] == ["line 3: does not follow the line before it", "line 3: missing before it: 2"]
    assert "line 4: out of order: 2 after 3" in faults(swapped)
    assert faults(lines[:4]) == ["line 5: cut off: the seal is not there"]
    assert faults([]) == ["line 1: cut off: the seal is not there"]
    assert faults(lines[1:])[:2] == ["line 1: does not follow the line before it", "line 1: missing before it: the line about the room"]
    assert faults([*lines, lines[1]]) == ["line 8: added after the seal"]
    assert "line 7: a foreign seal: this site did not write it" in faults(foreign)


def test_who_writes_the_whole_chain_anew_cannot_seal_it():
    lines = chain_of(5)
    lines[2] = lines[2].replace(b"Kata", b"Kota")

    assert faults(sealed_anew(lines)) == ["line 7: a foreign seal: this site did not write it"]


def test_a_shorter_chain_with_an_older_seal_of_the_site_is_found_out():
    short, long = chain_of(3), chain_of(5)

    assert faults([*long[:4], short[-1]]) != []
    assert faults(sealed_anew([*long[:4], long[-1]]))[0] == "line 5: missing before it: 5 were sealed, the last that stands here is 3"


def test_a_key_that_was_changed_still_knows_its_seals(settings):
    lines = chain_of(2)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key of the site, long enough for this"
    known = faults(lines)
    settings.SECRET_KEY_FALLBACKS = []

    assert (known, faults(lines)) == ([], ["line 4: a foreign seal: this site did not write it"])


EDITS = {
    "drop": lambda lines, dice: lines.pop(dice.randrange(len(lines))),
    "swap": lambda lines, dice: lines.insert(0, lines.pop(dice.randrange(1, len(lines)))),
    "double": lambda lines, dice: lines.insert(dice.randrange(len(lines)), lines[dice.randrange(len(lines))]),
    "cut off": lambda lines, dice: lines.__delitem__(slice(dice.randrange(len(lines)), None)),
    "cut a line": lambda lines, dice: lines.append(lines.pop()[: -dice.randrange(1, 20)]),
    "another's": lambda lines, dice: lines.__setitem__(at := dice.randrange(len(lines)), chain_of(len(lines) - 2, "Lain")[at]),
    "a letter": lambda lines, dice: _change_a_letter(lines, dice),
    "an empty line": lambda lines, dice: lines.insert(dice.randrange(len(lines) + 1), b"\n"),
}


def _change_a_letter(lines, dice):
    at = dice.randrange(len(lines))
    place = dice.randrange(len(lines[at]))
    lines[at] = lines[at][:place] + bytes([lines[at][place] ^ (1 << dice.randrange(8))]) + lines[at][place + 1 :]


@pytest.mark.parametrize("edit", EDITS)
def test_no_edit_of_any_line_goes_unseen(edit):
    dice = random.Random(edit)  # noqa: S311 - the same edits in every run
    unseen = []
    for _turn in range(150):
        whole = chain_of(dice.randrange(1, 8))
        lines = [*whole]
        EDITS[edit](lines, dice)
        lines = list(io.BytesIO(b"".join(lines)))
        if lines != whole and not faults(lines):
            unseen.append(lines)

    assert unseen == []


# --- the whole of a room


@pytest.fixture
def talked(cast):
    """A room with a secret that was hidden, a card and a vote for it."""
    room = hall(cast["convenor"], visibility="publik")
    say(room, cast["convenor"], "broadcast", text="Selamat datang.")
    say(room, cast["member"], text="Rahasia yang ditarik.")
    say(room, cast["member"], "card.add", kind="praktik", text="Kelas malam.")
    say(room, cast["member2"], "card.vote", id=3)
    say(room, cast["convenor"], "chat.hide", id=2)
    return Room.objects.get(pk=room.pk)


def test_the_record_of_a_room_holds_and_can_be_checked_by_anybody(talked, tmp_path, monkeypatch):
    into = io.BytesIO()

    chain = taking.write_sealed(talked, into)
    path = tmp_path / "record.ndjson"
    path.write_bytes(into.getvalue())
    lines = [json.loads(raw) for raw in into.getvalue().splitlines()]

    checked_by_anybody(path, monkeypatch)
    assert (faults(io.BytesIO(into.getvalue())), chain.entries, lines[-1]["head"]) == ([], 5, chain.head)
    assert [line["kind"] for line in lines[1:-1]] == ["broadcast", "chat.post", "card.add", "card.vote", "chat.hide"]
    assert (lines[0]["event"], lines[0]["entries"], lines[0]["is_unattributed"]) == ("acara-uji", 5, False)
    assert (lines[4]["actor"], b"Rahasia" in into.getvalue()) == (None, False)
    path.write_bytes(into.getvalue().replace(b"Kelas", b"Kelom"))
    with pytest.raises(AssertionError, match="line 4 does not hold"):
        checked_by_anybody(path, monkeypatch)


def test_a_long_room_is_read_in_pages(talked, cast, django_assert_num_queries):
    Entry.objects.bulk_create(
        Entry(
            room=talked, seq=seq, kind="chat.post", sender=cast["member"], client_id=uuid4(), digest="", data={"id": seq, "text": "Halo."}
        )
        for seq in range(6, 1201)
    )
    Room.objects.filter(pk=talked.pk).update(last_seq=1200)
    into = io.BytesIO()

    with django_assert_num_queries(4):  # the room, and three pages of its entries
        chain = taking.write_sealed(Room.objects.select_related("event").get(pk=talked.pk), into)

    assert (chain.entries, faults(io.BytesIO(into.getvalue()))) == (1200, [])


def test_the_command_writes_and_verifies(talked, tmp_path, capsys):
    path = tmp_path / "record.ndjson"

    call_command("room_export", "write", str(talked.pk), str(path))
    call_command("room_export", "verify", str(path))
    path.write_bytes(path.read_bytes().replace(b"Kelas malam", b"Kelas siang"))
    with pytest.raises(CommandError, match="does not hold in 1 places"):
        call_command("room_export", "verify", str(path))

    said = capsys.readouterr().out
    assert "The record is what this site gave out." in said
    assert "line 4: changed: it does not say what was sealed" in said


def test_a_record_is_made_anew_from_its_moment_and_its_number(talked, cast, tmp_path):
    first, again = tmp_path / "first.ndjson", tmp_path / "again.ndjson"
    call_command("room_export", "write", str(talked.pk), str(first))
    at = json.loads(first.read_bytes().splitlines()[0])["exported_at"]
    say(talked, cast["member"], text="Sesudahnya.")

    call_command("room_export", "write", str(talked.pk), str(again), "--at", at, "--entries", "5")

    assert again.read_bytes() == first.read_bytes()


def test_the_command_says_what_it_cannot_do(talked, tmp_path):
    path = str(tmp_path / "record.ndjson")

    with pytest.raises(CommandError, match="no such room"):
        call_command("room_export", "write", str(uuid4()), path)
    with pytest.raises(CommandError, match="needs its zone"):
        call_command("room_export", "write", str(talked.pk), path, "--at", "2026-11-21T02:00:00")
