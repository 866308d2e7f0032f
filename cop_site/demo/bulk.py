"""What commands have in common that bring synthetic rows in bulk."""

import json
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cop_site.accounts.models import User

from .planting import SECRETARIAT

Tell = Callable[[int], None]


class BulkCommand(BaseCommand):
    """Brings the number of ``rows`` up to what is asked for; prints one line of JSON. Demo mode only."""

    rows = ""
    usual = most = 0
    more: dict[str, tuple[int, int]] = {}  # other numbers that can be asked for: as usual, and at most

    def load(self, number: int, *, tell: Tell, **more: int) -> dict[str, Any]:
        """Make them, and say where a measurement begins; ``tell`` hears of the number done so far."""
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        for name, (usual, _most) in {self.rows: (self.usual, self.most), **self.more}.items():
            parser.add_argument(_flag(name), type=int, default=usual, help=f"how many there shall be in all ({usual})")

    def handle(self, *args: Any, **options: Any) -> None:
        wished = options[self.rows]
        if not settings.IS_DEMO:
            raise CommandError("Synthetic content is for demo mode only.")
        more = {name: options[name] for name in self.more}
        self._check(self.rows, wished, 0, self.most)
        for name, (_usual, most) in self.more.items():
            self._check(name, more[name], 1, most)
        if not User.objects.filter(email=SECRETARIAT).exists():
            raise CommandError("There is no demo network yet: run seed_demo first.")
        started, told_at = time.monotonic(), 0.0

        def tell(done: int) -> None:
            nonlocal told_at
            if time.monotonic() - told_at > 10:
                told_at = time.monotonic()
                self.stderr.write(f"{done} of {wished}, {time.monotonic() - started:.0f} s")

        self.stdout.write(json.dumps(self.load(wished, tell=tell, **more)))

    def _check(self, name: str, number: int, least: int, most: int) -> None:
        if not least <= number <= most:
            raise CommandError(f"{_flag(name)} must lie between {least} and {most}.")


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"
