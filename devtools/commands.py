"""The commands of ./dev."""

import os
import re
import shutil
import subprocess
import sys
import tempfile

from devtools import application as app
from devtools.machine import PYTHON, chromium, provide_environment, provide_packages, state_folder
from devtools.postgres import Cluster, checkout_cluster, throwaway_cluster
from devtools.process import ROOT, Refusal, Stopped, foreground, note_signals, say, step, told_to_end

HELP = """\
./dev run [--empty] [adres:port]   uruchamia aplikację z ośrodkiem pokazowym (domyślnie 127.0.0.1:8000);
                                   --empty: osobna baza bez danych pokazowych
./dev test [argumenty pytest]      wszystkie testy na jednorazowej bazie
./dev lint                         ruff, brakujące migracje, adresy w plikach wymagań
./dev manage [--empty] POLECENIE…  polecenie manage.py w środowisku ./dev run
./dev bench [city|metropolis]      mierzy strony w dużym wymyślonym ośrodku (baza bench; domyślnie city)
./dev reset                        usuwa bazę pokazową; następne ./dev run założy ją od nowa
./dev lock [--upgrade]             odświeża requirements*.txt"""


def split_empty(args: list[str]) -> tuple[str, list[str]]:
    """(name of the database, the other arguments); --empty stands first."""
    return ("empty", args[1:]) if args[:1] == ["--empty"] else ("demo", args)


# ---- run, manage, reset: this checkout's databases, or DATABASE_URL ---------------------------------
def run(args: list[str]) -> None:
    name, rest = split_empty(args)
    if len(rest) > 1 or any(word.startswith("-") for word in rest):
        raise Refusal(f"Nie rozumiem: {' '.join(rest)}\n{HELP}")
    host, port = app.parse_address(*rest or [""])
    app.check_port(host, port)
    if os.environ.get("DATABASE_URL"):
        run_on_given_database(host, port, first_admin=name == "empty")
    if name == "empty" and not app.is_loopback(host) and os.environ.get("HTTPS") != "0":
        raise Refusal(
            "Pusta baza może przyjąć prawdziwe dane, a poza tym komputerem wymagają one HTTPS "
            "(docs/how-to/deploy.md). Jeśli to tylko próba, wpisz: HTTPS=0 ./dev run --empty …"
        )
    provide_packages()
    provide_environment()
    home = state_folder()
    app.keys(home)
    with checkout_cluster(home) as cluster:
        hosts = app.LOOPBACK if app.is_loopback(host) else os.environ.get("ALLOWED_HOSTS", "*")
        env = app.own_settings(home, cluster, name, hosts)
        app.prepare_database(home, cluster, name, env)
        env["STATIC_ROOT"] = str(app.collect_static(home, env))
        app.serve(host, port, env, first_admin=name == "empty")


def run_on_given_database(host: str, port: int, *, first_admin: bool) -> None:
    env = app.given_settings()
    provide_packages(postgres=False)
    provide_environment()
    app.check_given_database(env)
    if not env.get("STATIC_ROOT"):
        env["STATIC_ROOT"] = str(app.collect_static(state_folder(), env))
    app.serve(host, port, env, first_admin=first_admin)


def manage(args: list[str]) -> int:
    """manage.py on the database of ./dev run, of ./dev run --empty, or on DATABASE_URL."""
    name, rest = split_empty(args)
    argv = [PYTHON, ROOT / "manage.py", *rest]
    if os.environ.get("DATABASE_URL"):
        env = app.given_settings()
        provide_packages(postgres=False)
        provide_environment()
        return foreground(argv, env)
    provide_packages()
    provide_environment()
    home = state_folder()
    app.keys(home)
    with checkout_cluster(home) as cluster:
        app.create_database(home, cluster, name)
        env = app.own_settings(home, cluster, name)
        if os.environ.get("DEBUG") == "1":  # DEBUG=1 ./dev manage runserver
            env["DEBUG"] = "1"
        return foreground(argv, env)


def bench(args: list[str]) -> int:
    """Measure the pages on the large centre, in a database of its own that is made when it is missing or old."""
    size = args[0] if args and not args[0].startswith("-") else "city"
    if os.environ.get("DATABASE_URL"):
        raise Refusal("./dev bench mierzy tylko we własnej bazie. Wpisz: env -u DATABASE_URL ./dev bench")
    provide_packages()
    provide_environment()
    home = state_folder()
    app.keys(home)
    with checkout_cluster(home) as cluster:
        env = app.own_settings(home, cluster, "bench")
        app.prepare_bench(home, cluster, size, env)
        env["STATIC_ROOT"] = str(app.collect_static(home, env))
        return foreground([PYTHON, ROOT / "manage.py", "bench", "--size", size, *args[1:]], env)


def reset(args: list[str]) -> None:
    """Drop the demo database: the next ./dev run loads it from scratch."""
    provide_packages()
    home = state_folder()
    if Cluster(home).used_by_others():
        raise Refusal("Najpierw zatrzymaj inne ./dev, które używa bazy.")
    app.keys(home)
    with checkout_cluster(home) as cluster:
        cluster.sql("DROP DATABASE IF EXISTS demo WITH (FORCE)")
    say("Baza pokazowa usunięta. Następne ./dev run założy ją od nowa.")


# ---- test, lint: a cluster that vanishes -------------------------------------------------------------
def pytest_arguments(args: list[str], cores: int) -> list[str]:
    """The caller's arguments; the whole suite in parallel, a chosen part of it in one process."""
    single = {"-s", "--pdb", "--trace", "--lf", "--last-failed", "--co", "--collect-only", "no:xdist"}
    chosen = any(
        word in single or word.startswith(("-n", "-k", "--numprocesses")) or ".py" in word.split("::")[0]
        for word in args
    )
    return [*args] if chosen or cores < 2 else ["-n", str(min(cores, 4) + 1), *args]


def test(args: list[str]) -> int:
    provide_packages(browser=True)
    provide_environment()
    argv = [PYTHON, "-m", "pytest", *pytest_arguments(args, len(os.sched_getaffinity(0)))]
    with throwaway_cluster() as cluster:
        return foreground(argv, app.test_settings(cluster) | {"CHROMIUM": chromium()})


def addresses_in(text: str) -> list[str]:
    """Lines of a requirements file that name an index, an address or a path instead of a package."""
    wrong = re.compile(r"://|(^|\s)@\s|^\s*(-i|-f|-e|--[\w-]*index[\w-]*|--find-links|--editable)\b")
    return [line for line in text.splitlines() if wrong.search(line)]


def lint(args: list[str]) -> int:
    provide_packages()
    provide_environment()
    faults = [
        f"{file.name}: {line}"
        for file in sorted(ROOT.glob("requirements*.txt"))
        for line in addresses_in(file.read_text())
    ]
    with throwaway_cluster() as cluster:
        for argv in (
            ["-m", "ruff", "check", ".", "dev"],
            ["-m", "ruff", "format", "--check", ".", "dev"],
            ["manage.py", "makemigrations", "--check", "--dry-run"],
        ):
            try:
                step([PYTHON, *argv], " ".join(argv), env=app.test_settings(cluster), cwd=ROOT)
            except Refusal:
                faults.append(" ".join(argv))
    say("\n".join(["Do poprawy:", *faults]) if faults else "Wszystko w porządku.")
    return 1 if faults else 0


def lock(args: list[str]) -> None:
    """Resolve pyproject.toml into the two hashed requirements files with uv, fetched for the occasion."""
    with tempfile.TemporaryDirectory(prefix="lubsko-uv-") as folder:
        uv = shutil.which("uv")
        if not uv:
            step([sys.executable, "-m", "venv", folder], "utworzenie środowiska dla uv")
            step([f"{folder}/bin/pip", "install", "-qq", "uv"], "pobranie uv")
            uv = f"{folder}/bin/uv"
        same = ["--group", "dev", "-c", "requirements.txt"]  # both files name the same versions
        for file, extra in (("requirements.txt", []), ("requirements-dev.txt", same)):
            argv = [uv, "pip", "compile", "pyproject.toml", "--universal", "--generate-hashes", "--no-header"]
            argv += ["--python-version", "3.11", "--quiet", *extra, *args, "-o", file]
            step(argv, file, cwd=ROOT, stdout=subprocess.DEVNULL)


COMMANDS = {"run": run, "test": test, "lint": lint, "manage": manage, "bench": bench, "reset": reset}
COMMANDS |= {"lock": lock}


def main(argv: list[str]) -> int:
    """Do one command; returns the exit code. A refusal is a sentence on stderr and 1."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    name, *args = argv or ["--help"]
    asks_help = args[:1] in (["-h"], ["--help"]) and name not in {"test", "manage", "bench", "lock"}
    if name not in COMMANDS or asks_help:
        say(HELP)
        return 0 if asks_help or name in {"help", "-h", "--help"} else 2
    note_signals()
    try:
        return COMMANDS[name](args) or 0
    except (Refusal, subprocess.CalledProcessError) as failure:
        if not told_to_end():  # else a program of ours failed only because Ctrl-C reached it first
            say(getattr(failure, "stderr", None) or str(failure), sys.stderr)
            return 1
    except Stopped:
        pass
    if name != "run":
        return 128 + told_to_end()
    say("\nZatrzymano.")
    return 0
