"""Brings in organisations from a JSONL or CSV file, line by line; run again it updates by slug or name. Nobody is listed who asked not to be."""

from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.utils import translation

from cop_site.accounts.carrying import REFUSED, BringsIn, carrier
from cop_site.accounts.models import Level
from cop_site.core.records.refusing import Refused
from cop_site.directory import actions, importing, policy, rules
from cop_site.directory.importing import Outcome

NOT_PUBLIC = " (for the network: who may read it without an account is decided by a safety reviewer)"


class Command(BringsIn):
    help = __doc__
    would = {Outcome.CREATED: "would create", Outcome.UPDATED: "would update"}

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="JSONL; CSV where the name ends so")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument("--by", metavar="ACCOUNT", help="e-mail address of the secretariat account that imports (the first one)")

    def handle(self, *args, **options):
        self.by, self.is_dry, self.met = carrier(options["by"], may=policy.can_carry), options["dry_run"], {}
        self.bring_all_in(options["file"], importing.lines_of(options["file"]))

    @translation.override("en")
    def bring_in(self, line):
        try:
            if line.refused:
                raise line.refused
            told = importing.record_of(line.told)
            organisation = importing.organisation_of(told)
            self._refuse_twice(organisation, told, line.place)
            outcome = importing.weigh(organisation, told)
            listing = None if self.is_dry else actions.bring_in(by=self.by, told=told)
        except (Refused, rules.NotReady, PermissionDenied) as why:
            self.stdout.write(f"{line.place}: {REFUSED}: {self._reason(why)}")
            return REFUSED
        known = listing.organisation if listing else organisation
        self.met |= {("pk", known.pk): line.place} if known else {}
        is_held_back = told.visibility == Level.PUBLIC and (known is None or known.visibility != Level.PUBLIC)
        whom = known.slug if known else told.slug or told.name
        self.stdout.write(f"{line.place}: {self.called(outcome)} {whom}{NOT_PUBLIC if is_held_back else ''}")
        return outcome

    def _refuse_twice(self, organisation, told, place):
        """Which of two lines about one organisation is right nobody knows."""
        keys = [("slug", told.slug)] if told.slug else [("name", told.name.casefold())]
        keys += [("pk", organisation.pk)] if organisation else []
        if first := next((self.met[key] for key in keys if key in self.met), ""):
            raise Refused("%(said)s stands in %(place)s already", said=repr(told.slug or told.name), place=first)
        self.met |= dict.fromkeys(keys, place)

    def _reason(self, why):
        if isinstance(why, PermissionDenied):
            return f"the account {self.by.email} may not do this"
        return why.messages[0] if isinstance(why, rules.NotReady) else str(why)
