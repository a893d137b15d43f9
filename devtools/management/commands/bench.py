"""Measures pages and actions on a large centre (./dev bench; how to read it: docs/how-to/big-data.md).

In this process: processor time of each subject in multiples of its floors, judged by budgets; statements and their
query plans. Then over HTTP, printed and not judged. Ends with 1 when something is over its budget.
"""

import sys
from argparse import ArgumentTypeError
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.test import Client

from devtools.benchmark import all_subjects
from devtools.benchmark.database_copy import database_copy
from devtools.benchmark.explain import full_scans, large_tables, plan_text, statements_of
from devtools.benchmark.load_rows import load_rows
from devtools.benchmark.measure import backend_pid, measure
from devtools.benchmark.results import HEADING, Earlier, Row, load_line, noise_line, write_json
from devtools.benchmark.server import running_server
from devtools.benchmark.subject import Subject
from devtools.synthetic.centre import SIZES
from lubsko_ops.accounts.models import User

ROUNDS = 9


def earlier_result(name: str) -> Earlier:
    try:
        return Earlier.read(Path(name))
    except (OSError, ValueError) as error:
        raise ArgumentTypeError(str(error)) from None


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--size", choices=SIZES, default="city", help="how large the loaded centre is")
        parser.add_argument("--rounds", type=int, default=ROUNDS)
        parser.add_argument("--only", metavar="TEXT", default="", help="rows whose name contains the text")
        parser.add_argument("--json", metavar="FILE", type=Path, help="write all figures")
        parser.add_argument(
            "--against",
            metavar="FILE",
            type=earlier_result,
            default=Earlier(),
            help="an earlier --json: its figures are printed beside; if of a city, growth to a metropolis is judged",
        )
        parser.add_argument("--explain", action="store_true", help="print the plans of all statements")
        parser.add_argument("--no-load", action="store_true", help="nothing over HTTP")

    def handle(self, *args, size, rounds, only, against, explain, **options):
        if not settings.DEMO:
            sys.exit("Only an invented centre is measured: the benchmark opens files and saves visits.")
        settings.ALLOWED_HOSTS = ["testserver"]
        self.size, self.rounds, self.only = size, rounds, only.casefold()
        self.against, self.explain, self.load = against, explain, {}
        with database_copy() as copied:
            if not copied:
                self.stdout.write(
                    "No copy of the database could be made: it is used by others. No visits are saved over HTTP."
                )
            if backend_pid() is None:
                self.stdout.write("The database is not on this machine: processor time is Python's alone.")
            rows = self.measure_subjects()
            if not (options["no_load"] or explain):
                self.measure_load(copied=copied)
        if options["json"]:
            write_json(options["json"], size=size, rounds=rounds, rows=rows, load=self.load)
        self.judge(rows)

    def print(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    # ---- in this process -----------------------------------------------------------------------------
    def measure_subjects(self) -> list[Row]:
        subjects = [each for each in all_subjects() if self.only in each.name.casefold()]
        users = {each.who for each in subjects}
        users |= {budget.floor.who for each in subjects for budget in each.budgets}
        clients, large = {who: _client(who) for who in users}, large_tables()
        self.print(f"{len(subjects)} subjects, {self.rounds} rounds, {self.size}\n{HEADING}")
        rows = []
        for subject in subjects:
            row = self.measure_subject(subject, clients, large=large)
            self.print(row.line(self.against))
            rows.append(row)
        return rows

    def measure_subject(self, subject: Subject, clients: dict[str, Client], *, large: set[str]) -> Row:
        statements = statements_of(subject, clients[subject.who])
        scans = full_scans(statements, of=large)
        if self.explain:
            for number, statement in enumerate(statements, start=1):
                self.print(f"\n{subject.name}, statement {number}: {statement}\n{plan_text(statement)}")
        times = measure(subject, clients, rounds=self.rounds)
        return Row(subject, self.size, times, len(statements), scans)

    # ---- over HTTP -----------------------------------------------------------------------------------
    def measure_load(self, *, copied: bool) -> None:
        with running_server() as server:
            self.print("Over HTTP, gunicorn as in production; latencies in ms, printed and not judged:")
            for name, figures in load_rows(server, copied=copied):
                if self.only in name.casefold():
                    self.load[name] = figures()
                    self.print(load_line(name, self.load[name], self.against))

    # ---- verdict -------------------------------------------------------------------------------------
    def judge(self, rows: list[Row]) -> None:
        """Print what is over its budget and end with 1, if anything is."""
        if noise := noise_line(rows):
            self.print(noise)
        allowed: dict[str, list[str]] = {}
        for row in rows:
            if row.scans and row.subject.full_scan_reason:
                allowed.setdefault(row.subject.full_scan_reason, []).append(row.subject.name)
        for reason, names in allowed.items():
            self.print(f"Reads a large table whole because {reason}: {'; '.join(names)}.")
        over = {row.subject.name: faults for row in rows if (faults := row.faults(self.against))}
        if over:
            self.print(f"Over budget: {len(over)} of {len(rows)}.")
            for name, faults in over.items():
                self.print(f"  {name}: {'; '.join(faults)}")
            sys.exit(1)
        if rows:
            self.print("Everything is within its budget.")


def _client(who: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=who))
    return client
