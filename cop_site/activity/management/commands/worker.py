"""Delivers what follows from deeds and runs timed jobs until it is told to stop."""

import signal

from django.core.management.base import BaseCommand

from cop_site.activity.runner import Runner


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        runner = Runner()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: runner.stop())
        self.stdout.write("The worker runs.")
        runner.start()
        runner.join()
        self.stdout.write("The worker stopped.")
