"""The machine and the checkout: system packages, the virtual environment, the folder of our state."""

import base64
import ctypes
import fcntl
import glob
import hashlib
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

from devtools.process import (
    ROOT,
    Refusal,
    Stopped,
    in_language,
    locked,
    open_lock,
    result,
    say,
    step,
    take_lock,
)

VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
LOCK = ROOT / "requirements-dev.txt"
OLDEST_POSTGRES = 15
PANGO = {  # Debian's package: the file WeasyPrint opens from it
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
}
DRIVER = {"libatomic1": "libatomic.so.1"}  # wanted by the driver of Playwright
# The shell is Chromium without windows: half the work of the machine. Either drives the tests.
BROWSERS = ("chromium-headless-shell", "chromium")
KEYS = ("SECRET_KEY", "PESEL_KEYS", "PESEL_SEARCH_KEY")


def fingerprint(*parts: str | Path) -> str:
    """A short hash of texts, files and folders: by content, so that dates of files do not matter."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, str):
            digest.update(f"text {len(part)} {part}\0".encode())
            continue
        files = sorted(p for p in part.rglob("*") if p.is_file()) if part.is_dir() else [part]
        for file in files:
            content = file.read_bytes()
            digest.update(f"file {len(content)} {file.relative_to(ROOT)}\0".encode() + content)
    return digest.hexdigest()[:16]


def write_whole(path: Path, text: str) -> None:
    """The file is there whole or not at all, readable by its owner only."""
    new = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


# ---- system packages -------------------------------------------------------------------------------
def opens(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def chromium() -> str | None:
    """Path of the browser for the tests, or None."""
    given = os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, [given] if given else BROWSERS)), None)


def postgres_versions() -> dict[int, Path]:
    """{major: folder of programs} of every PostgreSQL here that is new enough."""
    candidates = [*glob.glob("/usr/lib/postgresql/[0-9]*/bin/initdb"), shutil.which("initdb")]
    versions = {}
    for folder in [Path(program).resolve().parent for program in candidates if program]:
        if all((folder / name).exists() for name in ("postgres", "pg_ctl", "psql", "pg_isready")):
            options = {"capture_output": True, "text": True, "start_new_session": True}
            printed = subprocess.run([folder / "postgres", "--version"], **options).stdout
            if (number := re.search(r"\) (\d+)", printed)) and int(number[1]) >= OLDEST_POSTGRES:
                versions.setdefault(int(number[1]), folder)
    return versions


def missing_packages(*, postgres: bool, browser: bool) -> list[str]:
    """Debian's names of what the machine lacks."""
    libraries = PANGO | DRIVER if browser else PANGO
    missing = [package for package, library in libraries.items() if not opens(library)]
    if postgres and not postgres_versions():
        missing.append("postgresql")
    if browser and not chromium():
        missing.append(BROWSERS[0])
    return missing


def provide_packages(*, postgres: bool = True, browser: bool = False) -> None:
    """Install what the machine lacks when we may; otherwise raise Refusal with the line to type."""
    missing = missing_packages(postgres=postgres, browser=browser)
    if not missing:
        return
    install = f"apt-get install -y --no-install-recommends {' '.join(missing)}"
    rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
    apt = shutil.which("apt-get") and (not rights or shutil.which("sudo"))
    if not apt or subprocess.run([*rights, "true"], capture_output=True).returncode:
        raise Refusal(
            in_language("Brakuje pakietów systemowych. Wpisz:", "System packages are missing. Type:")
            + f" sudo apt-get update && sudo {install}"
        )
    say(
        in_language(
            f"Instaluję pakiety systemowe: {', '.join(missing)} (zwykle do dwóch minut)…",
            f"Installing system packages: {', '.join(missing)} (usually up to two minutes)…",
        )
    )
    printed = run_apt(rights, install)
    if still := missing_packages(postgres=postgres, browser=browser):
        say(printed[-2000:], sys.stderr)
        hint = " Another browser: CHROMIUM=/path ./dev test" if BROWSERS[0] in still else ""
        old = ""
        if "postgresql" in still:
            old = in_language(
                f" Potrzebny jest PostgreSQL {OLDEST_POSTGRES} lub nowszy.",
                f" PostgreSQL {OLDEST_POSTGRES} or newer is needed.",
            )
        failed = in_language("Nie udało się zainstalować", "Could not install")
        hand = in_language("Wpisz", "Type")
        raise Refusal(f"{failed}: {', '.join(still)}.{old} {hand}: sudo {install}{hint}")


def run_apt(rights: list[str], install: str) -> str:
    """Install without the cluster that Debian's postgresql makes and starts unless a file says no.

    Returns what apt printed. It works in a session of its own and is always waited for:
    cut in the middle it leaves dpkg half-way.
    """
    script = f"""
        export DEBIAN_FRONTEND=noninteractive
        quiet=/etc/postgresql-common/createcluster.d/no-cluster-now.conf
        mkdir -p "${{quiet%/*}}"; echo "create_main_cluster = false" > "$quiet"; trap 'rm -f "$quiet"' EXIT
        apt-get update -qq -o DPkg::Lock::Timeout=120
        {install} -qq -o DPkg::Lock::Timeout=120"""
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    apt = subprocess.Popen([*rights, "sh", "-c", script], start_new_session=True, text=True, **pipes)
    try:
        return result(apt)
    except Stopped:
        say(
            in_language(
                "Kończę rozpoczętą instalację pakietów, chwila…", "Finishing the installation of packages…"
            )
        )
        apt.communicate()
        raise


# ---- the virtual environment -----------------------------------------------------------------------
def provide_environment() -> None:
    """Make .venv, or make it anew when the lock or the interpreter changed.

    While we live we hold a shared lock on the checkout, so nobody replaces the libraries under a running
    server. The stamp goes first and comes last: an environment cut short is never taken for a good one.
    """
    stamp, wanted = VENV / "stamp", fingerprint(LOCK, sys.implementation.cache_tag, str(VENV))

    def good():
        return PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted

    use = open_lock(ROOT)  # never closed: held until the end of this process
    take_lock(
        use,
        fcntl.LOCK_SH,
        in_language(
            "Czekam: inne ./dev przygotowuje środowisko Pythona…",
            "Waiting: another ./dev prepares the Python environment…",
        ),
    )
    if good():
        return
    take_lock(
        use,
        fcntl.LOCK_EX,
        in_language(
            "Czekam, aż skończy się inne ./dev: środowisko Pythona trzeba odświeżyć…",
            "Waiting for another ./dev to end: the Python environment must be refreshed…",
        ),
    )
    if not good():
        say(
            in_language(
                "Tworzę środowisko Pythona w .venv (zwykle poniżej minuty)…",
                "Making the Python environment in .venv (usually under a minute)…",
            )
        )
        try:
            stamp.unlink(missing_ok=True)
        except PermissionError:
            raise Refusal(
                in_language(
                    f"Brak prawa zapisu w {VENV}. Uruchom ./dev jako właściciel katalogu.",
                    f"{VENV} is not writable. Run ./dev as the owner of the folder.",
                )
            ) from None
        # Not sys.executable: inside an activated .venv that is the very thing being replaced.
        base = getattr(sys, "_base_executable", None) or sys.executable
        if VENV.is_symlink():  # somebody else's: it is neither emptied nor used
            VENV.unlink()
        step([base, "-m", "venv", "--clear", VENV], in_language("utworzenie .venv", "making .venv"))
        pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
        pip += ["--require-hashes", "--only-binary", ":all:", "-r", LOCK]
        step(pip, in_language("pobranie bibliotek Pythona", "installing Python libraries"), cwd=ROOT)
        write_whole(stamp, wanted)
    take_lock(use, fcntl.LOCK_SH)


# ---- the state of this checkout: a folder outside it -----------------------------------------------
def state_folder() -> Path:
    """Where this checkout's cluster, keys and static files live: named by a hash of its path.

    For root a system folder: PostgreSQL refuses to run as root, and its own user could not enter
    into a home that is closed to others.
    """
    if os.geteuid() == 0:
        parent, mode = Path("/var/lib/lubsko-ops"), 0o755
    else:
        data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share"
        parent, mode = Path(data) / "lubsko-ops", 0o700
    home = parent / hashlib.sha256(os.fsencode(ROOT)).hexdigest()[:12]
    try:
        home.mkdir(parents=True, exist_ok=True)
        for folder in (parent, home):
            folder.chmod(mode)  # whatever the umask was
    except OSError as error:
        raise Refusal(
            in_language(
                f"Nie mogę założyć katalogu {home}: {error.strerror}.",
                f"Cannot make the folder {home}: {error.strerror}.",
            )
        ) from None
    return home


def keys(home: Path) -> dict[str, str]:
    """The secrets of this checkout's databases, made once, before the first of them.

    Raises Refusal when they are gone although data exist: new ones could not read the encrypted PESELs.
    """
    file = home / "keys.json"
    with locked(home / "keys.lock"):
        if not file.exists():
            if (home / "data").exists():
                raise Refusal(
                    in_language(
                        f"Brakuje pliku kluczy {file}, a baza istnieje. Przywróć go albo usuń {home}.",
                        f"The key file {file} is missing, but the database exists. Restore it or remove {home}.",
                    )
                )
            fresh = {name: secrets.token_urlsafe(48) for name in KEYS}
            fresh["PESEL_KEYS"] = base64.urlsafe_b64encode(os.urandom(32)).decode()  # a Fernet key
            write_whole(file, json.dumps(fresh, indent=1))
        return json.loads(file.read_text())
