"""Judge the search by the sample collection: ask every query, write a run file, score it.

    .venv/bin/python bench/judge_search.py                     # in process: the documents in a scratch SQLite database
    .venv/bin/python bench/judge_search.py --database postgresql://…/scratch   # the same in a scratch PostgreSQL
    .venv/bin/python bench/judge_search.py --site http://localhost:8000   # through /api/v1/search of a running site,
                                                # after: manage.py import_practices … --publish --visibility publik

Rows of a site that are not of the collection are left out of the run: nobody has judged them (``--strict`` counts them as
wrong answers). ``--collection`` names another folder of the same form, ``--run`` keeps the run file.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
COLLECTION = ROOT / "tests/data/search_dev"
DEPTH = 20

Ask = Callable[[str], list[str]]


def main() -> None:
    options = _options()
    ask = _through_site(options.site) if options.site else _in_process(options.collection, options.database)
    judged = {row["id"] for row in _rows(options.collection / "docs.jsonl")}
    queries = _rows(options.collection / "queries.jsonl")
    answers = {one["id"]: [name for name in ask(one["text"]) if options.strict or name in judged] for one in queries}
    lines = [f"{query}\t{rank}\t{name}" for query, names in answers.items() for rank, name in enumerate(names[:DEPTH], 1)]
    run = options.run or Path(tempfile.mkstemp(suffix=".tsv")[1])
    run.write_text("\n".join(lines) + "\n", "utf-8")
    scored = [sys.executable, str(options.collection / "eval.py"), str(run)]
    subprocess.run([*scored, *(["--per-query"] if options.per_query else [])], check=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site")
    parser.add_argument("--database", default="")
    parser.add_argument("--collection", type=Path, default=COLLECTION)
    parser.add_argument("--run", type=Path)
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--per-query", action="store_true")
    return parser.parse_args()


def _rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _through_site(site: str) -> Ask:
    def ask(text: str) -> list[str]:
        address = f"{site.rstrip('/')}/api/v1/search?{urlencode({'q': text, 'size': 100})}"
        with urlopen(address, timeout=30) as answer:  # noqa: S310 - the address is the caller's own
            return [one["external_id"] or f"row-{one['id']}" for one in json.load(answer)["results"]]

    return ask


def _in_process(collection: Path, database: str) -> Ask:
    _scratch_site(database)
    from cop_site.search import engines
    from cop_site.search.port import Query

    engine = engines.current()
    engine.remove("practice", engine.keys("practice"))
    engine.write(_documents(collection))
    return lambda text: [hit.external_id for hit in engine.find(Query(frozenset({"publik"}), text, size=DEPTH)).hits]


def _scratch_site(database: str) -> None:
    """The search app alone, in an empty database."""
    import django
    import environ
    from django.conf import settings
    from django.core.management import call_command

    url = database or f"sqlite:///{tempfile.mkdtemp()}/search.sqlite3"
    settings.configure(
        INSTALLED_APPS=["cop_site.search"],
        DATABASES={"default": environ.Env.db_url_config(url)},
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
