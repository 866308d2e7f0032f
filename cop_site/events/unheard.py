"""Whose voices a room has not heard yet: scales, mandates and groups, never persons."""

from collections import Counter
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, Max, Q
from django.utils import timezone

from cop_site.vocabulary import selectors as words

from .models import Entry, Event, Room
from .policy import FEWEST
from .rounds import SPOKE, people_of
from .whence import wheres_from

SILENT_AFTER = timedelta(minutes=5)


class Unheard:
    """Asks the same number of questions however many people and groups there are."""

    def __init__(self, event: Event, hall: Room) -> None:
        self.event, self.hall, self.at = event, hall, timezone.now()

    @cached_property
    def scales(self) -> list[dict[str, Any]]:
        """Who took turns, by scale."""
        here = Counter(whence["scale"] for whence in self._whences if "scale" in whence)
        turns = Counter(turn["scale"] for turn in self._turns if turn.get("scale"))
        return _cells("service_scale", here, turns)

    @cached_property
    def mandates(self) -> list[dict[str, Any]]:
        """Who took turns, by mandate; whoever has several counts in each."""
        here = Counter(one for whence in self._whences for one in whence["mandates"])
        turns = Counter(one for turn in self._turns for one in turn.get("mandates", ()))
        return _cells("mandate", here, turns)

    @property
    def _turns(self) -> list[dict[str, Any]]:
        heard: list[dict[str, Any]] = self.hall.state.get("heard", [])
        return heard

    @cached_property
    def _whences(self) -> list[dict[str, Any]]:
        return list(wheres_from(people_of(self.event)).values())

    @cached_property
    def groups(self) -> list[dict[str, Any]]:
        """Open groups that call for help, are silent, or have nothing on their board."""
        rooms = Room.objects.filter(event=self.event, kind=Room.Kind.GROUP, closed_at=None).select_related("round").order_by("number")
        found = list(rooms.annotate(last=Max("entries__at", filter=Q(entries__kind__in=SPOKE)), on_board=Count("cards", distinct=True)))
        now = [room.round.number for room in found if room.round]
        opened = Entry.objects.filter(room=self.hall, kind="breakout.open", data__round__in=now).order_by("seq").first()
        told = [
            {
                "room": room,
                "calls": bool(room.state["hands"]),
                "is_silent": (room.last or (opened.at if opened else self.at)) <= self.at - SILENT_AFTER,
                "is_empty": not room.on_board,
            }
            for room in found
        ]
        return [group for group in told if group["calls"] or group["is_silent"] or group["is_empty"]]


def _cells(vocabulary: str, here: Counter[str], turns: Counter[str]) -> list[dict[str, Any]]:
    """Shares among the cells that are large enough alone: so nothing of a small one follows from the others."""
    shown = {slug for slug, number in here.items() if number >= FEWEST}
    all_here, all_turns = (sum(counted[slug] for slug in shown) for counted in (here, turns))
    return [
        {
            "name": words.label(vocabulary, slug),
            "is_shown": slug in shown,
            "people": round(100 * here[slug] / all_here) if slug in shown else None,
            "turns": round(100 * turns[slug] / all_turns) if slug in shown and all_turns else None,
        }
        for slug in words.terms(vocabulary)
        if here[slug]
    ]
