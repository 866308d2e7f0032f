"""What the secretariat has verified and listed: data handed to the guard, never code."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Allowlist:
    """Contacts of organisations that may stand in a text.

    ``role_domains`` are mail domains on which an address made of a role name passes;
    ``hotlines`` are verified numbers, in digits and national form ("0211234567").
    """

    role_domains: frozenset[str] = frozenset()
    role_names: frozenset[str] = field(default=frozenset({"info", "sekretariat", "pengaduan"}))
    hotlines: frozenset[str] = frozenset()

    def allows_email(self, address: str) -> bool:
        """Whether this is a role address on a listed domain."""
        name, _, domain = address.lower().partition("@")
        return name in self.role_names and domain in self.role_domains

    def allows_number(self, digits: str) -> bool:
        """Whether this is a verified number, written nationally or with the country code."""
        national = "0" + digits.removeprefix("00").removeprefix("62") if digits.startswith(("62", "0062")) else digits
        return national in self.hotlines


NO_ALLOWANCES = Allowlist()
