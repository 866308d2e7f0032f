"""Votes that are counted at once: for cards and for questions. Polls are secret and another thing (``polling``)."""

from typing import Any

from .acts import Act
from .models import Card, CardVote, Question, QuestionVote


def count_vote(act: Act, votes: type[CardVote] | type[QuestionVote], **on: Card | Question) -> bool:
    """One vote each, under a mark; it names nobody. Once more changes nothing; it can be taken back."""
    (what,) = on.values()
    found: Any = votes.objects.filter(**on)
    if act.entry.data.get("take_back"):
        has_changed = found.filter(mark=act.mark).delete()[0] > 0
    else:
        has_changed = votes.objects.get_or_create(**on, mark=act.mark)[1]
    if has_changed:
        what.votes = found.count()
        what.save(update_fields=["votes"])
        act.entry.data = {"id": act.entry.data["id"], "votes": what.votes}
    return has_changed
