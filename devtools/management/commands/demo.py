"""Loads the invented centre: accounts, families and the years of work with them. Safe to run twice.

Each chapter has ``DOES``, a sentence for the terminal, and ``load(day)``. With ``--size`` a large synthetic centre is
loaded instead, whose chapters have ``load(big)``.
"""

import sys
from contextlib import nullcontext, suppress
from datetime import date
from time import monotonic

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from devtools.demo import centre, families, reports
from devtools.synthetic import core_data
from devtools.synthetic import families as synthetic_families
from devtools.synthetic.core_data.big import SIZES, Big
from devtools.synthetic.core_data.copying import tidy_statistics, unhurried
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.jobs import nightly as night

DEMO = (centre, families, reports)
SYNTHETIC = (core_data, synthetic_families)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument(
            "--day",
            type=date.fromisoformat,
            help="the day around which the centre is built (YYYY-MM-DD), for tests; today when left out",
        )
        parser.add_argument("--size", choices=SIZES, help="a large centre for measuring instead")
        parser.add_argument("--seed", type=int, default=1, help="the dice of the large centre")

    def handle(self, *args, day=None, size=None, seed=1, **options):
        if not settings.DEMO:
            sys.exit("Ośrodek pokazowy wczytuje się tylko tam, gdzie włączono DEMO. Nic nie zmieniono.")
        if User.objects.exists():
            self.stdout.write("Ten ośrodek ma już konta, więc zostaje taki, jaki jest.")
            return
        started = monotonic()
        day = day or clock.today()
        self.begun = monotonic()
        with transaction.atomic():
            if size:
                unhurried()
                self.load(SYNTHETIC, Big(day, SIZES[size], seed, say=self.say))
            else:
                self.load(DEMO, day)
        if size:
            tidy_statistics()
        else:
            with nullcontext() if day == clock.today() else clock.freeze_time(day):
                self.do_the_work_of_the_night()
        self.stdout.write(f"Ośrodek pokazowy gotowy ({monotonic() - started:.0f} s).")

    def load(self, chapters, argument) -> None:
        """Let each chapter load its part."""
        for chapter in chapters:
            self.stdout.write(f"{chapter.DOES}…")
            self.stdout.write(f"  {chapter.load(argument)}")

    def do_the_work_of_the_night(self) -> None:
        """The centre looks old and no night has passed in it: else its start page would say the nights are missed.
        What fails is in the log, and the worker tries it again."""
        for name in night.JOBS:
            with suppress(night.NightlyJobFailed):
                night.run_job(name)

    def say(self, words: str) -> None:
        """A step of a long chapter is done."""
        self.stdout.write(f"  {words} ({monotonic() - self.begun:.0f} s)")
        self.stdout.flush()
