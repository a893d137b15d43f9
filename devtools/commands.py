"""The commands of ./dev."""

import os
import re
import shutil
import subprocess
import sys
import tempfile

from devtools import application as app
from devtools import process
from devtools.drill.cluster import drill_cluster
from devtools.machine import PYTHON, chromium, provide_environment, provide_packages, state_folder
from devtools.postgres import Cluster, checkout_cluster, throwaway_cluster
from devtools.process import (
    ROOT,
    Refusal,
    Stopped,
    foreground,
    in_language,
    install_signal_handlers,
    say,
    shutdown_signal,
    step,
)

HELP = f"""\
./dev run [--empty | --demo ośrodek | --size city|metropolis] [adres:port]
                                   uruchamia aplikację z ośrodkiem pokazowym Lubsko (domyślnie 127.0.0.1:8000);
                                   --demo: z innym: {", ".join(app.OTHER_CENTRES)};
                                   --empty: osobna baza bez danych; --size: osobna baza z dużym ośrodkiem
./dev reset [--empty | --demo … | --size …]
                                   usuwa tę bazę; następne ./dev run założy ją od nowa

For developers:
./dev run --reload                 the same with DEBUG and Django's development server
./dev test [pytest arguments]      the whole suite on a throw-away database, in parallel unless a file is named
./dev lint [--fix]                 ruff, templates, layers, types, words, missing migrations, requirements
./dev manage [--empty] COMMAND…    manage.py on the database of ./dev run (also --demo …)
./dev bench [city|metropolis] [--only TEXT] [--json FILE] [--against FILE] [--explain] [--no-load]
                                   measure the pages of a large synthetic centre (docs/how-to/big-data.md)
./dev drill [--saves N] [--keep]   save visits while servers are killed, cut off and filled up; count what is lost
./dev audit                        known vulnerabilities of the locked libraries (needs the network)
./dev lock [--upgrade]             refresh requirements*.txt"""
POLISH = {"run", "reset"}  # the commands of those who run the application; the others speak English


def split_database(args: list[str]) -> tuple[str, list[str]]:
    """(name of the database, the other arguments). Raises Refusal for a size or a centre that does not exist."""
    if args[:1] == ["--empty"]:
        return "empty", args[1:]
    if args[:1] == ["--demo"]:
        names = {centre: database for database, centre in app.DATABASES.items()}
        if args[1:2] and args[1] in names:
            return names[args[1]], args[2:]
        centres = " | ".join(names)
        raise Refusal(in_language(f"Ośrodek to jeden z: {centres}", f"The centre is one of: {centres}"))
    if args[:1] == ["--size"]:
        if args[1:2] and args[1] in app.SIZES:
            return args[1], args[2:]
        sizes = " | ".join(app.SIZES)
        raise Refusal(in_language(f"Wielkość to jedno z: {sizes}", f"The size is one of: {sizes}"))
    return "demo", args


# ---- run, manage, reset: this checkout's databases, or DATABASE_URL ---------------------------------
def run(args: list[str]) -> None:
    reload = "--reload" in args
    name, rest = split_database([word for word in args if word != "--reload"])
    if len(rest) > 1 or any(word.startswith("-") for word in rest):
        raise Refusal(f"Nie rozumiem: {' '.join(rest)}\n{HELP}")
    host, port = app.parse_address(*rest or [""])
    app.check_port(host, port)
    if os.environ.get("DATABASE_URL") and (reload or name in app.INVENTED - {"demo"}):
        raise Refusal(
            "--reload, --demo i --size działają tylko na bazach ./dev. Wpisz: env -u DATABASE_URL ./dev run …"
        )
    if reload and not app.is_loopback(host):
        raise Refusal("--reload pokazuje szczegóły błędów, więc działa tylko pod adresem tego komputera.")
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
        if reload:
            env["DEBUG"] = "1"
        else:
            env["STATIC_ROOT"] = str(app.collect_static(home, env))
        accounts = app.accounts_text(name) if name in app.INVENTED else ""
        app.serve(host, port, env, first_admin=name == "empty", reload=reload, accounts=accounts)


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
    name, rest = split_database(args)
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
    """Measure the pages on a large synthetic centre, in the database of ./dev run --size."""
    size, rest = (args[0], args[1:]) if args and not args[0].startswith("-") else ("city", args)
    split_database(["--size", size])
    if os.environ.get("DATABASE_URL"):
        raise Refusal("./dev bench measures only in its own database. Type: env -u DATABASE_URL ./dev bench")
    provide_packages()
    provide_environment()
    home = state_folder()
    app.keys(home)
    with checkout_cluster(home) as cluster:
        env = app.own_settings(home, cluster, size)
        app.prepare_database(home, cluster, size, env)
        app.check_recipe(cluster, size)
        env["STATIC_ROOT"] = str(app.collect_static(home, env))
        return foreground([PYTHON, ROOT / "manage.py", "bench", "--size", size, *rest], env)


def drill(args: list[str]) -> int:
    """Try on a cluster of its own, with a synthetic centre, whether what was acknowledged survives every fault."""
    provide_packages()
    provide_environment()
    home = state_folder()
    app.keys(home)
    with drill_cluster(keep="--keep" in args) as cluster:
        env = app.own_settings(home, cluster, "city")
        app.prepare_database(cluster.home, cluster, "city", env)
        env["STATIC_ROOT"] = str(app.collect_static(home, env))
        return foreground([PYTHON, ROOT / "manage.py", "drill", "--cluster", cluster.home, *args], env)


def reset(args: list[str]) -> None:
    """Drop the database of ./dev run, of --empty, --demo or --size: the next start makes it from scratch."""
    name, rest = split_database(args)
    if rest:
        raise Refusal(f"Nie rozumiem: {' '.join(rest)}\n{HELP}")
    provide_packages()
    home = state_folder()
    if Cluster(home).used_by_others():
        raise Refusal("Najpierw zatrzymaj inne ./dev, które używa bazy.")
    app.keys(home)
    with checkout_cluster(home) as cluster:
        cluster.sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    say(f"Baza „{name}” usunięta. Następne ./dev run założy ją od nowa.")


# ---- test, lint: a cluster that vanishes -------------------------------------------------------------
def pytest_arguments(args: list[str], cores: int) -> list[str]:
    """The caller's arguments, with a worker more than cores unless one file is named or one process is asked for."""
    single = {"-s", "--pdb", "--trace", "--co", "--collect-only", "no:xdist"}
    files = {word.split("::")[0] for word in args if ".py" in word.split("::")[0]}
    one_process = len(files) == 1 or any(
        word in single or word.startswith(("-n", "--numprocesses")) for word in args
    )
    return [*args] if one_process or cores < 2 else ["-n", str(min(cores, 4) + 1), *args]


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


TEMPLATES = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("templates/**/*.html"))
FIXES = (
    ["ruff", "check", "--fix", ".", "dev"],
    ["ruff", "format", ".", "dev"],
    ["djade", "--target-version", "5.2", *TEMPLATES],
    ["djhtml", "--tabwidth", "2", *TEMPLATES],
)
CHECKS = (
    ["ruff", "check", ".", "dev"],
    ["ruff", "format", "--check", ".", "dev"],
    ["djade", "--target-version", "5.2", "--check", *TEMPLATES],
    ["djhtml", "--tabwidth", "2", "--check", *TEMPLATES],
    ["-m", "devtools.conventions"],
    ["lint-imports"],
    ["mypy"],
    ["manage.py", "makemigrations", "--check", "--dry-run"],
)


def tool(argv: list[str]) -> list:
    """The command line of a check: a program of .venv, or Python with a module or manage.py."""
    return [PYTHON, *argv] if argv[0] in ("-m", "manage.py") else [PYTHON.with_name(argv[0]), *argv[1:]]


def lint(args: list[str]) -> int:
    """Run every static check; with --fix mend first what can be mended by itself."""
    if args not in ([], ["--fix"]):
        raise Refusal("Usage: ./dev lint [--fix]")
    provide_packages()
    provide_environment()
    for argv in FIXES if args else ():
        subprocess.run(tool(argv), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    faults = [
        f"{file.name}: {line}"
        for file in sorted(ROOT.glob("requirements*.txt"))
        for line in addresses_in(file.read_text())
    ]
    with throwaway_cluster() as cluster:
        for argv in CHECKS:
            try:
                step(tool(argv), " ".join(argv[:4]), env=app.test_settings(cluster), cwd=ROOT)
            except Refusal:
                shown = [str(word) for word in tool(argv)]
                faults.append(
                    " ".join(shown if len(shown) < 9 else [*shown[:4], "$(git ls-files 'templates/*.html')"])
                )
    say("\n".join(["To mend (some of it by ./dev lint --fix):", *faults]) if faults else "All checks passed.")
    return 1 if faults else 0


def audit(args: list[str]) -> int:
    """Ask for known vulnerabilities of the locked libraries; needs the network, so it is no part of lint."""
    provide_packages(postgres=False)
    provide_environment()
    with tempfile.TemporaryDirectory(prefix="lubsko-audit-") as folder:
        step([sys.executable, "-m", "venv", folder], "making an environment for pip-audit")
        step([f"{folder}/bin/pip", "install", "-qq", "pip-audit"], "installing pip-audit")
        argv = [
            f"{folder}/bin/pip-audit",
            "--strict",  # a library that could not be asked about is a failure, not a pass
            "--disable-pip",
            "--require-hashes",
            "-r",
            "requirements.txt",
            *args,
        ]
        return foreground(argv, dict(os.environ))


def lock(args: list[str]) -> None:
    """Resolve pyproject.toml into the two hashed requirements files with uv, fetched for the occasion."""
    with tempfile.TemporaryDirectory(prefix="lubsko-uv-") as folder:
        uv = shutil.which("uv")
        if not uv:
            step([sys.executable, "-m", "venv", folder], "making an environment for uv")
            step([f"{folder}/bin/pip", "install", "-qq", "uv"], "installing uv")
            uv = f"{folder}/bin/uv"
        same = ["--group", "dev", "-c", "requirements.txt"]  # both files name the same versions
        for file, extra in (("requirements.txt", []), ("requirements-dev.txt", same)):
            argv = [uv, "pip", "compile", "pyproject.toml", "--universal", "--generate-hashes", "--no-header"]
            argv += ["--python-version", "3.11", "--quiet", *extra, *args, "-o", file]
            step(argv, file, cwd=ROOT, stdout=subprocess.DEVNULL)


COMMANDS = {"run": run, "test": test, "lint": lint, "manage": manage, "bench": bench, "reset": reset}
COMMANDS |= {"drill": drill, "lock": lock, "audit": audit}


def main(argv: list[str]) -> int:
    """Do one command; returns the exit code. A refusal is a sentence on stderr and 1."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    name, *args = argv or ["--help"]
    asks_help = args[:1] in (["-h"], ["--help"]) and name not in {
        "test",
        "manage",
        "bench",
        "drill",
        "lock",
        "audit",
    }
    if name not in COMMANDS or asks_help:
        say(HELP)
        return 0 if asks_help or name in {"help", "-h", "--help"} else 2
    process.language = "pl" if name in POLISH else "en"
    install_signal_handlers()
    try:
        return COMMANDS[name](args) or 0
    except (Refusal, subprocess.CalledProcessError) as failure:
        if not shutdown_signal():  # else a program of ours failed only because Ctrl-C reached it first
            say(getattr(failure, "stderr", None) or str(failure), sys.stderr)
            return 1
    except Stopped:
        pass
    if name != "run":
        return 128 + shutdown_signal()
    say("\nZatrzymano.")
    return 0
