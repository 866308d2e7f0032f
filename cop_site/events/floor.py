"""What is before a room beside its talk and its board: questions, polls, the queue of hands and the groups, for one reader."""

from functools import cached_property
from typing import Any

from django.urls import reverse

from . import cells, state
from .marks import mark_of
from .models import Poll, PollVoters, QuestionVote, Room
from .schemas import MOST_OWN_WORDS
from .screen import Screen

SCALE = range(1, 6)
Told = dict[str, Any]


class Floor:
    """Asks the same number of questions however many stand in the room."""

    def __init__(self, screen: Screen, said: Told) -> None:
        self.screen, self.said = screen, said
        self.room, self.reader, self.told = screen.room, screen.reader, screen.state
        self.takes_questions = self.room.kind != Room.Kind.GROUP
        self.takes_votes = self.room.kind == Room.Kind.HALL and self.room.is_live  # for questions

    @cached_property
    def questions(self) -> dict[str, list[Told]]:
        """By what became of them: those that wait as they came, the open ones by votes."""
        mark = mark_of(self.reader, self.room)
        is_known = self.takes_votes and bool(self.told["questions"])
        wanted = (
            set(QuestionVote.objects.filter(question__room=self.room, mark=mark).values_list("question__number", flat=True))
            if is_known
            else set()
        )
        found: dict[str, list[Told]] = {"waiting": [], "approved": [], "answered": []}
        for one in self.told["questions"]:
            is_blocked = bool(one["by"]) and one["by"]["id"] in self.screen.blocked
            found[one["status"]].append({**one, "has_vote": one["id"] in wanted, "is_blocked": is_blocked})
        found["approved"].sort(key=lambda one: -one["votes"])
        return found

    @cached_property
    def polls(self) -> list[Told]:
        """The newest first; of an open one whether the reader has voted, of a closed one its rows."""
        is_open = any(poll["status"] == Poll.Status.OPEN for poll in self.told["polls"])
        voters = PollVoters.objects.filter(poll__room=self.room).values_list("poll__number", "marks") if is_open else ()
        mark = mark_of(self.reader, self.room)
        voted = {number for number, marks in voters if mark in marks}
        return [self._poll(poll, poll["id"] in voted) for poll in reversed(self.told["polls"])]

    def _poll(self, poll: Told, has_voted: bool) -> Told:
        is_open = poll["status"] == Poll.Status.OPEN
        is_typed = self.said.get("action") == "poll.vote" and self.said.get("id") == str(poll["id"])
        shown = (
            {"fields": _fields(poll, self.said if is_typed else {})}
            if is_open
            else {"rows": rows_of(poll, poll["result"]), "cells": _cells_of(poll)}
        )
        lacks_cells = bool(shown.get("rows") and poll["counted_by"] and not shown["cells"])
        return {**poll, "is_open": is_open, "has_voted": has_voted, "lacks_cells": lacks_cells, **shown}

    @cached_property
    def hands(self) -> list[Told]:
        """Raised hands in the order of the queue."""
        hands = {hand["id"]: hand for hand in self.told["hands"]}
        return [hands[person] for person in state.queue(self.told)]

    @property
    def has_raised(self) -> bool:
        return any(hand["id"] == self.reader.handle for hand in self.told["hands"])

    @cached_property
    def groups(self) -> list[Told]:
        """The groups that are open, each with its address and whether the reader sits in it."""
        found = (self.told.get("groups") or {}).get("groups", [])
        return [
            {
                **group,
                "url": reverse("event-group", args=[self.room.event.slug, group["room"]]),
                "is_mine": any(person["id"] == self.reader.handle for person in group["people"]),
            }
            for group in found
        ]

    @property
    def my_group(self) -> Told | None:
        return next((group for group in self.groups if group["is_mine"]), None)


def _fields(poll: Told, said: Told) -> Told:
    """What a ballot asks: of each option its number and what was chosen for it."""
    chosen, places, words = (said.get(name, []) for name in ("choices", "places", "words"))
    if poll["kind"] == Poll.Kind.WORDS:
        return {"words": [words[at] if at < len(words) else "" for at in range(MOST_OWN_WORDS)]}
    named = [(degree, str(degree)) for degree in SCALE] if poll["kind"] == Poll.Kind.SCALE else list(enumerate(poll["options"]))
    options = [
        {"value": value, "text": text, "is_chosen": str(value) in chosen, "place": places[at] if at < len(places) else ""}
        for at, (value, text) in enumerate(named)
    ]
    return {"options": options, "places": [str(place + 1) for place in range(len(options))]}


def _cells_of(poll: Told) -> list[Told]:
    """By vocabulary the result of each of its terms, in the reader's language."""
    return [
        {
            "label": cells.BY[vocabulary],
            "cells": [
                {"label": cells.label(vocabulary, cell), "voters": of["voters"], "rows": rows_of(poll, of)} for cell, of in found.items()
            ],
        }
        for vocabulary, found in poll["result"]["cells"].items()
    ]


def rows_of(poll: Told, result: Told) -> list[Told]:
    """Of each answer how often it was given and the most it could have been; nothing where too few voted."""
    counts, voters = result["counts"], result["voters"]
    if not voters:
        return []
    if poll["kind"] == Poll.Kind.WORDS:
        named = [(word, word) for word in sorted(counts, key=lambda word: (-counts[word], word))]
    elif poll["kind"] == Poll.Kind.SCALE:
        named = [(str(degree), str(degree)) for degree in SCALE]
    else:
        named = [(str(at), text) for at, text in enumerate(poll["options"])]
    most = voters * len(poll["options"]) if poll["kind"] == Poll.Kind.RANK else voters
    return [{"text": text, "count": counts.get(key, 0), "most": most} for key, text in named]
