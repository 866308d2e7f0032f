"""Slips of the keyboard: how far two words are apart, and which words lie one slip away. Nothing here knows what documents say."""

from collections.abc import Iterator
from itertools import takewhile

LETTERS = "abcdefghijklmnopqrstuvwxyz"

# What may stand before a root, and the letters that may have melted into it; longest first.
_PREFIXES = dict.fromkeys(("memper", "pemper", "pember", "member", "diper", "keber"), ("",))
_PREFIXES |= {
    "meng": ("", "k"),
    "peng": ("", "k"),
    "meny": ("s",),
    "peny": ("s",),
    "mem": ("", "p"),
    "pem": ("", "p"),
    "men": ("", "t"),
    "pen": ("", "t"),
}
_PREFIXES |= dict.fromkeys(("ber", "per", "ter", "di", "ke", "se", "me", "pe"), ("",))
_SUFFIXES = ("annya", "kan", "nya", "lah", "kah", "an", "i")
# The letters with which a root goes on after a prefix; after the others any does.
_BEFORE = dict.fromkeys(("me", "pe"), "lmnrwy") | dict.fromkeys(("mem", "pem"), "bpfv") | dict.fromkeys(("men", "pen"), "cdjtzs")
_BEFORE |= dict.fromkeys(("meng", "peng"), "aeiouhgkq")
SHORTEST_ROOT = 4


def typing_distance(one: str, other: str, most: int) -> int:
    """Slips between two words: a letter wrong, missing, too many, or two swapped; ``most`` + 1 when more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    same = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    one, other = one[same:], other[same:]
    if not one or not other:
        return max(len(one), len(other))
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


def begins_nearly(word: str, beginning: str) -> bool:
    """Whether ``word`` begins so but for one slip."""
    same = 0
    while same < len(beginning) and beginning[same : same + 1] == word[same : same + 1]:
        same += 1
    rest, other = beginning[same:], word[same:]
    # The slip is where they part: a letter missing, too many, wrong, or two swapped; after it all is as typed.
    ways = (rest, other[:1] + rest, rest[1:], other[:1] + rest[1:], rest[1:2] + rest[:1] + rest[2:])
    return any(other.startswith(way) for way in ways)


def one_slip_away(word: str) -> set[str]:
    """All words that one slip makes of ``word`` or that make it: about fifty for each letter."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = lighter_slips(word)
    found.update(before + letter + after[1:] for before, after in cuts if after for letter in LETTERS)
    found.update(before + letter + after for before, after in cuts for letter in LETTERS)
    return found - {word}


def lighter_slips(word: str) -> set[str]:
    """Only those with a letter too many or two swapped: they need no letter from elsewhere."""
    dropped = {word[:at] + word[at + 1 :] for at in range(len(word))}
    return (dropped | {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}) - {word, ""}


def beginnings(word: str, length: int) -> set[str]:
    """How a word two slips away is likely to begin: as typed, or with one of the two right there."""
    return {word[:length]} | {other[:length] for other in lighter_slips(word[: length + 1]) if len(other) >= length}


def forms_nearby(word: str) -> Iterator[tuple[str, str]]:
    """Affixed words one slip from ``word``, each with what may be its root: "pemulngan" -> ("pemulangan", "pulang")."""
    for before, melted, rest, after in _bare(word):
        for root in one_slip_away(melted + rest):
            if root.startswith(melted):
                yield before + root[len(melted) :] + after, root
    for form in _with_right_affixes(word):
        yield form, form
        for _before, melted, rest, _after in _bare(form):
            yield form, melted + rest


def _with_right_affixes(word: str) -> set[str]:
    """Words one slip away whose slip lies in an affix, or needs no new letter: "pejnemputan", "penimbanan"."""
    found = lighter_slips(word)
    for prefix in _PREFIXES:
        for length in (len(prefix) - 1, len(prefix)):
            if length and typing_distance(word[:length], prefix, 1) == 1:
                found.add(prefix + word[length:])
    for suffix in _SUFFIXES:
        for length in (len(suffix) - 1, len(suffix)):
            if length and typing_distance(word[-length:], suffix, 1) == 1:
                found.add(word[:-length] + suffix)
    return found - {word}


def _bare(word: str) -> Iterator[tuple[str, str, str, str]]:
    """``word`` without what may be affixes: what stood before, the letter that may have melted, the rest, what stood after."""
    befores = [prefix for prefix in _PREFIXES if word.startswith(prefix)][:2] or [""]
    afters = [suffix for suffix in _SUFFIXES if word.endswith(suffix)][:2] or [""]
    for before in befores:
        for after in afters:
            rest = word[len(before) : len(word) - len(after)]
            for melted in _PREFIXES.get(before, ("",)) if (before or after) and len(rest) >= SHORTEST_ROOT - 1 else ():
                if (melted + rest)[0] in _BEFORE.get(before, melted + rest) and not (after == "i" and rest[-1] == "i"):
                    yield before, melted, rest, after
