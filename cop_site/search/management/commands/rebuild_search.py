"""Build the whole search index anew, without a moment in which search finds nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from cop_site.search.indexing import rebuild


class Command(BaseCommand):
    help = "Build the whole search index anew, without a moment in which search finds nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        for kind, count in rebuild().items():
            self.stdout.write(f"{kind}: {count}")
        self.stdout.write("The search index is rebuilt.")
