"""Whether capitalised words are a person's name or something else: a place, an office, a title."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

CAPITAL = r"[A-ZÀ-Þ][^\W\d_]{1,24}(?:['-][^\W\d_]{1,24})?"
_SHORT = r"(?:M|Moh|Muh|Muhd|H|Hj|St|Abd|Ni|I)\.?"
CHAIN_TEXT = rf"(?:{_SHORT}[ ])?{CAPITAL}(?:[ ](?:{CAPITAL}|[A-Z]\.?(?![^\W_])|bin|binti|al|el|de|da|van)){{1,5}}"
CHAIN = re.compile(rf"(?<![^\W_]){CHAIN_TEXT}(?![\w])")
WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)?")

INSTITUTIONS = frozenset(
    """yayasan universitas institut politeknik rs rsud rsup rsia klinik gereja masjid pura vihara komnas lsm lbh dinas kementerian pt cv ud smp smk sma sd mts ma paud tk
    puskesmas polda polres polsek mabes polri komisi lembaga perkumpulan koalisi forum jaringan solidaritas serikat rumah desa kabupaten kota provinsi kecamatan kelurahan dusun
    kapal km kmp hotel badan balai kantor dewan pusat satgas gugus tim kelompok komunitas bank sekolah pesantren madrasah pondok panti asosiasi aliansi federasi persatuan himpunan
    ikatan gerakan program direktorat deputi bidang biro unit posko pos pengadilan kejaksaan mahkamah kbri kjri konsulat kedutaan pemerintah bp2mi bp3mi kp2mi uptd uptd-ppa ppa lpsk
    foundation institute university ministry hospital clinic church mosque company embassy caritas jalan pasar terminal pelabuhan bandara pulau gunung sungai danau teluk laut stasiun
    operasi undang-undang uu peraturan perda konvensi hari bulan radio koran harian majalah media tv
    posyandu posbindu pkk sanggar dasawisma kapel paroki pramuka partai cabang p2tp2a posbakum peksos baznas imigrasi bea syahbandar""".split()
)
OFFICES = frozenset(
    """presiden wapres gubernur bupati menteri menko wamen wali walikota camat lurah kades kapolri kapolda kapolres kapolsek ketua wakil direktur dirjen deputi kepala sekretaris sekjen
    bendahara koordinator prof profesor dr dra drs ustaz ustadz kyai kiai romo pastor pdt pendeta suster uskup hakim jaksa jenderal komjen irjen brigjen kombes akbp kompol akp iptu ipda
    anggota dubes konsul rektor dekan president minister governor director chair professor father sister bishop raja ratu sultan pangeran pahlawan jend laksamana""".split()
)
HISTORIC = re.compile(
    r"(?:umar|ali|abdullah|thariq|tariq|hasan|husein|husain|anas|amr|mush?ab|hamzah|ja'?far|utsman|khalid|zaid|bilal|usamah|muadz|salman)\s+bin\s+(?:al[- ]?)?(?:khatt?ab|abi|abu|abbas|umar|mas'?ud|affan|walid|ziyad|malik|umair|muth?allib|thalib|tsabit|rabah|jabal|zaid)",
    re.I,
)
PARTICLES = {"bin", "binti", "al", "el", "de", "da", "van"}
PREFIXES = (
    "memper",
    "menge",
    "penge",
    "meng",
    "meny",
    "peng",
    "peny",
    "mem",
    "men",
    "pem",
    "pen",
    "per",
    "ber",
    "ter",
    "me",
    "pe",
    "be",
    "di",
    "ke",
    "se",
    "",
)
SUFFIXES = ("annya", "kannya", "nya", "kan", "an", "lah", "i", "")
LOST = {"meny": "s", "peny": "s", "meng": "k", "peng": "k", "mem": "p", "pem": "p", "men": "t", "pen": "t"}


def _list(name: str) -> frozenset[str]:
    return frozenset((files("cop_site.screening") / "data" / name).read_text(encoding="utf-8").split())


GIVEN, PLACES, ORDINARY = _list("name_words.txt"), _list("place_words.txt"), _list("ordinary_words.txt")


@cache
def _roots() -> frozenset[str]:
    return frozenset((files("Sastrawi.Stemmer") / "data" / "kata-dasar.txt").read_text(encoding="utf-8").split())


@lru_cache(maxsize=4096)
def is_ordinary(word: str) -> bool:
    """Whether a word of this spelling stands in the language or on the map."""
    word = word.lower().strip("'-")
    if word in ORDINARY or word in PLACES or word in _roots():
        return True
    halves = word.split("-")
    return len(halves) == 2 and all(map(_is_derived, halves)) or _is_derived(word)


def _is_derived(word: str) -> bool:
    roots = _roots()
    for prefix in PREFIXES:
        if not word.startswith(prefix):
            continue
        for suffix in SUFFIXES:
            root = word[len(prefix) : len(word) - len(suffix)] if word.endswith(suffix) else ""
            if len(root) > 2 and (root in roots and len(root) > 3 - (not suffix) or LOST.get(prefix, "") + root in roots):
                return True
    return False


def name_words(chain: str) -> list[str]:
    """The words of a chain up to the first that belongs to an institution."""
    words = []
    for word in WORD.findall(chain):
        if word.lower() in INSTITUTIONS:
            break
        if word.lower() not in PARTICLES:
            words.append(word)
    return words


@lru_cache(maxsize=4096)
def is_name(chain: str) -> bool:
    """Whether a chain of capitalised words is a person: not an office, a place, an acronym or a heading."""
    words = name_words(chain)
    if len(words) < 2 or words[0].lower() in OFFICES:
        return False
    full = [word for word in words if len(word) > 1 and not _is_acronym(word, chain)]
    return any(word.lower() in GIVEN or not is_ordinary(word) for word in full)


# Names that are everyday words as well: as a single word they need more than a capital letter.
EVERYDAY = frozenset(
    "hari cahaya puji sinar jaya tari ria ana hana rani imam haji cinta indah asri suci sari permata mega surya bani topan ida".split()
)


def is_given_name(word: str) -> bool:
    """Whether one word alone, capitalised or not, is rather a person's name than anything else."""
    lower = word.lower().strip("'-")
    if len(lower) < 3 or lower in INSTITUTIONS or lower in OFFICES or lower in EVERYDAY or word.isupper() and len(word) < 5:
        return False
    return lower in GIVEN or not is_ordinary(lower)


def _is_acronym(word: str, chain: str) -> bool:
    return word.isupper() and (len(word) < 5 and not chain.isupper() or len(word) < 4)


def names_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Every name between two places."""
    for match in CHAIN.finditer(text, start, end):
        if is_name(match[0]):
            yield match.span()
