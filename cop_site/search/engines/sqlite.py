"""SQLite's FTS5 as the matcher of words."""

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models.expressions import RawSQL

from ..analysis import Question
from ..models import EntryQuerySet
from ..scoring import FIELDS, Counts
from .words import STEMMED, is_among

PAGES_A_STEP = 500
_COLUMNS = (*STEMMED, "title_words")
_NAMES = ", ".join(_COLUMNS)


def _values(row: str) -> str:
    return ", ".join(f"{row}.{name}" for name in _COLUMNS)


# An index without text of its own, which triggers keep in step with the table. Whoever changes the table in a later
# migration must run these again: SQLite makes such a table anew, and its triggers are lost with the old one.
INSTALL = (
    "DROP TABLE IF EXISTS search_words",
    f"""CREATE VIRTUAL TABLE search_words USING fts5({_NAMES}, content='search_entry', content_rowid='id',
        tokenize='unicode61 remove_diacritics 0', prefix='2 3')""",
    "DROP TRIGGER IF EXISTS search_entry_in",
    f"""CREATE TRIGGER search_entry_in AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_words(rowid, {_NAMES}) VALUES (new.id, {_values("new")}); END""",
    "DROP TRIGGER IF EXISTS search_entry_out",
    f"""CREATE TRIGGER search_entry_out AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_words(search_words, rowid, {_NAMES}) VALUES ('delete', old.id, {_values("old")}); END""",
    "DROP TRIGGER IF EXISTS search_entry_changed",
    f"""CREATE TRIGGER search_entry_changed AFTER UPDATE OF {_NAMES} ON search_entry BEGIN
        INSERT INTO search_words(search_words, rowid, {_NAMES}) VALUES ('delete', old.id, {_values("old")});
        INSERT INTO search_words(rowid, {_NAMES}) VALUES (new.id, {_values("new")}); END""",
    "INSERT INTO search_words(search_words) VALUES ('rebuild')",
)
REMOVE = (
    "DROP TRIGGER IF EXISTS search_entry_in",
    "DROP TRIGGER IF EXISTS search_entry_out",
    "DROP TRIGGER IF EXISTS search_entry_changed",
    "DROP TABLE IF EXISTS search_words",
)


class SQLiteWords:
    """Matches through FTS5. Only letters and digits of the analyser reach its query language, each word in quotes."""

    def entries_for(self, question: Question) -> RawSQL:
        return RawSQL("SELECT rowid FROM search_words WHERE search_words MATCH %s", [_expression(question)])

    def best(self, question: Question, among: EntryQuerySet, counts: Counts, limit: int) -> list[int]:
        visible, params = is_among(among, "search_words.rowid")
        weights = ", ".join(str(weight) for weight, _usual in FIELDS.values())
        with connection.cursor() as cursor:
            cursor.execute(
                f"""SELECT rowid FROM search_words WHERE search_words MATCH %s AND {visible}
                    ORDER BY bm25(search_words, {weights}, 0.0), rowid LIMIT %s""",
                [_expression(question), *params, limit],
            )
            return [row[0] for row in cursor.fetchall()]

    def entries_titled(self, typed: tuple[str, ...]) -> RawSQL:
        return _titled(f'"{" ".join(typed)}" *')

    def entries_titled_anyhow(self, typed: tuple[str, ...]) -> RawSQL:
        return _titled(" AND ".join([*(f'"{word}"' for word in typed[:-1]), f'"{typed[-1]}" *']))

    def forget_deleted(self) -> None:
        """Merge all pieces of the index into one: only then a deleted word stands in none. In steps, so that no writer waits long."""
        pages = -PAGES_A_STEP  # the first step says that everything is to be merged
        while _merge(pages) > 1:
            pages = PAGES_A_STEP


def _merge(pages: int) -> int:
    """One step; says how much it changed: less than two when there is nothing left to merge."""
    with transaction.atomic(), connection.cursor() as cursor:
        before = connection.connection.total_changes
        cursor.execute("INSERT INTO search_words(search_words, rank) VALUES ('merge', %s)", [pages])
        return connection.connection.total_changes - before


def _titled(expression: str) -> RawSQL:
    return RawSQL("SELECT rowid FROM search_words WHERE search_words MATCH %s", [f"title_words : ({expression})"])


def _expression(question: Question) -> str:
    """The question in FTS5's language."""
    required = question.required()
    wanted = required or dict.fromkeys(term.stems for term in question.all_terms())
    return "{" + " ".join(STEMMED) + "} : (" + (" AND " if required else " OR ").join(_quoted(wanted)) + ")"


def _quoted(phrases: Iterable[tuple[str, ...]]) -> list[str]:
    return [f'"{" ".join(stems)}"' for stems in phrases]
