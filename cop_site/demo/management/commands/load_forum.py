"""Synthetic public forums in bulk with members who sign in, for measurements; prints one line of JSON. Demo mode only."""

from django.core.management.base import CommandError

from cop_site.demo import talking
from cop_site.demo.bulk import BulkCommand


class Command(BulkCommand):
    help = __doc__
    rows, usual, most = "posts", 100_000, 1_000_000
    more = {"forums": (10, 90), "topics": (2_000, 90_000), "members": (2_000, 90_000), "hot_topic_posts": (1_000, 100_000)}

    def load(self, number, *, tell, **more):
        numbers = talking.Numbers(posts=number, **more)
        if problem := numbers.problem():
            raise CommandError(problem)
        return talking.load(numbers, tell=tell)
