"""Commands that carry files in and out: whose account they act as, and how a file is brought in line by line."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cop_site.activity.runner import run_pending
from cop_site.core.records.reading import Line
from cop_site.core.records.refusing import Unreadable

from .models import Role, User

REFUSED = "refused"


def carrier(address: str | None, *, may: Callable[[Any], bool]) -> User:
    """The account with this address, or the first of the secretariat; a ``CommandError`` where it is not there or may not."""
    accounts = User.objects.filter(role=Role.SECRETARIAT, is_active=True).order_by("pk")
    found = (User.objects.filter(email__iexact=address) if address else accounts).first()
    if found is None:
        raise CommandError(f"There is no account {address}." if address else "There is no secretariat account yet.")
    if not may(found):
        raise CommandError(f"The account {found.email} may not do this: only the secretariat may.")
    return found


class BringsIn(BaseCommand):
    """Does what each line of a file asks, or only says what it would do, and says at the end how often it did what.

    ``handle`` sets ``by`` and ``is_dry``.
    """

    would: Mapping[str, str] = {}  # what a dry run calls an outcome
    by: User
    is_dry: bool

    def bring_in(self, line: Line) -> str:
        """Do what one line asks, say so, and return what was done."""
        raise NotImplementedError

    def bring_all_in(self, file: Path, lines: Iterable[Line]) -> None:
        done: Counter[str] = Counter()
        try:
            for line in lines:
                done[self.bring_in(line)] += 1
        except Unreadable as why:
            raise CommandError(f"{file} {why}") from None
        while not self.is_dry and run_pending():
            pass  # search, pages and API answer with what came in
        self._sum_up(file, done)

    def called(self, outcome: str) -> str:
        """What was done with a line, or would be."""
        return self.would.get(outcome, outcome) if self.is_dry else outcome

    def _sum_up(self, file: Path, done: Counter[str]) -> None:
        if not done:
            raise CommandError(f"{file} holds no lines.")
        parts = [f"{number} {self.called(what)}" for what, number in sorted(done.items())]
        self.stdout.write(f"{done.total()} lines: {', '.join(parts)}.")
        if set(done) == {REFUSED}:
            raise CommandError("Nothing was brought in: every line was refused.")
