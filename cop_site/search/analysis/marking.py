"""A piece of text around the best match, with the matched words marked."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .question import Question
from .words import Word, stem, words

LENGTH = 240  # characters
_MOST_TEXT = 20_000  # a snippet from page thirty helps nobody, and costs
_SPACE = re.compile(r"\s+")

Span = tuple[int, int, tuple[str, ...]]


def excerpt(texts: list[str], question: Question, lines: list[list[str]] | None = None) -> SafeString:
    """Clean HTML: about ``LENGTH`` characters of the text that says most of what was asked; else how the first begins.

    ``lines`` are the stems of each text where an index has them: finding them anew takes longer than all the rest.
    """
    best, best_worth = (texts[0] if texts else "", 0, []), 0
    for place, text in enumerate(texts):
        spans = _matches(text[:_MOST_TEXT], question, lines[place] if lines else None)
        start, worth = _best_window(spans)
        if worth > best_worth:
            best, best_worth = (text, start, spans), worth
    return _marked(*best)


def mark(text: str, question: Question) -> SafeString:
    """Clean HTML: all of ``text``, a title, with what was asked for marked."""
    return _between(text, 0, len(text), _matches(text, question))


def _matches(text: str, question: Question, line: list[str] | None = None) -> list[Span]:
    """Where the text says something that was asked for, longest terms first; no two overlap."""
    if line is not None and question.all_stems().isdisjoint(line):
        return []
    found = words(text)
    line = _stems_that_matter(found, question) if line is None else line[: len(found)]
    terms = sorted({term.stems for term in question.all_terms()}, key=len, reverse=True)
    starts: dict[str, list[tuple[str, ...]]] = {}
    for term in terms:
        starts.setdefault(term[0], []).append(term)
    spans, at = [], 0
    while at < len(line):
        term = next((one for one in starts.get(line[at], ()) if tuple(line[at : at + len(one)]) == one), None)
        if term:
            spans.append((found[at].start, found[at + len(term) - 1].end, term))
        at += len(term) if term else 1
    return spans


def _stems_that_matter(found: list[Word], question: Question) -> list[str]:
    """Of each word its stem if it may be one that was asked for, else nothing: to find a stem takes a thousand times as long.

    Affixes change no letter of a root but the first (memukul, pukul) and, in English, the last (studies, study).
    """
    cores = {one[1:-1] for one in question.all_stems()}
    return [stem(word.text) if any(core in word.text for core in cores) else "" for word in found]


def _best_window(spans: list[Span]) -> tuple[int, int]:
    """Where the window begins that holds most different terms, and how many."""
    best_start, best_worth = 0, 0
    for first, (start, _end, _term) in enumerate(spans):
        inside = {term for _s, end, term in spans[first:] if end <= start + LENGTH - 40}
        if len(inside) > best_worth:
            best_start, best_worth = start, len(inside)
    return best_start, best_worth


def _marked(text: str, at: int, spans: list[Span]) -> SafeString:
    start, end = _cut(text, at)
    ends = " …" if end < len(text.rstrip()) else ""
    return format_html("{}{}{}", "… " if start else "", _between(text, start, end, spans), ends)


def _between(text: str, start: int, end: int, spans: list[Span]) -> SafeString:
    pieces: list[SafeString | str] = []
    for first, last, _term in spans:
        if first >= start and last <= end:
            pieces += [_one_line(text[start:first]), format_html("<mark>{}</mark>", _one_line(text[first:last]))]
            start = last
    pieces.append(_one_line(text[start:end]))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", text)


def _cut(text: str, at: int) -> tuple[int, int]:
    """Whole words around ``at``; from the beginning when the match is near it."""
    start = 0 if at < LENGTH - 60 else text.rfind(" ", 0, max(0, at - 40)) + 1
    if len(text) - start <= LENGTH:
        return start, len(text)
    end = text.rfind(" ", start + 1, start + LENGTH)
    return start, end if end > start else start + LENGTH
