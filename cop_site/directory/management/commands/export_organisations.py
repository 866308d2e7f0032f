"""Writes the organisations that an account may see into a JSONL or CSV file, which import_organisations reads again."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cop_site.accounts.carrying import carrier
from cop_site.core.records.writing import write_whole
from cop_site.directory import actions, outgoing, policy
from cop_site.directory.models import Listing


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="ends in .jsonl or .csv")
        parser.add_argument("--by", metavar="ACCOUNT", help="e-mail address of the secretariat account whose eyes count (the first one)")

    def handle(self, *args, **options):
        path, by = options["file"], carrier(options["by"], may=policy.can_carry)
        write = outgoing.WRITERS.get(path.suffix.lower())
        if write is None:
            raise CommandError(f"{path} must end in .jsonl or .csv.")
        listings = list(Listing.objects.visible_to(by).select_related("organisation").by_name())
        try:
            write_whole(path, map(str.encode, write(listings)))
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
        actions.note_export(by=by, ending=path.suffix.lower().removeprefix("."), number=len(listings))
        self.stdout.write(f"{len(listings)} organisations written to {path}.")
