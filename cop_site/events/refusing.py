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
    "live_over": _("The live part is over. One still votes in polls, writes cards and votes for them; nothing else."),
    "later_over": _("The time to answer is over. The room is about to close."),
    "conflict": _("Something else was already sent under this number."),
    "changed": _("Somebody else has changed this card meanwhile. Read it anew, then change it."),
    "voted": _("You have voted in this poll. One vote each."),
    "choose": _("Choose first, then vote."),
    "order": _("Give every option a place of its own."),
    "poll_closed": _("This poll is closed."),
    "round_open": _("A round is open. Close it first, then open the next."),
    "no_round": _("There is no round. Compose the groups first."),
    "groups-nobody": _("Nobody is there to sit in groups yet."),
    "groups-no-size": _("Say how many groups there shall be, or how large."),
    "groups-band": _("Groups of that size cannot be made from so many people. Change the sizes."),
    "groups-pin-number": _("Somebody is kept in a group that does not exist. Change the number of groups, or let her go."),
    "groups-pins-apart": _("Two people who must not meet are kept in the same group."),
    "groups-pins-over-band": _("More people are kept in one group than it may hold."),
    "groups-no-seating": _("No groups keep apart all who must not meet. Make more groups, or take a pair off the list."),
    "groups-no-seating-found": _("No groups were found that keep apart all who must not meet. Try other sizes."),
    "groups-twice": _("Somebody is on the list twice."),
    "groups-no-such-group": _("There is no such group."),
    "groups-not-there": _("Somebody of these does not sit in this round."),
    "groups-late-full": _("All groups are full. Open another round, or let her listen in the hall."),
    "groups-late-apart": _("No group is open to this person."),
    "personal_data": _("There are details in it that must not stand here."),
}
STATUS = {"invalid": 422, "forbidden": 403, "rate_limited": 429, "too_large": 413, "closed": 409, "conflict": 409, "personal_data": 422}


class Refused(Exception):
    """An action that leaves nothing behind, and why: ``detail`` names another sentence than the code's own."""

    def __init__(self, code: str, findings: Sequence[Finding] = (), *, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.findings, self._detail = code, findings, detail or code

    @property
    def detail(self) -> str:
        """Why, in the reader's language."""
        return str(DETAILS[self._detail])

    def told(self, client_id: str | None) -> dict[str, object]:
        """The error frame."""
        frame = {"type": "error", "client_id": client_id, "code": self.code, "detail": self.detail}
        if self.code == "personal_data":
            frame["findings"] = [{"type": one.type, "action": one.action, "start": one.start, "end": one.end} for one in self.findings]
        return frame
