"""Facts of a person's life: the day of birth, and health beside a name."""

import re
from collections.abc import Iterator

from .identity import word
from .names import OFFICES, names_in
from .passage import Detector, Passage, Span
from .persons import OFFENDER_OR_STAFF, PSEUDONYM, SPEAKER

MONTH = (
    r"(?:jan(?:uari|uary)?|feb(?:ruari|ruary)?|mar(?:et|ch)?|apr(?:il)?|mei|may|jun[ie]?|jul[iy]?|agu?s?t?(?:ustus)?|aug(?:ust)?|sept?(?:ember)?"
    r"|okt(?:ober)?|oct(?:ober)?|nov(?:ember)?|des(?:ember)?|dec(?:ember)?)"
)
DATE_TEXT = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[ -]{MONTH}\.?[ ,-]{{1,2}}(?:\d{{4}}|'?\d{{2}}(?!\d))|{MONTH}\.?[ ]\d{{1,2}},?[ ]\d{{4}}|\d{{1,2}}[ ]?[-/.][ ]?\d{{1,2}}[ ]?[-/.][ ]?(?:\d{{4}}|\d{{2}})(?!\d)"
    r"|(?:19|20)\d\d-\d{1,2}-\d{1,2}(?!\d)|\d{1,2} \d{1,2} (?:19|20)\d\d(?!\d))"
)
DATE = re.compile(rf"(?<!\w)(?<!\d[./-]){DATE_TEXT}", re.I)
BORN = word(r"(?:di)?lahir(?:kan)?(?:nya)?|TTL|kelahiran(?:nya)?|born|DOB|date of birth")
EXPLICIT = word(r"(?:tanggal|tempat|tgl\.?)(?:[ ]?(?:dan|,|/|&)?[ ]?(?:tanggal|tgl\.?))? (?:ke)?lahir(?:an)?(?:nya)?|TTL|DOB|date of birth")
FARTHEST = 60
YEAR = re.compile(r"\d{4}")
# Nobody whom this network serves: Kartini, Pattimura, the Sumpah Pemuda.
HISTORY_BEFORE = 1940
IDEA = word(
    r"(?:komnas|forum|serikat|komunitas|lembaga|jaringan|yayasan|solidaritas|koalisi|uu|undang-undang|gerakan|kelompok|konvensi|protokol|deklarasi|peraturan|hari|komisi|kementerian|gugus tugas)(?: (?:pe[rl]+indungan|hak|penghapusan|pemberdayaan)){0,2}"
    r" (?:perempuan|anak|pekerja|warga|ibu|saksi|korban|penyintas)|solidaritas|"
    r"uu|undang-undang|peraturan|perpres|perda|perdes|pergub|perbup|pp|lembaga|yayasan|organisasi|gagasan|gerakan|komunitas|forum|jaringan|konvensi|protokol|deklarasi|koalisi|program|ide"
    r"|gugus tugas|negara|republik|pancasila|kebijakan|satgas|asean|pbb|komnas|lpsk|inisiatif|kesepakatan|mou|model|praktik|prinsip|hari lahir|serikat|perkumpulan|aliansi|komisi|badan"
    r"|partai|koperasi|kelompok|sistem|modul|keputusan|kemerdekaan|universitas|sekolah|kabupaten|provinsi|kota|desa|aturan|naskah|rencana|strategi|law|act|convention|idea|network|organisation|movement|posko|tim"
)
SUBJECT = word(
    r"korban|penyintas|anak(?:nya)?|ia|dia|nama|saya|bayi(?:nya)?|perempuan|laki-laki|ibu(?:nya)?|istri(?:nya)?|suami(?:nya)?|siswa|siswi|pasien|klien|adik(?:nya)?|kakak(?:nya)?|NIK|TTL|tempat|tanggal|tgl"
    r"|she|he|girl|boy|gadis|remaja|saksi|pelapor|warga|pekerja"
)
HEALTH = word(
    r"(?:positif |mengidap |terinfeksi )?HIV(?:/AIDS)?|AIDS|ODHA|ODHIV|(?:sedang )?hamil|kehamilannya|mengandung|visum|gangguan (?:jiwa|mental|kejiwaan|stres)|skizofrenia|depresi|PTSD|bipolar|psikosis|psikotik"
    r"|sifilis|gonore|hepatitis|TBC|tuberkulosis|didiagnosis|diagnosis|diagnosa|keguguran|aborsi|penyakit (?:menular seksual|kelamin)|IMS|kanker|epilepsi|percobaan bunuh diri|pregnant|diagnosed|HIV-positive"
)
TEACHING = word(
    r"tentang|soal|mengenai|penyuluhan|edukasi|sosialisasi|layanan|klinik|menangani|program|pencegahan|materi|seminar|pelatihan|penanggulangan|menjelaskan|memaparkan|menulis|buku|penelitian|menurut|kata|ujar"
    r"|narasumber|konselor|dokter|bidan|psikolog|perawat|peneliti|melayani|menyediakan|membuka|memberikan|rsud|rumah sakit|rsup|universitas|yayasan"
)
# Somebody, not everybody: the health of one person, even where no name is told.
ONE_PERSON = word(
    r"ia|dia|she|he|her|seorang (?:korban|penyintas|perempuan|gadis|anak|klien|pasien|pekerja|siswi|remaja|ibu|pria|laki-laki|survivor)|(?:korban|penyintas|klien|pasien|perempuan|gadis|anak|siswi|remaja|pekerja)"
    r" (?:itu|tersebut|ini|kami|yang kami dampingi|yang didampingi|pertama|kedua|tadi)|anaknya|istrinya|suaminya|adiknya|kakaknya|the (?:survivor|victim|girl|woman|child)|\d{1,2} tahun|usia \d{1,2}|berusia \d{1,2}"
)
IN_GENERAL = word(
    r"harus|perlu|wajib|berhak|boleh|tidak boleh|jika|bila|apabila|kalau|setiap|para|banyak|sering|dapat|bisa|should|must|may|can|every|if|when|many|often|persen|percent|prevalensi|siapa pun"
)
MONTHS_GONE = re.compile(
    r"(?<!\w)hamil[ ](?:\d{1,2}|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)[ ](?:bulan|minggu)(?!\w)|(?<!\w)(?:\w{2,6}|\d{1,2})[ ](?:months|weeks)[ ]pregnant(?!\w)",
    re.I,
)
RECORD = re.compile(
    r"(?<!\w)(?:(?:no(?:mor)?\.?[ ])?rekam medis|no(?:mor)?\.?[ ]RM|visum(?: et repertum)?(?: (?:no(?:mor)?\.?|#)))[ :.]{1,3}(?:no(?:mor)?\.?[ :]{1,2})?(?P<code>[A-Z]{0,6}[/.-]?\d[\w./-]{3,30})",
    re.I,
)
REACH = 45


def find_birth_date(passage: Passage) -> Iterator[Span]:
    """A full date of birth of a person; laws and bodies are born too, and pass."""
    for match in DATE.finditer(passage.text):
        distance = passage.distance_before(match.start(), BORN)
        if distance is None or distance > FARTHEST:
            continue
        cue, year = match.start() - distance, YEAR.search(match[0])
        between = passage.text[cue : match.start()]
        if any(char.isdigit() for char in between) or year and int(year[0]) < HISTORY_BEFORE:
            continue
        if passage.distance_before(cue, EXPLICIT) == 0 or not _is_idea(passage, cue, between):
            yield match.span()


def _is_idea(passage: Passage, cue: int, between: str) -> bool:
    """Whether what was born is a law or a body: it is named nearer to the verb than any person."""
    if IDEA.search(between):
        return True
    reach = cue - passage.sentence(cue, cue)[0]
    idea, person = passage.distance_before(cue, IDEA), passage.distance_before(cue, SUBJECT)
    return idea is not None and idea <= reach and (person is None or person >= idea or person > reach)


def find_health(passage: Passage) -> Iterator[Span]:
    """A diagnosis, a pregnancy or an examination beside a name, and numbers of medical records."""
    for first, last in passage.spans(HEALTH):
        begin, finish = passage.sentence(first, last)
        if passage.sentence_has(first, last, TEACHING):
            continue
        for start, end in names_in(passage.text, max(begin, first - REACH), min(finish, last + REACH)):
            if not _is_spoken_for(passage, start, end):
                yield min(start, first), max(end, last)
                break
    for match in RECORD.finditer(passage.text):
        yield match.span("code")


def find_health_of_one(passage: Passage) -> Iterator[Span]:
    """An illness or a pregnancy of one person who is not named: with other details it may point to her."""
    for match in MONTHS_GONE.finditer(passage.text):
        yield match.span()
    for place in passage.spans(HEALTH):
        is_of_one = passage.sentence_has(*place, ONE_PERSON, reach=REACH) and not passage.sentence_has(*place, TEACHING)
        if is_of_one and not passage.sentence_has(*place, IN_GENERAL, reach=80):
            yield place


def _is_spoken_for(passage: Passage, start: int, end: int) -> bool:
    before = passage.text[max(0, start - 24) : start]
    office = before.rstrip(" ").rsplit(" ", 1)[-1].lower().strip(".") in OFFICES
    staff = passage.distance_before(start, OFFENDER_OR_STAFF)
    masked = passage.near(start, end, PSEUDONYM, before=60, after=60)
    return bool(office or SPEAKER.search(before) or masked or staff is not None and staff < 3)


DETECTORS = (
    Detector("health", "block", find_health),
    Detector("birth_date", "block", find_birth_date),
    Detector("health", "warn", find_health_of_one),
)
