"""Whether the journal is what it was."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cop_site.activity import sealing


class Command(BaseCommand):
    help = "audit verify: reads the whole journal and says where an entry was changed or removed. audit head: the newest seal, to be written down."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify", "head"])
        parser.add_argument("--head", default="", help="a seal that was written down before, like 1234:ab12…")

    def handle(self, *, what: str, head: str, **_options: Any) -> None:
        while sealing.seal_waiting():
            pass
        newest = sealing.head()
        if what == "verify":
            faults = list(sealing.verify(head))
            for fault in faults:
                self.stdout.write(str(fault))
            if faults:
                raise CommandError(f"The journal does not hold in {len(faults)} places.")
            self.stdout.write("The journal is what it was.")
        self.stdout.write(f"Head: {newest or 'nothing has happened yet'}")
