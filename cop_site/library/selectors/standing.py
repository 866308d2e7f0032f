"""What stands in the library, for new watched words to be looked for. Never a draft."""

from collections.abc import Iterator

from cop_site.accounts.models import Level
from cop_site.screening.standing import Standing

from ..models import AdaptationReport, Practice, ReadingList
from .guarding import texts_of_list, texts_on_the_shelf


def practices(after: int, most: int) -> Iterator[Standing]:
    """What readers find of them, their files included."""
    rows = Practice.objects.unscoped("read for watched words, shown to nobody").filter(live=True, held_at=None, pk__gt=after)
    for practice in rows.exclude(state=Practice.State.WITHDRAWN).exclude(visibility=Level.PRIVATE).order_by("pk")[:most]:
        yield Standing(practice, texts_on_the_shelf(practice))


def lists(after: int, most: int) -> Iterator[Standing]:
    rows = ReadingList.objects.unscoped("read for watched words, shown to nobody").filter(held_at=None, pk__gt=after)
    for reading_list in rows.exclude(visibility=Level.PRIVATE).order_by("pk")[:most]:
        yield Standing(reading_list, texts_of_list(reading_list))


def reports(after: int, most: int) -> Iterator[Standing]:
    """Reports of having tried a practice."""
    rows = AdaptationReport.objects.unscoped("read for watched words, shown to nobody").filter(held_at=None, pk__gt=after)
    for report in rows.exclude(state=AdaptationReport.State.WITHDRAWN).order_by("pk")[:most]:
        yield Standing(report, {"text": report.text})
