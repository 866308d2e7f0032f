"""Points on the earth: coordinates and links to a point on a map."""

import re
from collections.abc import Iterator

from .identity import word
from .passage import Detector, Passage, Span

DECIMAL = re.compile(r"(?<!\d)(?<!\d\.)[-+]?\d{1,3}[.,]\d{3,15}(?!\d|\.\d)")
BETWEEN = re.compile(r"[\s.,;/|°NSEWLUBT:=()\"'\]\[]*(?:(?:long?|lng|longitude|bujur|bujur timur|dan|BT)[\s.:=\"']*)?[\s,;]*", re.I)
CUE = word(
    r"koordinat(?:nya)?|coordinates?|lat|latitude|lintang|long?|longitude|bujur|gps|titik|lokasi(?:nya)?|LS|LU|BT|peta|share ?loc|posisi|location"
)
DMS = re.compile(
    r"\d{1,3}[ ]?(?:°|o|deg|derajat)[ ]?\d{1,2}[ ]?(?:'|′|menit)[ ]?\d{1,2}(?:[.,]\d{1,6})?[ ]?(?:\"|”|“|″|′′|''|detik)?[ ]?(?:N|S|E|W|L[SU]|B[TB]|lintang \w+|bujur \w+)?(?!\w)",
    re.I,
)
MAP_LINK = re.compile(
    r"(?<![\w.-])(?:https?://)?(?:www\.)?(?:maps\.app\.goo\.gl/|goo\.gl/maps/?|g\.co/kgs/|maps\.apple\.com/|waze\.com/|waze\.to/|ul\.waze\.com/|what3words\.com/|w3w\.co/"
    r"|here\.com/|share\.here\.com/|osmand\.net/|(?:www\.)?openstreetmap\.org/|osm\.org/|(?:maps\.)?google\.[a-z.]{2,8}/(?:maps)?)[^\s<>\")]{0,500}",
    re.I,
)
POINTLESS = re.compile(
    r"(?:(?:google\.[a-z.]{2,8}/(?:maps)?)|openstreetmap\.org/|osm\.org/|waze\.com/|what3words\.com/|here\.com/|maps\.apple\.com/)", re.I
)
POINT = re.compile(
    r"@-?\d|[?&](?:q|query|ll|daddr|saddr|destination|mlat|lat|to|address)=|/place/|/dir/|!3d|/go/|/ul\b|/node/|#map=1[3-9]|///|com/[^\W\d_]+\.[^\W\d_]+\.[^\W\d_]+"
)
WORDS = re.compile(r"(?<![/:\w])///[^\W\d_]{2,20}\.[^\W\d_]{2,20}\.[^\W\d_]{2,20}(?!\w)")
PLUS_CODE = re.compile(r"(?<![\w+])(?=[2-9]{0,7}[CFGHJMPQRVWX])[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}(?![\w+])")
LATITUDE, LONGITUDE = (-11.5, 6.5), (94, 142)


def find_coordinates(passage: Passage) -> Iterator[Span]:
    """A latitude and longitude inside the country, exact enough to find a house."""
    last = None
    for match in DECIMAL.finditer(passage.text):
        if last and _are_pair(passage, last, match):
            yield last.start(), match.end()
        last = match
    for match in DMS.finditer(passage.text):
        yield match.span()


def _are_pair(passage: Passage, first: re.Match[str], second: re.Match[str]) -> bool:
    gap = first.end(), second.start()
    is_close = gap[1] - gap[0] <= 24 and BETWEEN.fullmatch(passage.text, *gap)
    return bool(is_close) and _is_point(first[0], second[0]) and _is_meant(passage, first, second)


def _value(number: str) -> float:
    return float(number.replace(",", "."))


def _is_point(first: str, second: str) -> bool:
    one, two = _value(first), _value(second)
    if abs(one) > abs(two):
        one, two = two, one
    # South is often written without its sign.
    return LATITUDE[0] <= one <= -LATITUDE[0] and LONGITUDE[0] <= two <= LONGITUDE[1]


def _is_meant(passage: Passage, first: re.Match[str], second: re.Match[str]) -> bool:
    """Three decimals may be thousands: they need a sign or a word beside them."""
    decimals = min(len(re.split("[.,]", number[0])[1]) for number in (first, second))
    signed = "-" in first[0] + second[0]
    return decimals > 3 or signed or passage.near(first.start(), second.end(), CUE, after=15)


def find_map_link(passage: Passage) -> Iterator[Span]:
    """A link or code that opens a map on one point."""
    for match in MAP_LINK.finditer(passage.text):
        if not POINTLESS.search(match[0]) or POINT.search(match[0]):
            yield match.start(), match.start() + len(match[0].rstrip(".,;:!?'"))
    for pattern in (WORDS, PLUS_CODE):
        for match in pattern.finditer(passage.text):
            yield match.span()


DETECTORS = (
    Detector("map_link", "block", find_map_link),
    Detector("coordinates", "block", find_coordinates),
)
