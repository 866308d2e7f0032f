"""How code asks a policy: a refused deed stops here."""

from django.core.exceptions import PermissionDenied


def require(allowed: bool) -> None:
    """Go on only if a policy said yes; else the deed ends in a 403 and leaves no trace."""
    if not allowed:
        raise PermissionDenied
