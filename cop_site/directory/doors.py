"""Addresses of any house: the guard lets pass where an office is, the directory stores no address at all."""

import re
from collections.abc import Iterator, Mapping, Sequence

from cop_site.screening.guard import FieldFinding, screen_fields
from cop_site.screening.normalise import plain
from cop_site.screening.places import FIGURATIVE, NOT_A_STREET, STREETS

TYPE = "address"
_NAMED = r"[A-Z][\w'-]+(?:[ ][A-Z][\w'-]+){0,3}"
# A street is a place without its number too, where somebody says that it is one.
_WITHOUT_NUMBERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\w)[Jj]ln?\.?[ ]{_NAMED}",
        rf"(?<!\w)(?:[Dd]i|[Aa]lamat(?:nya)?[ ]?:?)[ ](?:[Jj]alan|[Gg]ang|[Ll]orong)[ ]{_NAMED}",
        rf"(?<!\w)\d{{1,4}}[A-Za-z]?[ ]{_NAMED}[ ](?:Street|Road|Avenue|Lane)(?!\w)",
    )
)


def findings_in(fields: Mapping[str, str | Sequence[str]]) -> list[FieldFinding]:
    """What the guard finds in these fields, and every street in them, field by field."""
    found = list(screen_fields(fields))
    for name, value in fields.items():
        for index, said in [(None, value)] if isinstance(value, str) else list(enumerate(value)):
            told = {(one.start, one.end) for one in found if (one.field, one.index) == (name, index)}
            for start, end in streets_in(said):
                if not any(start < stop and begin < end for begin, stop in told):
                    told.add((start, end))
                    found.append(FieldFinding(name, index, TYPE, "block", start, end))
    return found


def streets_in(text: str) -> Iterator[tuple[int, int]]:
    """Where in ``text`` a street or hamlet is named, an office's or anybody's."""
    read = plain(text, "prose")
    for pattern in (*STREETS, *_WITHOUT_NUMBERS):
        for match in pattern.finditer(read.text):
            before = read.text[max(0, match.start() - 12) : match.start()]
            if not FIGURATIVE.search(before) and not NOT_A_STREET.match(match[0].removeprefix("di ")):
                yield read.span(*match.span())
