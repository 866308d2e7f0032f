"""What a reviewer's judgement needs to be whole."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from cop_site.vocabulary import selectors as words

from .. import template
from .limits import wants_full_form
from .words import Problem

SCORES = "criteria_scores"  # the scores, and the one reason for them, by the template's name
LEVEL = "evidence_level_set"
POINTS = range(4)


def needs_scores(content: Mapping[str, Any]) -> bool:
    """A practice that claims more than a quick note may is held against every criterion."""
    is_document = template.form_of(content.get("document_kind") or "") is template.document_form()
    return not is_document and wants_full_form(content)


def problems_in_scores(scores: Mapping[str, int], reason: str, *, are_needed: bool) -> Iterator[Problem]:
    """Unknown criteria or points, criteria left out, points without a reason."""
    known = words.terms("practice_criteria")
    if any(criterion not in known or points not in POINTS for criterion, points in scores.items()):
        yield Problem(SCORES, _("Each criterion takes 0 to 3 points."))
    if are_needed and set(known) - set(scores):
        yield Problem(SCORES, _("Give points for every criterion: this text claims more than a quick note."))
    if scores and not reason.strip():
        yield Problem(SCORES, _("Give one reason for the points."))
