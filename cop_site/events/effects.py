"""What an entry does beside standing in the log: words that are hidden, cards on the board, a room that closes.

Each effect runs inside the transaction that writes its entry, with the room locked; it may complete the entry or refuse.
"""

from collections.abc import Callable

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.verbs import Verb
from cop_site.core import text

from . import policy
from .marks import mark_of
from .models import Card, CardVote, Entry, Mark, Room, Silence
from .refusing import Refused

Effect = Callable[[Entry, Room, User], bool]  # False where nothing changed and no entry is left
WORDS = {"chat.post", "broadcast", "card.add"}


def is_by(entry: Entry, person: User, room: Room) -> bool:
    """Whether it was this person who said it. In a room without attribution marks are compared, and of a closed one nobody knows any more."""
    if entry.sender_id is not None:
        return entry.sender_id == person.pk
    return Mark.objects.filter(room=room, seq=entry.seq, mark=mark_of(person, room)).exists()


def leave_mark(entry: Entry, room: Room, person: User) -> None:
    """What stands under no name can be taken back by its author, and silenced, as long as the room is open."""
    if entry.sender_id is None and entry.kind in WORDS:
        Mark.objects.create(room=room, seq=entry.seq, mark=mark_of(person, room))


def _hide(entry: Entry, room: Room, person: User) -> bool:
    """The words leave the rows themselves: no cursor, however old, brings them back."""
    target = Entry.objects.filter(room=room, seq=entry.data["id"], kind__in=WORDS).first()
    if target is None:
        raise Refused("invalid")
    is_own, as_leader = is_by(target, person, room), policy.leads(person, room.event)
    if not (is_own or as_leader):
        raise Refused("forbidden")
    if target.redacted_at is None:
        for one in _wordings(target, room):
            _redact(one, entry)
        Card.objects.filter(room=room, seq=target.seq).delete()
        if as_leader:  # of one's own words nobody keeps a journal
            record(Verb.HID_IN_ROOM, by=person, subject=room.event, seq=target.seq)
    return True


def _wordings(target: Entry, room: Room) -> list[Entry]:
    """All entries that hold the words: of a card also what it said later."""
    later = Entry.objects.filter(room=room, kind="card.edit", data__id=target.seq) if target.kind == "card.add" else []
    return [target, *later]


def _redact(wording: Entry, entry: Entry) -> None:
    wording.data = {**wording.data, "text": "", "html": "", "is_hidden": True}
    wording.redacted_at = entry.at
    wording.save(update_fields=["data", "redacted_at"])


def _lower_hand(entry: Entry, room: Room, person: User) -> bool:
    """Only those who lead lower somebody else's hand."""
    if entry.data.get("person") not in {None, person.handle} and not policy.leads(person, room.event):
        raise Refused("forbidden")
    return True


def _go(entry: Entry, room: Room, person: User) -> bool:
    """The pointer stands on a step of the agenda; where none is written down, on any number."""
    steps = set(room.event.steps.values_list("place", flat=True))
    if steps and entry.data["step"] not in steps:
        raise Refused("invalid")
    return True


def _add_card(entry: Entry, room: Room, person: User) -> bool:
    kind = entry.data["kind"]
    Card.objects.create(room=room, seq=entry.seq, kind=kind, column=kind, text=entry.data["text"], author=entry.sender)
    return True


def _card(entry: Entry, room: Room) -> Card:
    card = Card.objects.filter(room=room, seq=entry.data["id"]).first()
    if card is None:
        raise Refused("invalid")
    return card


def _edit_card(entry: Entry, room: Room, person: User) -> bool:
    """Whoever wrote a card changes it, or who leads; never over a wording that she has not seen."""
    card = _card(entry, room)
    if not (policy.leads(person, room.event) or is_by(Entry.objects.get(room=room, seq=card.seq), person, room)):
        raise Refused("forbidden")
    if entry.data["version"] != card.version:
        raise Refused("conflict", detail="changed")
    card.version, card.text = card.version + 1, entry.data["text"]
    card.save(update_fields=["version", "text"])
    entry.data = {**entry.data, "version": card.version}
    return True


def _move_card(entry: Entry, room: Room, person: User) -> bool:
    """Everybody sorts the cards: that is what the board is for."""
    card = _card(entry, room)
    card.column, card.cluster = entry.data["column"], text.one_line(entry.data.get("cluster", ""))
    card.save(update_fields=["column", "cluster"])
    entry.data = {"id": card.seq, "column": card.column, "cluster": card.cluster}
    return True


def _vote_for_card(entry: Entry, room: Room, person: User) -> bool:
    """One vote each, under a mark; once more changes nothing."""
    card, mark = _card(entry, room), mark_of(person, room)
    if entry.data.get("take_back"):
        has_changed = CardVote.objects.filter(card=card, mark=mark).delete()[0] > 0
    else:
        has_changed = CardVote.objects.get_or_create(card=card, mark=mark)[1]
    if has_changed:
        card.votes = CardVote.objects.filter(card=card).count()
        card.save(update_fields=["votes"])
        entry.data = {"id": card.seq, "votes": card.votes}
    return has_changed


def _close(entry: Entry, room: Room, person: User) -> bool:
    """With the room its marks are closed: from now on nobody can find out who said what stands under no name."""
    room.closed_at, room.salt = entry.at, ""
    for kept in (Mark, Silence):
        kept.objects.filter(room=room).delete()
    CardVote.objects.filter(card__room=room).delete()
    record(Verb.CLOSED_ROOM, by=person, subject=room.event, room=str(room.pk))
    return True


EFFECTS: dict[str, Effect] = {
    "chat.hide": _hide,
    "hand.lower": _lower_hand,
    "agenda.go": _go,
    "card.add": _add_card,
    "card.edit": _edit_card,
    "card.move": _move_card,
    "card.vote": _vote_for_card,
    "room.close": _close,
}
