"""Timed jobs of the events: reminders, and what is forgotten."""

from datetime import datetime, timedelta

from cop_site.core.clock import every

from . import actions, guests, log, selectors

# How long before the beginning people are reminded, and from when on it is too late for that.
REMINDERS = {24: timedelta(hours=12), 1: timedelta(minutes=10)}


@every(timedelta(minutes=5), name="remind-of-events")
def remind_of_events(at: datetime) -> None:
    """One day and one hour before; a site that slept through the moment reminds late or not at all."""
    for hours, latest in REMINDERS.items():
        actions.reminded(guests.beginning_between(at + latest, at + timedelta(hours=hours)), hours=hours)


@every(timedelta(minutes=5), name="end-later-answers")
def end_later_answers(at: datetime) -> None:
    """When those who were away have had their time polls close with their results, and the room for good."""
    for room in selectors.due(at):
        log.end_later(room, at)


@every(timedelta(days=1), name="forget-what-participants-needed")
def forget_what_participants_needed(at: datetime) -> None:
    """Thirty days after an event nobody needs to know what somebody needed for it, nor who must not meet."""
    actions.forget_needs(at)
    actions.forget_apart(at)
