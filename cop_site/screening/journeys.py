"""What a person carries and travels with: a vehicle, a device, a ticket, a visa."""

import re
from collections.abc import Iterator

from .identity import word
from .lives import DATE, MONTH
from .names import names_in
from .numbers import passes_luhn
from .passage import Detector, Passage, Span

_REGION = r"(?:A[ABDEG]?|B[ABDEGHKLMNP]?|D[ABCDEGHKLMNPRST]?|E[ABD]?|F|G|H|K[BHTU]?|L|M|N|P[ABGSTY]?|R|S|T|W|Z)"
PLATE = re.compile(rf"(?<![^\W_])(?<![\w][-/.]){_REGION}(?P<gap>[ -]?)(?P<number>[1-9]\d{{0,3}})(?P=gap)[A-Z]{{1,3}}(?![^\W_])(?![-/.]\w)")
PLATE_IN_LOWER = re.compile(
    rf"(?<![^\W_])(?:mobil|motor|bus|pelat|plat|nopol|travel|kendaraan|car|van)(?:nya|[ ]nomor|[ ]no\.?|[ ]polisi|[ ]\w{{3,12}}){{0,3}}[ ]:?[ ]?"
    rf"(?P<plate>{_REGION}[ -]?[1-9]\d{{2,3}}[ -]?(?!cc|km|kg|rp|di|ke|dan|org|m)[a-z]{{1,3}})(?![^\W_])",
    re.I,
)
VEHICLE = word(
    r"mobil(?:nya)?|motor(?:nya)?|sepeda motor|bus|minibus|truk|truck|travel|taksi|taxi|angkot|kendaraan(?:nya)?|pelat|plat|berpelat|berplat|nopol|bernopol|nomor polisi|sedan"
    r"|avanza|innova|xenia|hiace|elf|pick ?up|naik|menumpang|vehicle|car|van|plate|licen[cs]e plate|motorbike|driver|sopir"
)
NOT_A_PLATE = re.compile(
    r"(?<!\w)(?:modul|ruang|kelas|tabel|gedung|blok|kode|seri|bab|lampiran|formulir|visa|room|table|class|module|form|rak|buku|nomor surat)[ ]$",
    re.I,
)
YEAR = re.compile(r"(?:19|20)\d\d")

IMEI = word(r"IMEI(?:[ ]?[12])?")
IMEI_GROUPS = {(15,), (2, 6, 6, 1), (6, 2, 6, 1), (8, 6, 1), (14, 1)}
MAC = re.compile(r"(?<![0-9A-Fa-f:-])[0-9A-Fa-f]{2}(?P<mark>[:-])(?:[0-9A-Fa-f]{2}(?P=mark)){4}[0-9A-Fa-f]{2}(?![0-9A-Fa-f:-])")
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
ADDRESS = re.compile(
    rf"(?<![\w.])(?:{_OCTET}\.){{3}}{_OCTET}(?![\w]|\.\d)|(?<![\w:])(?:[0-9a-f]{{1,4}}:){{3,7}}(?::?[0-9a-f]{{1,4}}){{1,4}}(?![\w:])", re.I
)
ONLINE = word(
    r"IP|alamat IP|IP address|login|log in|masuk dari|diakses|akses|mengakses|terhubung|koneksi|ponsel|server|signed in|logged in"
)

CODE_WORD = re.compile(
    r"(?<!\w)(?:(?:kode|nomor|no\.?) (?:booking|pemesanan|pesanan|reservasi|tiket|e-?tiket)|booking(?: (?:code|ref(?:erence)?|id|number))?|PNR|e-?ticket(?: number)?|reservation (?:code|number))"
    r"(?:nya)?[ ]?(?:adalah|is|no(?:mor)?\.?)?[ ]?[:=#]?[ ]{0,2}(?P<code>[A-Za-z0-9]{5,13})(?![\w])",
    re.I,
)
VISA = re.compile(
    r"(?<!\w)(?:(?:nomor|no\.?) visa(?:nya)?|visa(?:nya)?(?: kerja| kunjungan| umrah| turis)?(?: korban)?)(?: (?:nomor|no\.?|number|bernomor))?[ ]?[:=#]?[ ]{0,2}(?P<code>[A-Z]{0,3}[ -]?\d{6,12})(?!\d)",
    re.I,
)
FLIGHT = re.compile(r"(?<![^\W_])(?:[A-Z]{2}|[A-Z]\d|\d[A-Z])[ -]?\d{2,4}(?![^\W_])(?![-/.]\d)")
FLYING = word(
    r"penerbangan(?:nya)?|pesawat(?:nya)?|flight|tiket(?:nya)?|maskapai|boarding(?: pass)?|terbang|mendarat|check-?in|manifes|ticket"
)
DAY = re.compile(rf"(?<!\d)\d{{1,2}}[ ]{MONTH}(?!\w)", re.I)


def find_plate(passage: Passage) -> Iterator[Span]:
    """A vehicle's plate: three or four digits, or a word for a vehicle beside it."""
    for match in PLATE.finditer(passage.text):
        long = len(match["number"]) > 2 and match["gap"] and not YEAR.fullmatch(match["number"])
        long = long and not NOT_A_PLATE.search(passage.text, max(0, match.start() - 16), match.start())
        if long or passage.near(*match.span(), VEHICLE, before=30, after=15):
            yield match.span()
    for match in PLATE_IN_LOWER.finditer(passage.text):
        yield match.span("plate")


def find_device(passage: Passage) -> Iterator[Span]:
    """A telephone's or computer's own number, or the address from which somebody came."""
    for window in passage.windows.get(15, ()):
        cued = passage.near(window.start, window.end, IMEI, before=30, after=10)
        checked = window.whole and window.sizes in IMEI_GROUPS and passes_luhn(window.digits)
        if (cued or checked) and not window.is_counted and not passage.is_exempt(window.start, window.end):
            yield window.start, window.end
    for match in MAC.finditer(passage.text):
        yield match.span()
    for match in ADDRESS.finditer(passage.text):
        if passage.near(*match.span(), ONLINE, before=30, after=15):
            yield match.span()


def find_travel(passage: Passage) -> Iterator[Span]:
    """A visa, a booking, or a flight with its day and a name."""
    for match in CODE_WORD.finditer(passage.text):
        code = match["code"]
        if any(char.isdigit() for char in code) or code.isupper() and len(code) == 6:
            yield match.span("code")
    for match in VISA.finditer(passage.text):
        yield match.span("code")
    if not passage.has(FLYING):
        return
    for match in FLIGHT.finditer(passage.text):
        if passage.near(*match.span(), FLYING, before=30, after=20) and _is_of_one(passage, *match.span()):
            yield match.span()


def _is_of_one(passage: Passage, start: int, end: int) -> bool:
    """Whether the sentence holds a day and somebody's name: then it says who sits there."""
    begin, finish = passage.sentence(start, end)
    dated = DAY.search(passage.text, begin, finish) or DATE.search(passage.text, begin, finish)
    return bool(dated) and any(True for _ in names_in(passage.text, begin, finish))


DETECTORS = (
    Detector("plate", "warn", find_plate),
    Detector("device_id", "warn", find_device),
    Detector("travel_ref", "warn", find_travel),
)
