"""Ways to reach a person online: mail, messages, profiles."""

import re
from collections.abc import Iterator

from .identity import word
from .passage import Detector, Passage, Span

EMAIL = re.compile(r"[\w.+%'-]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,5}[^\W\d_]{2,24}(?![\w-])")
SPACED = re.compile(
    r"(?<![\w@])[\w+-]{2,40}(?: ?\. ?[\w+-]{1,40}){0,2} ?@ ?(?:gmail|yahoo|ymail|hotmail|outlook|icloud|proton(?:mail)?|rocketmail|live) ?\. ?(?:com|co ?\. ?id|me|id)(?!\w)",
    re.I,
)
MESSAGING = re.compile(
    r"(?<![\w.-])(?:https?://)?(?:www\.)?(?:wa\.me/|wa\.link/|api\.whatsapp\.com|chat\.whatsapp\.com|whatsapp\.com/channel/|t\.me/|telegram\.(?:me|dog)/"
    r"|line\.me/|lin\.ee/|m\.me/|discord\.gg/|discord\.com/invite/|signal\.(?:me|group)/|u\.wechat\.com/|viber\.click/|zalo\.me/)[^\s<>\")\]]{0,300}",
    re.I,
)
PROFILE = re.compile(
    r"(?<![\w.-])(?:https?://)?(?:(?:www|m|web|id-id|mobile|mbasic|vt)\.)?(?:facebook\.com|fb\.com|fb\.me|instagram\.com|instagr\.am|tiktok\.com|twitter\.com|x\.com"
    r"|threads\.(?:net|com)|linkedin\.com/in|snapchat\.com/add)/(?P<name>@?[\w.-]{2,80})(?:[/?#][^\s<>\")\]]{0,300})?",
    re.I,
)
NOT_A_PROFILE = {
    "p", "reel", "reels", "watch", "share", "sharer", "sharer.php", "hashtag", "explore", "intent", "policies",
    "help", "legal", "privacy", "login", "about", "search", "home", "groups", "events", "tag", "stories", "i",
    "business", "discover", "marketplace", "settings", "terms", "safety",
}  # fmt: skip
HANDLE = re.compile(r"(?<![\w@./])@(?P<name>[\w.]{3,30})(?![\w@])")
PLATFORM = word(
    r"instagram|insta|ig|tik ?tok|facebook|fb|twitter|telegram|threads|snapchat|youtube|line|discord|wechat|michat|medsos|media sosial|akun(?:nya)?"
    r"|username|user ?name|handle|dm|follow|social media|profil(?:nya)?|account"
)
PERSON = word(
    r"korban(?:nya)?|penyintas|anak(?:nya)?|siswa|siswi|saudari|saudara|pelaku|keluarga(?:nya)?|milik(?:nya)?|bernama|suami(?:nya)?|istri(?:nya)?|pacar(?:nya)?"
    r"|adik(?:nya)?|kakak(?:nya)?|ibu(?:nya)?|ayah(?:nya)?|perekrut|calo|victim|survivor"
)
LABELLED = re.compile(
    r"(?<![\w@])(?:ig|instagram|tiktok|fb|facebook|twitter|telegram|line id|id line|snapchat|michat|wechat)(?: (?:korban|anak|nya|pelaku))?[ ]?[:=][ ]?"
    r"(?P<name>(?=[\w.]{0,29}[a-zA-Z])(?=[\w.]{0,29}[\d_.]\w)[\w.]{4,30})(?![\w@/])",
    re.I,
)
ACCOUNT_OF = re.compile(
    r"(?<!\w)(?i:akun|nama akun|profil|account)[ ](?i:ig|instagram|tik ?tok|fb|facebook|twitter|telegram|snapchat|michat|line)(?i: ?-?nya| korban| anak| pelaku| perekrut)?"
    r"(?i:[ ]?[:=]| bernama| atas nama)?[ ][\"']?(?P<name>(?!(?:I[Gg]|Palsu|Resmi)\b)[A-Z][a-z]{2,20}(?:[ ][A-Z][\w.]{1,20}){1,3})(?!\w)"
)


def find_email(passage: Passage) -> Iterator[Span]:
    """A mail address, unless the organisation's own role address is listed."""
    for match in EMAIL.finditer(passage.text):
        if not passage.allowlist.allows_email(match[0].strip("'")):
            yield match.span()
    for match in SPACED.finditer(passage.text):
        if " " in match[0]:
            yield match.span()


def find_messaging_link(passage: Passage) -> Iterator[Span]:
    """A link that opens a conversation or joins a group."""
    for match in MESSAGING.finditer(passage.text):
        if not passage.allowlist.allows_link(match[0]):
            yield match.start(), match.start() + len(match[0].rstrip(".,;:!?'"))


def find_social_handle(passage: Passage) -> Iterator[Span]:
    """A name after @ beside a platform or a person, a labelled account, or a profile link."""
    for match in HANDLE.finditer(passage.text):
        name = match["name"].rstrip(".")
        cued = passage.near(*match.span(), PLATFORM) or passage.near(*match.span(), PERSON, after=15)
        if len(name) > 2 and any(char.isalpha() for char in name) and cued:
            yield match.start(), match.start() + 1 + len(name)
    for pattern in (LABELLED, ACCOUNT_OF):
        for match in pattern.finditer(passage.text):
            yield match.span("name")
    for match in PROFILE.finditer(passage.text):
        if match["name"].lower().rstrip(".") not in NOT_A_PROFILE and not passage.allowlist.allows_link(match[0]):
            yield match.start(), match.start() + len(match[0].rstrip(".,;:!?'"))


DETECTORS = (
    Detector("messaging_link", "block", find_messaging_link),
    Detector("email", "block", find_email),
    Detector("social_handle", "block", find_social_handle),
)
