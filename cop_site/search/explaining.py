"""How the score of one document came about, in plain words and numbers: for those who wonder, and for those who change the weights."""

from dataclasses import dataclass
from typing import Any

from .analysis import Group, Question, Term
from .scoring import FIELDS, Counts, Text, are_together, best_of, points, signals, value, worth


@dataclass(frozen=True)
class Signals:
    """What an entry says of itself beside its words."""

    evidence: str = ""
    changed_at: float = 0.0


def explained(question: Question, text: Text, counts: Counts, says: Signals, now: float) -> dict[str, Any]:
    """Group by group: which way to say it was found, where, how rare it is; and what makes the sum of it more or less.

    Everything is counted among the rows that the reader may see, and nothing is told of any other row.
    """
    gained = signals(says.evidence, says.changed_at, now)
    sums = points(question, text, counts, gained)
    return {
        "score": round(sums.total, 4),
        "documents": counts.documents,
        "typed": list(question.typed),
        "instead": question.instead,
        "groups": [_group(group, text, counts) for group in question.groups],
        "terms": round(sums.terms, 4),
        "nearness": round(sums.nearness, 4),
        "title_as_typed": round(sums.title, 4),
        "answered": round(sums.reached / sums.asked, 4) if sums.asked else 0.0,
        "coordination": round(sums.coordination, 4),
        "signals": {"evidence": says.evidence, "factor": round(gained, 4)},
    }


def _group(group: Group, text: Text, counts: Counts) -> dict[str, Any]:
    """One thing that was asked for."""
    best = max(group.terms, key=lambda term: value(term, text, counts), default=None)
    found = _term(best, text, counts) if best and value(best, text, counts) else None
    told = {
        "typed": " ".join(group.typed),
        "worth": round(worth(group, counts), 4),
        "score": round(best_of(group, text, counts), 4),
        "by": found,
    }
    if group.parts:
        told |= {"together": are_together(group, text), "parts": [_group(part, text, counts) for part in group.parts]}
    return told


def _term(term: Term, text: Text, counts: Counts) -> dict[str, Any]:
    """The way to say it that brings most."""
    return {
        "stems": " ".join(term.stems),
        "weight": round(term.weight, 4),
        "documents": min(counts.by_stem.get(one, 0) for one in term.stems),
        "rarity": round(counts.rarity(term.stems), 4),
        "times": {name: times for name in FIELDS if (times := len(text.starts(name, term.stems)))},
        "frequency": round(text.frequency(term.stems), 4),
    }
