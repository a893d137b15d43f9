"""PostgreSQL of our own: Debian's programs, a folder, a unix socket. Never an existing cluster."""

import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from devtools.machine import postgres_versions
from devtools.process import (
    Refusal,
    check_shutdown,
    in_language,
    kill_with_parent,
    locked,
    open_lock,
    step,
    take_lock,
    try_lock,
)

LONGEST_SOCKET = 107  # bytes: sun_path holds 108, the last of them zero
PATIENCE = 60  # seconds for a start; recovery after a crash takes a few
# No contents of case files in the server's log: no statement that failed, no row or value it quotes. Errors go to the
# application, which logs them itself, masked; the server logs what happens to the server.
QUIET_LOG = {
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
    "log_min_duration_statement": "-1",
    "log_statement": "none",
}


def environment(**more: str) -> dict[str, str]:
    """The caller's environment without PG… and PYTHON… variables that would lead our programs astray."""
    foreign = {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV"}
    ours = {k: v for k, v in os.environ.items() if k not in foreign and not k.startswith("PG")}
    return {**ours, **more}


def socket_folder(home: Path) -> Path:
    """A folder whose socket path the kernel accepts: beside the data, or a short one elsewhere."""
    name = f"lubsko-{os.geteuid()}-{hashlib.sha256(os.fsencode(home)).hexdigest()[:12]}"
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    places = [home / "run", *([Path(runtime) / name] if runtime else []), Path("/tmp") / name]
    return next(p for p in places if len(os.fsencode(p / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET)


class Cluster:
    """One PostgreSQL in a folder, on a unix socket only, shared by all ./dev of this checkout.

    Everyone who uses it holds a shared lock; whoever leaves last gets the exclusive one and stops it.
    A throw-away cluster has one user, dies with us and does without durability, unless that is what is tried.
    """

    def __init__(self, home: Path, *, throwaway: bool = False, durable: bool = False):
        self.home, self.data, self.throwaway = home, home / "data", throwaway
        self.settings = QUIET_LOG
        if throwaway and durable:
            self.settings = QUIET_LOG | {"max_wal_size": "256MB", "max_connections": "150"}
        elif throwaway:
            fast = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")
            self.settings = QUIET_LOG | dict.fromkeys(fast, "off")
        self.log = home / "log" / "postgres.log"
        self.identity = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            try:
                person = pwd.getpwnam("postgres")
            except KeyError:
                raise Refusal(
                    in_language(
                        "Brakuje użytkownika „postgres”. Wpisz:", "The user postgres is missing. Type:"
                    )
                    + " adduser --system postgres"
                ) from None
            self.identity = {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
        self.bin = self._programs()
        self.socket = socket_folder(home)
        self._server = None  # the process, when it is we who started it
        self._use = None

    def _programs(self) -> Path:
        versions = postgres_versions()
        if not self._initialised():
            return versions[max(versions)]
        major = int((self.data / "PG_VERSION").read_text())
        if major not in versions:
            raise Refusal(
                f"Baza w {self.data} pochodzi z PostgreSQL {major}, którego tu nie ma. "
                f"Wpisz: sudo apt-get install -y postgresql-{major} albo zajrzyj do docs/how-to/develop.md."
            )
        return versions[major]

    def _initialised(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    # ---- coming and going
    def enter(self) -> None:
        """Take part in using the cluster; start it when nobody has."""
        self._use = open_lock(self.home / "users.lock")
        take_lock(self._use, fcntl.LOCK_SH)
        with locked(self.home / "start.lock"):
            self._private(self.socket)
            if not self._initialised():
                self._initialise()
            self._start()

    def used_by_others(self) -> bool:
        """Whether another ./dev uses it just now; ask before entering."""
        lock = open_lock(self.home / "users.lock")
        free = try_lock(lock, fcntl.LOCK_EX)
        os.close(lock)
        return not free

    def leave(self) -> None:
        """Stop using it; the last one out stops the server."""
        if self._use is not None:
            if try_lock(self._use, fcntl.LOCK_EX):
                self.stop()
            os.close(self._use)

    # ---- one user only
    def create(self) -> None:
        """A new cluster, running."""
        self._private(self.socket)
        self._initialise()
        self._start()

    def crash(self) -> None:
        """Stop the server as a crash does: nothing is finished, the next start recovers."""
        argv = [self.bin / "pg_ctl", "stop", "-D", self.data, "-m", "immediate", "-t", str(PATIENCE)]
        quiet = {"stdout": subprocess.DEVNULL, "cwd": "/", "env": environment()}
        subprocess.run(argv, start_new_session=True, **quiet, **self.identity)
        if self._server:
            self._server.wait(PATIENCE)

    def start_again(self) -> bool:
        """Start the server unless it runs; whether it answers now."""
        try:
            self._start()
        except Refusal:
            return False
        return True

    # ---- starting
    def _private(self, folder: Path) -> None:
        """Make a folder only the server may enter; refuse one that somebody else put there."""
        owner = self.identity.get("user", os.geteuid())
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid not in {os.geteuid(), owner}:
            raise Refusal(
                in_language(
                    f"Katalog {folder} należy do kogoś innego. Usuń go i spróbuj ponownie.",
                    f"The folder {folder} belongs to somebody else. Remove it and try again.",
                )
            )
        os.chown(folder, owner, self.identity.get("group", -1))
        folder.chmod(0o700)

    def _initialise(self) -> None:
        """initdb into a folder beside, renamed when whole: a kill in the middle leaves no half cluster."""
        half = self.home / "data.half"
        shutil.rmtree(half, ignore_errors=True)
        self._private(half)
        argv = [self.bin / "initdb", "-D", half, "-U", "postgres", "--auth=trust", "-E", "UTF8"]
        argv += ["--locale=C.UTF-8", *(["--no-sync"] if self.throwaway else [])]
        quiet = {"stdout": subprocess.DEVNULL, "cwd": "/", "env": environment()}
        step(argv, in_language("założenie bazy danych", "initdb"), **quiet, **self.identity)
        half.rename(self.data)

    def _start(self) -> None:
        """Adopt the server when one runs, else start it; returns when it answers."""
        deadline, attempts = time.monotonic() + PATIENCE, 0
        while time.monotonic() < deadline:
            check_shutdown()
            if place := self._alive():
                self.socket = place
                if self._answers():
                    return
            elif self._server is None or self._server.poll() is not None:
                if attempts == 3:  # backends of a killed server may need a moment to let go
                    break
                time.sleep(attempts)
                attempts += 1
                self._launch()
            time.sleep(0.05)
        log = self.log.read_text(errors="replace")[-2000:]
        words = (
            "PostgreSQL nie wystartował. Powyżej jest koniec jego zapisu.",
            "PostgreSQL did not start. Its log is above.",
        )
        raise Refusal(f"{log}\n{in_language(*words)}")

    def _launch(self) -> None:
        """Start the server in a session of its own, so that the terminal's Ctrl-C passes it by."""
        for stale in [self.data / "postmaster.pid", *self.socket.glob(".s.PGSQL.*")]:
            stale.unlink(missing_ok=True)  # _alive() has seen that they belong to nobody
        argv = [self.bin / "postgres", "-D", self.data, "-k", self.socket, "-c", "listen_addresses="]
        argv += ["-c", "port=5432"]
        for name, value in self.settings.items():
            argv += ["-c", f"{name}={value}"]
        self.log.parent.mkdir(mode=0o700, exist_ok=True)
        self.log.unlink(missing_ok=True)
        with open(os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as log:
            self._server = subprocess.Popen(
                [str(part) for part in argv],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=environment(),
                start_new_session=True,
                preexec_fn=kill_with_parent(signal.SIGQUIT) if self.throwaway else None,
                **self.identity,
            )

    def _alive(self) -> Path | None:
        """The socket folder of the running server, or None.

        The file alone proves nothing: after kill -9 or a reboot its number may belong to another program.
        The server is the process that works in the data folder.
        """
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            if os.readlink(f"/proc/{int(lines[0])}/cwd") != os.path.realpath(self.data):
                return None
        except (OSError, ValueError, IndexError):
            return None
        return Path(lines[4]) if len(lines) > 4 and lines[4] else self.socket

    def _answers(self) -> bool:
        argv = [self.bin / "pg_isready", "-q", "-h", self.socket, "-U", "postgres", "-d", "postgres"]
        return subprocess.run(argv, env=environment(), start_new_session=True).returncode == 0

    # ---- stopping, using
    def stop(self) -> None:
        """Stop the server, whoever started it, and wait until it has ended."""
        if self._server:
            self._server.send_signal(signal.SIGQUIT if self.throwaway else signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._server.wait(PATIENCE)
        elif self._alive():
            argv = [self.bin / "pg_ctl", "stop", "-D", self.data, "-m", "fast", "-t", str(PATIENCE)]
            quiet = {"stdout": subprocess.DEVNULL, "cwd": "/", "env": environment()}
            subprocess.run(argv, start_new_session=True, **quiet, **self.identity)

    def sql(self, text: str, database: str = "postgres") -> str:
        """What psql answers, without ornaments. Raises CalledProcessError with its words in stderr."""
        argv = [self.bin / "psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", self.socket, "-U", "postgres"]
        argv += ["-d", database, "-c", text]
        options = {"capture_output": True, "text": True, "check": True, "start_new_session": True}
        return subprocess.run(argv, env=environment(), **options).stdout.strip()

    def url(self, database: str) -> str:
        return f"postgres://postgres@{quote(str(self.socket), safe='')}:5432/{database}"


@contextlib.contextmanager
def checkout_cluster(home: Path):
    """This checkout's cluster for the time of the block."""
    cluster = Cluster(home)
    try:
        cluster.enter()
        yield cluster
    finally:
        cluster.leave()


@contextlib.contextmanager
def throwaway_cluster():
    """A cluster for tests in a folder that vanishes with it; its ``tmp`` is there for temporary files."""
    parent = Path(tempfile.gettempdir())
    if os.geteuid() == 0 or len(os.fsencode(parent)) > 40:
        parent = Path(
            "/tmp"
        )  # the server's own user must be able to enter it, and the socket's path is short
    sweep_abandoned(parent)
    home, cluster = Path(tempfile.mkdtemp(prefix="lubsko-new-", dir=parent)), None
    try:
        with locked(home / "users.lock"):  # locked before it gets the name the sweepers look for
            home = home.rename(home.with_name(home.name.replace("-new-", "-test-")))
            home.chmod(0o711 if os.geteuid() == 0 else 0o700)
            (home / "tmp").mkdir(mode=0o700)
            cluster = Cluster(home, throwaway=True)
            cluster.create()
            yield cluster
    finally:
        if cluster:
            cluster.stop()
        shutil.rmtree(home, ignore_errors=True)


def sweep_abandoned(parent: Path) -> None:
    """Remove what a ./dev test killed by -9 left behind: folders of ours whose lock nobody holds."""
    for home in parent.glob("lubsko-test-*"):
        with contextlib.suppress(OSError):  # somebody else's, or just swept by another
            lock = os.open(home / "users.lock", os.O_RDWR | os.O_CLOEXEC)
            if try_lock(lock, fcntl.LOCK_EX):
                Cluster(home, throwaway=True).stop()
                shutil.rmtree(home, ignore_errors=True)
            os.close(lock)
