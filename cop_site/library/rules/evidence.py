"""How strong reviewers may call a practice's evidence: rules r6 and r7, and the cap of the quick form."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cop_site.core.text import count_words
from cop_site.vocabulary import selectors as words

from .. import template
from ..models import AdaptationReport
from .limits import QUICK_EVIDENCE
from .problems import problems_in
from .words import Problem, content_of

REPLICATED, EVALUATED = "tereplikasi", "terevaluasi"
PROMISING = "menjanjikan"
WORKED = {"berhasil", "berhasil-sebagian"}
FIRST_YEAR = 1990
REPORT_WORDS = {"min": 15, "max": 200}


def ladder() -> list[str]:
    """The levels, the weakest first."""
    return list(words.terms("evidence_level"))


def reaches(level: str, rung: str) -> bool:
    """Whether ``level`` is ``rung`` or stronger."""
    steps = ladder()
    return level in steps and steps.index(level) >= steps.index(rung)


def is_replicated(reports: Iterable[AdaptationReport]) -> bool:
    """Two provinces, two organisations: whether these accepted reports of others say that it worked for both."""
    pairs = combinations([report for report in reports if report.outcome in WORKED], 2)
    return any(one.province != other.province and one.organisation_id != other.organisation_id for one, other in pairs)


def lacking(
    level: str,
    practice: Any,
    reports: Sequence[AdaptationReport],
    *,
    is_colleague: bool = False,
    confirms_evaluation: bool = True,
) -> Iterator[str]:
    """What is missing before a reviewer may call the evidence of ``practice`` this. ``reports``: those that support it.

    Its author's own list of replications is a claim, and is not looked at.
    """
    if level not in ladder():
        yield _("Please choose one of the list.")
        return
    if level in QUICK_EVIDENCE:
        if practice.document_kind == "praktik-baik":
            yield template.rule("r7")
        return
    if problems_in(content_of(practice) | {"evidence_level": PROMISING}, to_publish=True):
        yield _("The full form is not complete: a quick note carries no more than a pilot.")
    if reaches(level, REPLICATED):
        yield from _not_replicated(reports, is_colleague=is_colleague)
    if level == EVALUATED and not practice.references:
        yield _("No evaluation stands in its references.")
    elif level == EVALUATED and not confirms_evaluation:
        yield _("Say that you found the evaluation among its references.")


def _not_replicated(reports: Sequence[AdaptationReport], *, is_colleague: bool) -> Iterator[str]:
    if not is_replicated(reports):
        yield _(
            "Two accepted reports are needed, from two provinces and two organisations other than its own, where it worked at least in part."
        )
    if is_colleague:
        yield _("A reviewer of another organisation sets this level.")


def strongest(up_to: str, practice: Any, reports: Sequence[AdaptationReport], **who: bool) -> str:
    """The highest level that nothing is lacking for, no higher than ``up_to``; empty where there is no level at all."""
    steps = ladder()
    if up_to not in steps:
        return ""
    fitting = [level for level in steps[: steps.index(up_to) + 1] if not any(lacking(level, practice, reports, **who))]
    return fitting[-1] if fitting else steps[0]


def stronger(one: str, other: str) -> str:
    """The higher of two levels, of which either may be empty."""
    return one if one and (not other or reaches(one, other)) else other


def problems_in_adaptation(told: Mapping[str, Any]) -> Iterator[Problem]:
    """What a report of having tried a practice lacks."""
    for column, vocabulary in (("service_scale", "service_scale"), ("outcome", "practice_outcome")):
        if told[column] not in words.terms(vocabulary):
            yield Problem(column, _("Please choose one of the list."))
    if told["province"] not in words.provinces():
        yield Problem("province", _("Please choose one of the list."))
    if not FIRST_YEAR <= told["year"] <= timezone.localdate().year:
        yield Problem("year", _("Please give a year between %(first)d and this one.") % {"first": FIRST_YEAR})
    if not told["text"].strip():
        yield Problem("text", _("Say what you changed and what came of it."))
    elif count_words(told["text"]) > (longest := REPORT_WORDS["max"] * template.REFUSED_FROM):
        yield Problem("text", _("This is much too long: please stay below %(number)d words.") % {"number": longest})
