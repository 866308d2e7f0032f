"""Sets up a real site that has no secretariat: a new code for the page /setup/, or the first steward right here."""

import sys
from getpass import getpass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from cop_site.accounts import first_run
from cop_site.accounts.entry import actions, links
from cop_site.accounts.entry.forms import NewcomerForm
from cop_site.accounts.models import Role, User


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", default="", help="address of the first steward")
        parser.add_argument("--name", default="", help="their name, as members see it")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.IS_DEMO:
            raise CommandError("A demo has its accounts already. Set COP_MODE=production for a real site.")
        if not first_run.is_open():
            raise CommandError("This site has its secretariat already. Further people are invited at /accounts/invitations/.")
        for check in first_run.checks():
            self.stdout.write(f"{check.name}: {check.words}")
        email = options["email"] or self._address()
        if not email:
            return
        validate_email(email)
        name = options["name"] or self._ask("Name of the first steward: ")
        self._open(email, name, getpass("Password (empty: make a link instead): ") if sys.stdin.isatty() else "")

    def _address(self) -> str:
        """The address, where somebody sits at the terminal; a code for the page in any case."""
        self.stdout.write(f"\nOpen {settings.SITE_URL}/setup/ and type this code there: {first_run.make_code()}")
        self.stdout.write("It holds for 24 hours, for ten tries, and once. The codes before have ended.\n")
        return self._ask("Or go on here. E-mail of the first steward (empty: the page): ")

    def _ask(self, question: str) -> str:
        return input(question).strip() if sys.stdin.isatty() else ""

    def _open(self, email: str, name: str, password: str) -> None:
        system = User.objects.system()
        if not password:
            invitation = actions.invite_person(by=system, email=email, role=Role.SECRETARIAT)
            self.stdout.write(f"The first steward chooses name and password here, within seven days:\n{links.address_of(invitation)}")
            return
        form = NewcomerForm({"name": name, "password": password}, email=email)
        if not form.is_valid():
            raise CommandError(" ".join(str(wrong) for wrongs in form.errors.values() for wrong in wrongs))
        actions.open_site(by=system, email=email, **form.cleaned_data)
        self.stdout.write(f"The site is open. Sign in: {settings.SITE_URL}/accounts/login/")
