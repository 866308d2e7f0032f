"""Events, their rooms, and what stands in them."""

from .asking import Poll, PollBallots, PollVoters, Question, QuestionVote
from .attending import CalendarFeed, EventInvitation, Registration
from .card import Card, CardVote
from .event import AgendaStep, Event
from .room import Entry, Mark, Room, Silence, Taken
from .round import Apart, Round, Seat

__all__ = [
    "AgendaStep",
    "Apart",
    "CalendarFeed",
    "Card",
    "CardVote",
    "Entry",
    "Event",
    "EventInvitation",
    "Mark",
    "Poll",
    "PollBallots",
    "PollVoters",
    "Question",
    "QuestionVote",
    "Registration",
    "Room",
    "Round",
    "Seat",
    "Silence",
    "Taken",
]
