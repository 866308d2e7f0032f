"""PostgreSQL's text search as the matcher of words."""

import struct
from collections.abc import Iterable, Sequence
from itertools import pairwise

from django.db import connection
from django.db.models.expressions import RawSQL
from django.db.models.functions import Collate

from .words import ABOUT, ANYWHERE, COLUMNS, STEMMED, TITLE, TITLED, TITLED_ANYHOW, Wanted

# A table beside the entries, so narrow that the few pages of it are soon looked at: the vectors lie outside of its rows, and
# only phrases read them. A trigger keeps it in step. The analyser's words are ASCII letters and digits, which the
# parser of "simple" takes as they are.
_VECTORS = {
    "anywhere": " || ".join(f"to_tsvector('simple', new.{name})" for name in COLUMNS[ANYWHERE]),
    "about": " || ".join(f"to_tsvector('simple', new.{name})" for name in COLUMNS[ABOUT]),
    "title": "to_tsvector('simple', new.title_stems)",
    "titled": "to_tsvector('simple', new.title_words)",
    "pairs": f"search_pairs({', '.join(f'new.{name}' for name in STEMMED)})",
}
_NAMES = ", ".join(_VECTORS)
_COLUMN = {ANYWHERE: "anywhere", ABOUT: "about", TITLE: "title", TITLED: "titled", TITLED_ANYHOW: "titled"}
BY_TITLE = 'CREATE INDEX IF NOT EXISTS search_entry_by_title ON search_entry (title_words COLLATE "C", id)'
REMOVE = (
    "DROP INDEX IF EXISTS search_entry_by_title",
    "DROP TRIGGER IF EXISTS search_entry_put ON search_entry",
    "DROP TRIGGER IF EXISTS search_entry_drop ON search_entry",
    "DROP TRIGGER IF EXISTS search_entry_drop_all ON search_entry",
    "DROP FUNCTION IF EXISTS search_put()",
    "DROP FUNCTION IF EXISTS search_drop()",
    "DROP FUNCTION IF EXISTS search_held(text, tsquery, tsquery, bigint, bigint)",
    "DROP TABLE IF EXISTS search_words",
    "DROP FUNCTION IF EXISTS search_pairs(text[])",
    "ALTER TABLE search_entry DROP COLUMN IF EXISTS words",  # as it was kept before
    "ALTER TABLE search_entry DROP COLUMN IF EXISTS titled",
)
INSTALL = (
    *REMOVE,
    """CREATE FUNCTION search_pairs(VARIADIC fields text[]) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
        SELECT array_to_tsvector(coalesce(array_agg(DISTINCT word || '_' || next), '{}')) FROM (
            SELECT word, lead(word) OVER (PARTITION BY field ORDER BY place) AS next FROM unnest(fields) WITH ORDINALITY AS f(said, field),
            unnest(string_to_array(said, ' ')) WITH ORDINALITY AS w(word, place)) AS follow WHERE next <> '' AND word <> '' $$""",
    f"""CREATE TABLE search_words (id bigint PRIMARY KEY,
        {", ".join(f"{name} tsvector NOT NULL" for name in _VECTORS)}) WITH (toast_tuple_target = 128)""",
    *(f"ALTER TABLE search_words ALTER COLUMN {name} SET STORAGE EXTERNAL" for name in _VECTORS),
    f"INSERT INTO search_words SELECT new.id, {', '.join(_VECTORS.values())} FROM search_entry new",
    *(f"CREATE INDEX search_words_{name} ON search_words USING gin ({name}) WITH (gin_pending_list_limit = 512)" for name in _VECTORS),
    f"""CREATE FUNCTION search_put() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO search_words (id, {_NAMES}) VALUES (new.id, {", ".join(_VECTORS.values())})
        ON CONFLICT (id) DO UPDATE SET ({_NAMES}) = ROW ({", ".join(f"excluded.{name}" for name in _VECTORS)});
        RETURN NULL; END $$""",
    """CREATE FUNCTION search_drop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'TRUNCATE' THEN TRUNCATE search_words; ELSE DELETE FROM search_words WHERE id = old.id; END IF;
        RETURN NULL; END $$""",
    f"""CREATE TRIGGER search_entry_put AFTER INSERT OR UPDATE OF {", ".join((*STEMMED, "title_words"))} ON search_entry
        FOR EACH ROW EXECUTE FUNCTION search_put()""",
    "CREATE TRIGGER search_entry_drop AFTER DELETE ON search_entry FOR EACH ROW EXECUTE FUNCTION search_drop()",
    "CREATE TRIGGER search_entry_drop_all AFTER TRUNCATE ON search_entry FOR EACH STATEMENT EXECUTE FUNCTION search_drop()",
    # The planner does not know what it costs to read vectors, and would read all of them; "id + 0" keeps it from the ids' index.
    """CREATE FUNCTION search_held(place text, wanted tsquery, follow tsquery, first bigint, last bigint) RETURNS bytea
        LANGUAGE plpgsql STABLE SET enable_seqscan = off SET jit = off AS $$ DECLARE held bytea; BEGIN
        EXECUTE $q$ SELECT string_agg(int4send((id - $3)::int4), ''::bytea) FROM search_words WHERE ($1 IS NULL OR $q$
            || quote_ident(place) || $q$ @@ $1) AND ($2 IS NULL OR pairs @@ $2) AND id + 0 BETWEEN $3 AND $4 $q$
            INTO held USING wanted, follow, first, last;
        RETURN held; END $$""",
    BY_TITLE,
)

_HELD = "SELECT %s, search_held(%s, %s::tsquery, %s::tsquery, %s, %s)"


class PostgreSQLWords:
    """Matches through ``tsquery``. Only letters and digits of the analyser reach its query language."""

    titles = Collate("title_words", "C")

    def holding(self, ranges: Sequence[tuple[Wanted, int, int]]) -> list[Iterable[int]]:
        """One statement; each set comes as four bytes for each entry, which are read faster than rows."""
        found: list[Iterable[int]] = [()] * len(ranges)
        parts = [(place, _COLUMN[wanted.where], *_expressions(wanted), first, last) for place, (wanted, first, last) in enumerate(ranges)]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join([_HELD] * len(parts)), [value for part in parts for value in part])
            for place, kept in cursor.fetchall():
                found[place] = struct.unpack(f">{len(kept or b'') // 4}i", bytes(kept or b""))
        return found

    def list_of(self, pks: Iterable[int]) -> RawSQL:
        return RawSQL("SELECT unnest(%s::bigint[])", [list(pks)])

    def forget_deleted(self) -> None:
        """PostgreSQL's own vacuum does."""


def _expressions(wanted: Wanted) -> tuple[str | None, str | None]:
    """The term in the language of ``tsquery``: words, and pairs of them where they must follow one another."""
    words = wanted.words
    if wanted.where in {TITLED, TITLED_ANYHOW}:
        return (" <-> " if wanted.where == TITLED else " & ").join([*words[:-1], f"{words[-1]}:*"]), None
    pairs = " & ".join(f"{first}_{second}" for first, second in pairwise(words)) or None
    is_pair = len(words) == 2 and wanted.where == ANYWHERE
    return None if is_pair else " <-> ".join(words), pairs
