"""PostgreSQL's text search as the matcher of words."""

from django.db import connection
from django.db.models.expressions import RawSQL

from ..analysis import Group, Question
from ..models import EntryQuerySet
from ..scoring import Counts
from .words import STEMMED, is_among

# Columns that PostgreSQL itself keeps in step with the table. The analyser's words are ASCII letters and digits, which
# the parser of "simple" takes as they are.
_VECTOR = " || ".join(f"setweight(to_tsvector('simple', {name}), '{weight}')" for name, weight in zip(STEMMED, "ABCD", strict=True))
REMOVE = (
    "ALTER TABLE search_entry DROP COLUMN IF EXISTS words",
    "ALTER TABLE search_entry DROP COLUMN IF EXISTS titled",
)
INSTALL = (
    *REMOVE,
    f"ALTER TABLE search_entry ADD COLUMN words tsvector GENERATED ALWAYS AS ({_VECTOR}) STORED",
    "ALTER TABLE search_entry ADD COLUMN titled tsvector GENERATED ALWAYS AS (to_tsvector('simple', title_words)) STORED",
    "CREATE INDEX search_entry_words ON search_entry USING gin (words)",
    "CREATE INDEX search_entry_titled ON search_entry USING gin (titled)",
)


class PostgreSQLWords:
    """Matches through ``tsquery``. Only letters and digits of the analyser reach its query language."""

    def entries_for(self, question: Question) -> RawSQL:
        return RawSQL("SELECT id FROM search_entry WHERE words @@ %s::tsquery", [_expression(question)])

    def best(self, question: Question, among: EntryQuerySet, counts: Counts, limit: int) -> list[int]:
        """By how much of what was asked is there, the rare counting more; then by PostgreSQL's own rank."""
        visible, params = is_among(among, "held.id")
        groups = [(_any_of(group), max(counts.rarity(term.stems) for term in group.all_terms())) for group in question.groups]
        reached = " + ".join("(held.words @@ %s::tsquery)::int * %s" for _group in groups)
        with connection.cursor() as cursor:
            cursor.execute(
                f"""SELECT held.id FROM search_entry held WHERE held.words @@ %s::tsquery AND {visible}
                    ORDER BY {reached} + ts_rank('{{0.2,0.4,0.4,1.0}}', held.words, %s::tsquery) DESC, held.id LIMIT %s""",
                [_expression(question), *params, *(part for group in groups for part in group), _expression(question), limit],
            )
            return [row[0] for row in cursor.fetchall()]

    def entries_titled(self, typed: tuple[str, ...]) -> RawSQL:
        return _titled(" <-> ".join([*typed[:-1], f"{typed[-1]}:*"]))

    def entries_titled_anyhow(self, typed: tuple[str, ...]) -> RawSQL:
        return _titled(" & ".join([*typed[:-1], f"{typed[-1]}:*"]))

    def forget_deleted(self) -> None:
        """PostgreSQL's own vacuum does."""


def _titled(expression: str) -> RawSQL:
    return RawSQL("SELECT id FROM search_entry WHERE titled @@ %s::tsquery", [expression])


def _expression(question: Question) -> str:
    """The question in the language of ``tsquery``."""
    required = question.required()
    if required:
        return " & ".join(f"({' <-> '.join(stems)})" for stems in required)
    return " | ".join(_any_of(group) for group in question.groups)


def _any_of(group: Group) -> str:
    return " | ".join(dict.fromkeys(f"({' <-> '.join(term.stems)})" for term in group.all_terms()))
