"""SQLite's FTS5 as the matcher of words."""

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence

from django.db import connection, transaction
from django.db.models import F
from django.db.models.expressions import RawSQL

from .words import COLUMNS, STEMMED, TITLED, TITLED_ANYHOW, Wanted

PAGES_A_STEP = 500
MOST_SELECTS = 400  # SQLite takes 500 in one statement
# Ids travel as letters: the first behind the letters that cannot stand alone, and as many as there are.
_FIRST_LETTER, _LETTERS = 0x10000, 0x100000
_ONE_LESS = bytes((value - 1) % 256 for value in range(256))
_HOLDING = """SELECT %s, %s, group_concat(char(rowid - %s), '') FROM search_words
    WHERE search_words MATCH %s AND rowid BETWEEN %s AND %s"""
_COLUMNS = (*STEMMED, "title_words")
_NAMES = ", ".join(_COLUMNS)


def _values(row: str) -> str:
    return ", ".join(f"{row}.{name}" for name in _COLUMNS)


BY_TITLE = "CREATE INDEX IF NOT EXISTS search_entry_by_title ON search_entry (title_words, id)"
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
    BY_TITLE,
)
REMOVE = (
    "DROP TRIGGER IF EXISTS search_entry_in",
    "DROP TRIGGER IF EXISTS search_entry_out",
    "DROP TRIGGER IF EXISTS search_entry_changed",
    "DROP TABLE IF EXISTS search_words",
    "DROP INDEX IF EXISTS search_entry_by_title",
)


class SQLiteWords:
    """Matches through FTS5. Only letters and digits of the analyser reach its query language, each word in quotes."""

    titles = F("title_words")

    def holding(self, ranges: Sequence[tuple[Wanted, int, int]]) -> list[Iterable[int]]:
        """One statement; each set comes as one string, which is read several times faster than a row for each entry."""
        found: list[array] = [array("I") for _one in ranges]
        parts = [(place, *part) for place, asked in enumerate(ranges) for part in _windows(*asked)]
        with connection.cursor() as cursor:
            for start in range(0, len(parts), MOST_SELECTS):
                some = parts[start : start + MOST_SELECTS]
                cursor.execute(" UNION ALL ".join([_HOLDING] * len(some)), [value for part in some for value in part])
                for place, behind, letters in cursor.fetchall():
                    offsets = _numbers(letters or "")
                    found[place].extend(offset + behind for offset in offsets) if behind else found[place].extend(offsets)
        return found

    def list_of(self, pks: Iterable[int]) -> RawSQL:
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(pks))])

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


def _windows(wanted: Wanted, first: int, last: int) -> Iterator[tuple[int, int, str, int, int]]:
    """What ``_HOLDING`` needs: as many ids at once as there are letters."""
    for start in range(first, last + 1, _LETTERS):
        yield start - first, start - _FIRST_LETTER, _expression(wanted), start, min(last, start + _LETTERS - 1)


def _numbers(letters: str) -> array:
    """How far each letter lies behind the first: all at once, since a loop would take longer than the database."""
    code = bytearray(letters.encode("utf-32-le"))
    code[2::4] = code[2::4].translate(_ONE_LESS)  # the third byte of 0x10000
    return array("I", bytes(code))


def _expression(wanted: Wanted) -> str:
    """The term in FTS5's language."""
    words = wanted.words
    if wanted.where == TITLED:
        return f'title_words : ("{" ".join(words)}" *)'
    if wanted.where == TITLED_ANYHOW:
        return "title_words : (" + " AND ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}" *']) + ")"
    return "{" + " ".join(COLUMNS[wanted.where]) + '} : "' + " ".join(words) + '"'
