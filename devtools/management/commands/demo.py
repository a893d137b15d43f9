"""Loads an invented centre: accounts, families, projects and the years of work with them. Safe to run twice.

Each part is a module with ``PROGRESS_MESSAGE`` for the terminal and ``load(demo)``. With ``--size`` a large synthetic
centre is loaded instead, whose parts have ``load(centre)``.
"""

import sys
from contextlib import nullcontext, suppress
from datetime import date
from time import monotonic

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from devtools.demo import centre, employees, families, projects, reports, specialists
from devtools.demo.dataset import FaultyData
from devtools.demo.demo_centre import DemoCentre, centre_names
from devtools.synthetic import families as synthetic_families
from devtools.synthetic import staff as synthetic_staff
from devtools.synthetic.bulk_copy import lift_time_limits, vacuum_analyze
from devtools.synthetic.centre import SIZES, SyntheticCentre
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.jobs import nightly
from lubsko_ops.jobs.models import NightlyJobRun

DEMO = (centre, employees, families, projects, specialists, reports)
SYNTHETIC = (synthetic_staff, synthetic_families)
LEFT_TO_THE_WORKER = (
    "issued_papers"  # rendering takes longer than all the rest; who opens a paper gets it at once
)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument(
            "--day",
            type=date.fromisoformat,
            help="the day around which the centre is built (YYYY-MM-DD), for tests; today when left out",
        )
        parser.add_argument(
            "--centre", choices=centre_names(), default="lubsko", help="the folder of the centre"
        )
        parser.add_argument("--size", choices=SIZES, help="a large centre for measuring instead")
        parser.add_argument("--seed", type=int, default=1, help="seed of the large centre")

    def handle(self, *args, day=None, centre="lubsko", size=None, seed=1, **options):
        if not settings.DEMO:
            sys.exit("Ośrodek pokazowy wczytuje się tylko tam, gdzie włączono DEMO. Nic nie zmieniono.")
        if User.objects.exists():
            self.stdout.write("Ten ośrodek ma już konta, więc zostaje taki, jaki jest.")
            return
        self.started = monotonic()
        day = day or clock.today()
        try:
            with transaction.atomic():
                if size:
                    lift_time_limits()
                    self.load(SYNTHETIC, SyntheticCentre(day, SIZES[size], seed, report=self.report_progress))
                else:
                    self.load(DEMO, DemoCentre(centre, day))
        except FaultyData as fault:
            sys.exit(f"W plikach ośrodka jest błąd, nic nie wczytano.\n{fault}")
        if size:
            vacuum_analyze()
        else:
            with nullcontext() if day == clock.today() else clock.freeze_time(day):
                self.run_nightly_jobs()
        self.stdout.write(f"Ośrodek pokazowy gotowy ({monotonic() - self.started:.0f} s).")

    def load(self, parts, argument) -> None:
        for part in parts:
            self.stdout.write(f"{part.PROGRESS_MESSAGE}…")
            self.stdout.write(f"  {part.load(argument)}")

    def run_nightly_jobs(self) -> None:
        """Run the nightly jobs once: otherwise the start page of this centre would say that they do not run.

        Papers are only counted as done: each has its job in the queue. A failure is in the log, and the worker tries
        the job again.
        """
        for name in [job.name for job in nightly.JOBS if job.name != LEFT_TO_THE_WORKER]:
            with suppress(nightly.NightlyJobFailed):
                nightly.run_job(name)
        done = {"night": nightly.last_night(), "done_at": clock.now(), "result": {}}
        NightlyJobRun.objects.update_or_create(name=LEFT_TO_THE_WORKER, defaults=done)

    def report_progress(self, message: str) -> None:
        """Print that a step of a long part is done."""
        self.stdout.write(f"  {message} ({monotonic() - self.started:.0f} s)")
        self.stdout.flush()
