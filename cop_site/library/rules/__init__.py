"""When a text may be kept, handed in, published: the template's rules, asked by forms, deeds and imports alike."""

from .evidence import EVALUATED, FIRST_YEAR, REPORT_WORDS, lacking, ladder, problems_in_adaptation, reaches, stronger, strongest
from .guarding import blocking, findings_in, text_fields, texts_of, unexplained, warned_of
from .judging import LEVEL, POINTS, SCORES, needs_scores, problems_in_scores
from .limits import (
    CHILD_CONSENT,
    COARSE_PLACES,
    QUICK_EVIDENCE,
    QUICK_KINDS,
    broken_rules,
    problems_of_public,
    problems_with_original,
    problems_with_public,
    wants_full_form,
    widest_for,
)
from .problems import known_slugs, problems_in
from .words import COLUMNS, NotReady, Problem, content_of, overtaken

__all__ = [
    "CHILD_CONSENT",
    "COARSE_PLACES",
    "COLUMNS",
    "EVALUATED",
    "FIRST_YEAR",
    "LEVEL",
    "POINTS",
    "QUICK_EVIDENCE",
    "QUICK_KINDS",
    "REPORT_WORDS",
    "SCORES",
    "NotReady",
    "Problem",
    "blocking",
    "broken_rules",
    "content_of",
    "findings_in",
    "known_slugs",
    "lacking",
    "ladder",
    "needs_scores",
    "overtaken",
    "problems_in",
    "problems_in_adaptation",
    "problems_in_scores",
    "problems_of_public",
    "problems_with_original",
    "problems_with_public",
    "reaches",
    "stronger",
    "strongest",
    "text_fields",
    "texts_of",
    "unexplained",
    "wants_full_form",
    "warned_of",
    "widest_for",
]
