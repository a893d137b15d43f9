"""Does background work until it is stopped: the work of every night, also of a night that was missed."""

from django.core.management.base import BaseCommand

from lubsko_ops.jobs import queue


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []  # they would load every page for a process that shows none

    def handle(self, *args, **options):
        queue.run_worker()
