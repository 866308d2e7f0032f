"""Watched words, measured: what looking for 500 patterns in a text costs.

    .venv/bin/python bench/words.py

Processor time for 20,000 characters of ordinary prose, plain and with accents, and for texts and lists that were written to be slow.
"""

import os
import random
import sys
import time
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cop_site.settings.test")
django.setup()

from cop_site.screening import wordlists  # noqa: E402
from cop_site.screening.matching import Matcher, words_of  # noqa: E402
from tests.screening import cases  # noqa: E402

PATTERNS, CHARACTERS = 500, 20_000
HOSTILE = ("gaji ", "g a j i ", "a, b. c ", "a-", "a&#97;b ", "men", "mendaki menari ")


SHAPES = ("{} {} {}", "{}* {}", "*{}", "{}*", "{} * {}", "{} {}")


def patterns(words: set[str]) -> list[str]:
    """These words in new company, two thirds of the patterns with stars."""
    chance, said = random.Random(8), sorted(word for word in words if len(word) > 3)
    return [SHAPES[number % len(SHAPES)].format(*(chance.choice(said) for _ in range(3))) for number in range(PATTERNS)]


def milliseconds(matcher: Matcher, text: str) -> float:
    """The best of several: other programs take their turns."""
    taken = []
    for _time in range(7):
        began = time.process_time()
        matcher.find(text)
        taken.append(time.process_time() - began)
    return 1000 * min(taken)


def main() -> None:
    unit = "\n\n".join(cases.PROSE) + "\n\n"
    prose = (unit * (CHARACTERS // len(unit) + 1))[:CHARACTERS]
    lures = patterns({word for line in wordlists.read(wordlists.starter_text()) for word in words_of(line.pattern) if "*" not in word})
    began = time.process_time()
    matcher = Matcher(enumerate(lures))
    print(f"{PATTERNS} patterns of the words of the starter list, made ready: {1000 * (time.process_time() - began):.1f} ms")
    print(f"{CHARACTERS} characters of prose: {milliseconds(matcher, prose):.1f} ms, {len(matcher.find(prose))} places found")
    print(f"the same with accents: {milliseconds(matcher, prose.replace('a', 'á').replace('e', 'é')):.1f} ms")
    print(f"a post of 600 characters: {milliseconds(matcher, prose[:600]):.2f} ms")
    nearest = Matcher(enumerate(patterns(set(words_of(unit)))))
    print(f"patterns of the prose's own words: {milliseconds(nearest, prose):.1f} ms, {len(nearest.find(prose))} places found")
    chains = Matcher(enumerate(f"{'gaji ' * 7}men{number}*" for number in range(PATTERNS)))
    for name, one in (("the lures", matcher), ("patterns that begin alike", chains)):
        worst = max((milliseconds(one, (unit * CHARACTERS)[:CHARACTERS]), unit) for unit in HOSTILE)
        print(f"dearest hostile text, {name}: {worst[0]:.1f} ms ({worst[1]!r} again and again)")


if __name__ == "__main__":
    main()
