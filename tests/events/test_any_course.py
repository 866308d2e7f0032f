"""Any course of things in a room, as Hypothesis thinks it up, against a model: what is taken, what it comes to, what is never told again."""

import json
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as site
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as some
from hypothesis.configuration import set_hypothesis_home_dir
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from cop_site.accounts.models import User
from cop_site.events import log, schemas, selectors, state
from cop_site.events.actions import silence_author
from cop_site.events.models import Room
from cop_site.events.refusing import Refused
from tests.events.course import Model, seen
from tests.events.factories import hall

PEOPLE = ("member", "member2", "moderator", "convenor", "observer")
who, number, column = some.sampled_from(PEOPLE), some.integers(0, 30), some.sampled_from(schemas.COLUMNS)
PLAYED = {
    *("chat.post", "chat.hide", "hand.raise", "hand.lower", "broadcast", "timer.start", "agenda.go", "room.close"),
    *("card.add", "card.edit", "card.move", "card.vote"),
}
PLAYED_ELSEWHERE = {
    *("question.ask", "question.vote", "question.approve", "question.answer"),
    *("poll.open", "poll.vote", "poll.close"),
    *("breakout.compose", "breakout.open", "breakout.close"),
}
slugs = count(1)


class Course(RuleBasedStateMachine):
    """One room from its first entry on."""

    cast: dict[str, Any]

    @initialize(is_unattributed=some.booleans())
    def open(self, is_unattributed: bool) -> None:
        self.room = hall(self.cast["convenor"], slug=f"acara-{next(slugs)}")
        Room.objects.filter(pk=self.room.pk).update(is_unattributed=is_unattributed)
        User.objects.update(muted_until=None)
        handles = {name: self.cast[name].handle for name in PEOPLE}
        self.model = Model(handles, is_unattributed=is_unattributed)
        self.told: list[dict[str, Any]] = []
        self.folded = state.at_the_start()
        self.keys = (str(UUID(int=value, version=4)) for value in count(1))
        self.sent: list[tuple[str, str, str, dict[str, Any]]] = []

    def does(self, who: str, kind: str, sent: dict[str, Any] | None = None, *, key: str = "") -> None:
        """Do something, and hold what comes of it against the model."""
        key, sent = key or next(self.keys), sent or {}
        self.sent.append((who, key, kind, sent))
        outcome = log.append([self._order(who, kind, key, sent)])[0]

        assert (outcome.code if isinstance(outcome, Refused) else outcome) == self.model.takes(who, key, kind, sent)
        for entry in selectors.entries_after(self.room.pk, len(self.told)):
            self.told.append(entry.told())
            self.folded = state.after(self.folded, entry.told())

    def _order(self, who: str, kind: str, key: str, sent: dict[str, Any]) -> schemas.Order:
        return schemas.order({"action": kind, "client_id": key, "data": sent}, room=self.room.pk, by=self.cast[who].pk)

    def words(self) -> str:
        """Such as stand nowhere else."""
        return f"kata-{len(self.sent)}-kenari"

    def a_card(self, number: int) -> int:
        """Mostly the number of one that is there."""
        there = list(self.model.cards)
        return there[number % len(there)] if there and number else number + 1

    @rule(who=who)
    def post(self, who: str) -> None:
        self.does(who, "chat.post", {"text": self.words()})

    @rule(who=who, number=number)
    def hide(self, who: str, number: int) -> None:
        there = sorted(self.model.said, key=lambda seq: (seq in self.model.hidden, -len(self.model.said[seq])))
        is_likely = there and number % 4
        self.does(who, "chat.hide", {"id": there[number % 3 % len(there)] if is_likely else number + 1})

    @rule(who=who)
    def raise_hand(self, who: str) -> None:
        self.does(who, "hand.raise")

    @rule(who=who, whose=some.none() | who)
    def lower_hand(self, who: str, whose: str | None) -> None:
        self.does(who, "hand.lower", {"person": self.cast[whose].handle} if whose else {})

    @rule(who=who, number=number)
    def lead(self, who: str, number: int) -> None:
        led = {"broadcast": {"text": self.words()}, "timer.start": {"seconds": number + 1}, "agenda.go": {"step": number + 1}}
        self.does(who, *list(led.items())[number % 3])

    @rule(who=who, column=column)
    def add_card(self, who: str, column: str) -> None:
        self.does(who, "card.add", {"kind": column, "text": self.words()})

    @rule(who=who, number=number, is_late=some.booleans())
    def edit_card(self, who: str, number: int, is_late: bool) -> None:
        card = self.a_card(number)
        version = self.model.cards.get(card, {"version": 1})["version"]
        self.does(who, "card.edit", {"id": card, "version": version + is_late, "text": self.words()})

    @rule(who=who, number=number, column=column, cluster=some.sampled_from(("", "Desa asal", None)))
    def move_card(self, who: str, number: int, column: str, cluster: str | None) -> None:
        sent = {"id": self.a_card(number), "column": column}
        self.does(who, "card.move", sent if cluster is None else sent | {"cluster": cluster})

    @rule(who=who, number=number, more=some.sampled_from(({}, {"take_back": True}, {"take_back": False})))
    def vote(self, who: str, number: int, more: dict[str, bool]) -> None:
        self.does(who, "card.vote", {"id": self.a_card(number)} | more)

    @precondition(lambda self: self.sent)
    @rule(who=some.none() | who, number=number, is_other=some.booleans())
    def send_again(self, who: str | None, number: int, is_other: bool) -> None:
        """Under a number that was sent before: mostly by the same person, at times with other words."""
        first, key, kind, sent = self.sent[-1 - number % len(self.sent)]
        kind, sent = ("chat.post", {"text": self.words()}) if is_other else (kind, sent)
        self.does(who or first, kind, sent, key=key)

    @rule(who=who)
    def mute_or_hear_again(self, who: str) -> None:
        self.model.muted ^= {who}
        until = timezone.now() + timedelta(days=1) if who in self.model.muted else None
        User.objects.filter(pk=self.cast[who].pk).update(muted_until=until)

    @precondition(lambda self: self.model.said and not self.model.is_closed and "convenor" not in self.model.muted)
    @rule(number=number)
    def silence(self, number: int) -> None:
        seq = list(self.model.said)[number % len(self.model.said)]
        silence_author(self.room, seq, by=self.cast["convenor"])
        self.model.silent.add(self.model.entries[seq - 1][1])

    @precondition(lambda self: len(self.told) > 10)
    @rule(who=who, later=some.sampled_from(({"later": True}, {"later": True}, {"later": False}, {})))
    def close(self, who: str, later: dict[str, bool]) -> None:
        self.does(who, "room.close", later)

    @invariant()
    def the_state_is_what_the_entries_come_to(self) -> None:
        if not hasattr(self, "room"):
            return
        afresh = Room.objects.get(pk=self.room.pk)
        stored = selectors.state_of(afresh)

        assert stored == self.folded
        assert seen(stored) == self.model.state()
        assert afresh.last_seq == len(self.told) == len(self.model.entries)

    def teardown(self) -> None:
        """Once at the end: no gap, nobody named who is not, nothing changed but words that were hidden, and those nowhere."""
        entries = [entry.told() for entry in selectors.entries_after(self.room.pk, 0, most=10_000)]
        assert [told["seq"] for told in entries] == list(range(1, len(entries) + 1))
        for told, first, (kind, who) in zip(entries, self.told, self.model.entries, strict=True):
            is_hidden = "text" in first["data"] and first["data"]["id"] in self.model.hidden
            blank = {"text": "", "html": "", "is_hidden": True} if is_hidden else {}
            assert told == {**first, "data": {**first["data"], **blank}}
            person = {"id": self.cast[who].handle, "name": self.cast[who].name}
            assert told["actor"] == (person if self.model.is_named(kind, who) else None)
        kept = json.dumps([entries, selectors.state_of(Room.objects.get(pk=self.room.pk))])
        assert [words for seq in self.model.hidden for words in self.model.said[seq] if words in kept] == []


def test_every_kind_of_action_is_played_here_or_elsewhere():
    assert schemas.SCHEMAS.keys() - PLAYED_ELSEWHERE == PLAYED


@pytest.mark.slow
def test_any_course_comes_to_what_the_model_says(cast):
    set_hypothesis_home_dir(site.VAR / "hypothesis")
    course = type("CourseOfThisTest", (Course,), {"cast": cast})
    phases = (Phase.explicit, Phase.generate, Phase.shrink)

    run_state_machine_as_test(
        course,
        settings=settings(
            max_examples=12, stateful_step_count=50, deadline=None, database=None, phases=phases, suppress_health_check=list(HealthCheck)
        ),
    )
