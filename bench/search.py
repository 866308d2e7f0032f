"""How long the search takes, on each engine and at each size, in one run.

    .venv/bin/python bench/search.py                                    # SQLite; 1,000, 10,000 and 100,000 practices
    .venv/bin/python bench/search.py --engines sqlite postgresql elasticsearch --sizes 1000 10000
    .venv/bin/python bench/search.py --kinds                            # the largest size by kind of question as well
    .venv/bin/python bench/search.py --here                             # this site's own index, after manage.py load_practices

PostgreSQL is taken from DATABASE_URL and Elasticsearch from ELASTICSEARCH_URL, else from var/services/env (script/services start);
each engine gets a scratch database or index, which is dropped afterwards. Synthetic texts as of ``load_practices``; every question
counts nine facets and asks for twenty answers with their excerpts, as the library does, straight at the engine: reading the rows and
drawing the page come on top (bench/pages.py). "First" is the first time that a question is asked, "processor" what it costs this process then, "again" the second time; at concurrency
8, eight threads of one process ask the same questions. The baseline is the bare full-text query that anybody would write: the words, the best
twenty, no facets, no reader.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
ENGINES = ("sqlite", "postgresql", "elasticsearch")
FACETS = {"scale": 8, "mandate": 30, "evidence": 6, "province": 38, "form": 22, "document": 4, "type": 22, "language": 2}
READER = frozenset({"publik", "jaringan:practice", "penulis:3"})
EACH = 20  # questions of a kind
SHORT_FORMS = "perdes ABK PMI PRT TPPO shelter LPSK P2MI rujukan restitusi trafficking calo sulsel NTT Jatim korban majikan".split()
QUESTIONS = (
    "bagaimana cara mendampingi keluarga korban sesudah pulang ke desa",
    "apa yang dapat dilakukan kepala desa untuk mencegah perekrutan",
    "siapa yang menjemput pekerja migran di pelabuhan",
    "how do villages keep records of people who leave for work abroad",
    "mengapa banyak calon pekerja tidak membaca kontrak sebelum berangkat",
)
Ask = Callable[[], Any]


def main() -> None:
    options = _options()
    if options.child:
        _measure(options)
        return
    _print_head()
    if options.here:
        rows = [_here()]
        _print_row(rows[0])
        _print_rest(rows, options)
        return
    rows = []
    for database in ("sqlite", "postgresql"):
        asked = [engine for engine in options.engines if engine in (database, *(("elasticsearch",) if database == "sqlite" else ()))]
        here = [engine for engine in asked if _is_here(engine)]
        if here:
            rows += _run(database, here, options)
    _print_rest(rows, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--kinds", action="store_true", help="the largest size by kind of question as well")
    parser.add_argument("--here", action="store_true", help="ask the index of this site as it is")
    parser.add_argument("--child", nargs="+", choices=ENGINES, help=argparse.SUPPRESS)
    return parser.parse_args()


# --- one process for each database; Elasticsearch is filled out of SQLite's index, and then stands in front of it


def _is_here(engine: str) -> bool:
    name = {"postgresql": "DATABASE_URL", "elasticsearch": "ELASTICSEARCH_URL"}.get(engine)
    is_here = not name or _known().get(name, "").startswith(("postgres", "http"))
    if not is_here:
        print(f"{engine}: not here, left out. script/services start brings it.", file=sys.stderr)
    return is_here


def _known() -> dict[str, str]:
    """The environment, and where script/services says that its servers are."""
    kept = Path(os.environ.get("COP_VAR", ROOT / "var")) / "services" / "env"
    lines = kept.read_text("utf-8").splitlines() if kept.exists() else []
    return {**dict(line.removeprefix("export ").split("=", 1) for line in lines if "=" in line), **os.environ}


def _run(database: str, engines: list[str], options: argparse.Namespace) -> list[dict]:
    with (
        tempfile.TemporaryDirectory(prefix="cop-bench-") as folder,
        _database(_known()["DATABASE_URL"] if database != "sqlite" else "") as url,
    ):
        environment = os.environ | {
            "COP_VAR": folder,
            "DATABASE_URL": url,
            "COP_MODE": "demo",
            "DJANGO_SETTINGS_MODULE": "cop_site.settings",
        }
        environment |= {
            "REDIS_URL": "",
            "ELASTICSEARCH_INDEX": f"bench-{os.getpid()}",
            "ELASTICSEARCH_URL": _known()["ELASTICSEARCH_URL"] if "elasticsearch" in engines else "",
        }
        command = [sys.executable, __file__, "--child", *engines, "--sizes", *map(str, sorted(options.sizes))]
        rows = []
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as child:
            for line in child.stdout:
                rows.append(json.loads(line))
                _print_row(rows[-1])
        if child.returncode:
            print(f"{database}: ended with {child.returncode}", file=sys.stderr)
    return rows


class _database:
    """A scratch database beside the named one, dropped afterwards; nothing for SQLite, whose file lies in the folder."""

    def __init__(self, url: str) -> None:
        self.url, self.name = url, f"cop_bench_{os.getpid()}"

    def __enter__(self) -> str:
        if not self.url:
            return ""
        self._do(f"CREATE DATABASE {self.name}")
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{self.name}"))

    def __exit__(self, *error: object) -> None:
        if self.url:
            self._do(f"DROP DATABASE {self.name} WITH (FORCE)")

    def _do(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


# --- in that process


def _measure(options: argparse.Namespace) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    embedded = [name for name in options.child if name != "elasticsearch"]
    done, spent, nothing = 0, 0.0, _bytes("")
    for size in options.sizes:
        spent, done = spent + _fill(done, size), size
        for name in embedded:
            print(
                json.dumps({"engine": name, "size": size, "written": spent, "bytes": _bytes(name) - nothing} | _times(_embedded(), name)),
                flush=True,
            )
        if "elasticsearch" in options.child:
            print(json.dumps(_with_elasticsearch(size)), flush=True)
    if "elasticsearch" in options.child:
        _forget_elasticsearch()


def _here() -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cop_site.settings")
    import django

    django.setup()
    from django.db import connection

    from cop_site.search.models import Entry

    name = connection.vendor
    return {"engine": name, "size": Entry.objects.count(), "written": 0, "bytes": _bytes(name)} | _times(_embedded(), name)


def _embedded() -> Any:
    """The engine of the database, with nothing kept in memory yet."""
    from django.db import connection

    from cop_site.search import engines

    engines._embedded.cache_clear()
    return engines._embedded(connection.vendor)


def _fill(done: int, size: int) -> float:
    from django.db import connection

    engine, began = _embedded(), time.perf_counter()
    for start in range(done, size, 500):
        engine.write(list(_documents(range(start + 1, min(start + 500, size) + 1))))
    spent = time.perf_counter() - began
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("VACUUM ANALYZE")  # as autovacuum would soon
    return spent


def _with_elasticsearch(size: int) -> dict[str, Any]:
    """Its index is built out of the embedded one, as after a loss; the time is that of sending."""
    from cop_site.search import engines, mirroring

    began = time.perf_counter()
    mirroring.rebuild()
    spent = time.perf_counter() - began
    engine = engines.current()
    if engine is _embedded():
        raise SystemExit("There is no Elasticsearch in front of the embedded index.")
    return {"engine": "elasticsearch", "size": size, "written": spent, "bytes": _bytes("elasticsearch")} | _times(engine, "elasticsearch")


def _forget_elasticsearch() -> None:
    from cop_site.search.engines.elastic import sending, server

    client = server.current().client
    for name in client.indices.get(index=sending.family() + "*"):
        client.indices.delete(index=name)


def _documents(numbers: range) -> Iterator[Any]:
    from cop_site.demo import mumbling
    from cop_site.search.port import Document

    for number in numbers:
        dice = random.Random(number)  # noqa: S311 - the same text for the same number, every time
        chosen = {name: tuple(dict.fromkeys(_some(dice, values))) for name, values in FACETS.items()}
        yield Document(
            kind="practice",
            pk=number,
            audiences=frozenset({"publik" if number % 5 else "jaringan:practice", f"penulis:{number % 50}"}),
            title=f"{mumbling.title(dice)} {number}",
            summary=mumbling.passage(dice, 2),
            body="\n\n".join(mumbling.passage(dice, 4) for _part in range(4)),
            keywords=" ".join(mumbling.words(dice, 12)),
            year=dice.randint(2008, 2025),
            changed_at=1_700_000_000.0 + dice.randrange(50_000_000),
            facets=chosen,
        )


def _some(dice: random.Random, values: int) -> Iterator[str]:
    weights = [1 / (rank + 2) for rank in range(values)]
    return (f"nilai-{value}" for value in dice.choices(range(values), weights=weights, k=dice.choice((1, 1, 2, 3))))


def questions() -> Iterator[tuple[str, dict[str, Any]]]:
    """Kind and question, the same ones every time."""
    from cop_site.demo import mumbling

    dice, said = random.Random(5), mumbling.vocabulary()  # noqa: S311
    for number in range(EACH):
        sentence = dice.choice(mumbling.sentences()).lower().strip(".").split()
        frequent, medium = dice.choice(said[20:200]), dice.choice(said[200:3_000])
        at = dice.randrange(len(sentence) - 1)
        cut = dice.randrange(1, max(2, len(medium) - 1))
        yield "rare word", {"text": dice.choice(said[-5_000:])}
        yield "common word", {"text": frequent}
        yield "two words", {"text": f"{medium} {frequent}"}
        yield "phrase", {"text": f'"{sentence[at]} {sentence[at + 1]}"'}
        yield "typo", {"text": medium[:cut] + medium[cut + 1 :] + " " + frequent}
        yield "short form", {"text": SHORT_FORMS[number % len(SHORT_FORMS)]}
        yield "question", {"text": QUESTIONS[number % len(QUESTIONS)] + " " + medium}
        yield "filters", {"filters": _one_of("scale", number) | _one_of("province", number), "sort": "newest"}
        yield "words, filters", {"text": f"{medium} {frequent}", "filters": _one_of("mandate", number), "year_from": 2015}
        yield "beginning", {"text": medium[: max(2, len(medium) - 2)]}


def _one_of(name: str, number: int) -> dict[str, tuple[str, ...]]:
    """A value that the facet has here."""
    from cop_site.search.models import Tally

    known = sorted(set(Tally.objects.filter(name=name).values_list("value", flat=True)))
    return {name: (known[number % len(known)],)}


def beginnings() -> Iterator[str]:
    from cop_site.demo import mumbling

    dice = random.Random(6)  # noqa: S311
    for _number in range(5 * EACH):
        title = mumbling.title(dice)
        yield title[: dice.randint(2, min(len(title), 24))].strip()


def _times(engine: Any, name: str) -> dict[str, Any]:
    from cop_site.search.port import Query

    asked = [(kind, Query(READER, facets=(*FACETS, "kind"), **more)) for kind, more in questions()]
    engine.find(Query(READER, "hangat"))  # dictionaries are read once
    began, first, processor = time.thread_time(), [], []
    for _kind, query in asked:
        first.append(_clocked(lambda query=query: engine.find(query)))
        began, processor = time.thread_time(), [*processor, (time.thread_time() - began) * 1000]
    again = [_clocked(lambda query=query: engine.find(query)) for _kind, query in asked]
    several = _together([lambda query=query: engine.find(query) for _kind, query in asked], 8)
    bare = [_clocked(_bare(name, query.text)) for _kind, query in asked[:: max(1, len(asked) // 50)] if query.text]
    typed = list(beginnings())
    suggested = [_clocked(lambda text=text: engine.complete(READER, text, 8)) for text in typed]
    by_kind = {kind: _percentiles([spent for (one, _query), spent in zip(asked, first, strict=True) if one == kind]) for kind, _q in asked}
    found = {"first": first, "processor": processor, "again": again, "eight": several, "bare": bare, "suggest": suggested}
    return {label: _percentiles(times) for label, times in found.items()} | {"kinds": by_kind}


def _clocked(ask: Ask) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def _together(asks: list[Ask], threads: int) -> list[float]:
    from django.db import connection

    def share(number: int) -> list[float]:
        connection.ensure_connection()
        times = [_clocked(ask) for ask in asks[number::threads]]
        connection.close()
        return times

    with ThreadPoolExecutor(threads) as pool:
        return [spent for times in pool.map(share, range(threads)) for spent in times]


def _percentiles(times: list[float]) -> tuple[float, float]:
    ordered = sorted(times)
    return ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


# --- the baseline


def _bare(name: str, text: str) -> Ask:
    from cop_site.search.analysis import stems

    words = stems(text)
    if name == "elasticsearch":
        return _bare_elasticsearch(text)
    if name == "sqlite":
        sql = "SELECT rowid FROM search_words WHERE search_words MATCH %s ORDER BY rank LIMIT 20"
        return lambda: _rows(sql, [" OR ".join(f'"{word}"' for word in words)])
    sql = "SELECT id FROM search_words, to_tsquery('simple', %s) q WHERE anywhere @@ q ORDER BY ts_rank(anywhere, q) DESC LIMIT 20"
    return lambda: _rows(sql, [" | ".join(words)])


def _bare_elasticsearch(text: str) -> Ask:
    from cop_site.search.engines.elastic import sending, server

    query = {"match": {"text": text}}
    return lambda: server.current().client.search(index=sending.alias("read"), query=query, size=20, source=False)


def _rows(sql: str, params: list) -> list:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _bytes(name: str) -> int:
    """What the index takes on disk."""
    from django.db import connection

    if name == "elasticsearch":
        from cop_site.search.engines.elastic import sending, server

        return server.current().client.indices.stats(index=sending.alias("read"), metric="store")["_all"]["primaries"]["store"][
            "size_in_bytes"
        ]
    if connection.vendor == "postgresql":
        sizes = _rows("SELECT pg_total_relation_size(oid) FROM pg_class WHERE relname LIKE 'search_%%' AND relkind = 'r'", [])
        return sum(size for (size,) in sizes)
    return _rows("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", [])[0][0]


# --- the table


WIDTHS = {"first": 15, "processor": 15, "again": 15, "eight": 17, "bare": 18, "suggest": 15}
TITLES = ("first", "processor", "again", "8 at once", "bare query", "suggestion")


def _print_row(row: dict) -> None:
    times = "".join(f"{f'{row[name][0]:.1f} / {row[name][1]:.1f}':>{width}}" for name, width in WIDTHS.items())
    print(f"{row['engine']:<14}{row['size']:>10,} {times}{row['written']:>10.0f} s{row['bytes'] / 1e6:>7.0f}", flush=True)


def _print_head() -> None:
    titles = "".join(f"{title:>{width}}" for title, width in zip(TITLES, WIDTHS.values(), strict=True))
    print(f"{'milliseconds, p50 / p95':<25}{titles}{'written in':>12}{'MB':>7}", flush=True)


def _print_rest(rows: list[dict], options: argparse.Namespace) -> None:
    if options.kinds:
        for row in (one for one in rows if one["size"] == max(other["size"] for other in rows)):
            print(f"\n{row['engine']}, {row['size']:,}, first time asked, p50 / p95")
            for kind, (median, late) in row["kinds"].items():
                print(f"  {kind:<16}{median:>9.1f} / {late:.1f}")
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"\n{os.cpu_count()} cores, load {load}")


if __name__ == "__main__":
    main()
