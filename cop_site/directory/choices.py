"""Lists about running the directory; the words of the field are vocabularies."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

ASKED_EVERY = timedelta(days=180)  # whether an entry is still right
ANSWERED_WITHIN = timedelta(days=30)  # then it is shown dimmed
STALE_AFTER = ASKED_EVERY + ANSWERED_WITHIN
SURVEY_HOLDS = timedelta(days=730)  # what was looked for and not found is not known any more two years later
STALE_WEIGHT = 0.5


class Capacity(models.TextChoices):
    """Whether an organisation can take on more just now."""

    OPEN = "open", _("Takes new requests")
    LIMITED = "limited", _("Takes few new requests")
    FULL = "full", _("Full at the moment")
    PAUSED = "paused", _("Paused")


class ChannelKind(models.TextChoices):
    """By what an organisation can be reached. None of them is an address: where a shelter is has no place here."""

    PHONE = "phone", _("Phone")
    WHATSAPP = "whatsapp", _("WhatsApp")
    EMAIL = "email", _("E-mail")
    WEBSITE = "website", _("Website")
    SOCIAL = "social", _("Social media")


class Language(models.TextChoices):
    """Languages in which an organisation helps (ISO 639-1, else 639-3)."""

    ID = "id", _("Indonesian")
    EN = "en", _("English")
    JV = "jv", _("Javanese")
    SU = "su", _("Sundanese")
    MAD = "mad", _("Madurese")
    MIN = "min", _("Minangkabau")
    BTK = "btk", _("Batak")
    ACE = "ace", _("Acehnese")
    MS = "ms", _("Malay")
    BJN = "bjn", _("Banjar")
    BUG = "bug", _("Bugis")
    MAK = "mak", _("Makassar")
    BAN = "ban", _("Balinese")
    SAS = "sas", _("Sasak")
    TET = "tet", _("Tetun")
    AOZ = "aoz", _("Dawan")
    PMY = "pmy", _("Papuan Malay")
    ZH = "zh", _("Mandarin")
    YUE = "yue", _("Cantonese")
    AR = "ar", _("Arabic")
    TH = "th", _("Thai")
    KM = "km", _("Khmer")
    MY = "my", _("Burmese")
    KO = "ko", _("Korean")
    JA = "ja", _("Japanese")
    INL = "inl", _("Indonesian sign language")


class Country(models.TextChoices):
    """Countries to which people from Indonesia go for work, or are brought (ISO 3166-1)."""

    MY = "MY", _("Malaysia")
    SG = "SG", _("Singapore")
    BN = "BN", _("Brunei Darussalam")
    TH = "TH", _("Thailand")
    KH = "KH", _("Cambodia")
    MM = "MM", _("Myanmar")
    LA = "LA", _("Laos")
    PH = "PH", _("Philippines")
    VN = "VN", _("Vietnam")
    TL = "TL", _("Timor-Leste")
    HK = "HK", _("Hong Kong")
    TW = "TW", _("Taiwan")
    CN = "CN", _("China")
    KR = "KR", _("South Korea")
    JP = "JP", _("Japan")
    AU = "AU", _("Australia")
    SA = "SA", _("Saudi Arabia")
    AE = "AE", _("United Arab Emirates")
    QA = "QA", _("Qatar")
    KW = "KW", _("Kuwait")
    BH = "BH", _("Bahrain")
    OM = "OM", _("Oman")
    JO = "JO", _("Jordan")
    SY = "SY", _("Syria")
    TR = "TR", _("Türkiye")
    ZA = "ZA", _("South Africa")
