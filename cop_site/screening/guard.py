"""The guard's answer to a text: what in it must not be published, and where."""

import hashlib
import os
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from . import combinations, contacts, identity, journeys, lives, maps, money, persons, phones, places, registers, roles, small_numbers
from .allowlist import Allowlist, current
from .disguises import undisguised
from .normalise import Normalised, plain
from .passage import Detector, Passage
from .watching import WATCHED, blocked_in

# Stronger kinds first: of two findings of one action and length the earlier kind is told.
DETECTORS: tuple[Detector, ...] = (
    *identity.DETECTORS,
    *phones.DETECTORS,
    *contacts.DETECTORS,
    *money.DETECTORS,
    *places.DETECTORS,
    *maps.DETECTORS,
    *persons.DETECTORS,
    *lives.DETECTORS,
    *registers.DETECTORS,
    *journeys.DETECTORS,
    *roles.DETECTORS,
    *combinations.DETECTORS,
    *small_numbers.DETECTORS,
)
ORDER = {detector.type: at for at, detector in enumerate(DETECTORS)}
STRENGTH = {"block": 0, "warn": 1}
# Whatever else is found there, these are told: no one may ever override them.
NEVER_OVERRIDDEN = ("nik", "kk", "passport", "phone", "phone_foreign", "shelter_location", "child_name")
# A disguise is read again with this many characters on both sides, so that its sentence is there.
NEIGHBOURHOOD = 600


@dataclass(frozen=True)
class Finding:
    """One place in a text that must not be published; start and end count characters of the text as given."""

    type: str
    action: str
    start: int
    end: int


@dataclass(frozen=True)
class FieldFinding:
    """A finding in one field of a form; index is the place in a field of several values."""

    field: str
    index: int | None
    type: str
    action: str
    start: int
    end: int


# A form, its deed and its review ask about the same words one after the other. What is kept in memory is what was found
# where, under a fingerprint that no other process can make: no words.
MOST_ANSWERS = 2000
_KEY = os.urandom(32)
_answers: dict[tuple[bytes, str, Allowlist], tuple[Finding, ...]] = {}


def screen(text: str, *, kind: str = "prose", allowlist: Allowlist | None = None) -> tuple[Finding, ...]:
    """Personal data in a text, in reading order; where two findings meet, the stronger or longer one.

    ``kind`` is "prose", "filename" or "url". Without an ``allowlist`` the secretariat's holds. The text itself is never changed, kept or logged.
    """
    allowlist = current() if allowlist is None else allowlist
    asked = (hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=_KEY).digest(), kind, allowlist)
    found = _answers.get(asked)
    if found is None:
        found = _screened(text, kind, allowlist)
        if len(_answers) >= MOST_ANSWERS:
            _answers.clear()
        _answers[asked] = found
    return found


def _screened(text: str, kind: str, allowlist: Allowlist) -> tuple[Finding, ...]:
    read = plain(text, kind)
    found = _find(read, kind, allowlist)
    if (spoken := undisguised(read)) is not read:
        found |= _disguised(spoken, spoken.changed[len(read.changed) :], kind, allowlist)
    return _without_overlaps(found)


def screen_fields(fields: Mapping[str, str | Sequence[str]], *, allowlist: Allowlist | None = None) -> tuple[FieldFinding, ...]:
    """The findings of every field of a form, field by field; words that are not used here among them."""
    found: list[FieldFinding] = []
    for name, value in fields.items():
        texts = [(None, value)] if isinstance(value, str) else list(enumerate(value))
        for index, text in texts:
            hits = screen(text, allowlist=allowlist)
            found += [FieldFinding(name, index, hit.type, hit.action, hit.start, hit.end) for hit in hits]
            for start, end in blocked_in(text):
                if not any(hit.start < end and start < hit.end for hit in hits):
                    found.append(FieldFinding(name, index, WATCHED, "block", start, end))
    return tuple(found)


def refused_today(findings: Iterable[FieldFinding]) -> list[str]:
    """The kinds of what the rules of now refuse in a text that stands already; watched words take nothing away by themselves."""
    return sorted({hit.type for hit in findings if hit.action == "block" and hit.type != WATCHED})


def masked_excerpt(
    text: str, finding: Finding | FieldFinding, around: int = 30, others: Sequence[Finding | FieldFinding] | None = None
) -> tuple[str, str, str]:
    """The place of a finding without its value: the words before, bullets, the words after. Words that are not used here are no secret.

    ``others`` are the findings of the same text, masked as well; they are looked for when not given.
    """
    shown = list(text)
    for hit in (*(screen(text) if others is None else others), finding):
        for at in range(hit.start, hit.end) if hit.type != WATCHED else ():
            shown[at] = " " if text[at].isspace() else "•"
    before = "".join(shown[max(0, finding.start - around) : finding.start])
    value = "".join(shown[finding.start : finding.end])
    return before, value, "".join(shown[finding.end : finding.end + around])


def _find(reading: Normalised, kind: str, allowlist: Allowlist) -> set[Finding]:
    passage = Passage(reading.text, kind=kind, allowlist=allowlist)
    return {
        Finding(detector.type, detector.action, *reading.span(start, end))
        for detector in DETECTORS
        for start, end in detector.find(passage)
        if start < end
    }


def _disguised(spoken: Normalised, changed: Sequence[tuple[int, int]], kind: str, allowlist: Allowlist) -> set[Finding]:
    """What is found only because a disguise was read: near each disguise, and touching it."""
    found = {hit for part in spoken.around(changed, NEIGHBOURHOOD) for hit in _find(part, kind, allowlist)}
    places = sorted(changed)
    starts = [start for start, _ in places]
    return {hit for hit in found if (at := bisect_left(starts, hit.end)) and places[at - 1][1] > hit.start}


def _weight(finding: Finding) -> tuple[int, bool, int, int, int]:
    is_final = finding.type in NEVER_OVERRIDDEN
    return STRENGTH[finding.action], not is_final, finding.start - finding.end, ORDER[finding.type], finding.start


def _without_overlaps(found: set[Finding]) -> tuple[Finding, ...]:
    kept: list[Finding] = []
    taken = bytearray(max((finding.end for finding in found), default=0))
    for finding in sorted(found, key=_weight):
        if not any(taken[finding.start : finding.end]):
            taken[finding.start : finding.end] = b"\x01" * (finding.end - finding.start)
            kept.append(finding)
    return tuple(sorted(kept, key=lambda finding: finding.start))
