"""One process beside each web process in which documents (PDF, XLSX) are rendered.

Rendering takes up to a second of processor time. Inside the web process it would hold the interpreter lock and stop
every other page; here it runs at low priority in a process of its own, which gets HTML or rows and returns bytes. The
process is started on first use, replaced after a number of documents, limited in memory and processor time, and ends
with the web process.
"""

import atexit
import contextlib
import multiprocessing
import multiprocessing.connection
import os
import resource
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from django.conf import settings

NICENESS = 10
MAX_MEMORY = 2 * 1024**3  # bytes of address space
MAX_SECONDS = 60  # of processor time for one document, and of waiting for it
DOCUMENTS_PER_PROCESS = 200  # memory that the libraries do not give back is given back with the process


class RenderingError(Exception):
    """The rendering process ended twice, or took too long; trying again later may help."""


class RenderingProcess:
    """Runs one function at a time in a separate process; see ``render``."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._executor: ProcessPoolExecutor | None = None
        self._temporary = ""

    def run(self, function: Callable[..., bytes], *args: Any) -> bytes:
        """The result of a module-level function in the rendering process, with its exception if it raises one.

        A process that ended is replaced and the document tried once more; one that took too long is not, because
        others wait meanwhile. Raises RenderingError.
        """
        # One document at a time: more in the queue would only make the lock wait elsewhere, and an executor that
        # replaces its processes loses them when several are queued (python/cpython#115634).
        if not self._lock.acquire(timeout=MAX_SECONDS):
            raise RenderingError("Other documents took too long.")
        try:
            for _attempt in range(2):
                try:
                    return self._start().submit(_run_limited, function, *args).result(MAX_SECONDS)
                except BrokenProcessPool:
                    self.stop()
                except TimeoutError:
                    self.stop()
                    break
        finally:
            self._lock.release()
        raise RenderingError("The rendering process ended or took too long.")

    def _start(self) -> ProcessPoolExecutor:
        if self._executor is None:
            # Never fork: the web process has threads.
            context = multiprocessing.get_context("forkserver")
            self._temporary = tempfile.mkdtemp(prefix="lubsko-rendering-")
            self._executor = ProcessPoolExecutor(
                max_workers=1,
                mp_context=context,
                initializer=_prepare_process,
                initargs=(self._temporary,),
                max_tasks_per_child=DOCUMENTS_PER_PROCESS,
            )
        return self._executor

    def stop(self) -> None:
        """End the process at once; the next document starts another."""
        executor, self._executor = self._executor, None
        if executor is not None:
            for process in list((executor._processes or {}).values()):
                process.kill()
            executor.shutdown(cancel_futures=True)
            shutil.rmtree(self._temporary, ignore_errors=True)


class Slots:
    """Limits how many threads of a web process are busy with documents, so that pages always find a free one."""

    def __init__(self, *, working: int, waiting: int, patience: float) -> None:
        """``working`` threads at once, ``waiting`` more for at most ``patience`` seconds, others are refused."""
        self._all = threading.BoundedSemaphore(working + waiting)
        self._working = threading.BoundedSemaphore(working)
        self._patience = patience

    @contextlib.contextmanager
    def take(self) -> Iterator[bool]:
        """Whether the caller may make its document now."""
        if not self._all.acquire(blocking=False):
            yield False
            return
        try:
            free = self._working.acquire(timeout=self._patience)
            try:
                yield free
            finally:
                if free:
                    self._working.release()
        finally:
            self._all.release()


slots = Slots(working=3, waiting=2, patience=2.0)  # of 8 threads, see gunicorn_conf.py
_process = RenderingProcess()
atexit.register(_process.stop)


def render(function: Callable[..., bytes], *args: Any) -> bytes:
    """``function(*args)`` in the rendering process; in the tests' settings, in this one.

    Function and arguments are pickled: plain values only, no models and no lazy texts. Raises RenderingError.
    """
    if settings.RENDERING_PROCESS:
        return _process.run(function, *args)
    with _process._lock:
        return function(*args)


# ---- inside the rendering process ------------------------------------------------------------------
def _prepare_process(temporary: str) -> None:
    """Low priority, limited memory, an empty environment; ends together with the web process."""
    os.environ.clear()
    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the document
    tempfile.tempdir = temporary
    threading.Thread(target=_end_with_parent, args=(temporary,), daemon=True).start()


def _end_with_parent(temporary: str) -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        shutil.rmtree(temporary, ignore_errors=True)  # a killed web process could not do it
        os._exit(0)


def _run_limited(function: Callable[..., bytes], *args: Any) -> bytes:
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + MAX_SECONDS, hard))
    return function(*args)
