"""How a room refuses: a code that clients know, and what the guard found. Never what was sent."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from cop_site.screening.guard import Finding

DETAILS = {
    "invalid": _("This cannot be read."),
    "forbidden": _("This is not for your account."),
    "rate_limited": _("Too fast. Wait a moment, then try again."),
    "too_large": _("This is too long."),
    "closed": _("This room is closed."),
    "conflict": _("Something else was already sent under this number."),
    "personal_data": _("There are details in it that must not stand here."),
}
STATUS = {"invalid": 422, "forbidden": 403, "rate_limited": 429, "too_large": 413, "closed": 409, "conflict": 409, "personal_data": 422}


class Refused(Exception):
    """An action that leaves nothing behind, and why."""

    def __init__(self, code: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(code)
        self.code, self.findings = code, findings

    def told(self, client_id: str | None) -> dict[str, object]:
        """The error frame."""
        frame = {"type": "error", "client_id": client_id, "code": self.code, "detail": str(DETAILS[self.code])}
        if self.code == "personal_data":
            frame["findings"] = [{"type": one.type, "action": one.action, "start": one.start, "end": one.end} for one in self.findings]
        return frame
