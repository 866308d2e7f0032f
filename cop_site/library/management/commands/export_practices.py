"""Writes the practices and documents that an account may see into a JSONL, CSV or XLSX file, which an import reads again."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cop_site.accounts.carrying import carrier
from cop_site.accounts.models import Level
from cop_site.core.records.writing import write_whole
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
        by = carrier(options["by"], may=carrying_rules.can_export)
        number = carrying.to_carry(by, kinds=kinds, levels=levels).count()
        try:
            write_whole(path, write(carrying.lines(by, kinds=kinds, levels=levels), kinds))
        except files.TooMany:
            raise CommandError(f"A workbook holds {sheets.MOST_RECORDS:,} texts at most; use JSONL or CSV, or --kind.") from None
        except sheets.TooLong:
            raise CommandError("One of the texts is longer than a cell of a workbook can be; use JSONL or CSV.") from None
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
        actions.note_export(by=by, ending=path.suffix.lower().removeprefix("."), number=number)
        self.stdout.write(f"{number} texts written to {path}.")
