"""Words for the person at the keyboard, signals, child processes, locks."""

import contextlib
import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


class Refusal(Exception):
    """The work cannot be done; the message is a Polish sentence for the person at the keyboard."""


class Stopped(BaseException):
    """Ctrl-C, SIGTERM or a closed terminal; ``number`` is the signal's."""

    def __init__(self, number: int):
        self.number = number


def say(text: str, to=None) -> None:
    """Print at once; a terminal that has gone away must not spoil the tidying up."""
    with contextlib.suppress(OSError):
        print(text, file=to or sys.stdout, flush=True)


# ---- signals ---------------------------------------------------------------------------------------
def stop_on_signals() -> None:
    """Turn the signals that end us into Stopped, so that every ``with`` tidies up behind itself."""

    def stop(number, _frame):
        ignore_signals()
        raise Stopped(number)

    for number in ENDING:
        if number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN:
            continue  # nohup ./dev run
        signal.signal(number, stop)


def ignore_signals(*numbers: int) -> None:
    """From here on a second Ctrl-C must not cut the tidying up short.

    A handler that does nothing instead of SIG_IGN, which the programs we start would inherit.
    """
    for number in numbers or ENDING:
        signal.signal(number, lambda *_: None)


def die_with_us(number: int = signal.SIGTERM):
    """For ``preexec_fn``: the kernel sends the child this signal when we die, even by kill -9."""
    parent, libc = os.getpid(), ctypes.CDLL(None)

    def in_child():
        libc.prctl(1, number)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)

    return in_child


# ---- programs --------------------------------------------------------------------------------------
def step(argv: list, what: str, **options) -> str:
    """Run one program to its end and return what it printed (with ``stdout=PIPE, text=True``).

    Raises Refusal when it fails, Stopped when we are told to stop; the program is ended first.
    """
    child = subprocess.Popen([str(part) for part in argv], preexec_fn=die_with_us(), **options)
    try:
        printed, _ = child.communicate()
    except BaseException:
        end([child], patience=5)
        raise
    if child.returncode:
        raise Refusal(f"Nie udało się: {what} (kod {child.returncode}). Szczegóły powyżej.")
    return printed


def foreground(argv: list, env: dict) -> int:
    """Run a program that talks to the terminal itself (pytest, manage.py); returns its exit code.

    The terminal hands Ctrl-C to that program too: it decides what it means, and we wait for it.
    """
    if sys.stdin and sys.stdin.isatty():
        ignore_signals(signal.SIGINT)
    child = subprocess.Popen([str(part) for part in argv], env=env, cwd=ROOT, preexec_fn=die_with_us())
    try:
        code = child.wait()
    except BaseException:
        end([child], patience=20, number=signal.SIGINT)
        raise
    return code if code >= 0 else 128 - code


@contextlib.contextmanager
def running(commands: dict[str, list], env: dict):
    """Keep these programs running for the time of the block; yields a function that checks on them.

    Each leads a group of its own, so the terminal's Ctrl-C reaches only us, and we end them in order.
    """
    children = {}

    def check():
        for name, child in children.items():
            if child.poll() is not None:
                raise Refusal(f"Program „{name}” zakończył pracę (kod {child.returncode}).")

    try:
        for name, argv in commands.items():
            options = {"cwd": ROOT, "stdin": subprocess.DEVNULL, "start_new_session": True}
            argv = [str(part) for part in argv]
            children[name] = subprocess.Popen(argv, env=env, preexec_fn=die_with_us(), **options)
        yield check
    finally:
        ignore_signals()
        end(children.values(), patience=15)
        for child in children.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)


def end(children, *, patience: float, number: int = signal.SIGTERM) -> None:
    """End our children: politely, and after ``patience`` seconds by force."""
    for child in children:
        child.send_signal(number)  # does nothing when it has ended
    deadline = time.monotonic() + patience
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


# ---- locks -----------------------------------------------------------------------------------------
def hold(path: Path, kind: int) -> int:
    """Lock a file or a folder and return its descriptor; the kernel drops the lock even after kill -9."""
    flags = os.O_RDONLY if path.is_dir() else os.O_RDWR | os.O_CREAT
    descriptor = os.open(path, flags | os.O_CLOEXEC, 0o600)
    fcntl.flock(descriptor, kind)
    return descriptor


def take_alone(descriptor: int, waiting: str = "") -> None:
    """Make the lock exclusive; says ``waiting`` when others must be waited for."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        if waiting:
            say(waiting)
        fcntl.flock(descriptor, fcntl.LOCK_EX)


@contextlib.contextmanager
def locked(path: Path, waiting: str = ""):
    """An exclusive lock for the time of the block."""
    descriptor = hold(path, fcntl.LOCK_UN)
    try:
        take_alone(descriptor, waiting)
        yield
    finally:
        os.close(descriptor)
