"""The official channels, which every page shows to someone in danger."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest

from .models import OfficialChannel


class _Channels:
    """Read when a page draws them, once, however often it does."""

    @cached_property
    def rows(self) -> list[OfficialChannel]:
        return list(OfficialChannel.objects.all())

    def __call__(self) -> list[OfficialChannel]:
        return self.rows


def official_channels(request: HttpRequest) -> dict[str, Any]:
    """A channel shows its number only once somebody checked it: the template asks ``is_verified``."""
    return {"official_channels": _Channels()}
