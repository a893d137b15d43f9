"""Messages, signals, child processes, locks."""

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
SETTLED = 10  # seconds after which a program counts as having started well
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


class Refusal(Exception):
    """The work cannot be done; the message is a sentence for the person at the keyboard."""


class Stopped(BaseException):
    """Ctrl-C, SIGTERM or a closed terminal."""


# Whoever runs the application reads Polish, whoever develops it reads English: the command decides (commands.main).
language = "pl"


def in_language(pl: str, en: str) -> str:
    """The message in the language of the command being run."""
    return en if language == "en" else pl


def say(text: str, to=None) -> None:
    """Print and flush; a closed terminal is ignored so that the cleanup goes on."""
    with contextlib.suppress(OSError):
        print(text, file=to or sys.stdout, flush=True)


# ---- signals ---------------------------------------------------------------------------------------
_ending: list[int] = []


def install_signal_handlers() -> None:
    """Record termination signals instead of raising; code that waits polls ``check_shutdown()``.

    An exception raised by the handler could appear anywhere, even in the middle of a cleanup, and a second Ctrl-C
    would interrupt it.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        if signal.getsignal(number) != signal.SIG_IGN or number != signal.SIGHUP:  # nohup ./dev run
            signal.signal(number, lambda number, _frame: _ending.append(number))


def shutdown_signal() -> int:
    """Number of the first signal that asked us to end, or 0."""
    return _ending[0] if _ending else 0


def check_shutdown() -> None:
    """Raise Stopped when a signal has asked us to end."""
    if _ending:
        raise Stopped


def kill_with_parent(number: int = signal.SIGTERM):
    """For ``preexec_fn``: the kernel sends the child this signal when this process dies, even by kill -9."""
    parent, libc = os.getpid(), ctypes.CDLL(None)

    def in_child():
        libc.prctl(1, number)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)

    return in_child


# ---- programs --------------------------------------------------------------------------------------
def result(child: subprocess.Popen) -> str | None:
    """Wait for a program and return what it printed into a pipe. Raises Stopped, the program running on."""
    while True:
        check_shutdown()
        with contextlib.suppress(subprocess.TimeoutExpired):
            return child.communicate(timeout=0.5)[0]


def step(argv: list, what: str, **options) -> str | None:
    """Run one program of the preparations to its end; returns what it printed when ``stdout=PIPE``.

    Raises Refusal when it fails, Stopped when we are asked to stop; the program is ended first.
    A session of its own keeps the terminal's Ctrl-C, and a page of traceback, away from it.
    """
    options |= {"start_new_session": True, "preexec_fn": kill_with_parent()}
    child = subprocess.Popen([str(part) for part in argv], **options)
    try:
        printed = result(child)
    except Stopped:
        end([child], patience=5)
        raise
    if child.returncode:
        raise Refusal(
            in_language(
                f"Nie udało się: {what} (kod {child.returncode}). Szczegóły powyżej.",
                f"Failed: {what} (exit code {child.returncode}). Details are above.",
            )
        )
    return printed


def foreground(argv: list, env: dict) -> int:
    """Run a program that talks to the terminal itself (pytest, manage.py); returns its exit code.

    The terminal hands Ctrl-C to that program too: it decides what it means, and we wait for it.
    """
    if sys.stdin and sys.stdin.isatty():
        signal.signal(signal.SIGINT, lambda *_: None)
    child = subprocess.Popen([str(part) for part in argv], env=env, cwd=ROOT, preexec_fn=kill_with_parent())
    try:
        result(child)
    except Stopped:
        end([child], patience=20, number=signal.SIGINT)
        raise
    return child.returncode if child.returncode >= 0 else 128 - child.returncode


@contextlib.contextmanager
def running(commands: dict[str, list], env: dict):
    """Keep these programs running for the time of the block; yields a function that checks on them.

    Each leads a group of its own, so the terminal's Ctrl-C ends only us, and we end them in order.
    A program that exits is started again, except one that failed at its first start. One that ran well and now
    exits at once (its database is being restarted) is tried every ten seconds.
    """
    children, begun, settled = {}, {}, set()

    def launch(name):
        argv = [str(part) for part in commands[name]]
        options = {"cwd": ROOT, "stdin": subprocess.DEVNULL, "start_new_session": True}
        children[name] = subprocess.Popen(argv, env=env, preexec_fn=kill_with_parent(), **options)
        begun[name] = time.monotonic()

    def check():
        check_shutdown()
        for name, child in list(children.items()):
            if child.poll() is None:
                continue
            ended = in_language(
                f"Program „{name}” zakończył pracę (kod {child.returncode}).",
                f"The program {name} has ended (exit code {child.returncode}).",
            )
            if time.monotonic() - begun[name] < SETTLED:
                if name in settled:
                    continue
                raise Refusal(ended)
            settled.add(name)
            say(f"{ended} {in_language('Uruchamiam go ponownie.', 'Starting it again.')}")
            kill_group(child)
            launch(name)

    try:
        for name in commands:
            launch(name)
        yield check
    finally:
        end(children.values(), patience=15)
        for child in children.values():
            kill_group(child)


def kill_group(child: subprocess.Popen) -> None:
    """Kill the remaining processes of the child's group."""
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
def open_lock(path: Path) -> int:
    """A descriptor of a file or a folder to lock; the kernel drops the lock even after kill -9."""
    flags = os.O_RDONLY if path.is_dir() else os.O_RDWR | os.O_CREAT
    return os.open(path, flags | os.O_CLOEXEC, 0o600)


def try_lock(descriptor: int, kind: int) -> bool:
    """Take the lock (LOCK_SH or LOCK_EX) if it is free; a lock held before may be lost by trying."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def take_lock(descriptor: int, kind: int, waiting: str = "") -> None:
    """Wait for the lock; says ``waiting`` when others hold it."""
    while not try_lock(descriptor, kind):
        if waiting:
            say(waiting)
        waiting = ""
        check_shutdown()
        time.sleep(0.1)


@contextlib.contextmanager
def locked(path: Path, waiting: str = ""):
    """An exclusive lock for the time of the block."""
    descriptor = open_lock(path)
    try:
        take_lock(descriptor, fcntl.LOCK_EX, waiting)
        yield
    finally:
        os.close(descriptor)
