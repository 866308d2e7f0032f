"""The official channels, which every page shows to someone in danger."""

from typing import Any

from django.http import HttpRequest

from . import selectors


def official_channels(request: HttpRequest) -> dict[str, Any]:
    """A channel shows its number only once somebody checked it: the template asks ``is_verified``."""
    return {"official_channels": selectors.official_channels}
