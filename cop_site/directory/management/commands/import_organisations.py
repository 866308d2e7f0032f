"""Brings in organisations from a JSONL or CSV file, line by line; run again it updates by slug or name. Nobody is listed who asked not to be."""

from collections import Counter
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from cop_site.accounts.models import Level, Role, User
from cop_site.activity.runner import run_pending
from cop_site.core.records.refusing import Refused, Unreadable
from cop_site.directory import actions, importing, policy, rules
from cop_site.directory.importing import Outcome

DRY = {Outcome.CREATED: "would create", Outcome.UPDATED: "would update"}
REFUSED = "refused"
NOT_PUBLIC = " (for the network: who may read it without an account is decided by a safety reviewer)"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="JSONL; CSV where the name ends so")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument("--by", metavar="ACCOUNT", help="e-mail address of the secretariat account that imports (the first one)")

    def handle(self, *args, **options):
        self.by, self.is_dry = carrier(options["by"]), options["dry_run"]
        self.met, done = {}, Counter()
        with translation.override("en"):
            try:
                for line in importing.lines_of(options["file"]):
                    done[self._bring_in(line)] += 1
            except Unreadable as why:
                raise CommandError(f"{options['file']} {why}") from None
        while not self.is_dry and run_pending():
            pass  # search and pages answer with what came in
        self._sum_up(options["file"], done)

    def _bring_in(self, line):
        """Do what one line asks, say so, and return what was done."""
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
        done = DRY.get(outcome, outcome) if self.is_dry else outcome
        is_held_back = told.visibility == Level.PUBLIC and (known is None or known.visibility != Level.PUBLIC)
        self.stdout.write(f"{line.place}: {done} {known.slug if known else told.slug or told.name}{NOT_PUBLIC if is_held_back else ''}")
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

    def _sum_up(self, file, done):
        if not done:
            raise CommandError(f"{file} holds no lines.")
        parts = [f"{number} {DRY.get(what, what) if self.is_dry else what}" for what, number in sorted(done.items())]
        self.stdout.write(f"{done.total()} lines: {', '.join(parts)}.")
        if set(done) == {REFUSED}:
            raise CommandError("Nothing was brought in: every line was refused.")


def carrier(address):
    """The secretariat's account that carries files."""
    accounts = User.objects.filter(role=Role.SECRETARIAT, is_active=True).order_by("pk")
    found = (User.objects.filter(email__iexact=address) if address else accounts).first()
    if found is None:
        raise CommandError(f"There is no account {address}." if address else "There is no secretariat account yet.")
    if not policy.can_carry(found):
        raise CommandError(f"The account {found.email} may not do this: only the secretariat may.")
    return found
