"""The name of a file as people read it: no folders, no signs that hide or turn around what stands there."""

import re
import unicodedata

LONGEST = 120
NAMELESS = "berkas"
_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")


def ending_of(name: str) -> str:
    """What stands behind the last dot, in small letters."""
    return name.rpartition(".")[2].strip().lower() if "." in name else ""


def shown_name(given: str, kind: str) -> str:
    """The name a file is kept under: the given one, tidied, with the ending of what it is."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    plain = "".join(_plain(sign) for sign in last)
    stem = _without_ending(_FORBIDDEN.sub("-", plain), kind)
    stem = " ".join(stem.split()).strip(" .-_")
    if not stem or _DEVICES.match(stem):
        stem = f"{NAMELESS}-{stem}".rstrip("-")
    return f"{stem[: LONGEST - len(kind) - 1].rstrip(' .')}.{kind}"


def _plain(sign: str) -> str:
    """Letters, digits, marks and signs stay; what controls, hides or turns the line does not."""
    category = unicodedata.category(sign)
    if category.startswith("Z"):
        return " "
    return "" if category.startswith("C") else sign


def _without_ending(name: str, kind: str) -> str:
    stem, dot, ending = name.rpartition(".")
    same = {"jpg": {"jpg", "jpeg", "jpe", "jfif"}}.get(kind, {kind})
    is_ending = dot and (ending.lower().strip() in same or re.fullmatch(r"[A-Za-z0-9]{1,5}", ending.strip()))
    return stem if is_ending else name
