"""Details that are harmless alone and together point to one person."""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from .identity import word
from .lives import DATE, HEALTH, MONTH
from .passage import Detector, Passage, Span

_NAMED = r"[A-Z][\w'-]{1,20}(?:[ ][A-Z][\w'-]{1,20})?"
AGE = re.compile(
    r"(?<!\w)(?:usia|umur|berusia|berumur|usianya|umurnya|aged?)[ ](?:(?:baru|masih|kini|saat itu)[ ])?\d{1,2}(?![\w%]|[ ]?[-–/][ ]?\d|-an|[.,]\d|[ ]tahun[ ]ke)"
    r"|(?<!\w)(?:perempuan|gadis|remaja|anak|ibu|janda|pemuda|pria|korban|penyintas|siswi|girl|woman|boy)[ ](?:berumur[ ])?\d{1,2}[ ](?:tahun|th|years)(?!\w)"
    r"|(?<=[,(])[ ]?\d{1,2}[ ](?:tahun|th|thn)(?=[ ]?[,)])|(?<!\w)(?:she|he) (?:is|was)[ ]\d{1,2}(?=[ ,])|(?<!\w)\d{1,2}-year-old(?!\w)",
    re.I,
)
PLACE = re.compile(
    rf"(?<!\w)(?:[Dd]usun|[Dd]ukuh|[Dd]esa|[Kk]ampung|[Kk]elurahan|[Nn]agari|[Gg]ampong|[Bb]anjar|[Jj]orong|[Pp]ekon|RT)[ ](?!Binaan|Peduli|Migran|Siaga|Aman|Ramah){_NAMED}"
    rf"|(?<!\w){_NAMED}[ ](?:village|hamlet)(?!\w)"
)
SCHOOL = re.compile(
    rf"(?<!\w)(?:SDN?|SMPN?|SMAN?|SMKN?|MTsN?|MAN?|SLB|Ponpes|[Pp]esantren|[Pp]ondok|[Ss]ekolah|STM)(?:[ ]Negeri)?[ ](?:\d{{1,3}}(?![\d%])(?:[ ]{_NAMED})?|{_NAMED}(?:[ ]\d{{1,3}}(?!\d))?)"
)
DAY = re.compile(rf"(?<!\d)\d{{1,2}}[ ]{MONTH}(?!\w)|{DATE.pattern}", re.I)
LIVELIHOOD = re.compile(
    r"(?<!\w)(?:bidan|mantri|guru mengaji|guru ngaji|dukun|pendeta|kepala dusun|kadus|marbot|juru kunci|penjahit|dalang|penari|penyiar|midwife|priest)(?!\w)"
    r"|(?<!\w)(?:penjual|pedagang|tukang|pemilik|pengrajin|juragan)[ ][a-z]{3,15}",
    re.I,
)
FAMILY = re.compile(
    r"(?<!\w)(?:anak (?:tunggal|bungsu|sulung|yatim(?: piatu)?|pertama|kedua|ketiga|dari (?:seorang )?(?=[a-z])|angkat)|yatim(?: piatu)?|janda(?: \w{2,6} anak)?|duda|istri kedua|istri dari|anak (?=penjual|tukang|petani|nelayan|buruh|kepala|guru|pendeta|bidan)"
    r"|(?:only|eldest|youngest) (?:daughter|son|child)|orphan|widow)(?!\w)?",
    re.I,
)
UNIQUE = re.compile(r"(?<!\w)(?:satu-satunya|the only|orang pertama dari)(?!\w)", re.I)
EMPLOYER = re.compile(rf"(?<!\w)(?:PT|CV|UD|KM|KMP|[Tt]oko|[Ww]arung|[Hh]otel|[Kk]afe|[Kk]araoke)[ ]{_NAMED}")
ROUTE = re.compile(
    rf"(?<!\w)(?:lewat|melalui|via|menuju|berangkat ke|dibawa ke|dikirim ke|pergi ke|terbang ke|transit di|left for|through)[ ](?!Zoom|WhatsApp|Facebook|Dinas|Desa|Satgas|UU|PP){_NAMED}"
)
# Only these say that it is about one: an age, "the only one", a place in a family.
PERSONAL = {"age", "unique", "family"}
ONE = word(
    r"ia|dia|she|he|her|his|seorang|satu-satunya|korban|penyintas|anak (?:tunggal|bungsu|sulung|itu|saya|kami|penjual|tukang|petani)|siswi|gadis|janda|suaminya|istrinya|ayahnya|ibunya|keluarganya|umur(?:nya)?|usia(?:nya)?"
    r"|perempuan \d{1,2} tahun|remaja \d{1,2} tahun|inisial|berinisial"
)
MANY = word(
    r"para|peserta|pelatihan|sebanyak|kelompok|warga|rata-rata|responden|survei|persen|semua|setiap|lowongan|syarat|kader|lembaga|participants?|training|average|respondents"
)
KINDS = {
    "age": AGE, "place": PLACE, "school": SCHOOL, "day": DAY, "livelihood": LIVELIHOOD, "family": FAMILY, "unique": UNIQUE,
    "employer": EMPLOYER, "route": ROUTE, "health": HEALTH,
}  # fmt: skip
REACH = 320
ENOUGH = 3

INITIALS = re.compile(
    r"(?<!\w)(?:(?:inisial|berinisial)[ ][\"']?(?:[A-Z]\.?[ ]?){1,4}(?![a-z])|(?:[A-Z]\.){2,4}|(?<=anak )(?!SD|SM|MT|MA|TK)[A-Z]{2,3}(?=[ ,(])|(?<=sisw[ai] )(?!SD|SM|MT|MA|TK)[A-Z]{2,3}(?=[ ,(])|[A-Z]{2,3}(?=[ ]\(\d))"
)
CHILDHOOD = word(
    r"anak(?:nya)?|siswa|siswi|pelajar|santri|murid|bocah|kelas (?:\d{1,2}|[IVX]{1,4})|child|girl|boy|(?:usia|umur) (?:1[0-7]|[1-9])|(?:1[0-7]|[1-9]) tahun"
)


class Detail(NamedTuple):
    """One detail: what it tells, and where."""

    start: int
    end: int
    kind: str


def _details(passage: Passage) -> list[Detail]:
    found = _of_kinds(passage, PERSONAL)
    return sorted(found + _of_kinds(passage, KINDS.keys() - PERSONAL)) if found else []


def _of_kinds(passage: Passage, kinds: Collection[str]) -> list[Detail]:
    return [Detail(*place, kind) for kind in kinds for place in passage.spans(KINDS[kind])]


def find_combination(passage: Passage) -> Iterator[Span]:
    """Three or more details of one person close together: age, village, school, day, work, family, illness, employer, route."""
    details = passage.once("details", lambda: _details(passage))
    at = 0
    while at < len(details):
        last = _last_within_reach(passage, details, at)
        group = details[at : last + 1]
        if _points_to_one(passage, group):
            yield group[0].start, max(detail.end for detail in group)
            at = last
        at += 1


def _last_within_reach(passage: Passage, details: list[Detail], first: int) -> int:
    last = first
    limit = details[first].start + REACH
    while last + 1 < len(details) and details[last + 1].end <= limit and last - first < 20:
        last += 1
    while last > first and passage.is_broken_between(details[first].start, details[last].start):
        last -= 1
    return last


def _points_to_one(passage: Passage, group: list[Detail]) -> bool:
    kinds = {detail.kind for detail in group}
    if len(kinds) < ENOUGH or not kinds & PERSONAL or not kinds & {"place", "school", "employer", "livelihood"}:
        return False
    start, end = group[0].start, group[-1].end
    begin, finish = passage.sentence(start, end)
    return passage.holds(begin, finish, ONE) and not passage.holds(begin, finish, MANY)


def find_initials_of_child(passage: Passage) -> Iterator[Span]:
    """A child's initials with the school and the village: whoever lives there knows who it is."""
    if not (passage.has(SCHOOL) and passage.has(PLACE)):
        return
    for match in INITIALS.finditer(passage.text):
        begin, finish = passage.sentence(*match.span())
        school, place = SCHOOL.search(passage.text, begin, finish), PLACE.search(passage.text, begin, finish)
        if school and place and passage.holds(begin, finish, CHILDHOOD):
            yield min(match.start(), school.start(), place.start()), max(match.end(), school.end(), place.end())


DETECTORS = (
    Detector("child_name", "warn", find_initials_of_child),
    Detector("quasi_identifier", "warn", find_combination),
)
