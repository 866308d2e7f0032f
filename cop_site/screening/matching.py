"""Patterns of watched words, looked for in a text: never by a regular expression that a person wrote, and in time that grows with the text alone."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

from .normalise import ENTITY, plain

MOST_WORDS = 8  # of one pattern
ANY = "*"

# Marks on letters, and signs that nobody sees.
_MARKS = "\u00ad\u0300-\u036f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u206a-\u206f\ufe00-\ufe0f\ufeff\u20e3"
_SIGN = r"[^\W_]"
WORD = re.compile(rf"{_SIGN}(?:{_SIGN}|[{_MARKS}])*")
INSIDE = re.compile(rf"(?<={_SIGN})[@$*_\\~`'’.·•\-]{{1,3}}(?={_SIGN})")
NO_LETTER = re.compile(r"[*_\\~`'’.·•\-]")
SPELLED = re.compile(rf"(?<!{_SIGN}){_SIGN}(?:[\s._\-*·•/|,]{{1,2}}{_SIGN}(?!{_SIGN})){{2,}}")
# Signs that stand for letters inside a word that has letters too.
AS_LETTERS = str.maketrans("0134578@$", "oieastbas")

Place = tuple[str, int, int]  # a word as it is compared, and where it stands in the text as given
Found = tuple[int, int, int]  # number of the pattern, start, end


def folded(word: str) -> str:
    """A word as words are compared: in small letters, without accents, look-alikes read as what they look like."""
    word = word.lower() if word.isascii() else "".join(map(_sign, word))
    bare = word.replace(ANY, "")
    return word if bare.isalpha() or bare.isdigit() else word.translate(AS_LETTERS)


@lru_cache(maxsize=4096)
def _sign(sign: str) -> str:
    read = unicodedata.normalize("NFKD", plain(sign).text)
    return "".join(one for one in read if not unicodedata.combining(one)).casefold()


def words_of(pattern: str) -> list[str]:
    """The words of a pattern as they are compared; a star that stands alone is any word between two others."""
    parts = re.findall(rf"(?:{_SIGN}|[{_MARKS}*])+", pattern)
    words = [re.sub(r"\*+", ANY, folded(part)) for part in parts]
    while words and words[-1] == ANY:
        words.pop()
    while words and words[0] == ANY:
        words.pop(0)
    return words


def key_of(pattern: str) -> str:
    """Two patterns with one key find the same."""
    return " ".join(words_of(pattern))


class _Glob:
    """A word of a pattern with stars in it."""

    def __init__(self, word: str) -> None:
        self.word, parts = word, word.split(ANY)
        self.first, self.middle, self.last = parts[0], parts[1:-1], parts[-1]

    def fits(self, word: str) -> bool:
        if not (word.startswith(self.first) and word.endswith(self.last)):
            return False
        at, end = len(self.first), len(word) - len(self.last)
        for part in self.middle:
            if (at := word.find(part, at, end)) < 0:
                return False
            at += len(part)
        return at <= end


class _Lexicon:
    """The different words of a text, to be asked for those with a beginning, an end or a part."""

    def __init__(self, words: set[str]) -> None:
        self._forwards = sorted(words)
        self._backwards = sorted(word[::-1] for word in words)
        self._lines = "\n".join(["", *words, ""])

    def that_fit(self, glob: _Glob) -> Iterator[str]:
        if not glob.first and not glob.last:
            found = self._holding(max(glob.middle, key=len))
        elif len(glob.first) >= len(glob.last):
            found = _beginning(self._forwards, glob.first)
        else:
            found = (word[::-1] for word in _beginning(self._backwards, glob.last[::-1]))
        return (word for word in found if glob.fits(word))

    def _holding(self, part: str) -> Iterator[str]:
        at = self._lines.find(part)
        while at >= 0:
            start, end = self._lines.rfind("\n", 0, at) + 1, self._lines.find("\n", at)
            yield self._lines[start:end]
            at = self._lines.find(part, end)


def _beginning(words: list[str], start: str) -> Iterator[str]:
    at = bisect_left(words, start)
    while at < len(words) and words[at].startswith(start):
        yield words[at]
        at += 1


class _Node(dict[str, "_Node"]):
    """What may come next in patterns that begin alike, and those that end here."""

    def __init__(self) -> None:
        self.ends: list[int] = []


class Matcher:
    """All patterns at once: a tree of their words, walked from every word of a text with which one of them begins."""

    def __init__(self, patterns: Iterable[tuple[int, str]] = ()) -> None:
        self._root, globs = _Node(), set()
        self._joined: list[tuple[str, int]] = []
        for pk, pattern in patterns:
            node, words = self._root, words_of(pattern)
            for word in words:
                node = node.setdefault(word, _Node())
                globs |= {word} if ANY in word and word != ANY else set()
            node.ends.append(pk)
            if not any(ANY in word.strip(ANY) or word == ANY for word in words):
                self._joined.append(("".join(words).replace(ANY, ""), pk))
        self._globs = [_Glob(word) for word in sorted(globs)]

    def find(self, text: str) -> list[Found]:
        """Every place in ``text``, in reading order; also where words are broken, spelled out or written with look-alikes."""
        if not self._root:
            return []
        read = plain(text) if _is_coded(text) else None
        said = read.text if read else text
        words = _words(said)
        found = {*self._among(words, range(len(words))), *self._spelled_out(said)}
        mended, places = _mended(said, words)
        if places:
            found.update(self._among(mended, sorted({at for place in places for at in range(max(0, place - MOST_WORDS + 1), place + 1)})))
        places = [(pk, *(read.span(start, end) if read else (start, end))) for pk, start, end in found]
        return sorted(places, key=lambda place: (place[1], -place[2], place[0]))

    def _among(self, words: list[Place], begun_at: Iterable[int]) -> Iterator[Found]:
        different = {word for word, _start, _end in words}
        falls_under = self._falls_under(different)
        begins = {word: [self._root[word]] for word in different & self._root.keys()}
        for word, globs in falls_under.items():
            begins.setdefault(word, []).extend(self._root[glob] for glob in globs if glob in self._root)
        for at in begun_at:
            if nodes := begins.get(words[at][0]):
                yield from self._from(at, nodes, words, falls_under)

    def _from(self, at: int, nodes: list[_Node], words: list[Place], falls_under: dict[str, list[str]]) -> Iterator[Found]:
        """What ends here or further on, one word after the other, as long as a pattern goes on like the text."""
        place = at
        while nodes:
            for node in nodes:
                for pk in node.ends:
                    yield pk, words[at][1], words[place][2]
            place += 1
            if place == len(words):
                return
            keys = (words[place][0], ANY, *falls_under.get(words[place][0], ()))
            nodes = [node[key] for node in nodes for key in keys if key in node]

    def _falls_under(self, words: set[str]) -> dict[str, list[str]]:
        """Which words with stars each word of the text fits."""
        fitting: dict[str, list[str]] = {}
        lexicon = _Lexicon(words) if self._globs else None
        for glob in self._globs if lexicon else ():
            for word in lexicon.that_fit(glob):
                fitting.setdefault(word, []).append(glob.word)
        return fitting

    def _spelled_out(self, text: str) -> Iterator[Found]:
        """G a j i, g.a.j.i: letters that stand alone, read as one word."""
        letters, places = _letters_alone(text)
        for joined, pk in self._joined if letters else ():
            at = letters.find(joined)
            while at >= 0:
                yield pk, places[at], places[at + len(joined) - 1] + 1
                at = letters.find(joined, at + len(joined))


def _is_coded(text: str) -> bool:
    """Whether some of its signs are read as letters only after decoding: entities, letters in circles."""
    if "&" in text and ENTITY.search(text):
        return True
    strange = [] if text.isascii() else [sign for sign in set(text) if not sign.isalnum() and sign.isprintable() and sign > "\x7f"]
    return any(unicodedata.normalize("NFKC", sign)[:1].isalnum() for sign in strange)


def _words(text: str) -> list[Place]:
    known: dict[str, str] = {}
    places = []
    for match in WORD.finditer(text):
        said = match[0]
        word = known.get(said)
        if word is None:
            word = known[said] = folded(said)
        places.append((word, match.start(), match.end()))
    return places


def _mended(text: str, words: list[Place]) -> tuple[list[Place], list[int]]:
    """The same words once more, those with signs between their letters put together, and where such stand."""
    mended: list[Place] = []
    places: list[int] = []
    done = 0
    for first, last in _broken(text, words):
        start, end = words[first][1], words[last][2]
        mended += words[done:first]
        places.append(len(mended))
        mended.append((folded(NO_LETTER.sub("", text[start:end])), start, end))
        done = last + 1
    return mended + words[done:], places


def _broken(text: str, words: list[Place]) -> list[list[int]]:
    """First and last of each row of words with nothing but such signs between them."""
    rows: list[list[int]] = []
    starts = [start for _word, start, _end in words] if INSIDE.search(text) else []
    for sign in INSIDE.finditer(text) if starts else ():
        after = bisect_left(starts, sign.end())
        if rows and rows[-1][1] == after - 1:
            rows[-1][1] = after
        else:
            rows.append([after - 1, after])
    return rows


def _letters_alone(text: str) -> tuple[str, list[int]]:
    letters: list[str] = []
    places: list[int] = []
    for run in SPELLED.finditer(text):
        signs = [(folded(sign[0])[:1] or "?", run.start() + sign.start()) for sign in re.finditer(_SIGN, run[0])]
        read = "".join(sign for sign, _at in signs)
        letters.append((read if read.isdigit() else read.translate(AS_LETTERS)) + "\n")
        places += [at for _sign, at in signs] + [run.end()]
    return "".join(letters), places
