"""Telephone numbers of people, here and abroad."""

import re
from collections.abc import Callable, Iterator

from .identity import word
from .numbers import Window
from .passage import Detector, Passage, Span

PHONE = word(
    r"telp(?:on)?|tlp|telepon(?:nya)?|ditelepon|menelepon|fax|faks|hp(?:-?nya)?|handphone|ponsel|wa|whatsapp|whats ?app|kontak|hubungi"
    r"|nomornya|no\.? ?hp|call|phone|mobile|sms|seluler|gawai"
)
LANDLINE = word(r"telp(?:on)?|tlp|telepon(?:nya)?|ditelepon|menelepon|fax|faks|phone|call|hubungi|kontak|wa|hp")
BRACKETED = re.compile(r"\(0[2-9]\d{1,2}\)[ -]{0,2}\d(?:[ .-]?\d){4,7}(?![\d]|[.-]\d)")
AREA = re.compile(r"(?<![\d.,/-])0[2-9]\d{1,2}[ ]?[- ][ ]?[1-9]\d(?:[ .-]?\d){3,6}(?![\d]|[.-]\d)")
LETTER_NUMBER = re.compile(
    r"no(?:mor)?\.? (?:surat|sk|perkara|register|agenda|dokumen|kontrak|hibah|seri)|nomor (?!lama|baru|korban|ponsel|kontak|telepon|pelaku|keluarga|agen|milik|anak|saya|aktif|rumah|pribadi|majikan|darurat|istri|suami)[a-z]{4,12} $|kode(?: [a-z]{4,12})?[ :]{1,2}$",
    re.I,
)
COUNTRY = re.compile(
    r"(?:1|7|20|27|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[29]\d\d|3[578]\d|42\d|50\d|59\d|67\d|68\d|69\d|80\d|85[0-6]|88\d)"
)


def find_phone(passage: Passage) -> Iterator[Span]:
    """A mobile number in any of its forms, or a landline in brackets or after its keyword."""
    for window in _longest(passage, 10, 17, _is_mobile):
        yield _with_plus(passage.text, window)
    for match in BRACKETED.finditer(passage.text):
        if not _is_listed(passage, match):
            yield match.span()
    for match in AREA.finditer(passage.text):
        if passage.near(*match.span(), LANDLINE, after=0) and not _is_listed(passage, match):
            yield match.span()


def _is_listed(passage: Passage, match: re.Match[str]) -> bool:
    return passage.allowlist.allows_number(re.sub(r"\D", "", match[0]))


def _national(window: Window) -> str:
    """The digits as dialled inside the country; empty where they are no mobile number."""
    digits = window.digits.replace("620", "62", 1) if window.digits.startswith("6208") else window.digits
    for prefix in ("0062", "62"):
        if digits.startswith(prefix + "8"):
            digits = "0" + digits.removeprefix(prefix)
            break
    return digits if digits.startswith("08") and 10 <= len(digits) <= 13 else ""


def _is_mobile(passage: Passage, window: Window) -> bool:
    if not _national(window):
        return False
    text, start, end = passage.text, window.start, window.end
    if _is_inside_more(text, start, end) or window.digits.startswith("62") and window.is_counted:
        return False
    cued = passage.near(start, end, PHONE)
    if not cued and LETTER_NUMBER.search(text, max(0, start - 24), start):
        return False
    slashes = window.text.count("/")
    if slashes and not cued and (slashes > 1 or window.digits[-4:-2] in ("19", "20")):
        return False
    first = window.sizes[0]
    is_short = first < 3 and not window.digits.startswith("62") and len(window.sizes) > 1
    return cued or not (is_short or window.is_calendar)


def _is_inside_more(text: str, start: int, end: int) -> bool:
    """A hyphen, dot or slash joins it to more: a letter number, a code, a longer run."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    joined_after = len(after) == 2 and after[0] in "./-" and after[1].isalnum() and after[0] != "."
    joined_before = len(before) == 2 and before[1] in ".-" and before[0].isdigit()
    if after in ("/0", "/6", "/+") or before[1:] == "/" and text[start : start + 2] == "08":
        return False  # two numbers of one person
    return joined_before or joined_after and (after[1].isdigit() or after[0] == "/")


def _with_plus(text: str, window: Window) -> Span:
    start = window.start
    while start and window.start - start < 3 and text[start - 1] in "(+ ":
        start -= 1
    start = start if "+" in text[start : window.start] or text[start : start + 1] == "(" else window.start
    return start + (text[start] == " "), window.end


def find_phone_foreign(passage: Passage) -> Iterator[Span]:
    """A plus sign, a country code, and seven to twelve digits."""
    for window in _longest(passage, 8, 15, _is_foreign):
        yield _with_plus(passage.text, window)


def _is_foreign(passage: Passage, window: Window) -> bool:
    if not window.digits.startswith("00") and passage.text[max(0, window.start - 1) : window.start] not in ("+", " ", "("):
        return False
    before = passage.text[max(0, window.start - 2) : window.start]
    is_dialled = window.digits.startswith("00") and passage.near(window.start, window.end, PHONE)
    digits = window.digits.removeprefix("00") if is_dialled else window.digits
    has_plus = before.endswith("+") or before in ("+ ", "+(")
    return (has_plus or is_dialled) and bool(COUNTRY.match(digits)) and not window.is_counted


def _longest(passage: Passage, low: int, high: int, is_phone: Callable[[Passage, Window], bool]) -> Iterator[Window]:
    """Of the numbers that begin at one place the longest, unless it is a verified one."""
    taken = set()
    for length in range(high, low - 1, -1):
        for window in passage.numbers(length, length):
            if window.start not in taken and is_phone(passage, window):
                taken.add(window.start)
                if not passage.allowlist.allows_number(window.digits):
                    yield window


DETECTORS = (
    Detector("phone", "block", find_phone),
    Detector("phone_foreign", "block", find_phone_foreign),
)
