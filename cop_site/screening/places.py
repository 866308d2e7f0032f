"""Places that lead to a door: addresses, shelters, coordinates, map links."""

import re
from collections.abc import Iterator

from .identity import word
from .passage import Detector, Passage, Span

_NUMBER = r"(?:[Nn][Oo]\.?|[Nn]o?mo?[er]?r?|[Nn]omor|#)[ ]?:?[ ]?\d{1,4}[ ]?[A-Za-z]?(?![^\W_])(?:[/-]\d{1,4}[A-Za-z]?(?!\w))?"
_BARE = r"(?:[IVX]{1,5}/)?\d{1,3}[A-Za-z]?(?:[/-]\d{1,3}[A-Za-z]?)?(?![\w%]|[.,]\d)"
_UNIT = (
    r"(?![ ](?:orang|warga|kk|keluarga|peserta|km|kilo\w*|meter|m|desa|tahun|persen|hari|bulan|kali|anak|rumah|kasus|lembaga|unit|jam|menit"
    r"|korban|pekerja|kader|lapak|kios|januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember|ribu|juta)\b)"
)
_NAME = r"(?:[A-Z][\w'.-]{0,24}|[IVX]{1,5}|[A-Z]\.)(?:[ ](?:[A-Z][\w'.-]{0,24}|[IVX]{1,5}|dan|dr\.?|\d{1,2}(?=[ ][A-Z]))){0,5}"
_LOWER = r"[^\W\d_][\w'.-]{1,24}(?:[ ](?!no\b|nomor\b)[^\W\d_][\w'.-]{1,24}){0,3}"
_COMMA = r"[ ]?[,.]?[ ]?"

STREETS = tuple(
    re.compile(pattern)
    for pattern in (
        # Jl. Melati No. 12, Jalan Raya Bogor 45A, Gang Mawar III/7B
        rf"(?<!\w)(?:[Jj][Ll][Nn]?\b\.?|J[Aa][Ll][Aa][Nn]|[Gg][Gg]\b\.?|G[Aa][Nn][Gg]|L[Oo][Rr][Oo][Nn][Gg])[ ]?{_NAME}{_COMMA}(?:{_NUMBER}|{_BARE}(?i:{_UNIT}))",
        # jl melati no 12, jalan melati nomor 12
        rf"(?<!\w)(?i:(?:jln?\b\.?|jalan|gg\b\.?|gang|lorong))[ ](?i:{_LOWER}){_COMMA}(?i:{_NUMBER})",
        # Perum Griya Asri Blok C5 No. 12, Dusun Krajan No. 4
        rf"(?<!\w)(?i:perum(?:ahan)?|kompleks?|dusun|dukuh|kampung|kp\.?|asrama|kos|kost)[ ]{_NAME}{_COMMA}(?:{_NUMBER}|(?i:blok)[ ]?[A-Z]{{1,2}}[ ]?[-/]?[ ]?\d{{1,3}})",
        r"(?<!\w)[Bb][Ll](?:[Oo][Kk]|\.)[ ]?[A-Z]{1,2}[ ]?(?:[-/.]?[ ]?\d{1,3}[ ]?[-/][ ]?\d{1,3}|-?\d{1,3}|[ ]?\d{0,3}[ ,]{0,2}[Nn]o(?:mor|\.)?[ ]?\d{1,3})(?!\w)",
        # RT 03/RW 07, RT/RW 03/07, Dusun Krajan RT 02
        r"(?<![^\W_])(?i:RT)[ .]{0,2}\d{1,3}[ ]?[-/,.]?[ ]?(?:dan[ ])?(?i:RW)[ .]{0,2}\d{1,3}(?!\d)",
        r"(?<![^\W_])(?i:RT[ .]{0,2}/[ ]?RW)[ .:]{0,3}\d{1,3}[ ]?[-/][ ]?\d{1,3}(?!\d)",
        r"(?<![^\W_])(?i:RT)[ .]{0,2}\d{1,3}[ ]?/[ ]?\d{1,3}(?!\d)",
        # rumah nomor 14 di Dusun Contoh; Dusun Contoh, rumah nomor 14
        r"(?<!\w)(?i:rumah)(?i:nya)?[ ](?i:nomor|nomer|no\.?)[ ]?\d{1,4}[ ](?i:di[ ])?(?i:jalan|jln?\.?|gang|gg\.?|lorong|dusun|kampung|perum\w{0,5}|kompleks?|blok)[ ]\w{2,24}",
        rf"(?<!\w)(?i:dusun|dukuh|kampung|kp\.?|gang|gg\.?|perum\w{{0,5}}|kompleks?)[ ]{_NAME},?[ ](?i:rumah)[ ](?i:nomor|nomer|no\.?)[ ]?\d{{1,4}}(?!\d)",
        rf"(?<!\w)(?i:dusun|dukuh|kampung|kp\.?|lingkungan|jorong|banjar)[ ]{_NAME}{_COMMA}(?i:RT)[ .]{{0,2}}\d{{1,3}}(?!\d)",
    )
)
FIGURATIVE = re.compile(r"(?:peta|garis|tengah|cari|mencari|alat|membuka|memberi)[ ]$", re.I)
NOT_A_STREET = re.compile(
    r"\w+\.?[ ](?:keluar|tengah|kaki|pintas|buntu(?![ ][A-Z])|panjang|menuju|untuk|yang|dan|ke|di|dari|pada|terus|bersama|ini|itu|tol|lain|damai|terbaik|penguatan|penyelesaian"
    r"|utama|poros|desa|usaha|lintas|nasional|provinsi|kabupaten|perhutani|bulog|damri|percetakan)\b",
    re.I,
)
VENUE = word(
    r"hotel|gedung|kantor|balai|aula|kampus|universitas|polres|polda|polsek|rs|rsud|rumah sakit|puskesmas|dinas|kementerian|museum|pendopo|auditorium"
    r"|sekretariat|convention|perpustakaan|pengadilan|kejaksaan|konsulat|kedutaan|kbri|bp3mi|balai latihan|wisma"
)
HOME = word(
    r"tinggal|rumah(?:nya)? (?:korban|keluarga|aman|perlindungan|orang)|rumahnya|korban|penyintas|kos|kost|kontrakan|domisili|berdomisili|shelter|selter"
    r"|disekap|disembunyikan|mess|penampungan|ibunya|anaknya|keluarganya|lives"
)
SHELTER = word(r"rumah aman(?:nya)?|shelter(?:nya)?|safe ?house|rumah perlindungan|selter(?:nya)?|RPTC|rumah singgah")
_SPOT = (
    r"(?:pasar|masjid|mushola|gereja|pura|vihara|sekolah|sd|smp|sma|smk|kantor|terminal|stasiun|pelabuhan|puskesmas|polsek|polres|koramil|sungai|sawah|toko|warung|bank"
    r"|minimarket|indomaret|alfamart|balai desa|kuburan|makam|lapangan|jembatan|spbu|pom bensin|kampus|rumah sakit|alun-alun|pabrik|gudang|apotek|klinik|rel|hotel|mall?)"
)
_AFTER_WORD = r"(?:[ ](?:dengan|dari|di|sebuah|the|rumah|kantor|pintu|gerbang|bekas|para|kompleks)){0,2}"
WHERE = re.compile(
    rf"(?<!\w)(?:(?:di|ke|arah)[ ])?(?i:belakang|seberang|depan|samping|sebelah|dekat|berdekatan|bersebelahan|behind|opposite|next to|near|beside)(?:nya)?{_AFTER_WORD}"
    rf"[ ](?:(?i:{_SPOT})(?!\w)(?:[ ](?:[A-Z][\w'.-]{{1,24}}|\d{{1,3}}(?!\w))){{0,4}}|[A-Z][\w'.-]{{1,24}}(?:[ ][A-Z0-9][\w'.-]{{0,24}}){{0,4}})"
    r"|(?<!\w)pagar(?:nya)?(?:[ ](?:berwarna|warna|besi|kayu|bambu|tembok|bercat|cat)){0,2}[ ](?:hijau|biru|merah|putih|hitam|kuning|cokelat|coklat|abu-abu|oranye|ungu|krem|tinggi)"
    rf"|(?<!\w)(?:di|ke|menuju|in)[ ](?i:perum(?:ahan)?|kompleks?|ruko|gang|gg\.?|dusun|apartemen|kos)[ ]{_NAME}"
    r"|(?<!\w)lantai[ ](?:ke-?)?(?:\d{1,2}(?!\w)|dua|tiga|empat|lima|dasar|atas)"
    rf"|(?<!\w)(?:[Jj]alan|[Jj]ln?\.?|[Gg]ang|[Gg]g\.?|[Ll]orong)[ ]{_NAME}"
    r"|(?<!\w)(?i:alamat(?:nya)?(?: rumah aman| shelter| selter| rumah perlindungan)?|berada|terletak|berlokasi|bertempat|ada|lokasi(?:nya)?|located)(?:[ ](?:di|ada|pada|in|at|is)|[ ]?:){1,2}[ ]"
    rf"(?i:dusun|desa|kelurahan|kampung|perum\w*|kompleks?|blok|rt|no|dukuh|banjar|jorong)[ .]{{1,2}}(?:{_NAME}|\d{{1,3}})"
)
GENERAL = word(
    r"sebaiknya|harus|perlu|hendaknya|idealnya|wajib|tidak boleh|jangan|syarat|standar|seharusnya|should|must|misalnya|pastikan|hindari|dilarang"
)


def find_address(passage: Passage) -> Iterator[Span]:
    """A street or hamlet with its number, or RT with RW; offices and halls pass."""
    for start, end in _addresses(passage):
        if not _is_venue(passage, start, end) and not passage.allowlist.allows_address(passage.text[start:end]):
            yield start, end


def _addresses(passage: Passage) -> list[Span]:
    return passage.once("addresses", lambda: list(_find_addresses(passage)))


def _find_addresses(passage: Passage) -> Iterator[Span]:
    for pattern in STREETS:
        for match in pattern.finditer(passage.text):
            before = passage.text[max(0, match.start() - 12) : match.start()]
            if not FIGURATIVE.search(before) and not NOT_A_STREET.match(match[0]):
                yield match.span()


def _is_venue(passage: Passage, start: int, end: int) -> bool:
    distance = passage.distance_before(start, VENUE)
    if distance is None or distance > 60 or passage.sentence(start, end)[0] > start - distance:
        return False
    return not passage.sentence_has(start, end, HOME)


def find_shelter(passage: Passage) -> Iterator[Span]:
    """Where a shelter stands: its neighbours, its fence, its street, in the sentence that names it."""
    if not SHELTER.search(passage.text):
        return
    for start, end in _addresses(passage):
        if passage.sentence_has(start, end, SHELTER):
            yield start, end
    for match in WHERE.finditer(passage.text):
        start, end = match.span()
        if not passage.sentence_has(start, end, SHELTER):
            continue
        named = re.search(r"[ ][A-Z][a-z]", match[0])
        if named or not passage.sentence_has(start, end, GENERAL):
            yield start, end


DETECTORS = (
    Detector("shelter_location", "block", find_shelter),
    Detector("address", "block", find_address),
)
