"""The cluster of a drill: durable, on a small disk of its own where the system lets us mount one."""

import contextlib
import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from devtools.postgres import Cluster
from devtools.process import locked, open_lock, say, try_lock

DISK = 1200  # megabytes: the centre, its write-ahead log and what is saved
PREFIX = "lubsko-drill-"
KEPT = "lubsko-kept-"


@contextlib.contextmanager
def drill_cluster(*, keep: bool) -> Iterator[Cluster]:
    """A running cluster in the folder ``disk`` of a folder that vanishes; with ``keep`` the other files stay there."""
    sweep_abandoned()
    home = Path(tempfile.mkdtemp(prefix=PREFIX, dir="/tmp"))
    home.chmod(0o711 if os.geteuid() == 0 else 0o700)
    disk, cluster = home / "disk", None
    try:
        with locked(home / "users.lock"):
            disk.mkdir(mode=0o711)
            mount_disk(disk)
            cluster = Cluster(disk, throwaway=True, durable=True)
            cluster.create()
            yield cluster
    finally:
        if cluster:
            cluster.stop()
        remove_disk(disk)
        if keep:
            home = home.rename(home.with_name(home.name.replace(PREFIX, KEPT)))
            say(f"Kept: {home}")
        else:
            shutil.rmtree(home, ignore_errors=True)


def mount_disk(folder: Path) -> bool:
    """Mount a file with a file system on the folder. False where that is not permitted."""
    if os.geteuid() != 0 or not shutil.which("mkfs.ext4"):
        return False
    image = folder.with_suffix(".img")
    with image.open("wb") as file:
        file.truncate(DISK * 1024**2)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    for argv in (["mkfs.ext4", "-q", "-m", "0", image], ["mount", "-o", "loop", image, folder]):
        if subprocess.run(argv, **quiet).returncode:
            image.unlink()
            return False
    folder.chmod(0o711)
    return True


def remove_disk(folder: Path) -> None:
    if folder.is_mount():
        subprocess.run(["umount", "--lazy", folder], check=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.with_suffix(".img").unlink(missing_ok=True)


def sweep_abandoned() -> None:
    """Remove what drills killed by -9 have left: folders of ours whose lock nobody holds."""
    for home in Path("/tmp").glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            lock = open_lock(home / "users.lock")
            if try_lock(lock, fcntl.LOCK_EX):
                remove_disk(home / "disk")
                shutil.rmtree(home, ignore_errors=True)
            os.close(lock)
