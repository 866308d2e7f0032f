"""What a decision does to an author, and how exactly that is taken back."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cop_site.accounts import actions as people
from cop_site.accounts import policy as standing
from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.verbs import Verb
from cop_site.screening.refusing import NotReady, Problem

from .choices import MUTED_FOR, SUSPENDED_FOR, Sanction
from .models import Case, Decision

_DAYS = {Sanction.NONE: (0,), Sanction.WARNING: (0,), Sanction.MUTE: MUTED_FOR, Sanction.SUSPENSION: SUSPENDED_FOR}
_COLUMN = {Sanction.MUTE: "muted_until", Sanction.SUSPENSION: "suspended_until"}


def possible(case: Case, judge: User) -> tuple[Sanction, ...]:
    """What ``judge`` may do to the author of a case; nothing where a pseudonym keeps secret who that is."""
    person = case.author
    if person is None or person.pk == judge.pk:
        return (Sanction.NONE,)
    mutes, suspends = standing.can_mute(judge, person), standing.can_suspend(judge, person)
    allowed = {Sanction.NONE: True, Sanction.WARNING: True, Sanction.MUTE: mutes, Sanction.SUSPENSION: suspends}
    return tuple(sanction for sanction in Sanction if allowed[sanction])


def refuse_unless_possible(case: Case, sanction: Sanction, days: int, *, judge: User) -> None:
    """Say what stands in the way of a sanction."""
    if sanction and case.author is None:
        sentence = _("Nobody knows whose words these are. To reach their author, two moderators first open the name.")
        raise NotReady([Problem("sanction", sentence)])
    if sanction not in possible(case, judge):
        raise NotReady([Problem("sanction", _("You cannot do this to this person. Please ask the secretariat."))])
    if days not in _DAYS[sanction]:
        raise NotReady([Problem("days", _("This choice does not exist."))])


def impose(person: User, sanction: Sanction, days: int, *, by: User, reason: str) -> dict[str, Any]:
    """Do it, and return what it changed."""
    if sanction == Sanction.WARNING:
        record(Verb.WARNED, by=by, subject=person, reason=reason)
    if sanction not in _COLUMN:
        return {}
    until = timezone.now() + timedelta(days=days) if days else None
    before = _standing(person, sanction)
    if sanction == Sanction.MUTE and until:
        people.mute(person, by=by, reason=reason, until=until)
    else:
        people.suspend(person, by=by, reason=reason, until=until)
    after = _standing(person, sanction)
    return {"before": before, "after": after} if after != before else {}


def _standing(person: User, sanction: Sanction) -> dict[str, str | bool | None]:
    """Whether it is in force, and until when; the row is locked until the deed is done."""
    row = User.objects.select_for_update().get(pk=person.pk)
    until: datetime | None = getattr(row, _COLUMN[sanction])
    is_on = row.suspended_at is not None if sanction == Sanction.SUSPENSION else bool(until and until > timezone.now())
    return {"on": is_on, "until": until.isoformat() if until else None}


def lift(person: User | None, decision: Decision, *, judge: User) -> None:
    """Give back what a decision took, unless somebody has decided otherwise since: then that holds."""
    sanction, carried = Sanction(decision.sanction), decision.carried
    if person is None or "after" not in carried or _standing(person, sanction) != carried["after"]:
        return
    if sanction not in possible(decision.case, judge):
        raise NotReady([Problem("", _("You cannot take this back for this person. Please ask the secretariat."))])
    before = datetime.fromisoformat(carried["before"]["until"]) if carried["before"]["until"] else None
    told = {"by": judge, "reason": decision.reason}
    if sanction == Sanction.MUTE:
        people.unmute(person, **told)
        if before and before > timezone.now():
            people.mute(person, until=before, **told)
    else:
        people.lift_suspension(person, **told)
        if carried["before"]["on"]:
            people.suspend(person, until=before, **told)
