"""What the embedded engine asks of a database: to match words that the analyser wrote."""

from typing import Protocol

from django.db.models.expressions import RawSQL

from ..analysis import Question
from ..models import EntryQuerySet
from ..scoring import Counts

STEMMED = ("title_stems", "keywords_stems", "summary_stems", "body_stems")


class Words(Protocol):
    """A database's full-text index over ``Entry``; it follows the table by itself."""

    def entries_for(self, question: Question) -> RawSQL:
        """Ids of entries that hold any term of the question, and all that it requires."""

    def best(self, question: Question, among: EntryQuerySet, counts: Counts, limit: int) -> list[int]:
        """Ids of the most promising ones, best first by the database's own measure."""

    def entries_titled(self, typed: tuple[str, ...]) -> RawSQL:
        """Ids of entries whose title holds these words in a row, the last one perhaps unfinished."""

    def entries_titled_anyhow(self, typed: tuple[str, ...]) -> RawSQL:
        """The same, in any order."""

    def forget_deleted(self) -> None:
        """Clear away what the index keeps of words that were deleted."""


def is_among(among: EntryQuerySet, row: str) -> tuple[str, tuple]:
    """That ``row`` of an outer query is one of ``among``, as SQL: asked of each match, not of the whole table first.

    The ORM cannot say the outer query; it says this part, and parameters stay parameters. ``row`` is ours.
    """
    sql, params = among.order_by().filter(pk=RawSQL(row, [])).values("pk").query.sql_with_params()
    return f"EXISTS ({sql})", params
