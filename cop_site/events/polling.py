"""Polls: what their actions do beside standing in the log.

What is voted never enters the log; only the result does, when a poll closes, and only where at least ``FEWEST`` voted
(docs/decisions/015-secret-votes.md). Where that was wished, and nobody is pointed at by it, votes are counted by scale and mandate too (``cells``).
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

from . import cells
from .acts import Act
from .marks import mark_of
from .models import Poll, PollBallots, PollVoters
from .numbers import next_of
from .policy import FEWEST
from .refusing import Refused


def open_poll(act: Act) -> bool:
    """Ask at once, or open what was prepared."""
    said = act.entry.data
    poll = _prepared(act) if "id" in said else _made(act)
    begun = cells.begun(act.room.event, _can_be_counted_by(poll))
    poll.status, poll.counted_by = Poll.Status.OPEN, list(begun.get("cells", ()))
    poll.save()
    PollVoters.objects.create(poll=poll)
    PollBallots.objects.create(poll=poll, cells=begun)
    act.entry.data = {name: value for name, value in poll.told().items() if name not in {"status", "result"}}
    return True


def _prepared(act: Act) -> Poll:
    poll = Poll.objects.filter(room=act.room, number=act.entry.data["id"], status=Poll.Status.DRAFT).first()
    if poll is None or len(act.entry.data) > 1:
        raise Refused("invalid")
    return poll


def _made(act: Act) -> Poll:
    said = act.entry.data
    kind, options = said.get("kind", Poll.Kind.SINGLE), said.get("options", [])
    is_open_ended = kind in {Poll.Kind.SCALE, Poll.Kind.WORDS}
    if "question" not in said or bool(options) == is_open_ended:
        raise Refused("invalid")
    told = {"question": said["question"], "options": options, "counted_by": list(cells.FIELDS) if said.get("by_cells") else []}
    return Poll(room=act.room, number=next_of(act.room.polls), kind=kind, **told)


def _can_be_counted_by(poll: Poll) -> list[str]:
    """Words of one's own say who one is; and in a room without attribution nothing is asked about whose vote it is."""
    return [] if poll.kind == Poll.Kind.WORDS or poll.room.is_unattributed else poll.counted_by


def _open(act: Act) -> Poll:
    poll = Poll.objects.filter(room=act.room, number=act.entry.data["id"]).first()
    if poll is None or poll.status == Poll.Status.DRAFT:
        raise Refused("invalid")
    if poll.status == Poll.Status.CLOSED:
        raise Refused("closed", detail="poll_closed")
    return poll


def vote(act: Act) -> bool:
    """Count one vote. That somebody voted, and what was voted, are written into rows that have nothing in common but the poll."""
    poll = _open(act)
    choices = _counted(poll, act.entry.data)
    voters, ballots = (kept.objects.get(poll=poll) for kept in (PollVoters, PollBallots))
    mark = mark_of(act.person, act.room)
    if mark in voters.marks:
        raise Refused("conflict", detail="voted")
    voters.marks = sorted([*voters.marks, mark])
    voters.save(update_fields=["marks"])
    ballots.counts = dict(sorted((Counter(ballots.counts) + Counter(choices)).items()))
    ballots.cells = cells.counted(ballots.cells, act.person, act.room.event, choices)
    ballots.save(update_fields=["counts", "cells"])
    return False


def close_poll(act: Act) -> bool:
    """The result, where enough voted; who voted is forgotten."""
    poll = _open(act)
    voters, ballots = (kept.objects.get(poll=poll) for kept in (PollVoters, PollBallots))
    poll.status, poll.result = Poll.Status.CLOSED, result_of(len(voters.marks), ballots.counts, ballots.cells)
    poll.save(update_fields=["status", "result"])
    voters.delete()
    ballots.delete()
    act.entry.data = {"id": poll.number, "result": poll.result}
    return True


def result_of(voters: int, counts: dict[str, int], by_cell: cells.Kept) -> dict[str, Any]:
    """``{"voters", "counts", "cells"}``, the last by vocabulary and term; below the threshold nothing but that it was too few."""
    if voters < FEWEST:
        return {"voters": None, "counts": {}, "cells": {}}
    return {"voters": voters, "counts": counts, "cells": cells.shown(by_cell)}


def _counted(poll: Poll, said: dict[str, Any]) -> list[str]:
    """What a vote adds to: options by their place, a degree, or words."""
    words, chosen = said.get("words"), said.get("choice")
    if poll.kind == Poll.Kind.WORDS and chosen is None and words is not None:
        return [word.casefold() for word in words]
    if words is not None or not chosen or not _IS_RIGHT[poll.kind](chosen, len(poll.options)):
        raise Refused("invalid")
    if poll.kind == Poll.Kind.RANK:  # points by place, the last getting one: they tell no single order of anybody
        return [str(option) for place, option in enumerate(chosen) for _point in range(len(chosen) - place)]
    return [str(one) for one in chosen]


_IS_RIGHT: dict[str, Callable[[list[int], int], bool]] = {
    Poll.Kind.SINGLE: lambda chosen, options: len(chosen) == 1 and chosen[0] < options,
    Poll.Kind.MULTIPLE: lambda chosen, options: max(chosen) < options,
    Poll.Kind.RANK: lambda chosen, options: sorted(chosen) == list(range(options)),
    Poll.Kind.SCALE: lambda chosen, _options: len(chosen) == 1 and 1 <= chosen[0] <= 5,
    Poll.Kind.WORDS: lambda _chosen, _options: False,
}

EFFECTS = {"poll.open": open_poll, "poll.vote": vote, "poll.close": close_poll}
