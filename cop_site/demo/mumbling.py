"""Sentences that mean nothing but are spread like real ones: a few words everywhere, many hardly anywhere; the same every time."""

import json
import random
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path

DATA = Path(__file__).parent / "data" / "practices.json"
VOCABULARY = 20_000  # words: first those of the demo's own practices, then made-up ones
SENTENCES = 12_000
SMALL_WORDS = 60  # the most frequent ones hold sentences together; titles go without
_STARTS = "b c d g h j k l m n p r s t w ng ny".split()
_VOWELS = "a a a e i i o u u".split()
_ENDS = ["", "", "", "n", "k", "r", "s", "t", "ng"]
_AFFIXES = [("", ""), ("", ""), ("", ""), ("ber", ""), ("di", "kan"), ("ter", ""), ("", "an"), ("", "nya")]


@cache
def vocabulary() -> list[str]:
    """Words by rank."""
    said: Counter[str] = Counter()
    for practice in json.loads(DATA.read_text("utf-8")):
        if practice["language"] == "id":
            said.update(re.findall(r"\b[a-z]{2,}\b", " ".join(_texts(practice)).lower()))
    known = sorted(said, key=lambda word: (-said[word], word))
    return [*known, *_made_up(VOCABULARY - len(known), set(known))]


def _texts(practice: dict) -> Iterator[str]:
    for name in ("title", "summary", "problem", "results", "what_failed"):
        yield practice[name] or ""
    for name in ("steps", "lessons"):
        yield from practice[name]


def _made_up(number: int, known: set[str]) -> Iterator[str]:
    dice = random.Random(number)  # noqa: S311 - the same words every time
    while number:
        before, after = dice.choice(_AFFIXES)
        syllables = (dice.choice(_STARTS) + dice.choice(_VOWELS) for _syllable in range(dice.choice((2, 2, 3))))
        word = before + "".join(syllables) + dice.choice(_ENDS) + after
        if word not in known:
            known.add(word)
            number -= 1
            yield word


@cache
def _heights() -> list[float]:
    """Zipf's law: a word of twice the rank is said half as often."""
    return list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))


@cache
def sentences() -> list[str]:
    """The sentences that texts are made of."""
    dice = random.Random(SENTENCES)  # noqa: S311
    return [f"{' '.join(words(dice, dice.randint(7, 17))).capitalize()}." for _one in range(SENTENCES)]


def words(dice: random.Random, number: int) -> list[str]:
    """So many words, the frequent ones often."""
    return dice.choices(vocabulary(), cum_weights=_heights(), k=number)


def title(dice: random.Random) -> str:
    """Some words that carry weight."""
    heights = _heights()
    lowest = heights[SMALL_WORDS]
    drawn = (lowest + dice.random() * (heights[-1] - lowest) for _word in range(dice.randint(4, 8)))
    return " ".join(dict.fromkeys(vocabulary()[min(bisect(heights, height), VOCABULARY - 1)] for height in drawn)).capitalize()


def passage(dice: random.Random, number: int) -> str:
    """So many sentences, the last one with a word of its own."""
    own = dice.choice(vocabulary())
    return " ".join([*dice.choices(sentences(), k=number), f"Tercatat {own}."])
