"""Names of victims, their families and children."""

import re
from collections.abc import Iterator

from .identity import word
from .names import CHAIN_TEXT, GIVEN, HISTORIC, INSTITUTIONS, OFFICES, is_name, is_ordinary
from .passage import Detector, Passage, Span

_KIN = (
    r"ibu|ayah|bapak|suami|istri|kakak|adik|anak|paman|bibi|tante|nenek|kakek|orang tua|keluarga|mertua|sepupu|keponakan|cucu|putra|putri"
)
_OF = r"(?:[ ]?[:=,(\"']|[ ](?:adalah|ialah|yaitu|yakni|yang|berinisial|bernama|is|korban|anak|perempuan|laki-laki|saya|kami|itu|ini|tersebut)\b){0,4}[ ]{0,2}[\"'(]?"
_ROLE = rf"korban|penyintas|pelapor|saksi|klien|pasien|siswa|siswi|santri|pelajar|lengkap(?:nya)?(?: korban| anak)?|{_KIN}"
STRONG = re.compile(
    rf"(?<!\w)(?i:bernama(?: lengkap)?|nama (?:{_ROLE})|namanya|atas nama|a\.n\.?|a/n|an\.|saudar[ai]|saudari|sdri?\.?|named|name of (?:the )?(?:victim|survivor|child)"
    rf"|(?:victim|survivor|child)'?s name)(?i:{_OF})(?P<name>{CHAIN_TEXT})(?!\w)"
)
VICTIM = re.compile(
    rf"(?<!\w)(?:[Kk]orban(?:nya)?|KORBAN|[Pp]enyintas|[Vv]ictim|[Ss]urvivor|(?i:{_KIN})(?:nya| korban| penyintas)|[Kk]eluarga|[Ii]bu korban|[Bb]apak korban)"
    rf"(?:[ ]?[,:(]|[ ](?:atas nama|perempuan|laki-laki|anak|pertama|kedua|ketiga|ke-?\d|utama|yaitu|yakni))?[ ]{{0,2}}[\"'(]?(?P<name>{CHAIN_TEXT})(?!\w)"
)
LOWER = re.compile(
    r"(?<!\w)(?:bernama|nama korban(?: adalah|[ ]?:)?|nama anak(?: itu)?(?:[ ]?:| adalah)?)[ ](?P<name>[a-z']{3,20}[ ][a-z']{3,20})(?!\w)"
)
LINEAGE = re.compile(
    r"(?<!\w)(?P<name>[A-ZÀ-Þ][^\W\d_]{1,24}(?:[ ][A-ZÀ-Þ][^\W\d_]{1,24}){0,2}[ ](?:bin|binti|Bin|Binti|BIN|BINTI)[ ](?:[A-Z][\w'.]{1,24})(?:[ ][A-ZÀ-Þ][^\W\d_]{1,24}){0,2})(?!\w)"
)
HONORIFIC = re.compile(rf"(?<!\w)(?:Ibu|Bapak|Bpk\.?|Bu|Pak|Mbak|Mas|Saudari?|Mrs?\.?|Ms\.?|Ny\.|Tn\.|Nn\.)[ ](?P<name>{CHAIN_TEXT})(?!\w)")
CASE = re.compile(
    r"[ ,(]{1,3}(?:(?:yang|telah|sudah|kini|pernah|akhirnya|masih|\d{1,2} tahun\)?,?)[ ]){0,2}(?:melapor|mengadu|disekap|ditipu|dijual|dipulangkan|diberangkatkan|berangkat|direkrut|dieksploitasi"
    r"|disiksa|diperkosa|dipukul|dirawat|hamil|menjadi korban|korban|penyintas|selaku korban|kabur|melarikan diri|meminta tolong|kehilangan anak|hilang|meninggal)",
    re.I,
)
CHILD_OF = re.compile(
    rf"(?<!\w)(?i:anak(?!-anak| buah| asuh nasional)|siswa|siswi|pelajar|santri(?:wati)?|murid|bocah|balita|bayi|putra|putri|cucu|keponakan)"
    r"(?i:nya|[ ](?:saya|kami|korban|perempuan|laki-laki|itu|ini|sd|smp|sma|smk|mts|kelas \w{1,4}|pertama|kedua|ketiga|bungsu|sulung|tiri|angkat|kandung|asuh|beliau|tersebut|bernama|mereka|umur \d{1,2}(?: tahun)?)){0,3}"
    rf"(?:[ ]?[,:(])?[ ]{{0,2}}[\"']?(?P<name>{CHAIN_TEXT})(?!\w)"
)
AGED = re.compile(
    rf"(?<![^\W_])(?P<name>{CHAIN_TEXT})[ ]?[,(]{{1,2}}[ ]?(?i:(?:seorang |yang |baru |masih |anak |perempuan |laki-laki ){{0,3}}"
    r"(?:(?:umur|usia|berusia|berumur|aged?)?[ ]?(?P<age>\d{1,2})(?=[ ]?(?:tahun|th|thn|years?)|[ ]?\))|(?P<school>(?:siswa|siswi|pelajar|santri|murid|kelas [\dIVX]{1,4}|kls \d))))"
)
UNDER_18 = r"(?:umur|usia|berusia|berumur|umurnya|usianya|aged?)[ ](?:baru[ ]|masih[ ])?(?:1[0-7]|[1-9])(?!\d)|(?<!\d)(?:1[0-7]|[1-9])[ ](?:tahun|thn|years? old)"
CHILD = word(
    r"anak (?:saya|kami|korban|itu|ini|perempuan|laki-laki|bernama|pertama|kedua|bungsu|sulung|tersebut|usia|berusia|umur|di bawah umur)|anaknya|nama anak|seorang anak|korban anak"
    rf"|sisw[ai]|pelajar|santri(?:wati)?|murid|bocah|balita|bayi|kelas (?:\d{{1,2}}|[IVX]{{1,4}})|duduk di bangku|child|schoolgirl|{UNDER_18}"
)
PSEUDONYM = word(
    r"nama samaran|disamarkan|samaran|bukan nama (?:sebenarnya|asli)|sebut saja|inisial|berinisial|pseudonym|not (?:her|his|their) real name|nama (?:diubah|fiktif|rekaan|pena)"
)
OFFENDER_OR_STAFF = word(
    r"pelaku|tersangka|terdakwa|terpidana|perekrut|calo|sponsor|majikan|agen|bos|mandor|tekong|muncikari|mucikari|pendamping|penyidik|petugas|kepala desa|fasilitator|narasumber"
    r"|pengacara|advokat|hakim|jaksa|konselor|relawan|moderator|pembicara|penulis|peneliti|ketua|direktur|koordinator|guru|dokter|bidan|psikolog|kader|pekerja sosial|recruiter|perpetrator|suspect"
)
VICTIM_WORD = word(rf"korban|penyintas|perempuan|gadis|remaja|pekerja|warga|anak|siswa|siswi|santri|{_KIN}|victim|survivor")
THING = re.compile(
    r"(?<!\w)(?:lembaga|yayasan|kapal|program|aplikasi|gerakan|organisasi|perusahaan|pt|cv|kelompok|desa|modul|kegiatan|forum|situs|platform|grup|akun|komunitas|koperasi|kafe|hotel|tempat|kampung"
    r"|pulau|operasi|sekolah|jaringan|sistem|buku|film|proyek|inisiatif|laman|kanal|pasar|toko|klinik|panti|sanggar|dusun|konvensi|alat|fitur|siaran|acara|lagu|band|usaha|produk|merek|aliansi|serikat)"
    r"(?:nya)?(?:[ ](?!korban|perempuan|gadis|anak|warga)[^\W\d_]{2,15}){0,2}[ ]$",
    re.I,
)
SPEAKER = re.compile(r"(?:menurut|kata|ujar|tutur|jelas|ungkap|bersama|oleh)[ ]$", re.I)


def _named(passage: Passage) -> list[tuple[Span, int]]:
    """Names of people the text is about, with the place of the word that says so; looked for once."""
    return passage.once("named", lambda: list(_find_named(passage)))


def _find_named(passage: Passage) -> Iterator[tuple[Span, int]]:
    for match in STRONG.finditer(passage.text):
        if not THING.search(passage.text, max(0, match.start() - 60), match.start()) and is_name(match["name"]):
            yield match.span("name"), match.start()
    for pattern in (VICTIM, HONORIFIC):
        for match in pattern.finditer(passage.text):
            cased = pattern is VICTIM or CASE.match(passage.text, match.end())
            if cased and is_name(match["name"]):
                yield match.span("name"), match.start("name") if pattern is VICTIM else match.start()
    for match in LOWER.finditer(passage.text):
        words = match["name"].split()
        if any(name in GIVEN for name in words[:1]) or not any(map(is_ordinary, words)):
            yield match.span("name"), match.start()
    yield from _lineage(passage)


def _lineage(passage: Passage) -> Iterator[tuple[Span, int]]:
    for match in LINEAGE.finditer(passage.text):
        first = match["name"].split()[0].lower()
        before = passage.text[max(0, match.start() - 16) : match.start()].lower().split()
        owned = first in INSTITUTIONS | OFFICES or before and before[-1].strip(".") in INSTITUTIONS | OFFICES
        if not owned and not HISTORIC.search(match["name"]):
            yield match.span("name"), match.start()


def _children(passage: Passage) -> Iterator[Span]:
    """Names that stand beside the word child, a class or an age."""
    for match in CHILD_OF.finditer(passage.text):
        if is_name(match["name"]):
            yield match.span("name")
    for match in AGED.finditer(passage.text):
        young = match["school"] or 0 < int(match["age"] or 0) < 18
        if young and is_name(match["name"]):
            yield match.span("name")


def _is_protected(passage: Passage, start: int, end: int) -> bool:
    """Whether the text itself says that this is not the real name."""
    return passage.sentence_has(start, end, PSEUDONYM, reach=70)


def _is_other(passage: Passage, start: int) -> bool:
    """Whether the nearest role before it is an alleged offender or staff: to be weighed, not blocked."""
    other, victim = (passage.distance_before(start, cue) for cue in (OFFENDER_OR_STAFF, VICTIM_WORD))
    if other is None or other > min(40, start - passage.sentence(start, start)[0]):
        return False
    return victim is None or other < victim


def _is_child(passage: Passage, start: int, end: int) -> bool:
    return passage.sentence_has(start, end, CHILD, reach=60)


def find_person_name(passage: Passage) -> Iterator[Span]:
    """The name of a victim or a relative, said to be one."""
    for (start, end), cue in _named(passage):
        if not (_is_protected(passage, start, end) or _is_other(passage, cue) or _is_child(passage, start, end)):
            yield start, end
    for match in AGED.finditer(passage.text):
        start, end = match.span("name")
        grown = int(match["age"] or 0) >= 18 and passage.sentence_has(start, end, VICTIM_WORD)
        if grown and is_name(match["name"]) and not (_is_other(passage, start) or _is_protected(passage, start, end)):
            yield start, end


def find_child_name(passage: Passage) -> Iterator[Span]:
    """The name of somebody whom the sentence shows to be a child."""
    for start, end in _children(passage):
        if not _is_protected(passage, start, end):
            yield start, end
    for (start, end), cue in _named(passage):
        if _is_child(passage, start, end) and not (_is_protected(passage, start, end) or _is_other(passage, cue)):
            yield start, end


DETECTORS = (
    Detector("child_name", "block", find_child_name),
    Detector("person_name", "block", find_person_name),
)
