"""Prints the one-time link that creates the first administrator; nothing when there is one already."""

from django.core.management.base import BaseCommand
from django.urls import reverse

from lubsko_ops.accounts.actions import create_first_administrator_link


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--base", default="http://127.0.0.1:8000", help="address of this installation")

    def handle(self, *args, base, **options):
        token = create_first_administrator_link()
        if token:
            self.stdout.write(base.rstrip("/") + reverse("first-administrator", args=[token]))
