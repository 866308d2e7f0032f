"""What harvesting and exporting cost: processor time for each record of a part of OAI-PMH, and for a list of 2,000 texts.

Makes its rows in a transaction on the database of this clone, and leaves nothing behind.

    .venv/bin/python bench/harvest.py [--rows 2000] [--rounds 5]
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cop_site.settings")

import django  # noqa: E402

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from cop_site.library.models import Practice  # noqa: E402
from cop_site.search import indexing  # noqa: E402

WORDS = "warga desa menyusun catatan bersama relawan setiap pekan untuk mencegah penipuan lowongan kerja di luar negeri "


def make(rows: int) -> None:
    """Public texts of an ordinary length, and their index."""
    now = timezone.now()
    Practice.objects.bulk_create(
        Practice(
            slug=f"ukur-{number}",
            title=f"Praktik {number} tentang migrasi aman di desa",
            summary=WORDS * 4,
            problem=WORDS * 10,
            results=WORDS * 10,
            mandate=["migrasi-aman", "pencegahan-edukasi"],
            service_scale=["desa-kelurahan"],
            provinces=["33"],
            document_kind="praktik-baik",
            visibility="publik",
            live=True,
            state="published",
            was_public_at=now,
            shelf_changed_at=now,
            first_published_at=now,
        )
        for number in range(rows)
    )
    indexing.rebuild()


def measure(client: Client, path: str, rounds: int) -> tuple[float, int, int]:
    """Median processor milliseconds, queries and bytes."""
    spent = []
    for _ in range(rounds):
        began = time.process_time()
        size = len(client.get(path).getvalue())
        spent.append((time.process_time() - began) * 1000)
    with CaptureQueriesContext(connection) as queries:
        client.get(path).getvalue()
    return statistics.median(spent), len(queries), size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    client = Client(headers={"host": "localhost"})
    answers = [("OAI, a part of 100 records", "/oai?verb=ListRecords&metadataPrefix=oai_dc", 100)]
    answers += [("OAI, 100 headers of a set", "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc&set=mandate:migrasi-aman", 100)]
    answers += [(f"export, {ending}", f"/library/?export={ending}", min(chosen.rows, 2000)) for ending in ("bib", "ris", "csv", "json")]
    answers += [("feed of 50", "/feeds/library.atom", 50)]
    with transaction.atomic():
        make(chosen.rows)
        print(f"{'answer':<28}{'cpu ms':>9}{'ms each':>9}{'queries':>9}{'bytes':>10}")
        for name, path, records in answers:
            spent, queries, size = measure(client, path, chosen.rounds)
            print(f"{name:<28}{spent:>9.1f}{spent / records:>9.3f}{queries:>9}{size:>10}")
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
