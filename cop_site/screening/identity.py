"""Numbers that a state gives a person: NIK, family card, passport, tax, insurance, licences."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from .numbers import Window, is_day, passes_luhn
from .passage import Detector, Passage, Span

_KNOWN = json.loads((Path(__file__).parent / "data" / "nik_prefixes.json").read_text())
PREFIXES = frozenset(_KNOWN["current"]) | frozenset(_KNOWN["former"])
PROVINCES = frozenset(prefix[:2] for prefix in PREFIXES) | {"54"}
USUAL_GROUPS = {(16,), (4, 4, 4, 4), (6, 6, 4), (2, 2, 2, 6, 4), (6, 10), (12, 4), (6, 2, 2, 2, 4), (8, 8), (4, 12), (4, 2, 6, 4)}


def word(pattern: str, flags: int = re.I) -> re.Pattern[str]:
    """A cue: not inside a longer word, but joined to an underscore or a figure it counts."""
    return re.compile(rf"(?<![^\W\d_])(?:{pattern})(?![^\W\d_])", flags)


NIK = word(
    r"e-?KTP|KTP(?:-?(?:nya|el|ku|mu))?|NIK(?:-?nya)?|no(?:mor|\.)? ?(?:induk|identitas|kependudukan)(?:nya)?"
    r"|kartu tanda penduduk|identity (?:card|number)|national id|id card"
)
KK = word(r"KK(?:-?nya)?|kartu keluarga(?:nya)?|family card")
PERSON = word(
    r"nama|korban|penyintas|peserta|warga|identitas|pasien|siswa|siswi|anak|lahir|pekerja|PMI|klien|pelapor|saksi|suami|istri|data diri"
)
PASSPORT = word(r"pas+por(?:t|nya|tnya)?|passports?|SPLP|dokumen perjalanan|travel document")
CARD = word(r"kartu (?:debit|kredit|ATM)|debit|kredit|credit|visa|mastercard|CVV")
NPWP = word(r"NPWP(?:-?nya)?|NITKU|nomor pokok wajib pajak|tax(?:payer)? (?:id|number)")
BPJS = word(r"BPJS|JKN(?:-KIS)?|KIS|kartu (?:indonesia )?sehat|jaminan kesehatan")
KPJ = word(r"KPJ|BPJS[- ]?(?:ketenagakerjaan|TK)|jamsostek|ketenagakerjaan")
LICENCE = re.compile(
    r"(?<![^\W\d_])(?:SIM(?![^\W\d_])|[Ss]im [ABCDabcd]1?(?![^\W\d_])|(?i:surat izin mengemudi|driving licen[cs]e|driver'?s licen[cs]e))"
)
SEAFARER = word(r"buku pelaut(?:nya)?|seaman'?s? ?book|kode pelaut|seafarers?'?s? (?:code|id|book)|seafarer")
PMI = word(r"ID[- ]?PMI|E-?PMI|e-?KTKLN|KTKLN|SISKOP2MI|SISKOTKLN|ID (?:TKI|CPMI)|nomor PMI")
BIRTH_ACT = word(r"akta? (?:ke)?lahir(?:an)?(?:nya)?|birth certificate")
NISN = word(r"NISN")
NIS = re.compile(r"(?<![^\W\d_])(?:NIS|[Nn]omor [Ii]nduk [Ss]iswa|student (?:id|number))(?![^\W\d_])")
NUMBERED = (
    r"(?:\s{0,2}(?:-?nya|nomor|nomer|number|num|no\.?|register|reg\.?|bernomor|[:#=]|adalah|dengan|is|korban|anak|milik)){0,4}+\s{0,2}+"
)

PASSPORT_NUMBER = re.compile(
    r"(?<![^\W_])(?:[A-Z][ -]?\d(?: ?\d){6}|[A-Z]{2}[ -]?\d(?: ?\d){5,6}|[a-z]\d{7}|[a-z]{2}\d{6,7})(?!\d)(?![^\W_])"
)
PASSPORT_SAID = re.compile(
    PASSPORT.pattern
    + r"(?:[ ]?(?:nomor|no\.?|number|bernomor|milik\w{0,3}|korban|[:=#])){0,3}[ ]{1,2}(?P<code>[a-z]{1,2}[ -]\d(?: ?\d){5,6}(?!\d)(?![^\W_]))",
    re.I,
)
SEAFARER_NUMBER = re.compile(r"(?<![^\W_])[A-Za-z] ?-?\d(?:[ .]?\d){5,6}(?![^\W_])")
MASKED_ID = re.compile(r"(?<![\w*•#])\d{4}(?:[ .-]?[\dxX*•#]){12}(?![\w*•#])")
BIRTH_NUMBER = re.compile(r"(?<!\d)\d{4}[-. /]{1,3}L[TUD][-. /]{1,3}\d{8}[-. /]{1,3}\d{3,5}(?!\d)", re.I)
PMI_CODE = re.compile(r"(?<![^\W_])(?=[A-Za-z0-9-]{0,12}\d)[A-Za-z0-9](?:[A-Za-z0-9-]{6,22})[A-Za-z0-9](?![^\W_])")
DATE_LIKE = re.compile(r"\d{1,4}-\d{1,4}(?:-\d{1,4})?")
ACT_CODE = re.compile(BIRTH_ACT.pattern + NUMBERED + r"(?P<code>(?:[A-Z]{1,4}[ .]?)?\d[\w./-]{2,30}\w)", re.I)
NISN_CODE = re.compile(NISN.pattern + r"[ :.=]{0,3}(?:\d{3,8}[ ]?/[ ]?)?(?P<code>\d{10})(?!\d)", re.I)
NIS_CODE = re.compile(NIS.pattern + r"(?i:" + NUMBERED + r")(?P<code>\d[\d./-]{2,14}\d)")


def has_birth_date(digits: str) -> bool:
    """Whether digits 7 to 12 are a date, a woman's day plus forty."""
    day, month = int(digits[6:8]), int(digits[8:10])
    return is_day(day - 40 if day > 40 else day, month) and digits[12:] != "0000"


def _identity(passage: Passage, window: Window) -> bool:
    cued = passage.near(window.start, window.end, NIK) or passage.near(window.start, window.end, KK)
    if cued and not window.is_counted and not passage.is_exempt(window.start, window.end):
        return True
    if passes_luhn(window.digits) and passage.near(window.start, window.end, CARD):
        return False
    if not has_birth_date(window.digits) or not (window.whole or window.sizes in USUAL_GROUPS):
        return False
    if window.digits[:4] in PREFIXES:
        return True
    is_likely = window.digits[:2] in PROVINCES and window.sizes in USUAL_GROUPS
    return is_likely and passage.near(window.start, window.end, PERSON, before=60)


def _identities(passage: Passage) -> list[Window]:
    return passage.once("identities", lambda: [window for window in passage.windows.get(16, ()) if _identity(passage, window)])


def _is_family_card(passage: Passage, start: int) -> bool:
    card, person = passage.distance_before(start, KK), passage.distance_before(start, NIK)
    return card is not None and card <= 40 and (person is None or card < person)


def _is_tax_number(passage: Passage, start: int) -> bool:
    tax, person = passage.distance_before(start, NPWP), passage.distance_before(start, NIK)
    return tax is not None and tax <= 25 and (person is None or tax < person)


def find_nik(passage: Passage) -> Iterator[Span]:
    """Sixteen digits with a known district and a possible birth date, or any sixteen after the keyword."""
    for window in _identities(passage):
        if not _is_family_card(passage, window.start) and not _is_tax_number(passage, window.start):
            yield window.start, window.end
    for match in MASKED_ID.finditer(passage.text):
        hidden = sum(char in "xX*•#" for char in match[0])
        if 0 < hidden < 8 and (match[0][:4] in PREFIXES or passage.near(*match.span(), NIK)):
            yield match.span()


def find_kk(passage: Passage) -> Iterator[Span]:
    """The same digits where the family card is the nearer keyword."""
    for window in _identities(passage):
        if _is_family_card(passage, window.start):
            yield window.start, window.end


def find_passport(passage: Passage) -> Iterator[Span]:
    """A letter and seven digits, or two and six or seven, near the word passport."""
    for match in PASSPORT_NUMBER.finditer(passage.text):
        if passage.near(*match.span(), PASSPORT, after=40):
            yield match.span()
    for match in PASSPORT_SAID.finditer(passage.text):
        yield match.span("code")


def find_npwp(passage: Passage) -> Iterator[Span]:
    """The written form of the tax number, or its digits near the keyword."""
    for window in passage.numbers(15, 15):
        if window.sizes == (2, 3, 3, 1, 3, 3):
            yield window.start, window.end
    for length in (15, 16, 22):
        for window in passage.numbers(length, length, NPWP):
            if not window.is_counted:
                yield window.start, window.end


def find_bpjs(passage: Passage) -> Iterator[Span]:
    """Thirteen digits of health insurance, eleven of employment insurance, each with its keyword."""
    for length, cue in ((13, BPJS), (11, KPJ)):
        for window in passage.numbers(length, length, cue):
            if not window.is_counted:
                yield window.start, window.end


def find_licence(passage: Passage) -> Iterator[Span]:
    """Twelve or fourteen to sixteen digits near SIM."""
    for window in passage.numbers(12, 16, LICENCE, after=20):
        if len(window.digits) != 13 and window.is_plain:
            yield window.start, window.end


def find_seafarer(passage: Passage) -> Iterator[Span]:
    """The seaman's book or code, near its name."""
    for match in SEAFARER_NUMBER.finditer(passage.text):
        if passage.near(*match.span(), SEAFARER):
            yield match.span()
    for window in passage.numbers(10, 10, SEAFARER):
        if window.is_plain:
            yield window.start, window.end


def find_pmi(passage: Passage) -> Iterator[Span]:
    """A migrant worker's registration, near its name."""
    for window in passage.numbers(8, 18, PMI):
        if window.is_plain:
            yield window.start, window.end
    for match in PMI_CODE.finditer(passage.text):
        if sum(char.isdigit() for char in match[0]) < 5 or DATE_LIKE.fullmatch(match[0]):
            continue
        if passage.near(*match.span(), PMI):
            yield match.span()


def find_birth_certificate(passage: Passage) -> Iterator[Span]:
    """The register's own form, or a number right after the keyword."""
    for match in BIRTH_NUMBER.finditer(passage.text):
        yield match.span()
    for match in ACT_CODE.finditer(passage.text):
        code, numbered = match["code"], re.search(r"no|reg|[:#]", match[0][: match.start("code") - match.start()], re.I)
        digits = sum(char.isdigit() for char in code)
        if digits >= (4 if numbered else 8) and not re.fullmatch(r"(?:19|20)\d\d.{0,5}|\d{1,3}(?:\.\d{3})+", code):
            yield match.span("code")


def find_student_id(passage: Passage) -> Iterator[Span]:
    """NISN with its ten digits, NIS with whatever the school gave."""
    for window in passage.numbers(10, 10, NISN):
        if window.is_plain:
            yield window.start, window.end
    for match in NISN_CODE.finditer(passage.text):
        yield match.span("code")
    for match in NIS_CODE.finditer(passage.text):
        if not re.fullmatch(r"(?:19|20)\d\d(?:[-/](?:19|20)?\d\d)?", match["code"]):
            yield match.span("code")


DETECTORS = (
    Detector("nik", "block", find_nik),
    Detector("kk", "block", find_kk),
    Detector("passport", "block", find_passport),
    Detector("npwp", "block", find_npwp),
    Detector("bpjs", "block", find_bpjs),
    Detector("driving_licence", "block", find_licence),
    Detector("seafarer_id", "block", find_seafarer),
    Detector("pmi_id", "block", find_pmi),
    Detector("birth_certificate", "block", find_birth_certificate),
    Detector("student_id", "block", find_student_id),
)
