"""What a page costs: processor milliseconds and database queries per request, by kind of page.

Runs in one process against the database of this clone (``script/server`` seeds it), signed in as demo people. Processor
time counts all threads of the process, so nothing hides in a thread. A trivial view in the same run is the baseline.

    .venv/bin/python bench/pages.py [--rounds 30]
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

from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from cop_site.library.models import Practice  # noqa: E402

BASELINE = "/healthz"


def client_of(address: str) -> Client:
    client = Client(headers={"host": "localhost"})
    if address:
        person = get_user_model().objects.get(email=address)
        client.force_login(person, backend="cop_site.accounts.backends.PeopleBackend")
    return client


def measure(client: Client, path: str, rounds: int) -> tuple[float, float, int, int, int]:
    """Median and 95th percentile of processor milliseconds, queries, bytes, status."""
    for _ in range(3):
        client.get(path)
    spent = []
    for _ in range(rounds):
        began = time.process_time()
        response = client.get(path)
        spent.append((time.process_time() - began) * 1000)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    spent.sort()
    return statistics.median(spent), spent[int(len(spent) * 0.95) - 1], len(queries), len(response.content), response.status_code


def pages() -> list[tuple[str, str, str]]:
    """Name, who asks (an address, or nobody), path."""
    slug = Practice.objects.unscoped("a sample for measuring").filter(live=True, visibility="publik").values_list("slug", flat=True)[0]
    member, reviewer = "member@demo.example", "reviewer@demo.example"
    return [
        ("baseline", "", BASELINE),
        ("home", "", "/"),
        ("home, member", member, "/"),
        ("library list", "", "/library/"),
        ("library list, member", member, "/library/"),
        ("library list, filtered", "", "/library/?scale=desa-kelurahan&mandate=migrasi-aman"),
        ("library list, words", "", "/library/?q=peraturan+desa"),
        ("practice", "", f"/library/{slug}/"),
        ("practice, member", member, f"/library/{slug}/"),
        *directory_pages(member),
        ("search", "", "/search/?q=pekerja+migran"),
        ("api search", "", "/api/v1/search?q=pekerja+migran"),
        ("api suggest", "", "/api/v1/suggest?q=per"),
        ("share form", member, "/library/share/"),
        ("share form, full", member, "/library/share/?as=full"),
        ("share form, document", member, "/library/share/?as=document"),
        ("my texts", member, "/library/mine/"),
        ("review desk", reviewer, "/library/review/"),
        ("applications", "secretariat@demo.example", "/accounts/applications/"),
        ("sign-in", "", "/accounts/login/"),
    ]


def directory_pages(member: str) -> list[tuple[str, str, str]]:
    return [
        ("directory list", "", "/directory/"),
        ("directory list, page 50", "", "/directory/?page=50"),
        ("directory list, filtered", "", "/directory/?scale=provinsi&mandate=bantuan-hukum"),
        ("directory list, member", member, "/directory/"),
        ("matrix by scale", "", "/directory/matrix/?by=scale"),
        ("matrix by province", "", "/directory/matrix/?by=province"),
        ("map", "", "/directory/map/"),
        ("referral sheet", "", "/directory/referral/?province=53"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    rounds = parser.parse_args().rounds
    print(f"{'page':<26}{'status':>7}{'cpu ms p50':>12}{'p95':>8}{'queries':>9}{'bytes':>9}{'x baseline':>12}")
    base = None
    for name, who, path in pages():
        median, late, queries, size, status = measure(client_of(who), path, rounds)
        base = base or median
        print(f"{name:<26}{status:>7}{median:>12.2f}{late:>8.2f}{queries:>9}{size:>9}{median / base:>12.1f}")


if __name__ == "__main__":
    main()
