"""Writes the organisations that an account may see into a JSONL or CSV file, which import_organisations reads again."""

import os
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cop_site.directory import actions, outgoing
from cop_site.directory.management.commands.import_organisations import carrier
from cop_site.directory.models import Listing


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="ends in .jsonl or .csv")
        parser.add_argument("--by", metavar="ACCOUNT", help="e-mail address of the secretariat account whose eyes count (the first one)")

    def handle(self, *args, **options):
        path, by = options["file"], carrier(options["by"])
        write = outgoing.WRITERS.get(path.suffix.lower())
        if write is None:
            raise CommandError(f"{path} must end in .jsonl or .csv.")
        listings = list(Listing.objects.visible_to(by).select_related("organisation").by_name())
        try:
            self._write(path, write(listings))
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
        actions.note_export(by=by, ending=path.suffix.lower().removeprefix("."), number=len(listings))
        self.stdout.write(f"{len(listings)} organisations written to {path}.")

    def _write(self, path, pieces):
        """All of it or nothing: a half export would be taken for a whole one."""
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.writelines(pieces)
            Path(beside).replace(path)
        finally:
            Path(beside).unlink(missing_ok=True)
