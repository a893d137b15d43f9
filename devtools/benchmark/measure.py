"""Processor and wall time of one piece of work, measured in rounds together with its floors.

Processor time is what Python used in this process and in those that render documents, and what the backend of the
database connection used. It decides, because it does not grow when somebody else uses the machine. The backend is
another process: when the database runs on this machine, the kernel's processor clock of that process is read by its
id. That clock counts nanoseconds; the columns of /proc/<pid>/stat count ticks of 10 ms, and a light page would have
to be repeated for seconds to be seen in them. Without a local backend only Python is counted, and the command says so.
"""

import gc
import multiprocessing
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from django.db import connection
from django.test import Client

from devtools.benchmark.subject import Subject

ENOUGH = 0.02  # seconds of processor time in one round; lighter work is repeated
LINUX_PROCESS_CLOCK = (
    2  # CPUCLOCK_SCHED of the kernel: clock_getcpuclockid(3) composes the number in the same way
)


@dataclass(frozen=True)
class Sample:
    """Seconds of one round, divided by the repetitions."""

    python: float = 0.0
    database: float = 0.0
    wall: float = 0.0

    @property
    def processor(self) -> float:
        return self.python + self.database

    def __add__(self, other: "Sample") -> "Sample":
        return Sample(self.python + other.python, self.database + other.database, self.wall + other.wall)

    def __sub__(self, other: "Sample") -> "Sample":
        return Sample(self.python - other.python, self.database - other.database, self.wall - other.wall)

    def __truediv__(self, number: int) -> "Sample":
        return Sample(self.python / number, self.database / number, self.wall / number)


@dataclass(frozen=True)
class Times:
    """Median and minimum of the rounds, in milliseconds."""

    processor: tuple[float, float]
    database: float  # median of the backend's part
    wall: tuple[float, float]

    @classmethod
    def of(cls, samples: list[Sample]) -> "Times":
        def both(values: list[float]) -> tuple[float, float]:
            return median(values) * 1000, min(values) * 1000

        return cls(
            both([each.processor for each in samples]),
            median(each.database for each in samples) * 1000,
            both([each.wall for each in samples]),
        )

    def ratio(self, floor: "Times") -> float:
        """Processor time in multiples of the floor: of the medians or of the minima, whichever is less.

        Both must grow before something counts as slower: a busy moment changes one of them only.
        """
        return min(mine / least for mine, least in zip(self.processor, floor.processor, strict=True))


# ---- clocks ------------------------------------------------------------------------------------------
def process_seconds(pid: int) -> float:
    """Processor time a process has used so far; raises OSError when there is none."""
    return time.clock_gettime((~pid << 3) | LINUX_PROCESS_CLOCK)


def backend_pid() -> int | None:
    """The process of the database that serves this connection, None when it runs elsewhere."""
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    with suppress(OSError):
        if Path(f"/proc/{pid}/comm").read_text().startswith("postgres"):
            process_seconds(pid)
            return pid
    return None


def read_clocks(backend: int | None) -> Sample:
    """What all clocks show now."""
    python = time.process_time()
    for process in multiprocessing.active_children():  # renders documents
        with suppress(OSError):
            python += process_seconds(process.pid)
    return Sample(python, process_seconds(backend) if backend else 0.0, time.perf_counter())


# ---- rounds ------------------------------------------------------------------------------------------
def sample(subject: Subject, client: Client, *, clocks: Callable[[], Sample] | None = None) -> Sample:
    """One round of a subject: light work is repeated until there is enough to divide.

    The first of many repetitions finds the processor's caches full of what was measured before, and is left out.
    """
    total, count, warm = Sample(), 0, False
    clocks = clocks or partial(read_clocks, backend_pid())
    while not count or total.processor < ENOUGH:
        if subject.before:
            subject.before(client)
        start = clocks()
        subject.do(client)
        once = clocks() - start
        if warm or once.processor >= ENOUGH / 2:
            total += once
            count += 1
        warm = True
    return total / count


def measure(subject: Subject, clients: dict[str, Client], *, rounds: int) -> dict[str, Times]:
    """Times of the subject, under "", and of its floors by their labels.

    They are measured in turns, so that a busy moment of the machine affects all of them.
    """
    parts = {"": subject} | {each.floor.label: each.floor for each in subject.budgets}
    for each in parts.values():  # fills caches, starts processes
        each.run(clients[each.who])
    gc.collect()
    gc.freeze()  # what has been loaded is not searched through for garbage again in the middle of a round
    samples: dict[str, list[Sample]] = {label: [] for label in parts}
    for _ in range(rounds):
        for label, each in parts.items():
            samples[label].append(sample(each, clients[each.who]))
    return {label: Times.of(each) for label, each in samples.items()}
