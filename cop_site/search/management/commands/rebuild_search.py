"""Build the whole search index anew, without a moment in which search finds nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cop_site.search.indexing import MIRROR_FAILURES, rebuild, rebuild_mirror


class Command(BaseCommand):
    help = "Build the whole search index anew, without a moment in which search finds nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        for kind, count in rebuild().items():
            self.stdout.write(f"{kind}: {count}")
        self.stdout.write("The search index is rebuilt.")
        try:
            is_mirrored = rebuild_mirror(self._tell)
        except MIRROR_FAILURES as error:
            raise CommandError(f"Elasticsearch does not take it ({type(error).__name__}). The runner tries again by itself.") from None
        if is_mirrored:
            self.stdout.write("The index in Elasticsearch is rebuilt.")

    def _tell(self, done: int, total: int) -> None:
        self.stdout.write(f"Elasticsearch: {done} of {total}")
        self.stdout.flush()
