"""How long it takes to mend a question among very many words: p50 and p95 over slips in words of the table.

    .venv/bin/python bench/mending.py                       # 150,000 words in a scratch SQLite database
    .venv/bin/python bench/mending.py --database postgresql://…/scratch

The words are Indonesian roots in their forms and invented ones; half of the slips lie in the first half of a word, as they fall.
"""

import argparse
import sys
import time
from pathlib import Path
from random import Random
from statistics import quantiles

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from judge_search import scratch_site
from retyping import _ROOTS, _indonesian, retyped

WORDS, ASKED = 150_000, 300


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", default="")
    parser.add_argument("--words", type=int, default=WORDS)
    options = parser.parse_args()
    scratch_site(options.database)
    chance = Random(5)  # noqa: S311 - a seeded trial
    said = _words(options.words, chance)
    _fill(said)
    for name, texts in _questions(said, chance).items():
        _time(name, texts)


def _words(number: int, chance: Random) -> list[str]:
    roots = sorted(root for root in _ROOTS.words if root.isascii() and root.isalpha() and len(root) > 3)
    found = {form for root in roots for form in _indonesian(root)}
    found = set(chance.sample(sorted(found), min(len(found), number * 2 // 3)))
    while len(found) < number:
        found.add("".join(chance.choice(("bcdfghjklmnprstw", "aeiou")[at % 2]) for at in range(chance.randrange(4, 11))))
    return sorted(found)


def _fill(said: list[str]) -> None:
    from django.db import connection

    from cop_site.search.analysis import stem
    from cop_site.search.models import SaidWord

    SaidWord.objects.all().delete()
    rows = (SaidWord(audience="publik", word=word, stem=stem(word), documents=1 + number % 50) for number, word in enumerate(said))
    SaidWord.objects.bulk_create(rows, batch_size=5_000)
    if connection.vendor == "postgresql":  # as its own autovacuum does within a minute
        connection.cursor().execute("ANALYZE search_saidword")


def _questions(said: list[str], chance: Random) -> dict[str, list[str]]:
    longer = [word for word in said if len(word) > 4]
    slip = [retyped(word, "typo", chance) or word for word in chance.sample(longer, ASKED)]
    return {
        "nothing to mend": [f"{one} " for one in chance.sample(longer, ASKED)],
        "one slip": [f"{one} " for one in slip],
        "two slips": [f"{retyped(one, 'typo', chance) or one} " for one in slip],
        "nonsense": ["".join(chance.choice("bcdfghjklmnprstwaeiou") for _at in range(9)) + " " for _one in range(ASKED)],
        "unfinished": [one[: max(2, len(one) // 2)] for one in chance.sample(longer, ASKED)],
        "unfinished, one slip": [one[: max(4, len(one) * 2 // 3)] for one in slip],
    }


def _time(name: str, texts: list[str]) -> None:
    from cop_site.search.analysis import ask
    from cop_site.search.spelling import SaidWords, mended

    mended(ask("kepulngan "), SaidWords({"publik"}))
    took = []
    for text in texts:
        question = ask(text)
        began = time.perf_counter()
        mended(question, SaidWords({"publik", "jaringan:practice", "kelompok:1", "kelompok:2"}))
        took.append(1_000 * (time.perf_counter() - began))
    cuts = quantiles(took, n=20)
    print(f"{name:<24} p50 {cuts[9]:6.1f} ms   p95 {cuts[18]:6.1f} ms   worst {max(took):6.1f} ms")


if __name__ == "__main__":
    main()
