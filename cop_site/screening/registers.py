"""Numbers under which an office keeps a person: civil servants, police officers, reports and court cases."""

import re
from collections.abc import Iterator

from .identity import word
from .numbers import Window, is_day
from .passage import Detector, Passage, Span

NIP = word(r"NIP(?:-?nya)?|nomor induk pegawai|pegawai negeri|civil servant(?: number)?")
NRP = word(r"NRP(?:-?nya)?|nomor registrasi pokok")
SERVANT_GROUPS = {(18,), (8, 6, 1, 3)}

_PART = r"[ ]?[/.-][ ]?"
REPORT = re.compile(
    rf"(?<![^\W_])(?:STTLP?|STPLP?|STBL|SPDP|LP)(?:{_PART}[A-Z]{{1,3}})?(?:{_PART}|[ ]?(?:[Nn]o(?:mor)?\.?)?[ ]?:?[ ]{{1,2}})\d{{1,5}}"
    rf"{_PART}(?:[IVX]{{1,4}}|\d{{1,2}}){_PART}(?:RES\.[\d.]{{1,6}}{_PART})?(?:19|20)\d\d(?:{_PART}[A-Z][\w.]{{1,20}}(?:[ ][A-Z]{{2,20}}){{0,3}}){{0,4}}"
)
TRIAL = re.compile(
    r"(?<![\w/])(?:(?:[Nn]omor|[Nn]o\.?|NOMOR|NO\.?)[ ]?:?[ ]?)?\d{1,5}(?:[ ]PK|[ ]K)?[ ]?/[ ]?(?i:pid)(?:\.?[ ]?(?i:sus|b|c|s|r|tpk|prap|hum|anak))?"
    r"(?:[ .-]{1,3}(?i:anak|tppo|tpk|perikanan))?[ ]?/[ ]?(?:19|20)\d\d(?:[ ]?/[ ]?(?:PN|PT|MA|MS)[ .]?(?:[A-Z][\w.]{1,14})?(?:[ ](?:Utara|Selatan|Barat|Timur|Pusat|DKI))?)?"
)


def find_civil_servant(passage: Passage) -> Iterator[Span]:
    """The eighteen digits of a civil servant, told by their dates or their keyword; a police or army number with its keyword."""
    for window in passage.windows.get(18, ()):
        if window.sizes in SERVANT_GROUPS and _has_service_dates(window) or passage.near(window.start, window.end, NIP):
            yield window.start, window.end
    for window in passage.numbers(8, 9, NRP, after=15):
        if not window.is_counted:
            yield window.start, window.end


def _has_service_dates(window: Window) -> bool:
    """Born on a day, appointed in a month, man or woman: YYYYMMDD YYYYMM G NNN."""
    digits = window.digits
    born, appointed = int(digits[:4]), int(digits[8:12])
    dated = is_day(int(digits[6:8]), int(digits[4:6])) and 1 <= int(digits[12:14]) <= 21
    return dated and 1940 <= born < appointed <= 2099 and digits[14] in "12"


def find_case_number(passage: Passage) -> Iterator[Span]:
    """A police report or a criminal case; courts that judge laws and offices, and regulations, have other letters."""
    for pattern in (REPORT, TRIAL):
        for match in pattern.finditer(passage.text):
            yield match.span()


DETECTORS = (
    Detector("civil_servant_id", "warn", find_civil_servant),
    Detector("case_number", "warn", find_case_number),
)
