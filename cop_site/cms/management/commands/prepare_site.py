"""Brings words, regions and the home page to what the project knows; run at every start, changes nothing the second time."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from cop_site.accounts.models import User
from cop_site.cms import actions


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        call_command("load_vocabulary", stdout=self.stdout)
        actions.ensure_home(by=User.objects.system())
