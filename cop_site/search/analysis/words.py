"""Text to words, words to stems; engines only match what is written here."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from . import data
from .affixes import likelier_root

LONGEST_WORD = 40

# A dotted abbreviation, or letters and digits with apostrophes and hyphens inside.
_RUN = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?|[^\W_]+(?:['’‘ʼ`-][^\W_]+)*")
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`.")
_TWICE = re.compile(r"([a-z]{3,})2(nya|an)?")  # "teman2", "anak2nya", as in messages


class Word(NamedTuple):
    """A word of a text: folded, with the place where it stands."""

    text: str
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case without accents: what a phone's keyboard leaves out makes no difference."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words(text: str) -> list[Word]:
    """The words of ``text`` in order; a word said twice (anak-anak) is one."""
    found: list[Word] = []
    for run in _RUN.finditer(text):
        said = run.group()
        if said.isascii() and said.isalpha():  # nearly all of them: no need to look closer
            found.append(Word(said.lower()[:LONGEST_WORD], run.start(), run.end()))
        else:
            found.extend(_parts(said, run.start()))
    return found


def stems(text: str) -> list[str]:
    """The stems of all words of ``text``, in order."""
    return [stem(word.text) for word in words(text)]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of a folded word: Indonesian affixes where a root is left, else an English ending.

    The language of a question is unknown, so documents and questions of both languages go the same way.
    """
    if len(word) < 4 or not word.isalpha():
        return word
    if _is_root(word):
        return word
    root = likelier_root(word, _stemmer().stem_word(word), _is_root)
    return root if root != word else _without_english_ending(word)


def _parts(run: str, start: int) -> list[Word]:
    """One run as words: hyphens part it, unless both sides say the same."""
    pieces = run.split("-")
    if len(pieces) == 2 and _is_said_twice(pieces[0], pieces[1]):
        return [Word(_token(pieces[0]), start, start + len(run))]
    found = []
    for piece in pieces:
        found.append(Word(_token(piece), start, start + len(piece)))
        start += len(piece) + 1
    return [word for word in found if word.text]


def _token(piece: str) -> str:
    """A piece as ASCII letters and digits, so that no database's own idea of a word comes in between."""
    plain = piece.lower() if piece.isascii() and piece.isalnum() else fold(piece.translate(_APOSTROPHES))
    plain = plain[:LONGEST_WORD]
    if not plain.isascii():
        return "x" + plain.encode("utf-8", "replace").hex()[: 2 * LONGEST_WORD]
    twice = _TWICE.fullmatch(plain) if "2" in plain else None
    if plain.isalnum() and not twice:
        return plain
    return twice[1] + (twice[2] or "") if twice else "".join(letter for letter in plain if letter.isalnum())


def _is_said_twice(first: str, second: str) -> bool:
    first, second = _token(first), _token(second)
    if len(first) < 3 or not (first + second).isalpha():
        return False
    return first == second or "-" not in _twin_stem(first, second)


@lru_cache(maxsize=8_192)
def _twin_stem(first: str, second: str) -> str:
    return _stemmer().stem_word(f"{first}-{second}")


@cache
def _stemmer() -> Stemmer:
    # Not the factory's own stemmer: it keeps every word it ever saw, and questions bring endless words.
    short = [form["abbr"].lower() for form in data.short_forms() if form["abbr"].isalpha()]  # "perdes" is no English plural
    return Stemmer(ArrayDictionary([*StemmerFactory().get_words(), *data.words_of("roots.txt"), *short]))


def is_proper(word: str) -> bool:
    """Whether the dictionary knows a word, with affixes or without."""
    root = stem(word)
    return _is_root(root) and len(root) > (2 if root == word else 3)  # short roots are found in too much


def _is_root(word: str) -> bool:
    return _stemmer().get_dictionary().contains(word)


def _without_english_ending(word: str) -> str:
    """Plurals, -ing, -ed and a silent e of words that Indonesian does not know; the same cut on both sides."""
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("ing", ""), ("ed", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith(("ss", "us", "is")):
            word = _undoubled(word.removesuffix(ending)) + instead
            break
    return word.removesuffix("e") if len(word) > 4 else word


def _undoubled(root: str) -> str:
    """The root of "planned" is "plan"."""
    is_doubled = len(root) > 3 and root[-1] == root[-2] and root[-1] not in "aeiouls"
    return root[:-1] if is_doubled else root
