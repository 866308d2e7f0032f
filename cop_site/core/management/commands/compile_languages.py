"""Compiles the translations that changed (.po to .mo); script/server does this by itself."""

from django.conf import settings
from django.core.management.base import BaseCommand

from cop_site.core.languages import compile_catalogues


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def handle(self, *args, **options):
        for catalogue in compile_catalogues(settings.LOCALE_PATHS):
            self.stdout.write(f"Compiled {catalogue}")
