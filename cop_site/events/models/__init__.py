"""Events, their rooms, and what stands in them."""

from .card import Card, CardVote
from .event import AgendaStep, Event
from .room import Entry, Mark, Room, Silence

__all__ = ["AgendaStep", "Card", "CardVote", "Entry", "Event", "Mark", "Room", "Silence"]
