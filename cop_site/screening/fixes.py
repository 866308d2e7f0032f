"""What could stand in place of a finding: offered to its author, never done by itself."""

import re

from .combinations import AGE, DAY, PLACE
from .guard import FieldFinding, Finding

REMOVED = {"id": "[dihapus]", "en": "[removed]"}
A_VILLAGE = {"id": "sebuah desa", "en": "a village"}
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
DAY_BEFORE_MONTH = re.compile(r"^\d{1,2}(?:st|nd|rd|th)?[ ]")
BLURRED = {"quasi_identifier", "child_name"}


def replacement(text: str, finding: Finding | FieldFinding, language: str = "id") -> str:
    """The year of a date of birth, "<5" for a small count, blurred details of one person; else a mark that something was here."""
    value, removed = text[finding.start : finding.end], REMOVED.get(language, REMOVED["id"])
    if finding.type == "birth_date" and (year := YEAR.search(value)):
        return year[0]
    if finding.type == "small_number":
        return "<5"
    if finding.type in BLURRED and finding.action == "warn":
        blurred = _blurred(value, language)
        return blurred if blurred != value else removed
    return removed


def _blurred(value: str, language: str) -> str:
    """An age becomes a range of five years, a village any village, a day its month."""
    value = AGE.sub(lambda match: NUMBER.sub(_five_years, match[0]), value)
    value = PLACE.sub(A_VILLAGE.get(language, A_VILLAGE["id"]), value)
    return DAY.sub(lambda match: DAY_BEFORE_MONTH.sub("", match[0]), value)


def _five_years(match: re.Match[str]) -> str:
    low = int(match[0]) // 5 * 5
    return f"{low}–{low + 4}"
