"""Deletes expired drafts, search queries, sessions and contents of old submissions."""

from django.core.management.base import BaseCommand

from lubsko_ops.jobs.cleanup import purge_expired


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        self.stdout.write(", ".join(f"{name}: {count}" for name, count in purge_expired().items()))
