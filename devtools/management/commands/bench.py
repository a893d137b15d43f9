"""Measures pages and deeds on the large centre (``./dev bench``): statements, time, and how many times the floor.

And asks the database how it means to answer every statement: none may read a large table from end to end.
"""

import sys
from statistics import median
from time import perf_counter

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment

from devtools.benchmark import core_subjects, family_subjects, report_subjects
from devtools.benchmark.explain import large_tables, read_whole
from devtools.synthetic.centre import SIZES
from lubsko_ops.accounts.models import User

ROUNDS = 9
SUBJECTS = (core_subjects, family_subjects, report_subjects)
# Statements as the ceilings count them: without savepoints and what opens a transaction.
COUNTED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "(")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--size", choices=SIZES, default="city", help="how large the loaded centre is")
        parser.add_argument("--rounds", type=int, default=ROUNDS)

    def handle(self, *args, size="city", rounds=ROUNDS, **options):
        self.place = list(SIZES).index(size)
        if not settings.DEMO:
            sys.exit(
                "Mierzyć można tylko w ośrodku pokazowym: pomiar otwiera teczki i zapisuje to w rejestrze."
            )
        setup_test_environment(debug=False)
        settings.ALLOWED_HOSTS = ["testserver"]
        floor = core_subjects.floor()
        subjects = [each for module in SUBJECTS for each in module.subjects()]
        clients = {who: _client(who) for who in {each.who for each in (floor, *subjects)}}
        self.large, self.allowed = large_tables(), {}
        self.stdout.write(f"{'':58} zapytania  mediana ms    min ms  × podstawa")
        faulty = [
            each
            for each in (floor, *subjects)
            if not self.measure(each, floor, clients=clients, rounds=rounds)
        ]
        for why, labels in self.allowed.items():
            self.stdout.write(f"Czyta całą dużą tabelę, bo {why}: {'; '.join(labels)}.")
        if faulty:
            self.stdout.write(f"Wolniejsze, niż mają być, albo czytające całe duże tabele: {len(faulty)}.")
            sys.exit(1)
        self.stdout.write("Wszystko mieści się w swoich granicach.")

    def measure(self, subject, floor, *, clients: dict[str, Client], rounds: int) -> bool:
        """Time it turn by turn with the floor, so that a busy moment of the machine falls on both; print the line.

        Over its limit is only what both the medians and the quickest rounds put there.
        """
        client, base, times = clients[subject.who], [], []
        beside = subject.beside or floor
        subject.do(client)
        with CaptureQueriesContext(connection) as queries:
            subject.do(client)
        asked = [query["sql"] for query in queries if query["sql"].lstrip().startswith(COUNTED)]
        statements, whole = len(asked), read_whole(asked, of=self.large)
        for _ in range(rounds):
            base.append(_timed(beside, clients[beside.who]))
            times.append(_timed(subject, client))
        ratio = min(median(times) / median(base), min(times) / min(base))
        most = subject.most[self.place]
        within = ratio <= most
        name = f"{subject.label} ({subject.who})"
        line = f"{name:58} {statements:9} {median(times) * 1000:11.1f} {min(times) * 1000:9.1f} {ratio:11.1f}"
        line += " pierwszej" if subject.beside else ""
        line += "" if within else f"  WOLNIEJ niż {most:g} ×"
        if whole and subject.whole:
            self.allowed.setdefault(subject.whole, []).append(name)
            whole = {}
        self.stdout.write(f"{line}  CZYTA CAŁE: {', '.join(sorted(whole))}" if whole else line)
        self.stdout.flush()
        return within and not whole


def _client(who: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=who))
    return client


def _timed(subject, client) -> float:
    start = perf_counter()
    subject.do(client)
    return perf_counter() - start
