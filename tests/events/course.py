"""What a room must come to, thought out once more without any database: the model that any course of things is held against."""

from typing import Any

LEADERS, OUTSIDE = {"moderator", "convenor"}, {"observer", "suspended"}
WORDS = {"chat.post", "broadcast", "card.add"}
LED = {"broadcast", "timer.start", "agenda.go", "room.close"}
LATER = {"card.add", "card.edit", "card.vote", "chat.hide", "room.close"}  # what is taken once the live part is over
NAMELESS = {"chat.post", "chat.hide", "card.add", "card.edit", "card.move"}  # in a room without attribution, of those who do not lead
Sent = dict[str, Any]


class Model:
    """A room. ``handles`` are the handles of the people by the name of their part."""

    def __init__(self, handles: dict[str, str], *, is_unattributed: bool) -> None:
        self.handles, self.is_unattributed, self.is_closed = handles, is_unattributed, False
        self.live_to: int | None = None  # the number of the entry with which the live part ended
        self.muted: set[str] = set()
        self.silent: set[str] = set()
        self.entries: list[tuple[str, str]] = []  # kind and who, as things were
        self.keys: dict[str, tuple[str, str, Sent, int]] = {}
        self.hidden: set[int] = set()
        self.hands: list[str] = []
        self.agenda = self.seconds = self.announcement = None
        self.cards: dict[int, Sent] = {}
        self.said: dict[int, list[str]] = {}  # the words under a number, of a card also its earlier ones

    def is_named(self, kind: str, who: str) -> bool:
        if kind == "card.vote":
            return False
        return not self.is_unattributed or (kind == "chat.hide" and who in LEADERS) or kind not in NAMELESS

    def takes(self, who: str, key: str, kind: str, sent: Sent) -> int | str | None:
        """What becomes of an action: its number, why it is refused, or None where it changes nothing."""
        refusal = self._refusal(who, kind, sent)
        if who in OUTSIDE:
            return "forbidden"
        if key in self.keys:
            return self._again(who, kind, sent, *self.keys[key])
        if refusal or (refusal := self._of_its_kind(who, kind, sent)):
            return refusal
        if kind == "card.vote" and (who in self.cards[sent["id"]]["votes"]) != sent.get("take_back", False):
            return None
        self.entries.append((kind, who))
        self.keys[key] = (who, kind, sent, len(self.entries))
        self._happens(who, kind, sent, len(self.entries))
        return len(self.entries)

    def _again(self, who: str, kind: str, sent: Sent, first: str, its_kind: str, its_words: Sent, seq: int) -> int | str:
        knows_who = self.is_named(its_kind, first) or (its_kind in WORDS and not self.is_closed)
        return seq if (kind, sent) == (its_kind, its_words) and (who == first or not knows_who) else "conflict"

    def _refusal(self, who: str, kind: str, sent: Sent) -> str:
        hides = kind == "chat.hide" and who in LEADERS
        if not hides and (self.is_closed or (self.live_to and kind not in LATER)):
            return "closed"
        may_not = who in self.muted or (who not in LEADERS and (kind in LED or who in self.silent))
        return "forbidden" if may_not else "invalid" if self.live_to and sent.get("later") else ""

    def _of_its_kind(self, who: str, kind: str, sent: Sent) -> str:
        number, leads = sent.get("id"), who in LEADERS
        if kind == "chat.hide":
            is_there = 0 < number <= len(self.entries) and self.entries[number - 1][0] in WORDS
            return "invalid" if not is_there else "" if leads or self.entries[number - 1][1] == who else "forbidden"
        if kind == "hand.lower":
            return "" if leads or sent.get("person", self.handles[who]) == self.handles[who] else "forbidden"
        if kind.startswith("card.") and kind != "card.add" and number not in self.cards:
            return "invalid"
        if kind == "card.edit":
            is_own, is_seen = self.entries[number - 1][1] == who, sent["version"] == self.cards[number]["version"]
            return "forbidden" if not (leads or is_own) else "" if is_seen else "conflict"
        return ""

    def _happens(self, who: str, kind: str, sent: Sent, seq: int) -> None:
        if "text" in sent:
            self.said.setdefault(seq if kind in WORDS else sent["id"], []).append(sent["text"])
        getattr(self, "_" + kind.replace(".", "_"), lambda *_nothing: None)(who, sent, seq)

    def _chat_hide(self, who: str, sent: Sent, seq: int) -> None:
        self.hidden.add(sent["id"])
        self.cards.pop(sent["id"], None)
        if self.announcement and self.announcement["seq"] == sent["id"]:
            self.announcement = None

    def _hand_raise(self, who: str, sent: Sent, seq: int) -> None:
        self.hands = [*(one for one in self.hands if one != self.handles[who]), self.handles[who]]

    def _hand_lower(self, who: str, sent: Sent, seq: int) -> None:
        self.hands = [one for one in self.hands if one != sent.get("person", self.handles[who])]

    def _broadcast(self, who: str, sent: Sent, seq: int) -> None:
        self.announcement = {"seq": seq, "text": sent["text"]}

    def _timer_start(self, who: str, sent: Sent, seq: int) -> None:
        self.seconds = sent["seconds"]

    def _agenda_go(self, who: str, sent: Sent, seq: int) -> None:
        self.agenda = sent["step"]

    def _card_add(self, who: str, sent: Sent, seq: int) -> None:
        by = self.handles[who] if self.is_named("card.add", who) else None
        column, is_later = sent["kind"], bool(self.live_to)
        card = {"text": sent["text"], "column": column, "cluster": "", "version": 1, "votes": set(), "by": by}
        self.cards[seq] = card | {"is_later": is_later}

    def _card_edit(self, who: str, sent: Sent, seq: int) -> None:
        self.cards[sent["id"]] |= {"text": sent["text"], "version": sent["version"] + 1}

    def _card_move(self, who: str, sent: Sent, seq: int) -> None:
        self.cards[sent["id"]] |= {"column": sent["column"], "cluster": sent.get("cluster", "")}

    def _card_vote(self, who: str, sent: Sent, seq: int) -> None:
        self.cards[sent["id"]]["votes"] ^= {who}

    def _room_close(self, who: str, sent: Sent, seq: int) -> None:
        self.hands, self.seconds = [], None
        if sent.get("later"):
            self.live_to = seq
        else:
            self.is_closed = True

    def state(self) -> Sent:
        cards = [{"id": seq, **card, "votes": len(card["votes"])} for seq, card in self.cards.items()]
        told = {"hands": self.hands, "agenda": self.agenda, "seconds": self.seconds, "announcement": self.announcement}
        return {**told, "cards": cards, "live_to": self.live_to, "is_closed": self.is_closed}


def seen(state: Sent) -> Sent:
    """A room's own state, as far as the model speaks of it."""
    cards = [{name: value for name, value in card.items() if name != "kind"} for card in state["cards"]]
    return {
        "hands": [hand["id"] for hand in state["hands"]],
        "agenda": state["agenda"],
        "seconds": (state["timer"] or {}).get("seconds"),
        "announcement": state["announcement"],
        "cards": [{"is_later": False} | card | {"by": (card["by"] or {}).get("id")} for card in cards],
        "live_to": (state["later"] or {}).get("after"),
        "is_closed": state["is_closed"],
    }
