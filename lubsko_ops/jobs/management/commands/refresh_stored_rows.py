"""Compares all stored rows (deadlines, summaries, timelines, …) with the facts and puts right what differs.

For use after bulk changes that bypass actions: imports, loaders, migrations of data.
"""

from django.core.management.base import BaseCommand

from lubsko_ops.jobs.refresh import refresh_stored_rows


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        for label, wrong in refresh_stored_rows().items():
            self.stdout.write(f"{label}: {wrong}")
