"""What is new in a saved search since its owner looked or was told."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, QuerySet

from cop_site.directory.models import Listing
from cop_site.search import saved
from cop_site.search.models import SavedSearch
from cop_site.search.port import Shown

from ..models import Look, Notification, Watch

LOOKED_EVERY = timedelta(hours=1)


def whose_turn_it_is(at: datetime) -> QuerySet[SavedSearch]:
    """Searches that were not asked for an hour, the longest waiting first, without those muted or told of and not opened."""
    muted = Watch.objects.muted().filter(saved_search=OuterRef("pk"))
    told = Notification.objects.filter(saved_search=OuterRef("pk"), seen_at=None)
    asked = Look.objects.filter(saved_search=OuterRef("pk"), at__gt=at - LOOKED_EVERY)
    searches = SavedSearch.objects.exclude(Exists(muted)).exclude(Exists(told)).exclude(Exists(asked))
    return searches.select_related("owner").order_by(F("look__at").asc(nulls_first=True), "pk")


def has_news(search: SavedSearch, *, viewer: Any, before: datetime) -> bool:
    """Whether anything answers a search for ``viewer`` that did not when she looked, or was told ``before``, the last time."""
    told = Notification.objects.filter(saved_search=search, created_at__lt=before).aggregate(at=Max("created_at"))["at"]
    since = max(search.looked_at, told) if told else search.looked_at
    return any(_is_news(hit, since) for hit in saved.new_in(search, viewer=viewer, since=since))


def _is_news(hit: Shown, since: datetime) -> bool:
    """An entry of the directory that was merely confirmed is fresh, not new."""
    return not isinstance(hit.row, Listing) or hit.row.changed_at > since
