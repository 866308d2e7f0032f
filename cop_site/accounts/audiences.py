"""The levels in words: who can see a row, said to somebody who sees it. ``policy.seen_by`` is the rule these sentences tell."""

from typing import Any

from django.utils.translation import gettext as _

from . import policy
from .models import Level


def who_sees(row: Any, *, viewer: Any, kind: str) -> str:
    """One or two sentences; a circle or organisation is named only to its own people and to the author."""
    readers = {
        Level.PUBLIC: _public,
        Level.NETWORK: _network,
        Level.CIRCLE: _circle,
        Level.ORGANISATION: _organisation,
        Level.STEWARDS: _stewards,
        Level.PRIVATE: _private,
    }[Level(row.visibility)](row, viewer, kind)
    return f"{readers} {_not_yet()}" if not getattr(row, "live", True) and row.visibility != Level.PRIVATE else readers


def _public(row: Any, viewer: Any, kind: str) -> str:
    return _("Everybody, with or without an account. Search engines find it too.")


def _network(row: Any, viewer: Any, kind: str) -> str:
    """Observers and researchers read some kinds of rows (``policy.network_kinds``)."""
    readers = {role for role in ("researcher", "observer") if kind in policy.network_kinds(role)}
    if {"researcher", "observer"} <= readers:
        return _("All admitted members of the network, researchers and observers too. Not the public, and nobody who is still applying.")
    if "researcher" in readers:
        return _("All admitted members of the network, and researchers. Not observers, not the public, and nobody who is still applying.")
    return _("All admitted members of the network. Not researchers, observers or the public.")


def _circle(row: Any, viewer: Any, kind: str) -> str:
    if row.circle and _is_among(viewer, row, row.circle_id, "circles"):
        return _("Only the people of the circle “%(name)s”, until it ends.") % {"name": row.circle.name} + " " + _office()
    return _("Only the people of one circle, until it ends.") + " " + _office()


def _organisation(row: Any, viewer: Any, kind: str) -> str:
    if row.organisation and _is_among(viewer, row, row.organisation_id, "organisations"):
        return _("Only people who belong to %(name)s at present.") % {"name": row.organisation.name} + " " + _office()
    return _("Only people who belong to one organisation at present.") + " " + _office()


def _stewards(row: Any, viewer: Any, kind: str) -> str:
    return _("Moderators and the secretariat, and its author.")


def _private(row: Any, viewer: Any, kind: str) -> str:
    return _("Only its author.") + " " + _office()


def _office() -> str:
    return _("Moderators and the secretariat can open it only with a written reason, which the author is told.")


def _not_yet() -> str:
    return _("That holds once it is published. Until then only its author sees it, and reviewers among these people while it is reviewed.")


def _is_among(viewer: Any, row: Any, pk: int, of: str) -> bool:
    """Asked once per person and request, however many rows there are."""
    if not viewer.is_authenticated:
        return False
    if row.author_id == viewer.pk:
        return True
    known = viewer.__dict__.setdefault("_audiences", {})
    if of not in known:
        ids = policy.circles_of(viewer) if of == "circles" else policy.organisations_of(viewer)
        known[of] = {next(iter(one.values())) for one in ids}
    return pk in known[of]
