"""Brings the state up to date: languages, database, vocabularies, pages, demo content. Does only what is not done yet."""

import hashlib
import io
import json
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DEMO_ADDRESS = "@demo.example"
DEMO_CONTENT = ("cop_site/demo/**/*.py", "cop_site/demo/**/*.json", "cop_site/demo/**/*.md")


def prepare() -> None:
    """Make everything ready to serve, saying what takes time."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cop_site.settings")
    compile_languages()
    import django

    django.setup()
    from django.conf import settings
    from django.db import connections

    (settings.VAR / "mode").write_text(f"{settings.COP_MODE}\n")  # settings/demo.py refuses a real site's folder
    if settings.COP_MODE == "production":
        refuse_demo_accounts()
    is_new = migrate()
    load_vocabulary(settings.VAR / "prepared.json", is_new=is_new)
    give_pages(settings.VAR / "prepared.json", is_new=is_new)
    if settings.IS_DEMO:
        seed(settings.VAR / "prepared.json")
    connections.close_all()


def compile_languages() -> None:
    """Before Django starts: it would remember the old words."""
    from cop_site.core.languages import compile_catalogues

    compile_catalogues([ROOT / "locale"])


def refuse_demo_accounts() -> None:
    """The passwords of demo accounts are public."""
    from django.contrib.auth import get_user_model
    from django.db import connection

    User = get_user_model()
    if User._meta.db_table not in connection.introspection.table_names():
        return
    if User._base_manager.filter(email__iendswith=DEMO_ADDRESS).exists():
        sys.exit(
            f"COP_MODE: production refuses this database: it holds demo accounts (…{DEMO_ADDRESS}), whose password is public. "
            "Point DATABASE_URL or COP_VAR at a database of its own."
        )


def migrate() -> bool:
    """Migrate where something waits; says whether it did."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    step("Migrating the database", call_command, "migrate", interactive=False, verbosity=0)
    return True


def load_vocabulary(stamps: Path, *, is_new: bool) -> None:
    """Terms, regions and channels, where the project changed them."""
    from django.core.management import call_command

    wanted = mark("cop_site/vocabulary/**/*.py", "cop_site/vocabulary/data/*")
    if is_new or stamp(stamps, "vocabulary") != wanted:
        step("Loading vocabularies and regions", call_command, "load_vocabulary", verbosity=0, stdout=io.StringIO())
        set_stamp(stamps, "vocabulary", wanted)


def give_pages(stamps: Path, *, is_new: bool) -> None:
    """The home page and those below it, where the project has one that this site was never given."""
    from django.core.management import call_command

    wanted = mark("cop_site/cms/*.py", "cop_site/cms/data/*", "cop_site/cms/models/*.py")
    if is_new or stamp(stamps, "pages") != wanted:
        step("Preparing the pages", call_command, "prepare_site", verbosity=0, stdout=io.StringIO())
        set_stamp(stamps, "pages", wanted)


def seed(stamps: Path) -> None:
    """The demo network, where this database does not have it as it is now."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    wanted = mark(*DEMO_CONTENT)
    is_there = get_user_model()._base_manager.filter(email=f"secretariat{DEMO_ADDRESS}").exists()
    if not is_there or stamp(stamps, "demo") != wanted:
        step("Filling the site with demo content", call_command, "seed_demo", verbosity=0, stdout=io.StringIO())
        set_stamp(stamps, "demo", wanted)


def mark(*patterns: str) -> str:
    """A name for this database and for what is loaded into it: another database, or other content, is another mark."""
    from django.db.migrations.recorder import MigrationRecorder

    born = MigrationRecorder.Migration.objects.order_by("pk").values_list("applied", flat=True).first()
    content = hashlib.sha256(f"{born:%Y-%m-%dT%H:%M:%S.%f}".encode())
    for path in sorted(path for pattern in patterns for path in ROOT.glob(pattern)):
        content.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return content.hexdigest()


def stamp(stamps: Path, name: str) -> str:
    """What was loaded last."""
    return json.loads(stamps.read_text()).get(name, "") if stamps.exists() else ""


def set_stamp(stamps: Path, name: str, value: str) -> None:
    kept = json.loads(stamps.read_text()) if stamps.exists() else {}
    half = stamps.with_suffix(".half")
    half.write_text(json.dumps(kept | {name: value}, indent=1))
    half.replace(stamps)


def step(what: str, work, *args, **options) -> None:
    """Say what is being done, do it, and say how long it took."""
    print(f"{what} …", end=" ", flush=True)
    began = time.monotonic()
    work(*args, **options)
    print(f"{time.monotonic() - began:.1f} s", flush=True)


if __name__ == "__main__":
    prepare()
