"""Questions and polls: what their actions do beside standing in the log.

A question waits in the backstage until one of those who lead lets it into the hall. What is voted in a poll never enters the log; only
its result does, when it closes, and only where at least ``FEWEST`` voted (docs/decisions/015-secret-votes.md).
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

from cop_site.activity.actions import record
from cop_site.activity.verbs import Verb

from . import policy
from .acts import Act
from .marks import mark_of
from .models import Entry, Poll, PollBallots, PollVoters, Question, QuestionVote, Room
from .refusing import Refused

FEWEST = 5  # votes below which a result could point at somebody
_WORDS = ("question.ask", "question.approve")
HALL, BACKSTAGE = Room.Kind.HALL, Room.Kind.BACKSTAGE


def hall_of(act: Act) -> Room:
    """The room whose questions these are: what is said in the backstage about them is about the hall's."""
    if act.room.kind == HALL:
        return act.room
    hall = act.beside.of_kind(HALL)
    if act.room.kind != BACKSTAGE or hall is None:
        raise Refused("invalid")
    return hall


def ask(act: Act) -> bool:
    """It goes to the backstage; the hall hears nothing of it yet."""
    if act.room.kind != HALL:
        raise Refused("invalid")
    is_named = policy.is_named(act.room, act.entry.kind)
    last = act.room.questions.order_by("-number").first()
    question = Question(room=act.room, number=last.number + 1 if last else 1, author=act.person if is_named else None)
    question.text, question.html = act.entry.data["text"], act.entry.data["html"]
    question.save()
    act.say_in(BACKSTAGE, {"id": question.number, "text": question.text, "html": question.html, "by": question.told()["by"]})
    return False


def _question(act: Act) -> Question:
    question = Question.objects.select_related("author").filter(room=hall_of(act), number=act.entry.data["id"]).first()
    if question is None:
        raise Refused("invalid")
    return question


def approve(act: Act) -> bool:
    """Let a question into the hall, or put it aside, then its words go; the hall hears only what it is let hear."""
    question = _question(act)
    if act.entry.data.get("decline"):
        return _decline(act, question)
    if question.status != Question.Status.WAITING:
        return False
    question.status = Question.Status.APPROVED
    question.save(update_fields=["status"])
    _tell_both(act, question.told() | {"html": question.html})
    return True


def _decline(act: Act, question: Question) -> bool:
    was = question.status
    if was == Question.Status.DECLINED:
        return False
    question.status, question.text, question.html = Question.Status.DECLINED, "", ""
    question.save(update_fields=["status", "text", "html"])
    for entry in Entry.objects.filter(room__in=act.beside.rooms, kind__in=_WORDS, data__id=question.number):
        entry.data, entry.redacted_at = {**entry.data, "text": "", "html": "", "is_hidden": True}, act.entry.at
        entry.save(update_fields=["data", "redacted_at"])
    record(Verb.HID_IN_ROOM, by=act.person, subject=act.room.event, question=question.number)
    told = {"id": question.number, "status": question.status}
    if was != Question.Status.WAITING:
        _tell_both(act, told)
        return True
    act.entry.data = told
    if act.room.kind == HALL:  # which has never heard of it
        act.say_in(BACKSTAGE, told)
    return act.room.kind == BACKSTAGE


def answer(act: Act) -> bool:
    """A question is answered: it moves out of the way and stays to be read."""
    question = _question(act)
    if question.status != Question.Status.APPROVED:
        return False
    question.status = Question.Status.ANSWERED
    question.save(update_fields=["status"])
    _tell_both(act, {"id": question.number})
    return True


def vote_for_question(act: Act) -> bool:
    """One vote each, under a mark; it names nobody."""
    question = _question(act)
    if act.room.kind != HALL or question.status != Question.Status.APPROVED:
        raise Refused("invalid")
    if act.entry.data.get("take_back"):
        has_changed = QuestionVote.objects.filter(question=question, mark=act.mark).delete()[0] > 0
    else:
        has_changed = QuestionVote.objects.get_or_create(question=question, mark=act.mark)[1]
    if has_changed:
        question.votes = QuestionVote.objects.filter(question=question).count()
        question.save(update_fields=["votes"])
        act.entry.data = {"id": question.number, "votes": question.votes}
    return has_changed


def _tell_both(act: Act, data: dict[str, Any]) -> None:
    act.entry.data = data
    act.say_in(BACKSTAGE if act.room.kind == HALL else HALL, data)


# --- polls


def open_poll(act: Act) -> bool:
    """Ask at once, or open what was prepared."""
    said = act.entry.data
    poll = _prepared(act) if "id" in said else _made(act)
    poll.status = Poll.Status.OPEN
    poll.save()
    PollVoters.objects.create(poll=poll)
    PollBallots.objects.create(poll=poll)
    act.entry.data = {name: value for name, value in poll.told().items() if name in {"id", "kind", "question", "options"}}
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
    return Poll(room=act.room, number=next_number(act.room), kind=kind, question=said["question"], options=options)


def next_number(room: Room) -> int:
    """Of the next poll of a room."""
    last = room.polls.order_by("-number").first()
    return last.number + 1 if last else 1


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
    choices = _CHOICES[poll.kind](poll, act.entry.data)
    voters, ballots = (kept.objects.get(poll=poll) for kept in (PollVoters, PollBallots))
    mark = mark_of(act.person, act.room)
    if mark in voters.marks:
        raise Refused("conflict", detail="voted")
    voters.marks = sorted([*voters.marks, mark])
    voters.save(update_fields=["marks"])
    ballots.counts = dict(sorted((Counter(ballots.counts) + Counter(choices)).items()))
    ballots.save(update_fields=["counts"])
    return False


def close_poll(act: Act) -> bool:
    """The result, where enough voted; who voted is forgotten."""
    poll = _open(act)
    voters, ballots = (kept.objects.get(poll=poll) for kept in (PollVoters, PollBallots))
    poll.status, poll.result = Poll.Status.CLOSED, result_of(len(voters.marks), ballots.counts)
    poll.save(update_fields=["status", "result"])
    voters.delete()
    ballots.delete()
    act.entry.data = {"id": poll.number, "result": poll.result}
    return True


def result_of(voters: int, counts: dict[str, int]) -> dict[str, Any]:
    """``{"voters", "counts"}``; below the threshold nothing but that it was too few."""
    if voters < FEWEST:
        return {"voters": None, "counts": {}}
    return {"voters": voters, "counts": counts}


def _one(poll: Poll, data: dict[str, Any]) -> list[str]:
    chosen = data.get("choice", [])
    if len(chosen) != 1 or "words" in data or chosen[0] >= len(poll.options):
        raise Refused("invalid")
    return [str(chosen[0])]


def _several(poll: Poll, data: dict[str, Any]) -> list[str]:
    chosen = data.get("choice", [])
    if not chosen or "words" in data or max(chosen) >= len(poll.options):
        raise Refused("invalid")
    return [str(one) for one in chosen]


def _in_order(poll: Poll, data: dict[str, Any]) -> list[str]:
    """Points by place, the last getting one: what is counted tells no single order of anybody."""
    chosen = data.get("choice", [])
    if sorted(chosen) != list(range(len(poll.options))) or "words" in data:
        raise Refused("invalid")
    return [str(option) for place, option in enumerate(chosen) for _point in range(len(chosen) - place)]


def _degree(_poll: Poll, data: dict[str, Any]) -> list[str]:
    chosen = data.get("choice", [])
    if len(chosen) != 1 or "words" in data or not 1 <= chosen[0] <= 5:
        raise Refused("invalid")
    return [str(chosen[0])]


def _own_words(_poll: Poll, data: dict[str, Any]) -> list[str]:
    if "words" not in data or "choice" in data:
        raise Refused("invalid")
    return [word.casefold() for word in data["words"]]


_CHOICES: dict[str, Callable[[Poll, dict[str, Any]], list[str]]] = {
    Poll.Kind.SINGLE: _one,
    Poll.Kind.MULTIPLE: _several,
    Poll.Kind.RANK: _in_order,
    Poll.Kind.SCALE: _degree,
    Poll.Kind.WORDS: _own_words,
}

EFFECTS = {
    "question.ask": ask,
    "question.approve": approve,
    "question.answer": answer,
    "question.vote": vote_for_question,
    "poll.open": open_poll,
    "poll.vote": vote,
    "poll.close": close_poll,
}
