"""Whether a form tells, by how long it takes, who has an account: median milliseconds for a known and an unknown address.

Runs in one process on a database of its own (SQLite in a folder that goes away), with limits off, the production hashing of passwords and
mails written to files. Known and unknown take turns, so that whatever else the machine does falls on both.

    .venv/bin/python bench/enumeration.py [--rounds 50]
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
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
from fido2.utils import websafe_encode  # noqa: E402

from cop_site.accounts.models import Invitation, User  # noqa: E402

PASSWORD = "tikar pandan empat helai"
WORDS = {"organisation_name": "Lembaga", "requested_role": "member", "reason": "Kami ingin belajar bersama.", "name": "Orang"}
KNOWN, WAITING, STEWARD = "known@people.example", "waiting@people.example", "steward@people.example"


@dataclass(frozen=True)
class Form:
    """One form that is asked about somebody; ``known`` is who has an account, ``by`` who sends it (a visitor: nobody)."""

    path: str
    told: Callable[[str], dict[str, str]]
    known: str = KNOWN
    by: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def passkey_of(email: str) -> dict[str, str]:
    """What a device might answer for the account with this address; nobody's key has signed it."""
    number = User.objects.filter(email=email).values_list("pk", flat=True).first() or 987654
    said = json.dumps({"type": "webauthn.get", "challenge": "AAAA", "origin": "http://localhost"}).encode()
    signed = {"clientDataJSON": said, "authenticatorData": bytes(37), "signature": bytes(70), "userHandle": str(number).encode()}
    key = websafe_encode(bytes(32))
    response = {name: websafe_encode(value) for name, value in signed.items()}
    return {"credential": json.dumps({"id": key, "rawId": key, "type": "public-key", "response": response})}


def sign_up(email: str) -> dict[str, str]:
    return {"email": email, "password1": PASSWORD, **WORDS}


ASKED = {
    "sign-in": Form("/accounts/login/", lambda email: {"login": email, "password": "bukan yang ini, sungguh"}),
    "sign-up": Form("/accounts/signup/", sign_up),
    # Whoever lost the mail signs up again, and it is sent once more.
    "confirmation sent again": Form("/accounts/signup/", sign_up, known=WAITING),
    "reset": Form("/accounts/password/reset/", lambda email: {"email": email}),
    "passkey": Form("/accounts/2fa/webauthn/login/", passkey_of, headers={"X-Requested-With": "XMLHttpRequest"}),
    "one more address": Form("/accounts/email/", lambda email: {"email": email, "action_add": ""}, by=STEWARD),
    "invitation": Form("/accounts/invitations/", lambda email: {"email": email, "role": "member", "language": "id"}, by=STEWARD),
}


def take(form: Form, email: str) -> tuple[float, float, int]:
    """Milliseconds by the wall, milliseconds of the processor and status of one form, sent by a browser that was never here, or has
    just signed in."""
    client, told = Client(headers={"host": "localhost"}), form.told(email)
    if form.by:
        forget_what_was_asked(form.by)
        sign_in(client, User.objects.get(email=form.by))
    client.get(form.path, headers=form.headers)
    began, worked = time.perf_counter(), time.process_time()
    answer = client.post(form.path, told)
    return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000, answer.status_code


def forget_what_was_asked(by: str) -> None:
    """Every question is a first one: an address of one's own, or one invited already, is another question."""
    EmailAddress.objects.filter(user__email=by, primary=False).delete()
    Invitation.objects.all().delete()


def sign_in(client: Client, person: User) -> None:
    """As if they had written their password a moment ago."""
    client.force_login(person, backend="cop_site.accounts.backends.PeopleBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()


def compare(form: Form, rounds: int) -> tuple[list[float], set[int]]:
    """Medians (wall of known and unknown, processor of known and unknown), and every status there was."""
    wall: dict[bool, list[float]] = {True: [], False: []}
    processor: dict[bool, list[float]] = {True: [], False: []}
    statuses = set()
    for number in range(rounds):
        for is_known in (True, False) if number % 2 else (False, True):
            took, worked, status = take(form, form.known if is_known else f"unknown{number}-{time.time_ns()}@people.example")
            wall[is_known].append(took)
            processor[is_known].append(worked)
            statuses.add(status)
    return [statistics.median(spent[is_known]) for spent in (wall, processor) for is_known in (True, False)], statuses


def people() -> None:
    """Who has an account, who has signed up and not confirmed, and who asks from inside."""
    for email, role, is_confirmed in ((KNOWN, "member", True), (WAITING, "applicant", False), (STEWARD, "secretariat", True)):
        person = User.objects.create_user(email, "Orang", PASSWORD, role=role)
        EmailAddress.objects.create(user=person, email=person.email, verified=is_confirmed, primary=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=50)
    rounds = parser.parse_args().rounds
    call_command("migrate", verbosity=0)
    people()
    for form in ASKED.values():
        compare(form, 3)
    print(f"ms, median of {rounds}; load {os.getloadavg()[0]:.1f}")
    print(f"{'form':26}{'known':>9}{'unknown':>9}{'apart':>7} | processor {'known':>7}{'unknown':>9}{'apart':>7}  status")
    for name, form in ASKED.items():
        (known, unknown, work, other_work), statuses = compare(form, rounds)
        by_the_wall = f"{known:9.1f}{unknown:9.1f}{abs(known - unknown):7.1f}"
        print(f"{name:26}{by_the_wall} | {work:17.1f}{other_work:9.1f}{abs(work - other_work):7.1f}  {sorted(statuses)}", flush=True)


if __name__ == "__main__":
    main()
