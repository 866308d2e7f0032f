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

    def load(self, number: int, *, tell: Tell) -> dict[str, Any]:
        """Make them, and say where a measurement begins; ``tell`` hears of the number done so far."""
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(f"--{self.rows}", type=int, default=self.usual, help=f"how many there shall be in all ({self.usual})")

    def handle(self, *args: Any, **options: Any) -> None:
        wished = options[self.rows]
        if not settings.IS_DEMO:
            raise CommandError("Synthetic content is for demo mode only.")
        if not 0 <= wished <= self.most:
            raise CommandError(f"--{self.rows} must lie between 0 and {self.most}.")
        if not User.objects.filter(email=SECRETARIAT).exists():
            raise CommandError("There is no demo network yet: run seed_demo first.")
        started, told_at = time.monotonic(), 0.0

        def tell(done: int) -> None:
            nonlocal told_at
            if time.monotonic() - told_at > 10:
                told_at = time.monotonic()
                self.stderr.write(f"{done} of {wished}, {time.monotonic() - started:.0f} s")

        self.stdout.write(json.dumps(self.load(wished, tell=tell)))
