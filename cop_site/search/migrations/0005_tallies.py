"""Tallies of the entries that are there, an index by title, and PostgreSQL's words in a table of their own."""

import secrets
from collections import defaultdict
from typing import Any

from django.db import migrations, models

from cop_site.search.engines import postgresql, sqlite

_STATEMENTS = {"sqlite": (sqlite.BY_TITLE,), "postgresql": postgresql.INSTALL}
BLOCK = 8_192
AUDIENCE = "@"


def install(apps: Any, schema_editor: Any) -> None:
    for statement in _STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def tally(apps: Any, schema_editor: Any) -> None:
    """A block at a time, so that memory does not grow with the site."""
    entries, tallies, blocks = (apps.get_model("search", name).objects for name in ("Entry", "Tally", "Block"))
    last = entries.aggregate(models.Max("pk"))["pk__max"] or -1
    for number in range(last // BLOCK + 1):
        bits: dict[tuple[str, str], int] = defaultdict(int)
        for name, value, pk in _marks(apps, number):
            bits[name, value] |= 1 << pk % BLOCK
        if bits:
            tallies.bulk_create(
                tallies.model(block=number, name=name, value=value, bits=held.to_bytes((held.bit_length() + 7) // 8, "little"))
                for (name, value), held in bits.items()
            )
            blocks.create(number=number, state=secrets.token_hex(8))


def _marks(apps: Any, number: int) -> Any:
    within = {"entry__gte": number * BLOCK, "entry__lt": (number + 1) * BLOCK}
    audiences = apps.get_model("search", "EntryAudience").objects.filter(**within)
    yield from ((AUDIENCE, audience, pk) for audience, pk in audiences.values_list("audience", "entry"))
    yield from apps.get_model("search", "EntryFacet").objects.filter(**within).values_list("name", "value", "entry")


class Migration(migrations.Migration):
    dependencies = [("search", "0004_unsent")]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("block", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=30)),
                ("value", models.CharField(max_length=80)),
                ("bits", models.BinaryField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("block", "name", "value"), name="once_per_block_and_value")],
            },
        ),
        migrations.CreateModel(
            name="Block",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("state", models.CharField(max_length=16)),
            ],
        ),
        migrations.AddIndex("SaidWord", models.Index(fields=["word", "audience"], name="said_word_by_word")),
        migrations.RunPython(install, migrations.RunPython.noop),
        migrations.RunPython(tally, migrations.RunPython.noop),
    ]
