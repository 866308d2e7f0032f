"""The database's own index over the entries' words: FTS5 in SQLite, text vectors in PostgreSQL."""

from typing import Any

from django.db import migrations

from cop_site.search.engines import postgresql, sqlite

_STATEMENTS = {"sqlite": (sqlite.INSTALL, sqlite.REMOVE), "postgresql": (postgresql.INSTALL, postgresql.REMOVE)}


def install(apps: Any, schema_editor: Any) -> None:
    for statement in _STATEMENTS[schema_editor.connection.vendor][0]:
        schema_editor.execute(statement)


def remove(apps: Any, schema_editor: Any) -> None:
    for statement in _STATEMENTS[schema_editor.connection.vendor][1]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
