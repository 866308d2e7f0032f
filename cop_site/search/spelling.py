"""Mends a question with the words that documents really hold.

Everything read here is limited to the reader's audiences, and what is found is used inside the query only: no
mended word is ever shown or counted, so nobody learns from it what stands in rows closed to them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from django.db import models
from django.db.models import Sum
from django.db.models.functions import Length

from .analysis import Group, Question, Term, stem
from .analysis.lexicon import lexicon
from .analysis.words import LONGEST_WORD
from .models import SaidWord
from .scoring import Counts

GOES_ON = 0.8
IN_TWO = 0.8
MISSPELT = 0.7
COGNATE = 0.4
MOST_MENDED = 12


class SaidWords:
    """The words that the documents of some audiences hold."""

    def __init__(self, audiences: Iterable[str]) -> None:
        self.rows = SaidWord.objects.filter(audience__in=list(audiences))

    def counts(self, stems: Iterable[str]) -> Counts:
        """In how many documents each of ``stems`` stands; a row of two circles of the reader counts twice, which moves little."""
        rows = self.rows.filter(stem__in={"", *stems}).values_list("stem").annotate(Sum("documents"))
        by_stem = dict(rows)
        return Counts(by_stem.pop("", 0), by_stem)

    def known(self, words: Iterable[str]) -> set[str]:
        """Those of ``words`` that stand in a document."""
        return set(self.rows.filter(word__in=list(words)).values_list("word", flat=True))

    def going_on(self, beginning: str) -> list[str]:
        """The most frequent words that begin so."""
        return _most_said(_between(self.rows, beginning).exclude(word=beginning))[:MOST_MENDED]

    def like(self, word: str) -> list[str]:
        """The nearest words, by letters wrong, missing, doubled or swapped; the most frequent first."""
        allowed = 1 if len(word) < 7 else 2
        long_enough = self.rows.annotate(letters=Length("word")).filter(letters__range=(len(word) - allowed, len(word) + allowed))
        of_our_files = [key[0] for key in lexicon().by_words if len(key) == 1]
        # Most people get the first letter right; all other words are compared only when none of those is near.
        for rows in (_between(long_enough, word[0]), long_enough):
            near = _nearest(word, [*_most_said(rows), *of_our_files], allowed)
            if near:
                return near
        return []


def _between(rows: models.QuerySet, beginning: str) -> models.QuerySet:
    """Words that begin so, by a range that every collation reads alike: they have no letters but a-z and digits."""
    return rows.filter(word__gte=beginning, word__lte=beginning + "z" * LONGEST_WORD)


def _most_said(rows: models.QuerySet) -> list[str]:
    return list(rows.values_list("word", flat=True).annotate(said=Sum("documents")).order_by("-said", "word"))


def _nearest(word: str, others: list[str], allowed: int) -> list[str]:
    near: dict[int, list[str]] = {}
    for other in dict.fromkeys(others):
        distance = typing_distance(word, other, allowed)
        if 0 < distance <= allowed:
            near.setdefault(distance, []).append(other)
    return near[min(near)][:3] if near else []


def mended(question: Question, said: SaidWords) -> Question:
    """The question with what its words may have meant: unfinished, misspelt, written in two or as one."""
    counts = said.counts(question.all_stems())
    singles = [part for group in question.groups for part in (group.parts or (group,)) if len(part.typed) == 1]
    joined = _written_apart(singles, said)
    last = question.typed[-1:] if question.is_open else ()

    def mend(group: Group) -> Group:
        if group.parts:
            return replace(group, parts=tuple(mend(part) for part in group.parts))
        if len(group.typed) > 1 or group.is_required:
            return group
        word = group.typed[0]
        more = [Term((stem(joined[word]),), IN_TWO)] if word in joined else []
        if not any(counts.by_stem.get(one.stems[0]) for one in group.terms[:1]) and not group.is_known:
            more += _instead_of(word, said, may_go_on=group.typed == last)
        return group.with_terms(more + _cognates(word, said))

    return replace(question, groups=tuple(mend(group) for group in question.groups))


def _written_apart(groups: list[Group], said: SaidWords) -> dict[str, str]:
    """Two words for one ("non prosedural"): each of the two words leads to the one."""
    pairs = {first.typed[0] + second.typed[0]: (first, second) for first, second in pairwise(groups)}
    known = said.known(pairs) if pairs else set()
    return {half.typed[0]: whole for whole in known for half in pairs[whole]}


def _instead_of(word: str, said: SaidWords, *, may_go_on: bool) -> list[Term]:
    """What an unknown word may stand for."""
    goes_on = said.going_on(word) if may_go_on and len(word) > 1 else []
    if goes_on:
        return [Term((stem(one),), GOES_ON) for one in goes_on]
    if len(word) < 3 or word.isdigit():
        return []
    halves = _written_together(word, said)
    near = [Term((stem(one),), MISSPELT) for one in said.like(word)]
    from_our_files = [reading for term in near for reading in lexicon().readings(term.stems)]
    return halves + near + [Term(one.stems, one.weight * MISSPELT) for one in from_our_files[:MOST_MENDED]]


def _written_together(word: str, said: SaidWords) -> list[Term]:
    cuts = [(word[:at], word[at:]) for at in range(3, len(word) - 2)]
    known = said.known({half for cut in cuts for half in cut}) if cuts else set()
    return [Term((stem(first), stem(second)), IN_TWO) for first, second in cuts if first in known and second in known][:2]


# Endings that one word of both languages has: reintegration and reintegrasi, community and komunitas.
_ENDINGS = (("tion", "si"), ("sion", "si"), ("ty", "tas"), ("ism", "isme"), ("logy", "logi"), ("graphy", "grafi"), ("ic", "ik"))
_SOUNDS = (("ph", "f"), ("c", "k"))


def _cognates(word: str, said: SaidWords) -> list[Term]:
    """The same word in the other language, where a document has it."""
    forms = {form for form in _other_forms(word) if form != word}
    return [Term((stem(form),), COGNATE) for form in sorted(said.known(forms))] if forms else []


def _other_forms(word: str) -> Iterator[str]:
    if len(word) < 6:
        return
    for english, indonesian in _ENDINGS:
        for here, there in ((english, indonesian), (indonesian, english)):
            if word.endswith(here):
                form = word.removesuffix(here) + there
                yield form
                for sound, other in _SOUNDS:
                    yield form.replace(*((sound, other) if here == english else (other, sound)))


def typing_distance(one: str, other: str, most: int) -> int:
    """Slips of the keyboard between two words: a letter wrong, missing, too many, or two swapped; ``most`` + 1 when more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        here = [row]
        for column, against in enumerate(other, 1):
            cost = min(last[column] + 1, here[-1] + 1, last[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        if min(here) > most:
            return most + 1
        before, last = last, here
    return min(last[-1], most + 1)
