"""Questions to those who lead, and polls."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cop_site.accounts.models import User

from .room import Room


class Question(models.Model):
    """A question to those who lead: it waits in the backstage until one of them lets it into the hall."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        APPROVED = "approved", _("Open")
        ANSWERED = "answered", _("Answered")
        DECLINED = "declined", _("Not taken")

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    html = models.TextField()
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    votes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "number"], name="one_question_per_number")]

    def __str__(self) -> str:
        return f"question {self.number}"

    def told(self) -> dict[str, Any]:
        """The question as it stands in a room's state."""
        by = {"id": self.author.handle, "name": self.author.name} if self.author else None
        return {"id": self.number, "text": self.text, "by": by, "status": self.status, "votes": self.votes}


class QuestionVote(models.Model):
    """That somebody, known by a mark alone, wants an answer to a question too. Gone when the room closes."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "mark"], name="one_vote_per_question")]

    def __str__(self) -> str:
        return "vote"


class Poll(models.Model):
    """A poll in a room. Who voted and what was voted are kept apart (docs/decisions/015-secret-votes.md)."""

    class Kind(models.TextChoices):
        SINGLE = "single", _("One answer")
        MULTIPLE = "multiple", _("Several answers")
        RANK = "rank", _("Put in order")
        SCALE = "scale", _("From one to five")
        WORDS = "words", _("Words of one's own")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="polls")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.SINGLE)
    question = models.CharField(max_length=200)
    options = models.JSONField(default=list)
    counted_by = models.JSONField(default=list)  # vocabularies; of a draft what is wished, of an open poll what is done
    status = models.CharField(max_length=6, choices=Status, default=Status.DRAFT)
    result = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "number"], name="one_poll_per_number")]

    def __str__(self) -> str:
        return f"poll {self.number}"

    def told(self) -> dict[str, Any]:
        """The poll as it stands in a room's state; its result only once it is closed."""
        names = ("kind", "question", "options", "counted_by", "status", "result")
        return {"id": self.number, **{name: getattr(self, name) for name in names}}


class PollVoters(models.Model):
    """Who has voted in an open poll: marks in the order of their signs, in one row, so that no row tells an order of votes."""

    poll = models.OneToOneField(Poll, on_delete=models.CASCADE, related_name="voters")
    marks = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{len(self.marks)} voters"


class PollBallots(models.Model):
    """What was voted in a poll, as counts of each choice in the order of their signs: no row is anybody's vote.

    ``cells`` holds by vocabulary and term how many of it voted, and their counts, as far as a poll is counted by them; and how many
    voted of those who are in all the same terms, without what they voted (``cells``).
    """

    poll = models.OneToOneField(Poll, on_delete=models.CASCADE, related_name="ballots")
    counts = models.JSONField(default=dict)
    cells = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{sum(self.counts.values())} votes"
