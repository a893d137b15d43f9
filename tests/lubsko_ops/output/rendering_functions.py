"""Functions that the tests send to the rendering process; importing them needs no Django."""

import os
import signal
import tempfile
import time
from pathlib import Path


def end_at_once(marker: str) -> bytes:
    """Kills its process the first time, answers the second time."""
    if not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return b"second"


def end_always() -> bytes:
    os._exit(1)


def never_end(attempts: str) -> bytes:
    """Appends to the file each time it is begun."""
    with Path(attempts).open("a") as file:
        file.write(".")
    time.sleep(60)
    return b""


def take_all_memory() -> bytes:
    return b"x" * (3 * 1024**3)


def process_id() -> bytes:
    return str(os.getpid()).encode()


def make_file() -> bytes:
    """Leaves a temporary file, as the fonts of a document are; answers with its path."""
    handle, path = tempfile.mkstemp()
    os.close(handle)
    return path.encode()
