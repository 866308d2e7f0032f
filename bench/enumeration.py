"""Whether a form tells, by how long it takes, who has an account: median milliseconds for a known and an unknown address.

Runs in one process on a database of its own (SQLite in a folder that goes away), with limits off, the production hashing of passwords and
mails written to files. Known and unknown take turns, so that whatever else the machine does falls on both.

    .venv/bin/python bench/enumeration.py [--rounds 50]
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ |= {"DJANGO_SETTINGS_MODULE": "cop_site.settings", "COP_MODE": "demo", "RATE_LIMITS": "off"}
os.environ["COP_VAR"] = tempfile.mkdtemp(prefix="cop-enumeration-")
os.environ.pop("DATABASE_URL", None)

import django  # noqa: E402

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from cop_site.accounts.models import User  # noqa: E402

PASSWORD = "tikar pandan empat helai"
WORDS = {"organisation_name": "Lembaga", "requested_role": "member", "reason": "Kami ingin belajar bersama.", "name": "Orang"}
ASKED = {
    "sign-in": lambda email: ("/accounts/login/", {"login": email, "password": "bukan yang ini, sungguh"}),
    "sign-up": lambda email: ("/accounts/signup/", {"email": email, "password1": PASSWORD, **WORDS}),
    "reset": lambda email: ("/accounts/password/reset/", {"email": email}),
}


def take(path: str, told: dict[str, str]) -> tuple[float, int]:
    """Milliseconds and status of one form, sent by a browser that was never here."""
    client = Client(headers={"host": "localhost"})
    client.get(path)
    began = time.perf_counter()
    answer = client.post(path, told)
    return (time.perf_counter() - began) * 1000, answer.status_code


def compare(ask: Callable[[str], tuple[str, dict[str, str]]], rounds: int) -> tuple[float, float, set[int]]:
    spent: dict[bool, list[float]] = {True: [], False: []}
    statuses = set()
    for number in range(rounds):
        for is_known in (True, False) if number % 2 else (False, True):
            moment, status = take(*ask(f"{'known' if is_known else f'unknown{number}-{time.time_ns()}'}@people.example"))
            spent[is_known].append(moment)
            statuses.add(status)
    return statistics.median(spent[True]), statistics.median(spent[False]), statuses


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=50)
    rounds = parser.parse_args().rounds
    call_command("migrate", verbosity=0)
    person = User.objects.create_user("known@people.example", "Orang", PASSWORD, role="member")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    for ask in ASKED.values():
        compare(ask, 3)
    print(f"{'form':10}{'known':>10}{'unknown':>10}{'apart':>10}  ms, median of {rounds}; status")
    for name, ask in ASKED.items():
        known, unknown, statuses = compare(ask, rounds)
        print(f"{name:10}{known:10.1f}{unknown:10.1f}{abs(known - unknown):10.1f}  {sorted(statuses)}")


if __name__ == "__main__":
    main()
