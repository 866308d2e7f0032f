"""Brings in practices and documents from a JSONL, CSV or XLSX file, line by line; run again it updates by id. docs/import.md tells the keys."""

from pathlib import Path

from cop_site.accounts.carrying import REFUSED, BringsIn, carrier
from cop_site.accounts.models import Level
from cop_site.core.records.reading import Line
from cop_site.core.records.refusing import Refused
from cop_site.library import actions
from cop_site.library import carrying_policy as policy
from cop_site.library.importing.content import Record, record_of
from cop_site.library.importing.opening import lines_of
from cop_site.library.importing.weighing import Outcome, Weighed, Wish, row_of, weigh
from cop_site.library.models import Practice
from cop_site.library.selectors import bringing


class Command(BringsIn):
    help = __doc__
    would = {Outcome.CREATED: "would create", Outcome.UPDATED: "would update", Outcome.HELD: "would hold"}

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="JSONL; CSV or XLSX where the name ends so")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument("--diff", action="store_true", help="with --dry-run: field by field what a changed line would change")
        parser.add_argument("--publish", action="store_true", help="put them on the shelf; for publik, your recorded safety approval")
        levels = [level for level in Level.values if level not in {Level.CIRCLE, Level.ORGANISATION}]
        parser.add_argument("--visibility", choices=levels, default=Level.NETWORK, help="for lines that name none (jaringan)")
        parser.add_argument("--by", metavar="ACCOUNT", help="e-mail address of the secretariat account that imports (the first one)")

    def handle(self, *args, **options):
        self.by, self.is_dry, self.met = carrier(options["by"], may=policy.can_import), options["dry_run"], {}
        self.wish = Wish(options["publish"], options["visibility"])
        self.shows_diff = self.is_dry and options["diff"]
        self.bring_all_in(options["file"], lines_of(options["file"]))

    def bring_in(self, line: Line) -> str:
        try:
            if line.refused:
                raise line.refused
            told = record_of(line.told)
            if first := self.met.get(told.external_id):
                raise Refused("id %(said)s stands in %(place)s already", said=repr(told.external_id), place=first)
            self.met[told.external_id] = line.place
            weighed = weigh(row_of(told.external_id), told, self.wish)
            if not self.is_dry:
                actions.import_practice(by=self.by, told=told, wish=self.wish)
        except Refused as why:
            self.stdout.write(f"{line.place}: {REFUSED}: {why}")
            return REFUSED
        self.stdout.write(f"{line.place}: {self._what(weighed, told.external_id)}")
        if self.shows_diff and weighed.outcome == Outcome.UPDATED:
            self._tell_changes(told)
        return weighed.outcome

    def _tell_changes(self, told: Record) -> None:
        """What stands here and what the line says, as far as the importer may see it."""
        row = Practice.objects.visible_to(self.by).filter(external_id=told.external_id).first()
        for change in bringing.changes_of(row, told) if row else []:
            self.stdout.write(f"  {change.label}")
            for sign, parts in (("-", change.before), ("+", change.after)):
                for words in "".join(part.words for part in parts).splitlines():
                    self.stdout.write(f"  {sign} {words}")

    def _what(self, weighed: Weighed, external_id: str) -> str:
        done = self.called(weighed.outcome)
        if weighed.outcome == Outcome.HELD:
            return f"{done} {external_id} as a private draft: {', '.join(weighed.types)}"
        return f"{done} {external_id}" + (f" (warned: {', '.join(weighed.warned)})" if weighed.warned else "")
