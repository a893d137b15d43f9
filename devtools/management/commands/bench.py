"""Measures pages and actions on the large centre (``./dev bench``): statements, time, ratio to a baseline.

It also explains every statement: none may read a large table from end to end.
"""

import sys
from statistics import median
from time import perf_counter

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment

from devtools.benchmark import all_subjects, core_subjects
from devtools.benchmark.document_load import measure_documents
from devtools.benchmark.explain import full_scans, large_tables
from devtools.synthetic.centre import SIZES
from lubsko_ops.accounts.models import User

ROUNDS = 9
# Statements that are counted: not savepoints and transactions.
COUNTED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "(")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--size", choices=SIZES, default="city", help="how large the loaded centre is")
        parser.add_argument("--rounds", type=int, default=ROUNDS)
        parser.add_argument("--documents", action="store_true", help="only documents asked for at once")

    def handle(self, *args, size="city", rounds=ROUNDS, documents=False, **options):
        self.size_index = list(SIZES).index(size)
        if not settings.DEMO:
            sys.exit(
                "Mierzyć można tylko w ośrodku pokazowym: pomiar otwiera teczki i zapisuje to w rejestrze."
            )
        documents_are_well = measure_documents(self.stdout.write)
        if documents:
            sys.exit(0 if documents_are_well else 1)
        setup_test_environment(debug=False)
        settings.ALLOWED_HOSTS = ["testserver"]
        baseline = core_subjects.baseline()
        subjects = all_subjects()
        clients = {who: _client(who) for who in {each.who for each in (baseline, *subjects)}}
        self.large, self.allowed = large_tables(), {}
        self.stdout.write(f"{'':58} zapytania  mediana ms    min ms  × podstawa")
        faulty = [
            each
            for each in (baseline, *subjects)
            if not self.measure(each, baseline, clients=clients, rounds=rounds)
        ]
        for why, labels in self.allowed.items():
            self.stdout.write(f"Czyta całą dużą tabelę, bo {why}: {'; '.join(labels)}.")
        if not documents_are_well:
            self.stdout.write("Wydruki robione naraz wstrzymują inne strony.")
        if faulty:
            self.stdout.write(f"Wolniejsze, niż mają być, albo czytające całe duże tabele: {len(faulty)}.")
        if faulty or not documents_are_well:
            sys.exit(1)
        self.stdout.write("Wszystko mieści się w swoich granicach.")

    def measure(self, subject, baseline, *, clients: dict[str, Client], rounds: int) -> bool:
        """Time it in turns with its reference, so that a busy moment affects both; print the line.

        It is over its limit when both the medians and the fastest rounds are. Returns whether it is within.
        """
        client, base, times = clients[subject.who], [], []
        reference = subject.reference or baseline
        subject.do(client)
        with CaptureQueriesContext(connection) as captured:
            subject.do(client)
        queries = [query["sql"] for query in captured if query["sql"].lstrip().startswith(COUNTED)]
        statements, scanned = len(queries), full_scans(queries, of=self.large)
        for _ in range(rounds):
            base.append(_timed(reference, clients[reference.who]))
            times.append(_timed(subject, client))
        ratio = min(median(times) / median(base), min(times) / min(base))
        limit = subject.limits[self.size_index]
        within = ratio <= limit
        name = f"{subject.label} ({subject.who})"
        line = f"{name:58} {statements:9} {median(times) * 1000:11.1f} {min(times) * 1000:9.1f} {ratio:11.1f}"
        line += " pierwszej" if subject.reference else ""
        line += "" if within else f"  WOLNIEJ niż {limit:g} ×"
        if scanned and subject.full_scan_reason:
            self.allowed.setdefault(subject.full_scan_reason, []).append(name)
            scanned = {}
        self.stdout.write(f"{line}  CZYTA CAŁE: {', '.join(sorted(scanned))}" if scanned else line)
        self.stdout.flush()
        return within and not scanned


def _client(who: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=who))
    return client


def _timed(subject, client) -> float:
    start = perf_counter()
    subject.do(client)
    return perf_counter() - start
