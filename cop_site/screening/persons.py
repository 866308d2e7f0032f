"""Names of victims, their families and children."""

import re
from collections.abc import Iterator

from .identity import word
from .names import CAPITAL, CHAIN_TEXT, GIVEN, HISTORIC, INSTITUTIONS, OFFICES, is_given_name, is_name
from .passage import Detector, Passage, Span

_KIN = (
    r"ibu|ayah|bapak|suami|istri|kakak|adik|anak|paman|bibi|tante|nenek|kakek|orang tua|keluarga|mertua|sepupu|keponakan|cucu|putra|putri"
)
_OF = r"(?:[ ]?[:=,(\"']|[ ](?:adalah|ialah|yaitu|yakni|yang|berinisial|bernama|is|korban|anak|perempuan|laki-laki|saya|kami|itu|ini|tersebut)\b){0,4}[ ]{0,2}[\"'(]?"
_ROLE = rf"korban|penyintas|pelapor|saksi|klien|pasien|siswa|siswi|santri|pelajar|lengkap(?:nya)?(?: korban| anak)?|{_KIN}"
STRONG = re.compile(
    rf"(?<!\w)(?i:bernama(?: lengkap| asli)?|nama(?: lengkap| asli)?(?:nya)? (?:{_ROLE})|nama(?: lengkap| asli| panggilan)?nya|namaku|nama (?:asli|lengkap|saya|aku)|(?:her|his|my|the victim's|real) name(?: is|:)"
    rf"|(?:korban|penyintas|klien|anak)[ ]?\(nama|atas nama|a\.n\.?|a/n|an\.|saudar[ai]|saudari|sdri?\.?|named|name of (?:the )?(?:victim|survivor|child)"
    rf"|(?:victim|survivor|child)'?s name)(?i:{_OF})(?P<name>{CHAIN_TEXT})(?!\w)"
)
VICTIM = re.compile(
    rf"(?<!\w)(?:[Kk]orban(?:nya)?|KORBAN|[Pp]enyintas|[Vv]ictim|[Ss]urvivor|[Pp]elapor|[Kk]lien(?: kami)?|[Pp]asien|[Ss]aksi(?: korban)?|[Gg]adis|(?i:{_KIN})(?:nya| korban| penyintas)|[Kk]eluarga|[Ii]bu korban|[Bb]apak korban)"
    rf"(?:[ ]?[,:(]|[ ](?:atas nama|perempuan|laki-laki|anak|pertama|kedua|ketiga|ke-?\d|utama|yaitu|yakni))?[ ]{{0,2}}[\"'(]?(?P<name>{CHAIN_TEXT})(?!\w)"
)
_LOW = r"(?!(?:yang|itu|ini|dan|di|ke|dari|oleh|untuk|dengan|tidak|sudah|telah|saya|kami|berusia|umur|usia|kelas|masih|sedang|bukan|anak|korban)\b)[a-z']{3,20}"
LOWER = re.compile(
    r"(?<!\w)(?:bernama|nama(?:nya|ku| aslinya| lengkapnya)|nama korban(?: adalah|[ ]?:)?|nama anak(?: itu)?(?:[ ]?:| adalah)?|(?:korban|penyintas) bernama"
    rf"|anak (?:saya|kami|perempuan saya|laki-laki saya)|(?:putri|putra|suami|istri|adik|kakak) (?:saya|kami)|(?:suami|istri|ibu|ayah|adik|kakak|anak)nya)[ ](?P<name>{_LOW}(?:[ ]{_LOW})?)(?!\w)"
)
# One word alone counts as a name only where the text says outright that it is one.
SINGLE = re.compile(
    rf"(?<!\w)(?i:bernama|nama (?:korban|penyintas|anak|siswi|siswa)(?:nya)?|sebut namanya|nama saya|namaku|my name is|(?:nama (?:asli|panggilan|lengkap)|nama)(?:nya)|a\.n\.|atas nama|sdri?\.|saudari|named|her name is|his name is)"
    rf"(?:[ ]?[:=]|[ ]adalah)?[ ]{{1,2}}[\"'(]?(?P<name>{CAPITAL})(?![\w]|[ ][A-Z])"
)
SINGLE_VICTIM = re.compile(
    rf"(?<!\w)(?:[Kk]orban|[Pp]enyintas|[Vv]ictim|[Ss]urvivor)(?:[ ](?:lain|pertama|kedua|itu|perempuan|anak))?,?[ ](?P<name>{CAPITAL})(?=,|\.|[ ](?:menceritakan|bercerita|mengaku|menolak|pulang|bekerja|berasal|melapor|kembali|tinggal|hamil|dan|yang|sudah|telah|masih|kini|told|said|came|was))"
)
PERSON_BEFORE = re.compile(
    r"(?<!\w)(?:korban|penyintas|perempuan|gadis|remaja|pekerja|anak|siswi|siswa|santri|ibu|ayah|istri|suami|kakak|adik|seorang|ia|dia|victim|survivor|girl|woman|child|she|he|klien|pasien|nama|sdri?|saudari)(?:nya)?\b",
    re.I,
)
LINEAGE = re.compile(
    r"(?<!\w)(?P<name>[A-ZÀ-Þ][^\W\d_]{1,24}(?:[ ][A-ZÀ-Þ][^\W\d_]{1,24}){0,2}[ ](?:bin|binti|Bin|Binti|BIN|BINTI)[ ](?:[A-Z][\w'.]{1,24})(?:[ ][A-ZÀ-Þ][^\W\d_]{1,24}){0,2})(?!\w)"
)
HONORIFIC = re.compile(rf"(?<!\w)(?:Ibu|Bapak|Bpk\.?|Bu|Pak|Mbak|Mas|Saudari?|Mrs?\.?|Ms\.?|Ny\.|Tn\.|Nn\.)[ ](?P<name>{CHAIN_TEXT})(?!\w)")
CASE = re.compile(
    r"[ ,(]{1,3}(?:(?:yang|telah|sudah|kini|pernah|akhirnya|masih|\d{1,2} tahun\)?,?)[ ]){0,2}(?:melapor|mengadu|disekap|ditipu|dijual|dipulangkan|diberangkatkan|berangkat|direkrut|dieksploitasi"
    r"|disiksa|diperkosa|dipukul|dirawat|hamil|menjadi korban|korban|penyintas|selaku korban|kabur|melarikan diri|meminta tolong|kehilangan (?:anak|putr[ia]|istri|suami|adik|kakak)\w{0,3}|hilang|meninggal)",
    re.I,
)
# What only happens to the person whom the text is about, said right after a name.
SUFFERED = re.compile(
    rf"(?<![^\W_])(?P<name>{CHAIN_TEXT})(?:[ ]?\((?:\d{{1,2}}|[^()\n]{{1,20}})\))?(?:[ ]?,)?"
    r"(?:[ ](?:yang|telah|sudah|kini|pernah|akhirnya|kemudian|lalu|was|is|has been|had been|seorang|salah satu|salah seorang|adalah|merupakan|mantan|a|the)){0,3}"
    r"[ ](?:korban(?! dan| atau)|penyintas(?! dan)|klien kami|menjadi korban|jadi korban|diperdagangkan|dijual|disekap|ditipu|dipulangkan|diberangkatkan|direkrut|dieksploitasi|diperkosa|dilecehkan|disiksa"
    r"|dijebak|dijanjikan|diselundupkan|hilang kontak|melarikan diri|victim|survivor|trafficked|sold to|rescued|repatriated|recruited|raped)(?!\w)"
)
APPOSED = re.compile(
    rf"(?<!\w)(?i:perempuan|gadis|korban|penyintas|anak|putri|putra|pekerja|siswi|siswa|remaja|ibu|adik|kakak|janda|pemuda|santri|pelajar|murid|bocah|girl|woman)(?:nya)?(?:[ ][\w-]{{2,15}}){{0,5}}?[ ](?:itu|ini|tersebut|\d{{1,2}} tahun|saya|kami|lain|SD|SMP|SMA|SMK|MTs|TK|sekolah|kelas [\dIVX]{{1,4}}|(?:asal|dari) [A-Z][\w-]{{1,20}}),"
    rf"[ ](?P<name>{CHAIN_TEXT})(?=[ ]?(?:[,.(]|$))"
)
DONE_TO = re.compile(
    rf"(?<!\w)(?i:mendampingi|menyelamatkan|memulangkan|menjemput|merawat|memperdagangkan|merekrut|menjual|menyekap|menipu|memberangkatkan|aku|nama saya|my name is)[ ](?P<name>{CHAIN_TEXT})(?!\w)"
)
CASE_OF = re.compile(
    rf"(?<!\w)(?i:kasus|perkara|kisah|cerita|jenazah|kepulangan|pemulangan|visum|BAP|keterangan|kondisi|case of|story of)[ ](?:yang menimpa )?(?P<name>{CHAIN_TEXT})(?!\w)"
)
BOTH_PARENTS = re.compile(
    rf"(?<!\w)(?i:(?:ibu|ayah|bapak|istri|suami|kakak|adik|nenek|paman|bibi)(?:nya| korban))(?:,|[ ]bernama|[ ]?\()?[ ](?i:bu|pak|mbak|mas|bernama)?[ ]?(?P<name>{CAPITAL})(?![\w]|[ ][A-Z])"
)
CHILD_OF = re.compile(
    rf"(?<!\w)(?i:anak(?!-anak| buah| asuh nasional)|siswa|siswi|pelajar|santri(?:wati)?|murid|bocah|balita|bayi|putra|putri|cucu|keponakan|daughter|son|girl|boy|child|gadis)"
    r"(?i:nya|[ ](?:kandungnya|tirinya|angkatnya|bungsunya|sulungnya|pertamanya|perempuannya|laki-lakinya|saya|kami|korban|perempuan|laki-laki|itu|ini|sd|smp|sma|smk|mts|kelas \w{1,4}|pertama|kedua|ketiga|bungsu|sulung|tiri|angkat|kandung|asuh|beliau|tersebut|bernama|mereka|named|(?:umur |usia |berusia |aged )?\d{1,2}(?: tahun| th| years old)?)){0,3}"
    rf"(?:[ ]?[,:(])?[ ]{{0,2}}[\"']?(?P<name>{CHAIN_TEXT})(?!\w)"
)
AGED = re.compile(
    rf"(?<![^\W_])(?P<name>{CHAIN_TEXT})(?:[ ]?[,(]{{1,2}}[ ]?|[ ](?=(?:yang |masih |baru |saat itu )*(?:berusia|berumur|usia|umur|aged)[ ]))(?i:(?:seorang |yang |baru |masih |saat itu |anak |perempuan |laki-laki ){{0,3}}"
    r"(?:(?:umur|usia|berusia|berumur|aged?)[ ](?:baru |masih )?(?P<told>\d{1,2})(?!\d|[ ]?[-–]\d|-an)|(?P<age>\d{1,2})(?=[ ]?(?:tahun|th|thn|years?)|[ ]?\))"
    r"|(?P<school>(?:siswa|siswi|pelajar|santri|murid|kelas [\dIVX]{1,4}|kls \d|grade \d))))"
)
AGED_SINGLE = re.compile(
    rf"(?<![^\W_])(?<![A-Z][ ])(?P<name>{CAPITAL})(?:,[ ](?:1[0-7]|[1-9])[ ](?:tahun|th|thn)(?=,)|[ ]\((?:(?:usia|umur)[ ])?(?:1[0-7]|[1-9])(?:[ ](?:tahun|th|thn))?\)(?=[ ,](?!lalu|kemudian)))"
)
# "Ia masih kelas 2 SMP. Namanya …": who it is was said in the sentence before.
GOES_ON = re.compile(r"(?<!\w)(?:nama(?: lengkap| asli)?nya|(?:her|his) name(?: is)?)[ :]{0,2}(?:adalah )?$", re.I)
GROWN = re.compile(
    r"(?<!\w)(?:ibu|bapak|bpk\.?|bu|pak|ny\.|tn\.|mrs\.?|mr\.?|suami|istri|ayah|paman|bibi|tante|nenek|kakek)(?:nya| korban)?(?:[ ,]{1,2}(?:bernama|yang bernama|bu|pak))?[ ,]{1,2}$",
    re.I,
)
UNDER_18 = r"(?:umur|usia|berusia|berumur|umurnya|usianya|aged?)[ ](?:baru[ ]|masih[ ])?(?:1[0-7]|[1-9])(?!\d)|(?<!\d)(?:1[0-7]|[1-9])[ ](?:tahun|thn|years? old)"
CHILD = word(
    r"(?:anak|gadis|perempuan|remaja) di bawah umur|\b(?:1[0-7]|[1-9])-year-old|anak (?:saya|kami|korban|dari|itu|ini|perempuan|laki-laki|bernama|pertama|kedua|bungsu|sulung|tersebut|usia|berusia|umur|di bawah umur)|anaknya|nama anak|seorang anak|korban anak"
    rf"|sisw[ai]|pelajar|santri(?:wati)?|murid|bocah|balita|bayi|kelas (?:\d{{1,2}}|[IVX]{{1,4}})|duduk di bangku|masih (?:sd|smp|sma|smk|mts|tk|sekolah)|child|schoolgirl|{UNDER_18}"
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


def named(passage: Passage) -> list[tuple[Span, int]]:
    """Names of people the text is about, with the place of the word that says so; looked for once."""
    return passage.once("named", lambda: list(_find_named(passage)))


def _find_named(passage: Passage) -> Iterator[tuple[Span, int]]:
    for match in STRONG.finditer(passage.text):
        if not THING.search(passage.text, max(0, match.start() - 60), match.start()) and is_name(match["name"]):
            yield match.span("name"), match.start()
    for pattern in (VICTIM, HONORIFIC, SUFFERED, CASE_OF, APPOSED, DONE_TO):
        for match in pattern.finditer(passage.text):
            cased = pattern is not HONORIFIC or CASE.match(passage.text, match.end())
            if cased and is_name(match["name"]):
                yield match.span("name"), match.start() if pattern is HONORIFIC else match.start("name")
    yield from _single(passage)
    yield from _lineage(passage)


def _single(passage: Passage) -> Iterator[tuple[Span, int]]:
    """Names in small letters, and names of one word, where the text says outright that they are names."""
    for match in LOWER.finditer(passage.text):
        words = match["name"].split()
        if not match[0].startswith(("bernama", "nama", "korban", "penyintas")) and words[0] not in GIVEN:
            continue
        sure = all(map(is_given_name, words)) or any(name in GIVEN for name in words[:1]) and len(words) > 1
        if sure and (len(words) > 1 or _is_of_person(passage, match.start())):
            yield match.span("name"), match.start()
        elif is_given_name(words[0]) and _is_of_person(passage, match.start()):
            yield (match.start("name"), match.start("name") + len(words[0])), match.start()
    for match in SINGLE.finditer(passage.text):
        if is_given_name(match["name"]) and _is_of_person(passage, match.start()):
            yield match.span("name"), match.start()
    for match in SINGLE_VICTIM.finditer(passage.text):
        if match["name"].lower() in GIVEN and is_given_name(match["name"]):
            yield match.span("name"), match.start("name")
    for match in BOTH_PARENTS.finditer(passage.text):
        if is_given_name(match["name"]):
            yield match.span("name"), match.start()


def _is_of_person(passage: Passage, start: int) -> bool:
    before = passage.text[max(0, start - 50) : start + 12]
    return bool(PERSON_BEFORE.search(before)) and not THING.search(passage.text, max(0, start - 60), start)


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
        young = match["school"] or 0 < _age(match) < 18
        if young and is_name(match["name"]):
            yield match.span("name")
    for match in AGED_SINGLE.finditer(passage.text):
        if is_given_name(match["name"]) and not match["name"].isupper():
            yield match.span("name")


def _age(match: re.Match[str]) -> int:
    return int(match["told"] or match["age"] or 0)


def _is_protected(passage: Passage, start: int, end: int) -> bool:
    """Whether the text itself says that this is not the real name."""
    return passage.sentence_has(start, end, PSEUDONYM, reach=70)


def is_other(passage: Passage, start: int) -> bool:
    """Whether the nearest role before it is an alleged offender or staff: to be weighed, not blocked."""
    other, victim = (passage.distance_before(start, cue) for cue in (OFFENDER_OR_STAFF, VICTIM_WORD))
    if other is None or other > min(40, start - passage.sentence(start, start)[0]):
        return False
    return victim is None or other < victim


def _is_child(passage: Passage, start: int, end: int) -> bool:
    """Whether a child is spoken of beside the name, and the name is not that of a grown-up of the family."""
    if GROWN.search(passage.text, max(0, start - 24), start):
        return False
    goes_on = GOES_ON.search(passage.text, max(0, start - 24), start) and passage.holds(max(0, start - 160), start, CHILD)
    return passage.sentence_has(start, end, CHILD, reach=60) or bool(goes_on) and not passage.is_broken_between(max(0, start - 160), start)


def find_person_name(passage: Passage) -> Iterator[Span]:
    """The name of a victim or a relative, said to be one."""
    for (start, end), cue in named(passage):
        if not (_is_protected(passage, start, end) or is_other(passage, cue) or _is_child(passage, start, end)):
            yield start, end
    for match in AGED.finditer(passage.text):
        start, end = match.span("name")
        grown = _age(match) >= 18 and passage.sentence_has(start, end, VICTIM_WORD)
        if grown and is_name(match["name"]) and not (is_other(passage, start) or _is_protected(passage, start, end)):
            yield start, end


def find_child_name(passage: Passage) -> Iterator[Span]:
    """The name of somebody whom the sentence shows to be a child."""
    for start, end in _children(passage):
        if not _is_protected(passage, start, end):
            yield start, end
    for (start, end), cue in named(passage):
        if _is_child(passage, start, end) and not (_is_protected(passage, start, end) or is_other(passage, cue)):
            yield start, end


DETECTORS = (
    Detector("child_name", "block", find_child_name),
    Detector("person_name", "block", find_person_name),
)
