"""The personal-data guard, measured: what it finds of the examples, and what reading costs.

    .venv/bin/python bench/guard.py [--missed]

Recall by tier on the development sample and on our own corpus, the share of harmless texts left clean, and processor time per 1,000
characters for ordinary prose, for a megabyte of it, and for inputs that were written to be slow.
"""

import argparse
import sys
import time
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from cop_site.screening.guard import screen  # noqa: E402
from tests.screening import cases, corpus  # noqa: E402

GRAVE = {"nik", "kk", "phone", "child_name"}


def judge(name: str, examples: list[corpus.Example], *, tell_missed: bool) -> None:
    right: dict[str, list[bool]] = defaultdict(list)
    grave = []
    for example in examples:
        found = screen(example.text)
        is_right = example.is_right(found)
        right[example.tier].append(is_right)
        if not is_right and example.types & GRAVE and example.tier == "core" and example.action == "block":
            grave.append(example.name)
        if not is_right and tell_missed:
            print(f"  {example.name} {example.tier} {sorted(example.types)} {example.action}: {example.text!r} -> {found}")
    told = ", ".join(f"{tier} {sum(results)}/{len(results)} = {sum(results) / len(results):.3f}" for tier, results in sorted(right.items()))
    print(f"{name}: {told}; missed of core nik, kk, phone, child_name: {len(grave)}")


def seconds(text: str) -> float:
    began = time.process_time()
    screen(text)
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--missed", action="store_true", help="print the examples (all invented) that were not judged right")
    tell_missed = parser.parse_args().missed
    judge("development sample", corpus.development(), tell_missed=tell_missed)
    judge("own corpus", corpus.own(), tell_missed=tell_missed)
    prose = "\n\n".join(cases.PROSE)
    seconds(prose)
    print(f"ordinary prose: {1e6 * seconds(prose * 20) / len(prose * 20):.2f} ms per 1,000 characters")
    megabyte = (prose + "\n\n") * (1_000_000 // len(prose) + 1)
    print(f"one megabyte of prose: {seconds(megabyte[:1_000_000]):.1f} s")
    worst = max((seconds((unit * 100_000)[:100_000]), unit) for unit in cases.HOSTILE)
    print(f"dearest hostile 100,000 characters: {worst[0]:.2f} s ({worst[1]!r} again and again)")


if __name__ == "__main__":
    main()
