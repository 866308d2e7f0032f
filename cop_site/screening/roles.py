"""Names of alleged offenders and of staff: to be weighed, not refused."""

import re
from collections.abc import Iterator

from .identity import word
from .names import CHAIN_TEXT, is_name
from .passage import Detector, Passage, Span
from .persons import PSEUDONYM, THING, is_other, named

_OFFENDER = (
    r"pelaku|tersangka|terdakwa|terpidana|terlapor|perekrut|calo|sponsor|majikan|agen|bos|mandor|tekong|muncikari|mucikari|germo|makelar|sindikat|penyalur|sopir|supir|kurir|nakhoda|juragan"
    r"|recruiter|trafficker|perpetrator|suspect|defendant|employer|broker|driver|agent"
)
_STAFF = (
    r"pendamping|penyidik|konselor|relawan|pekerja sosial|psikolog|paralegal|manajer kasus|petugas|kader|advokat|pengacara|kuasa hukum|bidan|perawat|suster|staf|satpam|penjaga"
    r"|case manager|case worker|caseworker|counsellor|counselor|social worker|investigator|volunteer"
)
BESIDE = re.compile(
    rf"(?<!\w)(?i:{_OFFENDER}|{_STAFF})(?i:nya)?(?i:[ ](?:utama|kasus|korban|kami|shelter|itu|tersebut|hukum|lapangan|desa|pertama|kedua|bernama|berinisial|atas nama|a\.n\.|yang bernama|named|adalah|ialah|dari|milik|psikososial))"
    rf"{{0,3}}(?:[ ]?[,:(])?[ ]{{0,2}}[\"']?(?:(?i:ibu|bapak|bu|pak|sdri?\.?|mbak|mas|mrs?\.|tuan|nyonya|encik|bos|kak)[ ])?(?P<name>{CHAIN_TEXT})(?!\w)"
)
AFTER = re.compile(
    rf"(?<![^\W_])(?P<name>{CHAIN_TEXT})(?:[ ]?\(\d{{1,2}}\))?[ ]?[,(][ ]?(?i:(?:seorang|salah satu|selaku|sang|the|a|alias \w{{2,15}},?)[ ]){{0,2}}(?i:{_OFFENDER}|pendamping|konselor|penyidik|pekerja sosial|psikolog|paralegal|case manager|counsellor)(?!\w)"
)
ALIAS = re.compile(rf"(?<!\w)(?:alias|a\.k\.a\.?|aka)[ ][\"']?(?P<name>{CHAIN_TEXT})(?!\w)")
CHARGED = re.compile(
    rf"(?<![^\W_])(?P<name>{CHAIN_TEXT})(?:[ ]?\(\d{{1,2}}\))?(?:[ ](?:telah|sudah|akhirnya|kini|resmi|was|were)){{0,2}}[ ]"
    r"(?:ditangkap|ditahan|divonis|didakwa|dituntut|dipidana|buron|ditetapkan sebagai tersangka|menjadi tersangka|arrested|convicted|charged|sentenced)(?!\w)"
)
OPEN_OFFICE = word(
    r"menteri|gubernur|bupati|wali ?kota|presiden|kapolri|kapolda|kapolres|kepala dinas|kepala desa|direktur|ketua|minister|governor|hakim|jaksa|camat|lurah|rektor|profesor|prof"
)


def find_other_names(passage: Passage) -> Iterator[Span]:
    """The name of somebody accused, or of somebody who helps: it may stay with a reason."""
    for (start, end), cue in named(passage):
        if is_other(passage, cue):
            yield start, end
    for pattern in (BESIDE, AFTER, CHARGED):
        for match in pattern.finditer(passage.text):
            if is_name(match["name"]) and not _is_open(passage, *match.span("name")):
                yield match.span("name")
    for match in ALIAS.finditer(passage.text):
        if is_name(match["name"]):
            yield match.span("name")


def _is_open(passage: Passage, start: int, end: int) -> bool:
    """Named for a public office, as a thing, or by a name that is said not to be real."""
    office = passage.distance_before(start, OPEN_OFFICE)
    if office is not None and office < 25 and passage.sentence(start, end)[0] <= start - office:
        return True
    thing = THING.search(passage.text, max(0, start - 60), start)
    return bool(thing) or passage.sentence_has(start, end, PSEUDONYM, reach=70)


DETECTORS = (Detector("person_name", "warn", find_other_names),)
