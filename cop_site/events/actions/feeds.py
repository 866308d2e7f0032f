"""The address of a calendar of one's own: its word is shown once and kept as a digest."""

from secrets import token_urlsafe

from cop_site.accounts.models import User
from cop_site.activity.deeds import deed
from cop_site.core.access import require

from .. import policy
from ..models import CalendarFeed


@deed
def open_feed(*, by: User, word: str) -> CalendarFeed:
    """Let a calendar read one's events under ``word``; an earlier one leads nowhere any more."""
    require(policy.can_feed(by))
    feed, _is_new = CalendarFeed.objects.update_or_create(person=by, defaults={"digest": CalendarFeed.digest_of(word)})
    return feed


@deed
def close_feed(*, by: User) -> None:
    """Nobody reads one's events any more under the address that was given."""
    CalendarFeed.objects.filter(person=by).delete()


def new_word() -> str:
    return token_urlsafe(32)
