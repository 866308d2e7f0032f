"""Writes the practices and documents that an account may see into a JSONL, CSV or XLSX file, which an import reads again."""

import os
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cop_site.accounts.models import Level, Role, User
from cop_site.library import actions, policy
from cop_site.library import carrying_policy as carrying_rules
from cop_site.library.outgoing import files, sheets
from cop_site.library.selectors import carrying

KINDS = {"practice": (policy.KIND,), "document": (policy.DOCUMENT_KIND,), "all": carrying.BOTH}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="ends in .jsonl, .csv or .xlsx")
        parser.add_argument("--kind", choices=KINDS, default="all", help="practices, documents or both (all)")
        parser.add_argument("--visibility", choices=Level.values, nargs="+", default=[], help="only texts of these levels (all)")
        parser.add_argument("--by", metavar="ACCOUNT", help="e-mail address of the secretariat account whose eyes count (the first one)")

    def handle(self, *args, **options):
        path, kinds, levels = options["file"], KINDS[options["kind"]], options["visibility"]
        write = files.WRITERS.get(path.suffix.lower().removeprefix("."))
        if write is None:
            raise CommandError(f"{path} must end in .jsonl, .csv or .xlsx.")
        by = self._carrier(options["by"])
        number = carrying.to_carry(by, kinds=kinds, levels=levels).count()
        try:
            self._write(path, write(carrying.lines(by, kinds=kinds, levels=levels), kinds))
        except files.TooMany:
            raise CommandError(f"A workbook holds {sheets.MOST_RECORDS:,} texts at most; use JSONL or CSV, or --kind.") from None
        except sheets.TooLong:
            raise CommandError("One of the texts is longer than a cell of a workbook can be; use JSONL or CSV.") from None
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
        actions.note_export(by=by, ending=path.suffix.lower().removeprefix("."), number=number)
        self.stdout.write(f"{number} texts written to {path}.")

    def _carrier(self, address):
        accounts = User.objects.filter(role=Role.SECRETARIAT, is_active=True).order_by("pk")
        carrier = (User.objects.filter(email__iexact=address) if address else accounts).first()
        if carrier is None:
            raise CommandError(f"There is no account {address}." if address else "There is no secretariat account yet that could export.")
        if not carrying_rules.can_export(carrier):
            raise CommandError(f"The account {carrier.email} may not export: only the secretariat may.")
        return carrier

    def _write(self, path, pieces):
        """All of it or nothing: a half export would be taken for a whole one."""
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                for piece in pieces:
                    file.write(piece)
            Path(beside).replace(path)
        finally:
            Path(beside).unlink(missing_ok=True)
