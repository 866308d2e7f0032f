"""Words in addresses that are no organisation's."""

from .models import FormerAddress

# What stands in urls.py before the slugs; a test holds them together.
RESERVED = frozenset("matrix map chain coverage survey referral freshness desk new confirm export import mine claims".split())


def taken() -> set[str]:
    """Slugs that are given to no organisation: pages of the directory, and where merged entries stood."""
    return {*RESERVED, *FormerAddress.objects.values_list("slug", flat=True)}
