"""The deed about how an organisation is reached."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from cop_site.accounts.models import Level, User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core import text
from cop_site.core.access import require

from .. import policy, reaching, rules
from ..models import ContactChannel, Listing
from .parts import locked

MOST_CHANNELS = 20


@deed
def set_channels(listing: Listing, *, by: User, channels: Sequence[dict[str, Any]]) -> Listing:
    """Say anew by what an organisation is reached, in the order given; what is not named is gone, as far as ``by`` sees it.

    Each is a dict of ``kind``, ``value``, ``visibility`` and perhaps ``note_id`` and ``note_en``.
    """
    listing = locked(listing)
    require(policy.can_edit(by, listing.organisation))
    told = [_told(channel) for channel in channels]
    seen = listing.channels.visible_to(by)  # those for the organisation alone are not the secretariat's to see or to drop
    stood = {(one.kind, one.value, one.visibility) for one in seen}
    _refuse_unless_fit(told, widest=Level(listing.organisation.visibility), stood=stood)
    listing.channels.filter(pk__in=[one.pk for one in seen]).delete()
    ContactChannel.objects.bulk_create(
        ContactChannel(listing=listing, position=position, **channel) for position, channel in enumerate(told, start=1)
    )
    record(Verb.SET_CHANNELS, by=by, subject=listing, channels=len(told))
    return listing


def narrow_channels(listing: Listing) -> None:
    """No channel stays wider than the entry: what is opened again later is a decision about each."""
    widest = Level(listing.organisation.visibility)
    for channel in listing.channels.all():
        if Level(channel.visibility).width > widest.width:
            channel.visibility = widest
            channel.save(update_fields=["visibility"])


def _told(channel: dict[str, Any]) -> dict[str, Any]:
    words = {name: text.one_line(channel.get(name) or "") for name in ("note_id", "note_en")}
    value = reaching.tidied(channel["kind"], channel["value"])
    return {"kind": channel["kind"], "value": value, "visibility": Level(channel["visibility"]), **words}


def _refuse_unless_fit(told: list[dict[str, Any]], *, widest: Level, stood: set[tuple[str, str, str]]) -> None:
    problems = [problem for row, channel in enumerate(told) for problem in reaching.problems_in(channel, row=row)]
    for channel in told:
        was_there = (channel["kind"], channel["value"], channel["visibility"]) in stood
        if channel["visibility"] not in ContactChannel.LEVELS or (channel["visibility"].width > widest.width and not was_there):
            problems.append(rules.Problem("visibility", _("A contact cannot be shown to more people than the entry itself.")))
    if len(told) > MOST_CHANNELS:
        problems.append(rules.Problem("value", _("At most %(number)d contacts.") % {"number": MOST_CHANNELS}))
    findings = rules.refused([finding for channel in told for finding in reaching.findings_in(channel)])
    if problems or findings:
        raise rules.NotReady(problems, findings)
