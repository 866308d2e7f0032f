"""Reads a text as a person would, and remembers where each character stood."""

import html
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from urllib.parse import unquote_to_bytes

# Cyrillic and Greek letters that look like Latin ones.
LOOKALIKES = str.maketrans("АВЕКМНОРСТХаеорсхуіІЈјΑΒΕΗΙΚΜΝΟΡΤΧο", "ABEKMHOPCTXaeopcxyiIJjABEHIKMNOPTXo")
INVISIBLE = {"\u034f", "\u20e3", "\u115f", "\u1160", "\u3164", "\uffa0"}
# unicodedata sorts combining marks in quadratic time; nobody's name needs more than these.
MARKS_KEPT = 4

ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
WORD = re.compile(r"\S+")
EXTENSION = re.compile(r"\.(?:jpe?g|png|gif|webp|heic|pdf|docx?|xlsx?|pptx?|odt|ods|csv|txt|mp[34]|zip|rar)(?![^\W_])", re.I)

Replace = Callable[[re.Match[str]], str | None]


class Normalised:
    """A text to match against, with the place of every character in the text as given."""

    def __init__(self, text: str, starts: list[int], ends: list[int], changed: tuple[tuple[int, int], ...] = ()) -> None:
        self.text, self.starts, self.ends = text, starts, ends
        self.changed = changed  # places of the text as given that were read as something else

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters from start to end stand in the text as given."""
        return self.starts[start], max(self.ends[start:end])

    def substitute(self, pattern: re.Pattern[str], replace: Replace) -> "Normalised":
        """Replace what the pattern finds; a replacement of another length stands for the whole match."""
        parts, starts, ends, done, changed = [], [], [], 0, list(self.changed)
        for match in pattern.finditer(self.text):
            new, (here, there) = replace(match), match.span()
            if new is None or new == match[0]:
                continue
            parts += [self.text[done:here], new]
            starts += self.starts[done:here]
            ends += self.ends[done:here]
            if len(new) == there - here:
                starts += self.starts[here:there]
                ends += self.ends[here:there]
            else:
                starts += [self.starts[here]] * len(new)
                ends += [self.ends[there - 1]] * len(new)
            done = there
            changed.append(self.span(here, there))
        if not parts:
            return self
        parts.append(self.text[done:])
        return Normalised("".join(parts), starts + self.starts[done:], ends + self.ends[done:], tuple(changed))

    def around(self, places: Sequence[tuple[int, int]], reach: int) -> Iterator["Normalised"]:
        """The parts of the text within reach of places of the text as given, cut between words."""
        parts: list[list[int]] = []
        for start, end in sorted(places):
            first = self.text.rfind(" ", 0, max(0, bisect_left(self.starts, start) - reach)) + 1
            last = self.text.find(" ", bisect_left(self.starts, end) + reach)
            last = len(self.text) if last < 0 else last
            if parts and first <= parts[-1][1]:
                parts[-1][1] = max(last, parts[-1][1])
            else:
                parts.append([first, last])
        for first, last in parts:
            yield Normalised(self.text[first:last], self.starts[first:last], self.ends[first:last])


def plain(text: str, kind: str = "prose") -> Normalised:
    """The text with one way of writing each character, links decoded, file names split."""
    read = Normalised(*_characters(text))
    if "&" in read.text:
        read = read.substitute(ENTITY, _entity)
    if "%" in read.text:
        read = _decode_links(read, kind)
    if kind == "filename":
        return read.substitute(re.compile("_"), lambda match: " ")
    if "_" in read.text:
        read = read.substitute(WORD, _split_file_name)
    return read


def _split_file_name(match: re.Match[str]) -> str | None:
    is_file = "_" in match[0] and "@" not in match[0] and EXTENSION.search(match[0])
    return match[0].replace("_", " ") if is_file else None


def _characters(text: str) -> tuple[str, list[int], list[int]]:
    if text.isascii() and not any(char in text for char in "\r\t\x00\x0b\x0c"):
        return text, list(range(len(text))), list(range(1, len(text) + 1))
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, cluster in _clusters(text):
        for char in _compatible(cluster):
            chars.append(char)
            starts.append(start)
            ends.append(end)
    return "".join(chars), starts, ends


def _clusters(text: str) -> Iterator[tuple[int, int, str]]:
    """Each character with the marks that belong to it."""
    start, length = 0, len(text)
    if not any(map(unicodedata.combining, set(text))):
        yield from ((at, at + 1, char) for at, char in enumerate(text))
        return
    while start < length:
        end = start + 1
        while end < length and text[end] > "\u02ff" and unicodedata.combining(text[end]):
            end += 1
        yield start, end, text[start : min(end, start + 1 + MARKS_KEPT)]
        start = end


@lru_cache(maxsize=4096)
def _compatible(cluster: str) -> str:
    """A character and its marks as they are to be matched: full-width becomes plain, invisible nothing."""
    read = cluster if cluster.isascii() else unicodedata.normalize("NFKC", cluster)
    return "".join(map(_one, read))


def _one(char: str) -> str:
    if " " < char < "\x7f" or char in " \n":
        return char
    category = unicodedata.category(char)
    if char in "\t\r\x0b\x0c" or category == "Zs":
        return " "
    if category in ("Zl", "Zp"):
        return "\n"
    if category in ("Cf", "Cc", "Cs") or char in INVISIBLE or 0xFE00 <= ord(char) <= 0xFE0F:
        return ""
    if category == "Pd" or char == "\u2212":
        return "-"
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if char in "\u2018\u2019\u02bc`":
        return "'"
    return char.translate(LOOKALIKES)


def _entity(match: re.Match[str]) -> str | None:
    char = html.unescape(match[0])
    return _one(char) if len(char) == 1 else None


def _decode_links(read: Normalised, kind: str) -> Normalised:
    """Percent signs are decoded inside links and file names, not in prose ("12%20")."""
    inside = kind in ("url", "filename")
    links = [word.span() for word in WORD.finditer(read.text) if inside or "://" in word[0] or "www." in word[0].lower()]
    where = iter(links)
    here = next(where, (0, 0))

    def decode(match: re.Match[str]) -> str | None:
        nonlocal here
        while here[1] and here[1] <= match.start():
            here = next(where, (0, 0))
        if not here[0] <= match.start() < here[1]:
            return None
        try:
            decoded = unquote_to_bytes(match[0]).decode()
        except UnicodeDecodeError:
            return None
        return "".join(_one(char) for char in unicodedata.normalize("NFKC", decoded))

    return read.substitute(PERCENT, decode)
