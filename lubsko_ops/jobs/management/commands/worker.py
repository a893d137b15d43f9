"""Runs background jobs until stopped: nightly jobs, including those of missed nights."""

from django.core.management.base import BaseCommand

from lubsko_ops.jobs import queue


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []  # they would import all views, which a worker does not need

    def handle(self, *args, **options):
        queue.run_worker()
