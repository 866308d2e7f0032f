"""Synthetic public practices in bulk, for measurements; prints one line of JSON. Demo mode only."""

from cop_site.demo import loading
from cop_site.demo.bulk import BulkCommand


class Command(BulkCommand):
    help = __doc__
    rows, usual, most = "practices", 100_000, 1_000_000

    def load(self, number, *, tell):
        return loading.load(number, tell=tell)
