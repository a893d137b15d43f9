"""Saves visits through the real form while servers are killed, cut off and filled up (./dev drill).

The same form is sent until it is acknowledged. Afterwards: is what was acknowledged there, once, with its history and
its change entry, do derived rows agree with the facts, and was each refusal a page that says when to try again? Ends
with 1 when anything is wrong.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from devtools.benchmark.load_rows import assistants
from devtools.benchmark.server import running_server
from devtools.drill import check
from devtools.drill.faults import FAULTS, Fault, Scene, fill_disk, nothing
from devtools.drill.saving import MARK, Tally, save_all, saves_of, send_in_parallel, send_until_acknowledged
from devtools.postgres import Cluster
from lubsko_ops.core import clock

SAVES = 5000
ASSISTANTS = 8  # who save at the same time
MOST = ASSISTANTS * 800
HEADING = f"{'fault':32}{'times':>7}{'saved':>7}{'again':>7}{'503':>6}{'none':>6}{'500':>5}{'longest s':>11}"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument(
            "--cluster", type=Path, required=True, help="folder of the cluster, from ./dev drill"
        )
        parser.add_argument("--saves", type=int, default=SAVES)
        parser.add_argument("--keep", action="store_true", help="keep a dump and the logs")

    def handle(self, *args, cluster, saves, keep, **options):
        if not settings.DEMO:
            raise CommandError("The drill saves visits and kills servers: only with an invented centre.")
        if not len(FAULTS) * ASSISTANTS <= saves <= MOST:
            raise CommandError(f"--saves is between {len(FAULTS) * ASSISTANTS} and {MOST}.")
        self.cluster, self.folder = Cluster(cluster, throwaway=True, durable=True), cluster.parent
        check.count_wrong_stored_rows()  # what a loader left, or the passing of a day, is no fault
        self.since = clock.now()
        log = self.folder / "web.log"
        try:
            with log.open("w") as file, running_server(file) as server:
                tallies = self.save_visits(server, saves)
            faults = self.count_faults(tallies, log)
            if keep:
                self.dump()
        finally:
            connection.close()
            self.cluster.stop()
        self.print_verdict(faults)

    def print(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    # ---- saving --------------------------------------------------------------------------------------
    def save_visits(self, server, saves: int) -> list[Tally]:
        scene = Scene(server, self.cluster, connection.settings_dict["NAME"])
        sources = [saves_of(server, member) for member in assistants(ASSISTANTS)]
        connection.close()
        faults = [each for each in FAULTS if each.inject is not fill_disk or self.cluster.home.is_mount()]
        tallies = []
        self.print(HEADING)
        for fault in faults:
            tally = Tally(fault.name)
            send = send_in_parallel if fault is FAULTS[-1] else send_until_acknowledged
            meanwhile = self.injecting(fault, scene, tally)
            count = -(-saves // len(faults))
            save_all(send, server, sources, tally, count=count, meanwhile=meanwhile)
            tallies.append(tally)
            self.print_tally(tally)
        if len(faults) < len(FAULTS):
            self.print("Skipped: disk full (mounting a small disk needs root and a loop device).")
        return tallies

    def injecting(self, fault: Fault, scene: Scene, tally: Tally) -> Callable:
        def meanwhile(done: Callable[[], bool]) -> None:
            # In this thread: a server that it starts would end with any other thread.
            while not done():
                time.sleep(0.5)
                tally.injected += fault.inject(scene, tally)
                end = time.monotonic() + fault.pause
                while time.monotonic() < end and not done():
                    time.sleep(0.05)
            self.cluster.start_again()

        return meanwhile

    def print_tally(self, tally: Tally) -> None:
        answers = tally.answers
        numbers = f"{tally.injected:7}{len(tally.acknowledged):7}{tally.repeats:7}"
        numbers += f"{answers[503]:6}{answers[0]:6}{answers[500]:5}{tally.longest:11.1f}"
        self.print(f"{tally.name:32}{numbers}")

    # ---- counting ------------------------------------------------------------------------------------
    def count_faults(self, tallies: list[Tally], log: Path) -> dict[str, int]:
        acknowledged = set().union(*(each.acknowledged for each in tallies))
        stored = check.read_stored(self.since)
        self.print(f"Acknowledged: {len(acknowledged)}. Stored: {stored.visits.total()}.")
        logs = log.read_text(errors="replace") + self.cluster.log.read_text(errors="replace")
        harmless = {each.name for each in FAULTS if each.inject is nothing}
        return {
            "faults that never happened": sum(not t.injected and t.name not in harmless for t in tallies),
            **check.compare(acknowledged, stored),
            **check.count_answers(tallies),
            **check.count_wrong_stored_rows(),
            "typed texts in the logs": logs.count(MARK),
        }

    def dump(self) -> None:
        argv = [self.cluster.bin / "pg_dump", "-Fc", "-h", self.cluster.socket, "-U", "postgres"]
        argv += ["-f", self.folder / "drill.dump", connection.settings_dict["NAME"]]
        subprocess.run(argv, check=True)
        (self.folder / "postgres.log").write_bytes(self.cluster.log.read_bytes())

    def print_verdict(self, faults: dict[str, int]) -> None:
        for name, number in faults.items():
            self.print(f"{'' if number == 0 else '! '}{name}: {number}")
        if any(faults.values()):
            sys.exit(1)
        self.print("Nothing was lost, doubled or left half done.")
