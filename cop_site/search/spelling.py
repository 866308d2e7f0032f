"""Mends a question with the words that documents really hold.

Everything read here is limited to the reader's audiences. What is found is used inside the query; what is told to the
reader ("did you mean") is told in words of our own files and the dictionary, or in words that several documents hold.
"""

from collections.abc import Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass, replace
from itertools import pairwise, product

from django.db import connection
from django.db.models import Sum

from .analysis import Group, Question, Term, ask, stem, words
from .analysis.lexicon import lexicon, our_words, stop_words
from .analysis.words import LONGEST_WORD, is_proper
from .models import SaidWord
from .scoring import Counts
from .slips import beginnings, begins_nearly, forms_nearby, one_slip_away, typing_distance

GOES_ON = 0.8
IN_TWO = 0.8
MISSPELT = 0.85
PERHAPS = 0.5  # another word as near as the one that was chosen
DOUBTFUL = 0.4  # a right word that no document holds may still be a slip
COGNATE = 0.4
MOST_GOING_ON = 12
MOST_MENDED = 6  # words of a question
MOST_WEIGHED, MOST_NEAR = 8, 3  # candidates that are looked at, and that are asked for
TOLD_FROM = 3  # documents: below that a word may be somebody's name
TWO_SLIPS_FROM = 7  # letters
LONGEST_MENDED = 24
MOST_RANGES = 400  # of one statement
_END = "z" * LONGEST_WORD
COMPANY = 3.0  # how much a phrase of the field speaks for a word, beside the logarithm of its documents


@dataclass(frozen=True)
class Near:
    """What a word may have been meant to be. ``text`` is as it would be typed right: one word, or two."""

    text: str
    worth: float = 0.0  # how likely, beside the others that are as near
    may_be_told: bool = False


class SaidWords:
    """The words that the documents of some audiences hold. No question reads more than a few thousand of them."""

    def __init__(self, audiences: Iterable[str]) -> None:
        self.audiences = sorted(audiences)
        self.rows = SaidWord.objects.filter(audience__in=self.audiences)
        self._mine = f"audience IN ({_marks(self.audiences)})"

    def counts(self, stems: Iterable[str]) -> Counts:
        """In how many documents each of ``stems`` stands; a row of two circles of the reader counts twice, which moves little."""
        rows = self.rows.filter(stem__in={"", *stems}).values_list("stem").annotate(Sum("documents"))
        by_stem = dict(rows)
        return Counts(by_stem.pop("", 0), by_stem)

    def known(self, words: Iterable[str]) -> set[str]:
        """Those of ``words`` that stand in a document."""
        return set(self.rows.filter(word__in=list(words)).values_list("word", flat=True))

    def holding(self, name: str, values: Iterable[str]) -> dict[str, int]:
        """In how many documents each word or stem stands, by the audience that has most: never more than there are."""
        wanted = list(values)
        if not wanted or not self.audiences:
            return {}
        # As SQL: hundreds of values are quicker looked up than made into an expression. ``name`` is ours.
        sql = f"SELECT {name}, MAX(documents) FROM search_saidword WHERE {self._mine} AND {name} IN ({_marks(wanted)}) GROUP BY {name}"
        with connection.cursor() as cursor:
            cursor.execute(sql, [*self.audiences, *wanted])
            return dict(cursor.fetchall())

    def going_on(self, beginning: str) -> list[str]:
        """The most frequent words that begin so."""
        rows = self.rows.filter(word__gt=beginning, word__lte=beginning + _END).values_list("word", flat=True)
        return list(rows.annotate(said=Sum("documents")).order_by("-said", "word")[:MOST_GOING_ON])

    def going_on_like(self, beginning: str) -> list[str]:
        """The most frequent words that begin nearly so: with one slip, further on or in the first letters."""
        half = min(max(3, len(beginning) // 2), 5)
        early = {start + beginning[half:] for start in one_slip_away(beginning[:half])}
        for starts in ([beginning[:half]], sorted(early)):
            near = {word for word in self._beginning(starts) if begins_nearly(word, beginning)}
            if near:
                said = self.holding("word", near)
                return sorted(said, key=lambda word: (-said[word], word))[:MOST_GOING_ON]
        return []

    def like(self, word: str) -> list[Near]:
        """The nearest words by one slip: a letter wrong, missing, too many, or two swapped; the likeliest first."""
        near = one_slip_away(word)
        said = self.holding("word", near)
        return _likeliest(_near(other, word, said.get(other, 0)) for other in said.keys() | (near & our_words()))

    def less_like(self, word: str) -> list[Near]:
        """Words in a form that no document holds, of a root that one holds; else words two slips away that begin alike."""
        forms = {(form, root) for form, root in forms_nearby(word) if len(root) > 3}
        said = self.holding("stem", {root for _form, root in forms})
        near = [_near(form, word, said[root]) for form, root in forms if root in said and stem(form) == root]
        return _likeliest(near or self._two_slips_away(word))

    def _two_slips_away(self, word: str) -> list[Near]:
        if len(word) < TWO_SLIPS_FROM:
            return []
        letters, most = set(word), len(word) + 2
        alike = self._beginning(sorted(beginnings(word, max(4, len(word) // 2))))
        alike |= {other for other in our_words() if other[:2] == word[:2] or other[-3:] == word[-3:]}
        near = {other for other in alike if most - 4 <= len(other) <= most and len(letters ^ set(other)) < 5}
        near = {other for other in near if typing_distance(word, other, 2) <= 2}
        said = self.holding("word", near)
        return [_near(other, word, said.get(other, 0)) for other in near]

    def _beginning(self, starts: list[str]) -> set[str]:
        """Words that begin so, by ranges that every collation reads alike: they have no letters but a-z and digits."""
        found: set[str] = set()
        with connection.cursor() as cursor:
            for some in (starts[at : at + MOST_RANGES] for at in range(0, len(starts) if self.audiences else 0, MOST_RANGES)):
                ranges = " OR ".join(["(word >= %s AND word <= %s)"] * len(some))
                # The empty text keeps both databases from reading all words of an audience: the index begins with the word.
                sql = f"SELECT word FROM search_saidword WHERE ({ranges}) AND audience || '' IN ({_marks(self.audiences)})"
                cursor.execute(sql, [*(limit for start in some for limit in (start, start + _END)), *self.audiences])
                found.update(word for (word,) in cursor.fetchall())
        return found


def _marks(values: Sized) -> str:
    return ", ".join(["%s"] * len(values))


def _likeliest(near: Iterable[Near]) -> list[Near]:
    return sorted(near, key=lambda one: (-one.worth, one.text))[:MOST_WEIGHED]


def _near(other: str, typed: str, documents: int) -> Near:
    """Frequent words, those of the field and those with all letters in a wrong order or doubled are the likelier ones."""
    is_ours = other in our_words()
    same_letters = set(other) == set(typed)
    worth = documents.bit_length() + 1.5 * is_ours + 1.0 * same_letters + 0.5 * (other[0] == typed[0]) - 2.0 * (other in stop_words())
    return Near(other, worth, is_ours or documents >= TOLD_FROM or is_proper(other))


def mended(question: Question, said: SaidWords) -> Question:
    """The question with what its words may have meant: unfinished, misspelt, written in two or as one."""
    unknown = dict(list(_unknown(question, said))[:MOST_MENDED])
    last = question.typed[-1] if question.is_open and question.typed[-1] in unknown else ""
    near = {word: found for word in unknown if (found := _instead_of(word, said, may_go_on=word == last))}
    meant, in_company = _in_company(question.typed, near)
    goes_on = _going_on(last, said, near.get(last, [])) if last and last not in in_company else []
    doubtful = {word: found for word, found in meant.items() if unknown[word] and word not in in_company}
    meant = {word: found for word, found in meant.items() if word not in doubtful and not (goes_on and word == last)}
    if meant:
        question = _asked_again(question, meant)
    question = question.with_more({last: goes_on} | {word: [_term(one, DOUBTFUL) for one in found] for word, found in doubtful.items()})
    return question.with_more(_other_ways(question, said))


def _unknown(question: Question, said: SaidWords) -> Iterator[tuple[str, bool]]:
    """Words that nothing holds that the reader may see, in any reading; and whether they are right ones all the same.

    Of a quoted phrase only the words themselves count.
    """
    counts = said.counts({stem(word) for word in question.typed} | question.all_stems())
    for group in question.groups:
        readings = {one for term in group.all_terms() for one in term.stems}
        for word in group.typed if group.is_required or not group.parts else ():
            held = {stem(word)} if group.is_required else readings
            is_small = word in stop_words() and len(group.typed) > 1
            if 1 < len(word) <= LONGEST_MENDED and not word.isdigit() and not is_small and not held & counts.by_stem.keys():
                yield word, is_proper(word) or (word in our_words() and not group.is_required)


def _going_on(last: str, said: SaidWords, near: list[Near]) -> list[Term]:
    """How an unfinished word may go on, unless it is a whole one with a slip."""
    if goes_on := said.going_on(last) if len(last) > 1 else []:
        return [Term((stem(one),), GOES_ON) for one in goes_on]
    if len(last) < 4 or any(one.text not in stop_words() for one in near):
        return []
    return [Term((stem(one),), GOES_ON * MISSPELT) for one in said.going_on_like(last)]


def _instead_of(word: str, said: SaidWords, *, may_go_on: bool) -> list[Near]:
    """What an unknown word may stand for, likeliest first; two slips only where it is not the beginning of a word with one."""
    near = [*_written_together(word, said), *said.like(word)] if len(word) > 2 else []
    if near or len(word) < 5 or (may_go_on and said.going_on_like(word)):
        return near[:MOST_WEIGHED]
    return said.less_like(word)


def _written_together(word: str, said: SaidWords) -> list[Near]:
    cuts = [(word[:at], word[at:]) for at in range(3, len(word) - 2)]
    known = said.known({half for cut in cuts for half in cut}) if cuts else set()
    found = [(first, second) for first, second in cuts if first in known and second in known]
    return [
        Near(f"{first} {second}", 3.0, all(one in our_words() or is_proper(one) for one in (first, second))) for first, second in found
    ][:2]


def _in_company(typed: tuple[str, ...], near: Mapping[str, list[Near]]) -> tuple[dict[str, list[Near]], set[str]]:
    """The best of each, those first that make a phrase of the field with the words beside them; and for which words one did."""
    ways = [near.get(word) or [Near(word)] for word in typed]
    worth = {(word, one.text): one.worth for word, found in near.items() for one in found}
    in_company: set[str] = set()
    for first, last in ((at, at + length) for length in (2, 3, 4) for at in range(len(typed) - length + 1)):
        span = typed[first:last]
        few = MOST_WEIGHED if len(span) == 2 else MOST_NEAR
        for together in product(*(way[:few] for way in ways[first:last])) if not near.keys().isdisjoint(span) else ():
            phrase = tuple(part for one in together for part in one.text.split())
            if lexicon().knows(phrase):
                more = COMPANY * (2 if phrase in lexicon().by_words else 1)
                for word, one in zip(span, together, strict=True):
                    worth[word, one.text] = max(worth.get((word, one.text), 0), one.worth + more)
                in_company.update(near.keys() & set(span))
    best = {word: sorted(found, key=lambda one: -worth[word, one.text])[:MOST_NEAR] for word, found in near.items()}
    return best, in_company


def _asked_again(question: Question, meant: dict[str, list[Near]]) -> Question:
    """The question as it would be typed right, those words being less sure that were not typed."""
    again = ask(_with(question.text, {word: found[0].text for word, found in meant.items()}))
    told = {word: found[0].text for word, found in meant.items() if found[0].may_be_told}
    put = {part for found in meant.values() for part in found[0].text.split()}
    groups = tuple(_less_sure(group, put) for group in again.groups)
    others = {
        part: [_term(other, PERHAPS) for other in found[1:]] for found in meant.values() for part in found[0].text.split() if len(found) > 1
    }
    return replace(again, groups=groups, text=question.text, instead=_with(question.text, told) if told else "").with_more(others)


def _less_sure(group: Group, put: set[str]) -> Group:
    if group.parts:
        parts = tuple(_less_sure(part, put) for part in group.parts)
        return group if put.isdisjoint(group.typed) else replace(group.weighing(MISSPELT), parts=parts)
    return group if put.isdisjoint(group.typed) else group.weighing(MISSPELT)


def _with(text: str, instead: Mapping[str, str]) -> str:
    """``text`` with some of its words replaced, everything else as it was typed."""
    pieces, at = [], 0
    for word in words(text):
        if word.text in instead:
            pieces += [text[at : word.start], instead[word.text]]
            at = word.end
    return "".join([*pieces, text[at:]])


def _term(near: Near, weight: float) -> Term:
    return Term(tuple(stem(part) for part in near.text.split()), weight)


def _other_ways(question: Question, said: SaidWords) -> dict[str, list[Term]]:
    """Words as the other language ends them, and two words written as one ("non prosedural": each leads to the one)."""
    singles = [part for group in question.groups for part in (group.parts or (group,)) if len(part.typed) == 1 and not group.is_required]
    pairs = {first.typed[0] + second.typed[0]: (first.typed[0], second.typed[0]) for first, second in pairwise(singles)}
    forms = {part.typed[0]: {form for form in _other_forms(part.typed[0]) if form != part.typed[0]} for part in singles}
    known = said.known(pairs.keys() | {form for found in forms.values() for form in found}) if pairs or any(forms.values()) else set()
    known |= said.holding("stem", pairs.keys()).keys()
    ways: dict[str, list[Term]] = {word: [Term((stem(form),), COGNATE) for form in sorted(found & known)] for word, found in forms.items()}
    for whole in known & pairs.keys():
        for half in pairs[whole]:
            ways.setdefault(half, []).insert(0, Term((stem(whole),), IN_TWO))
    return ways


# Endings that one word of both languages has: reintegration and reintegrasi, community and komunitas.
_ENDINGS = (("tion", "si"), ("sion", "si"), ("ty", "tas"), ("ism", "isme"), ("logy", "logi"), ("graphy", "grafi"), ("ic", "ik"))
_SOUNDS = (("ph", "f"), ("c", "k"))


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


def completed(typed: tuple[str, ...], said: SaidWords) -> tuple[str, ...]:
    """The beginning of a title as it would be typed right: every word but the last is whole; the same where nothing is to mend."""
    known = said.known(typed[:-1]) | stop_words()
    whole = [
        word if word in known or not 3 < len(word) <= LONGEST_MENDED else next((near.text for near in said.like(word)), word)
        for word in typed[:-1]
    ]
    last = typed[-1]
    if 3 < len(last) <= LONGEST_MENDED and not said.known([last]) and not said.going_on(last):
        last = next((word for word in said.going_on_like(last)), last)
    return (*(part for word in whole for part in word.split()), last)
