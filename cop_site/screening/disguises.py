"""Undoes the common disguises: letters for digits, spelled-out digits, [at] and [dot]."""

import re

from .normalise import Normalised

DIGIT_WORDS = {
    "nol": "0", "kosong": "0", "satu": "1", "dua": "2", "tiga": "3", "empat": "4", "lima": "5", "enam": "6",
    "tujuh": "7", "delapan": "8", "lapan": "8", "sembilan": "9",
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_WORD = "|".join(DIGIT_WORDS)
_GAP = r"(?:[ ]{0,2}[-,./][ ]{0,2}|[ ]{1,3}|[ ]?\n[ ]?)"
SPELLED = re.compile(rf"(?<!\w)(?:{_WORD}|\d{{1,16}})(?:{_GAP}(?:{_WORD}|\d{{1,16}})(?!\w))+", re.I)
SPELLED_DIGIT = re.compile(_WORD, re.I)
WORD_OR_DIGITS = re.compile(rf"{_WORD}|\d+", re.I)
# "dua puluh", "satu juta": a number in words, not digits read aloud.
NUMERAL = re.compile(r"[ ]?(?:puluh|belas|ratus|ribu|juta|miliar|triliun|persen)", re.I)

LETTER_RUN = re.compile(r"(?<![^\W\d_])[0-9OolI][0-9OolI .\-/_]{4,80}[0-9OolI](?![^\W\d_])")
LETTER_TOKEN = re.compile(r"[0-9OolI]+")
AS_DIGITS = str.maketrans("OolI", "0011")

TLD = r"(?:com|net|org|id|info|biz|xyz|my|sg|hk|tw|ph|kh|edu|gov|io|me|co|ac|go|or|sch|web|ee|gl|link)"
AT = re.compile(r"(?<=[\w.])[ ]{0,2}[\[({<][ ]?(?:at|et|a)[ ]?[\])}>][ ]{0,2}(?=\w)", re.I)
DOT = re.compile(r"(?<=\w)[ ]{0,2}[\[({<][ ]?(?:dot|titik|\.)[ ]?[\])}>][ ]{0,2}(?=\w)", re.I)
BARE_DOT = re.compile(rf"(?<=\w)[ ](?:dot|titik)[ ](?={TLD}\b)", re.I)
BARE_AT = re.compile(rf"(?<=[\w.])[ ](?:at|et)[ ](?=[\w-]{{2,40}}(?:\.[\w-]{{2,40}}){{0,3}}\.{TLD}\b)", re.I)


def undisguised(read: Normalised) -> Normalised:
    """The same text with its disguises read; the very same object when there are none."""
    if any(char in read.text for char in "OolI"):
        read = read.substitute(LETTER_RUN, _letters)
    if SPELLED_DIGIT.search(read.text):
        read = read.substitute(SPELLED, _spelled)
    read = read.substitute(AT, lambda match: "@").substitute(DOT, lambda match: ".")
    return read.substitute(BARE_DOT, lambda match: ".").substitute(BARE_AT, lambda match: "@")


def _letters(match: re.Match[str]) -> str | None:
    """O and l inside a run that is a number already: at least four real digits."""
    if sum(char.isdigit() for char in match[0]) < 4:
        return None
    return LETTER_TOKEN.sub(_letter_token, match[0])


def _letter_token(match: re.Match[str]) -> str:
    token = match[0]
    if not token.strip("I"):
        return token  # a month in a letter number: III/2024
    return token.translate(AS_DIGITS) if len(token) > 2 or any(char.isdigit() for char in token) else token


def _spelled(match: re.Match[str]) -> str | None:
    """At least six digits in a row, at least two of them in words."""
    parts = WORD_OR_DIGITS.findall(match[0])
    words = sum(not part.isdigit() for part in parts)
    digits = "".join(DIGIT_WORDS.get(part.lower(), part) for part in parts)
    if words < 2 or len(digits) < 6 or NUMERAL.match(match.string, match.end()):
        return None
    return digits
