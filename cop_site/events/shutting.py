"""What closing a room leaves, and what it takes away for good."""

from datetime import datetime

from .models import CardVote, Mark, PollBallots, PollVoters, QuestionVote, Room, Silence, Taken


def shut(room: Room, at: datetime) -> None:
    """With the room its marks are closed: from now on nobody can find out who said what stands under no name. The caller saves the room."""
    room.closed_at, room.salt = at, ""
    for kept in (Mark, Silence, Taken):
        kept.objects.filter(room=room).delete()
    CardVote.objects.filter(card__room=room).delete()
    QuestionVote.objects.filter(question__room=room).delete()
    for kept_of_polls in (PollVoters, PollBallots):  # of polls that nobody closed: what was voted is not kept without a result
        kept_of_polls.objects.filter(poll__room=room).delete()
