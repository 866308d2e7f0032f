"""What the embedded engine asks of a database: to match words that the analyser wrote."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from django.db.models import F
from django.db.models.expressions import Combinable, RawSQL

STEMMED = ("title_stems", "keywords_stems", "summary_stems", "body_stems")

# Where a term may stand -> the columns that are looked at.
ANYWHERE, ABOUT, TITLE, TITLED, TITLED_ANYHOW = "anywhere", "about", "title", "titled", "titled anyhow"
COLUMNS = {ANYWHERE: STEMMED, ABOUT: STEMMED[:3], TITLE: STEMMED[:1]}


class Wanted(NamedTuple):
    """Words that must follow one another somewhere: stems, or for a title (``TITLED``) words as written, the last unfinished."""

    words: tuple[str, ...]
    where: str = ANYWHERE


class Words(Protocol):
    """A database's full-text index over ``Entry``; it follows the table by itself."""

    titles: F | Combinable  # what sorts by title, letter by letter, from an index

    def holding(self, ranges: Sequence[tuple[Wanted, int, int]]) -> list[Iterable[int]]:
        """For each term, of the entries with ids from the first number to the last, how far behind the first those lie that hold it."""

    def list_of(self, pks: Iterable[int]) -> RawSQL:
        """A list of ids to look in; one parameter, however many they are."""

    def forget_deleted(self) -> None:
        """Clear away what the index keeps of words that were deleted."""
