"""Synthetic public organisations in bulk, for measurements; prints one line of JSON. Demo mode only."""

from cop_site.demo import listing
from cop_site.demo.bulk import BulkCommand


class Command(BulkCommand):
    help = __doc__
    rows, usual, most = "organisations", 5_000, 100_000

    def load(self, number, *, tell):
        return listing.load(number, tell=tell)
