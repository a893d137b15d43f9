"""Runs all nightly jobs now, whether or not they have run already."""

import sys

from django.core.management.base import BaseCommand

from lubsko_ops.jobs import nightly


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        failed = [job.name for job in nightly.JOBS if not self.run(job.name)]
        if failed:
            sys.exit(f"Nie udało się: {', '.join(failed)}. Miejsce błędu jest w zapisie powyżej.")

    def run(self, name: str) -> bool:
        """Run the job and print its result; False when it failed."""
        try:
            self.stdout.write(f"{name}: {nightly.run_job(name)}")
        except nightly.NightlyJobFailed:
            return False
        return True
