"""Which root a form is of, where the stemmer's own rules find several or the wrong one."""

from collections.abc import Callable, Iterator
from functools import cache

from . import data

SHORTEST = 3

# What may stand before a root, the letter that may have melted into it, how the root goes on ("" for any), what may follow.
_VERB, _NOUN = ("", "kan", "i"), ("", "an")
_READINGS = (
    *((before, "", "", _VERB) for before in ("di", "ter", "memper", "diper", "kau", "ku")),
    ("me", "", "lmnrwy", _VERB),
    ("mem", "", "bfv", _VERB),
    ("mem", "p", "aeiour", _VERB),
    ("men", "", "cdjtzs", _VERB),
    ("men", "t", "aeiou", _VERB),
    ("meng", "", "aeiouhgkq", _VERB),
    ("meng", "k", "aeiou", _VERB),
    ("meny", "s", "aeiou", _VERB),
    ("te", "", "r", _VERB),
    ("be", "", "r", ("", "an", "kan")),
    ("ber", "", "", ("", "an", "kan")),
    ("ke", "", "", ("an",)),
    ("pe", "", "lmnrwy", _NOUN),
    ("per", "", "", _NOUN),
    ("pem", "", "bfv", _NOUN),
    ("pem", "p", "aeiour", _NOUN),
    ("pen", "", "cdjtzs", _NOUN),
    ("pen", "t", "aeiou", _NOUN),
    ("peng", "", "aeiouhgkq", _NOUN),
    ("peng", "k", "aeiou", _NOUN),
    ("peny", "s", "aeiou", _NOUN),
    ("pember", "", "", ("an",)),
    ("keber", "", "", ("an",)),
    ("keter", "", "", ("an",)),
    ("menge", "", "", _VERB),
    ("penge", "", "", _NOUN),
    # As people type in messages: ngirim, nyimpan, dibayarin.
    ("di", "", "", ("in",)),
    ("nge", "", "", ("", "in")),
    ("ng", "", "aeiou", ("", "in")),
    ("ng", "k", "aeiou", ("", "in")),
    ("ny", "s", "aeiou", ("", "in")),
)
_CLITICS = ("", "nya", "lah", "kah", "pun", "ku", "mu")


def likelier_root(word: str, root: str, is_root: Callable[[str], bool]) -> str:
    """``root``, as the stemmer found it, or a likelier one of the dictionary: one of which we know that it wins, or the longest."""
    for clitic in ("nya", "pun"):
        if word.endswith(clitic) and is_root(word.removesuffix(clitic)):
            return word.removesuffix(clitic)
    found = {one for one in _roots(word) if is_root(one)}
    winning = [one for one in found if one in _winning()]
    # "belian" is "beli" with an ending, and "kisi" may be "isi" after "meng": what is read right already stays.
    same = {letter + one + after for one in found for letter in ("", "k") for after in ("an", "kan", "i")}
    longer = [
        one for one in found if len(one) > max(3, len(root) if root != word else 0) and one not in same and one[1:] not in {*found, root}
    ]
    return max(winning or longer, key=lambda one: (len(one), one), default=root)


def _roots(word: str) -> Iterator[str]:
    for clitic in _CLITICS:
        if not word.endswith(clitic):
            continue
        form = word[: len(word) - len(clitic)]
        for before, melted, goes_on, afters in _READINGS:
            if not form.startswith(before):
                continue
            for after in afters:
                rest = form[len(before) : len(form) - len(after)]
                if form.endswith(after) and len(melted + rest) >= SHORTEST and (not goes_on or rest[0] in goes_on):
                    yield melted + rest


@cache
def _winning() -> frozenset[str]:
    return frozenset(data.words_of("winning_roots.txt"))
