"""What an entry does beside standing in the log: words that are hidden, cards on the board, a room that closes.

Each effect runs inside the transaction that writes its entry, with the room locked; it may complete the entry or refuse.
"""

from collections.abc import Callable

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.verbs import Verb
from cop_site.core import text

from . import asking, breakouts, closing, polling
from .acts import Act, Said
from .marks import mark_of
from .models import Card, CardVote, Entry, Mark, Room
from .refusing import Refused
from .voting import count_vote
from .whence import where_from

Effect = Callable[[Act], bool]  # False where nothing changed, or nothing is for all, and no entry is left
WORDS = {"chat.post", "broadcast", "card.add"}


def is_by(entry: Entry, person: User, room: Room) -> bool:
    """Whether it was this person who said it. In a room without attribution marks are compared, and of a closed one nobody knows any more."""
    if entry.sender_id is not None:
        return entry.sender_id == person.pk
    return Mark.objects.filter(room=room, seq=entry.seq, mark=mark_of(person, room)).exists()


def card_of(entry: Entry) -> Card:
    """The card that an entry puts on the board."""
    said = entry.data
    told = {"kind": said["kind"], "column": said["kind"], "text": said["text"], "origin": said.get("origin")}
    return Card(room=entry.room, seq=entry.seq, author=entry.sender, **told)


def leave_mark(entry: Entry, room: Room, person: User) -> None:
    """What stands under no name can be taken back by its author, and silenced, as long as the room is open."""
    if entry.sender_id is None and entry.kind in WORDS:
        Mark.objects.create(room=room, seq=entry.seq, mark=mark_of(person, room))


def _hide(act: Act) -> bool:
    """The words leave the rows themselves: no cursor, however old, brings them back."""
    target = Entry.objects.filter(room=act.room, seq=act.entry.data["id"], kind__in=WORDS).first()
    if target is None:
        raise Refused("invalid")
    is_own, as_leader = is_by(target, act.person, act.room), act.leads
    if not (is_own or as_leader):
        raise Refused("forbidden")
    if target.redacted_at is None:
        _redact(target, act)
        for copy in _copies(target, act):
            _redact(copy, act)
            act.also.append(Said(copy.room, "chat.hide", {"id": copy.seq}, act.entry.sender))
        if as_leader:  # of one's own words nobody keeps a journal
            record(Verb.HID_IN_ROOM, by=act.person, subject=act.room.event, seq=target.seq)
    return True


def _redact(target: Entry, act: Act) -> None:
    for one in _wordings(target):
        one.redact(act.entry.at)
    Card.objects.filter(room=target.room_id, seq=target.seq).delete()


def _copies(target: Entry, act: Act) -> list[Entry]:
    """The same card in the group that it came back from, or in the hall to which it came back."""
    rooms, cards = {room.pk: room for room in act.beside.rooms}, Entry.objects.filter(kind="card.add", redacted_at=None)
    if origin := target.data.get("origin"):
        found = cards.filter(room__round__number=origin["round"], room__number=origin["group"], seq=origin.get("seq"))
    elif act.room.round and target.kind == "card.add":
        told = {"round": act.room.round.number, "group": act.room.number, "seq": target.seq}
        found = cards.filter(**{f"data__origin__{name}": value for name, value in told.items()})
    else:
        return []
    copies = list(found.filter(room__in=rooms))
    for copy in copies:
        copy.room = rooms[copy.room_id]
    return copies


def _wordings(target: Entry) -> list[Entry]:
    """All entries that hold the words: of a card also what it said later."""
    later = Entry.objects.filter(room=target.room_id, kind="card.edit", data__id=target.seq) if target.kind == "card.add" else []
    return [target, *later]


def _raise_hand(act: Act) -> bool:
    """With the scale and the mandates of the person's organisation: the queue brings forward who was not heard yet."""
    act.entry.data = where_from(act.person)
    return True


def _lower_hand(act: Act) -> bool:
    """Only those who lead lower somebody else's hand, and say that a person was heard."""
    is_own = act.entry.data.get("person") in {None, act.person.handle}
    if not act.leads and (not is_own or act.entry.data.get("heard")):
        raise Refused("forbidden")
    return True


def _go(act: Act) -> bool:
    """The pointer stands on a step of the agenda; where none is written down, on any number."""
    steps = set(act.room.event.steps.values_list("place", flat=True))
    if steps and act.entry.data["step"] not in steps:
        raise Refused("invalid")
    return True


def _add_card(act: Act) -> bool:
    card_of(act.entry).save()
    return True


def _card(act: Act) -> Card:
    card = Card.objects.filter(room=act.room, seq=act.entry.data["id"]).first()
    if card is None:
        raise Refused("invalid")
    return card


def _edit_card(act: Act) -> bool:
    """Whoever wrote a card changes it, or who leads; never over a wording that she has not seen."""
    card = _card(act)
    if not (act.leads or is_by(Entry.objects.get(room=act.room, seq=card.seq), act.person, act.room)):
        raise Refused("forbidden")
    if act.entry.data["version"] != card.version:
        raise Refused("conflict", detail="changed")
    card.version, card.text = card.version + 1, act.entry.data["text"]
    card.save(update_fields=["version", "text"])
    act.entry.data = {**act.entry.data, "version": card.version}
    return True


def _move_card(act: Act) -> bool:
    """Everybody sorts the cards: that is what the board is for."""
    card = _card(act)
    card.column, card.cluster = act.entry.data["column"], text.one_line(act.entry.data.get("cluster", ""))
    card.save(update_fields=["column", "cluster"])
    act.entry.data = {"id": card.seq, "column": card.column, "cluster": card.cluster}
    return True


def _vote_for_card(act: Act) -> bool:
    return count_vote(act, CardVote, card=_card(act))


EFFECTS: dict[str, Effect] = {
    "chat.hide": _hide,
    "hand.raise": _raise_hand,
    "hand.lower": _lower_hand,
    "agenda.go": _go,
    "card.add": _add_card,
    "card.edit": _edit_card,
    "card.move": _move_card,
    "card.vote": _vote_for_card,
    **asking.EFFECTS,
    **polling.EFFECTS,
    **breakouts.EFFECTS,
    **closing.EFFECTS,
}
