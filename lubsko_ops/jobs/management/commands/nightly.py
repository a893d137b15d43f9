"""Does all the work of the night now, by hand, whether it has been done or not."""

import sys

from django.core.management.base import BaseCommand

from lubsko_ops.jobs import nightly as night


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        failed = [name for name in night.JOBS if not self.done(name)]
        if failed:
            sys.exit(f"Nie udało się: {', '.join(failed)}. Miejsce błędu jest w zapisie powyżej.")

    def done(self, name: str) -> bool:
        """Whether it went well; says how it went."""
        try:
            self.stdout.write(f"{name}: {night.run_job(name)}")
        except night.NightlyJobFailed:
            return False
        return True
