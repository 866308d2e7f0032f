"""Types judged queries again as somebody else would: with a slip, with another affix, with another word of the files.

Seeded, so that a figure can be had again; and knowing nothing of the search but its file of synonyms. The forms of a word are made
here by the rules of Indonesian, not by the analyser that they are to try.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

DATA = Path(__file__).resolve().parents[1] / "cop_site/search/data"
WAYS = ("typo", "affix", "synonym")
_WORD = re.compile(r"[A-Za-z]{4,}")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NASAL = {"p": ("mem", "pem", ""), "t": ("men", "pen", ""), "k": ("meng", "peng", ""), "s": ("meny", "peny", "")}


def retyped(text: str, way: str, chance: Random) -> str | None:
    """``text`` in other words, or None where this way has nothing to change."""
    return {"typo": _with_a_slip, "affix": _with_another_affix, "synonym": _with_another_term}[way](text, chance)


def _content_words(text: str) -> list[re.Match[str]]:
    small = {line.strip() for name in ("stopwords_id.txt", "stopwords_en.txt") for line in (DATA / name).read_text("utf-8").splitlines()}
    return [found for found in _WORD.finditer(text) if found.group().lower() not in small]


def _replaced(text: str, found: re.Match[str], word: str) -> str:
    return text[: found.start()] + word + text[found.end() :]


# --- a slip of the keyboard


def _with_a_slip(text: str, chance: Random) -> str | None:
    words = _content_words(text)
    if not words:
        return None
    found = chance.choice(words)
    word, kind = found.group(), chance.choice(("missing", "doubled", "swapped", "wrong"))
    at = chance.randrange(len(word))
    if kind == "missing":
        slip = word[:at] + word[at + 1 :]
    elif kind == "doubled":
        slip = word[:at] + word[at] + word[at:]
    elif kind == "swapped":
        at = min(at, len(word) - 2)
        slip = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    else:
        slip = word[:at] + chance.choice(_beside(word[at].lower())) + word[at + 1 :]
    return _replaced(text, found, slip)


def _beside(letter: str) -> str:
    """Keys next to this one."""
    row = next(row for row in _KEYS if letter in row)
    at = row.index(letter)
    others = [other[at] for other in _KEYS if other != row and at < len(other) and abs(_KEYS.index(other) - _KEYS.index(row)) == 1]
    return row[max(0, at - 1) : at] + row[at + 1 : at + 2] + "".join(others)


# --- another affix


def _with_another_affix(text: str, chance: Random) -> str | None:
    words = _content_words(text)
    chance.shuffle(words)
    for found in words:
        forms = sorted(set(_forms(found.group().lower())) - {found.group().lower()})
        if forms:
            return _replaced(text, found, chance.choice(forms))
    return None


def _forms(word: str) -> Iterator[str]:
    """Other forms of the root of ``word``; of a word that is not Indonesian its English ones."""
    root = _STEMMER.stem_word(word)
    if _ROOTS.contains(root) and len(root) > 3 and root.isalpha():
        yield from _indonesian(root)
    elif not word.endswith(("si", "ing", "ed")):
        bare = word.removesuffix("s") if not word.endswith("ss") else word
        short = bare.removesuffix("e")
        yield from (bare, bare + "s", short + "ing", short + "ed")


def _indonesian(root: str) -> Iterator[str]:
    active, agent, rest = _nasal(root)
    yield from (root, "di" + root, active + rest, agent + rest + "an", "ke" + root + "an", root + "nya")
    yield from ("di" + root + "kan", active + rest + "kan") if root[-1] != "k" else ("di" + root + "i", active + rest + "i")
    yield from ("be" + root, "te" + root) if root[0] == "r" else ("ber" + root, "ter" + root)


def _nasal(root: str) -> tuple[str, str, str]:
    """The prefixes of an active verb and of its noun, and what they leave of the root: p, t, k and s melt."""
    if root[0] in _NASAL and root[1] in "aeiou":
        active, agent, _gone = _NASAL[root[0]]
        return active, agent, root[1:]
    if root[0] in "bfpv":
        return "mem", "pem", root
    if root[0] in "cdjtzs":
        return "men", "pen", root
    if root[0] in "lmnrwy":
        return "me", "pe", root
    return "meng", "peng", root


_ROOTS = ArrayDictionary(StemmerFactory().get_words())
_STEMMER = Stemmer(_ROOTS)


# --- another word of the files


def _with_another_term(text: str, chance: Random) -> str | None:
    folded = text.lower()
    known = [(term, others) for term, others in _TERMS if re.search(rf"\b{re.escape(term)}\b", folded)]
    longest = max((len(term) for term, _others in known), default=0)
    known = [(term, others) for term, others in known if len(term) == longest]
    if not known:
        return None
    term, others = chance.choice(known)
    return re.sub(rf"\b{re.escape(term)}\b", chance.choice(others), folded, count=1)


def _terms() -> Iterator[tuple[str, list[str]]]:
    for line in (DATA / "synonyms.txt").read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            left, arrow, right = line.partition("=>")
            terms = [term.strip() for term in left.split(",")]
            meanings = [term.strip() for term in right.split(",")] if arrow else terms
            yield from ((term, [one for one in meanings if one != term]) for term in terms)


_TERMS = [(term, others) for term, others in _terms() if others]
