"""The faults of a drill. Each is a function that does its harm once and returns whether it did."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from devtools.benchmark.server import Server
from devtools.drill.saving import Tally
from devtools.postgres import Cluster

FULL = 20  # seconds at most until somebody notices that the disk is full
CHOICE = Random(1)


@dataclass(frozen=True)
class Scene:
    """What a fault may touch."""

    server: Server
    cluster: Cluster
    database: str


@dataclass(frozen=True)
class Fault:
    """A fault, and the seconds between two of them."""

    name: str
    pause: float
    inject: Callable[[Scene, Tally], bool]


def nothing(scene: Scene, tally: Tally) -> bool:
    """For comparison, and where the way of sending is the fault."""
    return False


def kill_web_worker(scene: Scene, tally: Tally) -> bool:
    return _kill_one(_children(scene.server.pid))


def kill_database_backend(scene: Scene, tally: Tally) -> bool:
    """The database ends all connections and recovers, because shared memory may be damaged."""
    sql = f"SELECT pid FROM pg_stat_activity WHERE {_connections(scene)}"
    try:
        return _kill_one([int(line) for line in scene.cluster.sql(sql).split()])
    except subprocess.CalledProcessError:  # it still recovers
        return False


def crash_database(scene: Scene, tally: Tally) -> bool:
    scene.cluster.crash()
    time.sleep(1)
    return scene.cluster.start_again()


def cut_connections(scene: Scene, tally: Tally) -> bool:
    sql = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {_connections(scene)}"
    return "t" in scene.cluster.sql(sql)


def fill_disk(scene: Scene, tally: Tally) -> bool:
    """Until a save is refused; then there is space again, and a server that gave up is started as systemd would."""
    ballast, before = scene.cluster.home / "ballast", tally.answers[503]
    try:
        with ballast.open("wb") as file:
            end = time.monotonic() + FULL
            while time.monotonic() < end and tally.answers[503] == before:
                free = os.statvfs(scene.cluster.home)
                with suppress(OSError):
                    if size := free.f_bavail * free.f_frsize:
                        os.posix_fallocate(file.fileno(), file.seek(0, 2), size)
                time.sleep(0.05)
        time.sleep(2)
    finally:
        ballast.unlink()
    scene.cluster.start_again()
    return tally.answers[503] > before


FAULTS = (
    Fault("no fault", 1, nothing),
    Fault("web worker killed (-9)", 1, kill_web_worker),
    Fault("database process killed (-9)", 3, kill_database_backend),
    Fault("database crashed and started", 4, crash_database),
    Fault("all connections cut", 0.5, cut_connections),
    Fault("disk full", 5, fill_disk),
    Fault("same form twice at once", 1, nothing),
)


def _children(pid: int) -> list[int]:
    children = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if int((folder / "stat").read_text().rpartition(")")[2].split()[1]) == pid:
                children.append(int(folder.name))
    return children


def _connections(scene: Scene) -> str:
    return f"datname = '{scene.database}' AND pid <> pg_backend_pid()"


def _kill_one(pids: list[int]) -> bool:
    if not pids:
        return False
    with suppress(ProcessLookupError):
        os.kill(CHOICE.choice(pids), signal.SIGKILL)
    return True
