"""What editors wrote above the sections: read once, kept in memory for half a minute, the same for all readers."""

import time

from django.contrib.auth.models import AnonymousUser

from . import foot
from .models import SectionPage

_pages: dict[str, tuple[float, SectionPage | None]] = {}  # by section, with the moment of reading


def head_of(section: str) -> SectionPage | None:
    """The published page above a section, where there is one."""
    read_at, page = _pages.get(section, (0.0, None))
    if not read_at or time.monotonic() - read_at >= foot.KEPT_FOR:
        page = SectionPage.objects.visible_to(AnonymousUser()).select_related("picture").filter(section=section).first()
        _pages[section] = (time.monotonic(), page)
    return page


def forget() -> None:
    """Read anew next time: a page came, changed or went."""
    _pages.clear()
