"""What the secretariat has verified and listed: data handed to the guard, never code."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

_LINK_START = re.compile(r"^(?:https?://)?(?:www\.)?", re.I)


@dataclass(frozen=True)
class Allowlist:
    """Contacts of organisations that may stand in a text.

    ``role_domains`` are mail domains on which an address made of a role name passes; ``hotlines`` are verified numbers,
    in digits and national form ("0211234567"); ``links`` and ``addresses`` are an organisation's own, as ``plain_link`` and
    ``plain_words`` write them.
    """

    role_domains: frozenset[str] = frozenset()
    role_names: frozenset[str] = field(default=frozenset({"info", "sekretariat", "pengaduan", "kontak", "contact", "humas", "layanan"}))
    hotlines: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()

    def allows_email(self, address: str) -> bool:
        """Whether this is a role address on a listed domain."""
        name, _, domain = address.lower().partition("@")
        return name in self.role_names and domain in self.role_domains

    def allows_number(self, digits: str) -> bool:
        """Whether this is a verified number, written nationally or with the country code."""
        return national(digits) in self.hotlines

    def allows_link(self, link: str) -> bool:
        """Whether this is an organisation's own page or chat."""
        return plain_link(link) in self.links

    def allows_address(self, address: str) -> bool:
        """Whether this is, or is a part of, a listed office address."""
        wanted = plain_words(address)
        return any(wanted in listed for listed in self.addresses)


def national(digits: str) -> str:
    """Digits as dialled inside the country."""
    return "0" + digits.removeprefix("00").removeprefix("62") if digits.startswith(("62", "0062")) else digits


def plain_link(link: str) -> str:
    """A link without scheme, "www." and closing slash, in small letters."""
    return _LINK_START.sub("", link.strip()).rstrip("/.,;").lower()


def plain_words(words: str) -> str:
    """Letters and digits only, in small letters, one space apart."""
    return " ".join(re.findall(r"\w+", words.lower()))


NO_ALLOWANCES = Allowlist()
_source: list[Callable[[], Allowlist]] = []


def read_from(source: Callable[[], Allowlist]) -> None:
    """Name where the list is kept; without one nothing is listed."""
    _source[:] = [source]


def current() -> Allowlist:
    """The list as it stands now."""
    return _source[0]() if _source else NO_ALLOWANCES
