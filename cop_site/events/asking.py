"""Questions: what their actions do beside standing in the log. One waits in the backstage until somebody who leads lets it into the hall."""

from typing import Any

from cop_site.activity.actions import record
from cop_site.activity.verbs import Verb

from . import policy
from .acts import Act
from .models import Entry, Question, QuestionVote, Room
from .numbers import next_of
from .refusing import Refused
from .voting import count_vote

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
    question = Question(room=act.room, number=next_of(act.room.questions), author=act.person if is_named else None)
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
        entry.redact(act.entry.at)
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


def vote(act: Act) -> bool:
    """For a question that was let in: that one wants an answer too."""
    question = _question(act)
    if act.room.kind != HALL or question.status != Question.Status.APPROVED:
        raise Refused("invalid")
    return count_vote(act, QuestionVote, question=question)


def _tell_both(act: Act, data: dict[str, Any]) -> None:
    act.entry.data = data
    act.say_in(BACKSTAGE if act.room.kind == HALL else HALL, data)


EFFECTS = {"question.ask": ask, "question.approve": approve, "question.answer": answer, "question.vote": vote}
