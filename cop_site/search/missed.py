"""What was asked here and not found: told without persons, and only once it was missed on several days."""

import csv
import re
from datetime import timedelta
from io import StringIO
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, QuerySet, Sum

from cop_site.accounts.tokens import viewer_tokens
from cop_site.screening import names
from cop_site.screening.guard import screen

from .analysis import Question, ask, stem
from .models import Entry, Miss
from .port import Shown
from .spelling import SaidWords, mended

KEPT_FOR = timedelta(days=180)
FEWEST_DAYS = 3  # a question is shown once it was missed on so many days
MOST_STEMS = 6  # a longer question tells of one person's case
MOST_A_DAY = 2_000  # so many different questions; what a machine sends beyond is nobody's
PAGE_SIZE = 50
_FIELDS = ("title_stems", "keywords_stems", "summary_stems", "body_stems")
_LONG_NUMBER = re.compile(r"\d(?:[.-]?\d){4,}")


def missed_page(number: str | int = 1) -> Page:
    """What was missed on most days first."""
    return Paginator(_told(), PAGE_SIZE).get_page(number)


def missed_sheet(head: list[str]) -> str:
    """All of it as CSV. Stems are letters and digits: no spreadsheet takes one for a formula."""
    sheet = StringIO()
    writer = csv.writer(sheet)
    writer.writerow(head)
    writer.writerows([one["words"], one["language"], one["days"], one["times"], one["last"].isoformat()] for one in _told())
    return sheet.getvalue()


def _told() -> QuerySet:
    by_question = Miss.objects.values("words", "language").annotate(days=Count("pk"), times=Sum("times"), last=Max("day"))
    return by_question.filter(days__gte=FEWEST_DAYS).order_by("-days", "-times", "words", "language")


def words_to_keep(text: str) -> str:
    """The stems of a question in the order of the alphabet; empty where it may tell of somebody, or is too long for a gap."""
    if screen(text) or _LONG_NUMBER.search(text) or any(names.is_name(chain[0]) for chain in names.CHAIN.finditer(text)):
        return ""
    question = ask(text)
    if any(word in names.GIVEN for word in question.typed):
        return ""
    stems = sorted({stem(word) for group in question.groups for word in group.typed})
    return " ".join(stems) if 0 < len(stems) <= MOST_STEMS else ""


def is_answered(viewer: Any, text: str, results: list[Shown]) -> bool:
    """Whether one of ``results`` holds all that was asked for, in any of its readings. Mostly the first does, as it was typed."""
    question = ask(text)
    if not results or _answers(question, results[0]):
        return bool(results)
    meant = mended(question, SaidWords(viewer_tokens(viewer)))
    return any(_answers(meant, shown) for shown in results)


def _answers(question: Question, shown: Shown) -> bool:
    lines = Entry.objects.filter(kind=shown.kind, object_id=shown.row.pk).values_list(*_FIELDS).first()
    held = {one for line in lines or () for one in line.split()}
    return all(
        any(held.issuperset(term.stems) for term in group.terms)
        or bool(group.parts)
        and all(any(held.issuperset(term.stems) for term in part.terms) for part in group.parts)
        for group in question.groups
    )
