"""Judge the search by the sample collection: ask every query, write a run file, score it.

    .venv/bin/python bench/judge_search.py                     # in process: the documents in a scratch SQLite database
    .venv/bin/python bench/judge_search.py --database postgresql://…/scratch   # the same in a scratch PostgreSQL
    .venv/bin/python bench/judge_search.py --elasticsearch http://127.0.0.1:59200   # the same asked of an Elasticsearch
    .venv/bin/python bench/judge_search.py --site http://localhost:8000   # through /api/v1/search of a running site,
                                                # after: manage.py import_practices … --publish --visibility publik
    .venv/bin/python bench/judge_search.py --retype 1 2 3 4 5   # every query typed again in three ways, for each of these seeds:
                                                # what a slip, another affix, another word of the files cost

Rows of a site that are not of the collection are left out of the run: nobody has judged them (``--strict`` counts them as
wrong answers). ``--collection`` names another folder of the same form, ``--run`` keeps the run file.
"""

import argparse
import atexit
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from random import Random
from types import ModuleType
from urllib.parse import urlencode
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
COLLECTION = ROOT / "tests/data/search_dev"
DEPTH = 20

_IDS: dict[int, str] = {}  # of documents, by the number under which they are written

Ask = Callable[[str], list[str]]


def main() -> None:
    options = _options()
    ask = _through_site(options.site) if options.site else _in_process(options.collection, options.database, options.elasticsearch)
    judged = {row["id"] for row in _rows(options.collection / "docs.jsonl")}
    queries = _rows(options.collection / "queries.jsonl")
    if options.retype:
        _retype(options, ask, judged)
        return
    answers = {one["id"]: [name for name in ask(one["text"]) if options.strict or name in judged] for one in queries}
    lines = [f"{query}\t{rank}\t{name}" for query, names in answers.items() for rank, name in enumerate(names[:DEPTH], 1)]
    run = options.run or Path(tempfile.mkstemp(suffix=".tsv")[1])
    run.write_text("\n".join(lines) + "\n", "utf-8")
    scored = [sys.executable, str(COLLECTION / "eval.py"), str(run), "--dir", str(options.collection)]
    subprocess.run([*scored, *(["--per-query"] if options.per_query else [])], check=True)
    if not options.site:
        _print_completions(queries, _judge().load(options.collection)[2])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site")
    parser.add_argument("--database", default="")
    parser.add_argument("--elasticsearch", default="")
    parser.add_argument("--collection", type=Path, default=COLLECTION)
    parser.add_argument("--run", type=Path)
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--per-query", action="store_true")
    parser.add_argument("--retype", type=int, nargs="+", metavar="SEED")
    return parser.parse_args()


def _retype(options: argparse.Namespace, ask: Ask, judged: set[str]) -> None:
    """nDCG@10 of all queries as they are and typed again, by way and type; queries that a way cannot change are not counted in it."""
    from retyping import WAYS, retyped

    judge = _judge()
    queries, _docs, grades = judge.load(options.collection)
    was, now = defaultdict(lambda: defaultdict(list)), defaultdict(lambda: defaultdict(list))

    def worth(query: dict, text: str) -> float:
        return judge.score([name for name in ask(text) if options.strict or name in judged][:DEPTH], grades[query["id"]])[0]

    plain = {query["id"]: worth(query, query["text"]) for query in queries}
    for seed in options.retype:
        for way in WAYS:
            for query in queries:
                text = retyped(query["text"], way, Random(f"{seed} {way} {query['id']}"))  # noqa: S311 - a seeded trial
                if text is None or (way != "typo" and query["type"] == "autocomplete"):
                    continue
                points = worth(query, text)
                for group in (query["type"], "ALL" if query["type"] != "autocomplete" else ""):
                    was[way][group].append(plain[query["id"]])
                    now[way][group].append(points)
                if options.per_query and points < plain[query["id"]] - 0.05:
                    print(f"{seed}\t{way}\t{plain[query['id']]:.3f} -> {points:.3f}\t{query['text']}  =>  {text}")
    _print_retyped(was, now)


def _print_completions(queries: list[dict], grades: dict[str, dict[str, int]]) -> None:
    """Titles suggested while typing, as they are typed and with a slip."""
    from retyping import retyped

    from cop_site.search import engines

    judge, engine = _judge(), engines.current()
    beginnings = [query for query in queries if query["type"] == "autocomplete"]
    for name, seeds in (("as typed", (0,)), ("with a slip", range(1, 6))):
        ranks = []
        for query in beginnings:
            for seed in seeds:
                text = retyped(query["text"], "typo", Random(f"{seed} {query['id']}")) if seed else query["text"]  # noqa: S311
                hits = engine.complete(frozenset({"publik"}), text or query["text"], 10)
                ranks.append(judge.score([_IDS[hit.pk] for hit in hits], grades[query["id"]])[1])
        if ranks:
            print(f"suggestions {name}: MRR@10 {sum(ranks) / len(ranks):.3f} over {len(ranks)}")


def _print_retyped(was: dict, now: dict) -> None:
    print(f"{'way':<10}{'type':<16}{'n':>5}{'as it was':>11}{'retyped':>10}{'drop':>8}")
    for way, groups in now.items():
        for group in [*(name for name in groups if name not in {"ALL", ""}), "ALL"]:
            before, after = (sum(all_of[way][group]) / len(all_of[way][group]) for all_of in (was, now))
            print(f"{way:<10}{group:<16}{len(groups[group]):>5}{before:>11.3f}{after:>10.3f}{before - after:>8.3f}")


def _judge() -> ModuleType:
    spec = importlib.util.spec_from_file_location("eval", COLLECTION / "eval.py")
    assert spec is not None
    assert spec.loader is not None
    judge = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(judge)
    return judge


def _rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _through_site(site: str) -> Ask:
    def ask(text: str) -> list[str]:
        address = f"{site.rstrip('/')}/api/v1/search?{urlencode({'q': text, 'size': 100})}"
        with urlopen(address, timeout=30) as answer:  # noqa: S310 - the address is the caller's own
            return [one["external_id"] or f"row-{one['id']}" for one in json.load(answer)["results"]]

    return ask


def _in_process(collection: Path, database: str, elasticsearch: str = "") -> Ask:
    scratch_site(database, elasticsearch)
    from cop_site.search import engines
    from cop_site.search.port import Query

    engine = engines.current()
    _IDS.update(enumerate((row["id"] for row in _rows(collection / "docs.jsonl")), 1))
    engine.remove("practice", engine.keys("practice"))
    engine.write(_documents(collection))
    if elasticsearch:
        _fill_elasticsearch()
    return lambda text: [hit.external_id for hit in engine.find(Query(frozenset({"publik"}), text, size=DEPTH)).hits]


def _fill_elasticsearch() -> None:
    """An index of its own, gone at the end. Whatever the server does not answer well is an error here, not the embedded engine's turn."""
    from cop_site.search import mirroring
    from cop_site.search.engines.elastic import sending, server

    asked = server.current()
    mirroring.rebuild()
    asked.asked = lambda ask, instead: ask()
    asked.client = asked.patient
    atexit.register(lambda: asked.patient.indices.delete(index=list(asked.patient.indices.get(index=f"{sending.family()}*"))))


def scratch_site(database: str, elasticsearch: str = "") -> None:
    """The search app alone, in an empty database."""
    import django
    import environ
    from django.conf import settings
    from django.core.management import call_command

    url = database or f"sqlite:///{tempfile.mkdtemp()}/search.sqlite3"
    settings.configure(
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "cop_site.search"],
        DATABASES={"default": environ.Env.db_url_config(url)},
        ELASTICSEARCH_URL=elasticsearch,
        ELASTICSEARCH_INDEX="judge",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()
    call_command("migrate", verbosity=0)


def _documents(collection: Path) -> list:
    """The sample as documents, with the names of places as keywords, as the library writes them."""
    from cop_site.search.port import Document

    return [
        Document(
            kind="practice",
            pk=number,
            audiences=frozenset({"publik"}),
            title=row["title"],
            summary=row.get("summary", ""),
            body=row.get("body", ""),
            keywords=" \n".join(filter(None, (row.get("province"), row.get("regency"), row.get("organisation")))),
            language=row["language"],
            external_id=row["id"],
            year=row.get("year"),
        )
        for number, row in enumerate(_rows(collection / "docs.jsonl"), 1)
    ]


if __name__ == "__main__":
    main()
