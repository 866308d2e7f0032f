"""Loads terms, regions and official channels; run again it changes only what the project changed."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

from cop_site.vocabulary import actions
from cop_site.vocabulary.models import Province, Regency, Term


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        actions.load_vocabulary(by=get_user_model().objects.system())
        self.stdout.write(f"{Term.objects.count()} terms, {Province.objects.count()} provinces, {Regency.objects.count()} regencies.")
