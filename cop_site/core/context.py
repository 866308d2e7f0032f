"""What every page knows of the site and of its reader's wishes."""

from functools import cache, partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from . import menu, wishes


def site(request: HttpRequest) -> dict[str, Any]:
    """Names and switches of the face; sections and menu are asked for only by templates that draw them."""
    return {
        "site_name": settings.SITE_NAME,
        "quick_exit_url": settings.QUICK_EXIT_URL,
        "is_demo": settings.IS_DEMO,
        "theme": wishes.wish(request, wishes.THEME),
        "zone": wishes.zone_of(request),
        "zones": wishes.CHOICES[wishes.ZONE],
        "escape_leaves": wishes.wish(request, wishes.ESCAPE) != "off",
        "data_saver": request.headers.get("Save-Data", "").lower() == "on",
        "sections": cache(partial(menu.sections_for, request)),
        "menu_entries": cache(partial(menu.entries_for, request)),
    }
