"""The application on a database: its environment, tables, demo, static files, and serving it."""

import contextlib
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

from devtools.machine import KEYS, LOCK, PYTHON, fingerprint, keys
from devtools.postgres import Cluster, environment
from devtools.process import ROOT, Refusal, locked, running, say, step

# What ./dev decides itself: what the caller's shell happens to hold must not leak in.
OURS = {"DEBUG", "DEMO", "HTTPS", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "DATABASE_URL", "STATIC_ROOT"}
OURS |= {"SECOND_FACTOR", "BEHIND_PROXY", "TRUSTED_PROXIES", "DJANGO_SETTINGS_MODULE", *KEYS}
INVENTED = {"demo", "bench"}
LOOPBACK = "127.0.0.1,localhost,[::1]"
ACCOUNTS = """\
Konta pokazowe, hasło do wszystkich: Lubsko-demo-2026
  anna, ewa, julia   asystentki rodziny
  tomasz, zofia      pracownicy socjalni
  maria              kierownik
  jan                administrator"""
# Which migrations a database has had: whoever changes that by hand, the next start notices.
APPLIED = "SELECT md5(string_agg(app || '.' || name, ' ' ORDER BY app, name)) FROM django_migrations"


# ---- environments ----------------------------------------------------------------------------------
def own_settings(home: Path, cluster: Cluster, name: str, hosts: str = LOOPBACK) -> dict[str, str]:
    """On a database of this checkout: `demo` and `bench` are invented centres, any other is an empty one."""
    kept = {k: v for k, v in environment().items() if k not in OURS}
    kind = {"DEMO": "1", "SECOND_FACTOR": "off"} if name in INVENTED else {"SECOND_FACTOR": "optional"}
    plain = {"DEBUG": "0", "DEMO": "0", "HTTPS": "0", "DJANGO_SETTINGS_MODULE": "lubsko_ops.settings"}
    return kept | keys(home) | plain | kind | {"ALLOWED_HOSTS": hosts, "DATABASE_URL": cluster.url(name)}


def given_settings() -> dict[str, str]:
    """On somebody's own database (DATABASE_URL): their settings and their keys, never the demo."""
    if lacking := [name for name in KEYS if not os.environ.get(name)]:
        raise Refusal(f"Z DATABASE_URL podaj też klucze: {', '.join(lacking)}. Opis: docs/how-to/deploy.md")
    kept = {k: v for k, v in os.environ.items() if k not in {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV"}}
    fixed = {"DEBUG": "0", "DEMO": "0", "DJANGO_SETTINGS_MODULE": "lubsko_ops.settings"}
    return {"ALLOWED_HOSTS": LOOPBACK, **kept, **fixed}


def test_settings(cluster: Cluster) -> dict[str, str]:
    """For the tests: none of the caller's settings, temporary files in the cluster's folder."""
    kept = {k: v for k, v in environment().items() if k not in OURS}
    module = {"DJANGO_SETTINGS_MODULE": "lubsko_ops.settings_test", "TMPDIR": str(cluster.home / "tmp")}
    return kept | module | {"DATABASE_URL": cluster.url("postgres")}


def manage(env: dict, *args: str, what: str, **options) -> str:
    return step([PYTHON, ROOT / "manage.py", *args], what, env=env, cwd=ROOT, **options)


# ---- databases -------------------------------------------------------------------------------------
def database_note(cluster: Cluster, name: str) -> dict | None:
    """What we wrote down about a database, in its own comment, which vanishes with it.

    {} when nothing was written yet, None when there is no such database.
    """
    found = cluster.sql(
        "SELECT 'note ' || coalesce(shobj_description(oid, 'pg_database'), '{}') "
        f"FROM pg_database WHERE datname = '{name}'"
    )
    return json.loads(found.removeprefix("note ")) if found else None


def create_database(home: Path, cluster: Cluster, name: str) -> None:
    with locked(home / f"{name}.lock", "Czekam: inne ./dev przygotowuje bazę…"):
        if database_note(cluster, name) is None:
            cluster.sql(f"CREATE DATABASE {name}")


def prepare_database(home: Path, cluster: Cluster, name: str, env: dict) -> None:
    """Bring a database of the checkout up to date: create, migrate, load the demo; nothing twice.

    A demo without its note was cut short while loading: it is thrown away and loaded from scratch.
    """
    migrations = sorted(ROOT.glob("**/migrations/*.py"))
    schema, demo = fingerprint(LOCK, *migrations), name == "demo"
    with locked(home / f"{name}.lock", "Czekam: inne ./dev przygotowuje bazę…"):
        note = database_note(cluster, name)
        if note is not None and demo and not note.get("demo"):
            cluster.sql(f"DROP DATABASE {name} WITH (FORCE)")
            note = None
        if note is None:
            cluster.sql(f"CREATE DATABASE {name}")
        elif note.get("schema") == schema and note["applied"] == cluster.sql(APPLIED, name):
            return
        say("Dostosowuję tabele do nowej wersji…" if note else "Zakładam tabele…")
        manage(env, "migrate", "-v0", what="migracja bazy (pokazową założysz od nowa przez ./dev reset)")
        if demo and not note:
            say("Wczytuję ośrodek pokazowy (zwykle poniżej minuty)…")
            manage(env, "demo", what="wczytanie ośrodka pokazowego")
        note = {"schema": schema, "applied": cluster.sql(APPLIED, name), "demo": demo}
        cluster.sql(f"COMMENT ON DATABASE {name} IS '{json.dumps(note)}'")


def prepare_bench(home: Path, cluster: Cluster, size: str, env: dict) -> None:
    """A large centre of this size, made anew when the tables or its recipe have changed since."""
    recipe = [*sorted(ROOT.glob("**/migrations/*.py")), *sorted(ROOT.glob("devtools/synthetic/**/*.py"))]
    wanted = {"bench": size, "recipe": fingerprint(LOCK, *recipe)}
    with locked(home / "bench.lock", "Czekam: inne ./dev przygotowuje bazę…"):
        if database_note(cluster, "bench") == wanted:
            return
        cluster.sql("DROP DATABASE IF EXISTS bench WITH (FORCE)")
        cluster.sql("CREATE DATABASE bench")
        say("Zakładam tabele…")
        manage(env, "migrate", "-v0", what="założenie tabel")
        manage(env, "demo", "--size", size, what="wczytanie dużego ośrodka")
        cluster.sql(f"COMMENT ON DATABASE bench IS '{json.dumps(wanted)}'")


def check_given_database(env: dict) -> None:
    """Fill somebody's empty database; never change the tables of one in use without being asked."""
    options = {"stdout": subprocess.PIPE, "text": True}
    plan = manage(env, "showmigrations", "--plan", what="połączenie z bazą", **options)
    if "[X]" not in plan:
        say("Zakładam tabele w pustej bazie…")
        manage(env, "migrate", "-v0", what="migracja bazy")
    elif "[ ]" in plan:
        raise Refusal("Baza wymaga migracji. Zrób kopię zapasową i wpisz: ./dev manage migrate")


def collect_static(home: Path, env: dict) -> Path:
    """Static files of exactly this content, collected beside and renamed when whole. Returns the folder."""
    sources = [folder for folder in [ROOT / "static", *sorted(ROOT.glob("*/static"))] if folder.is_dir()]
    folder = home / "static" / fingerprint(LOCK, *sources)
    if not folder.exists():
        say("Przygotowuję style, skrypty i czcionki…")
        half = folder.with_name(f"half-{os.getpid()}")
        shutil.rmtree(half, ignore_errors=True)
        manage(env | {"STATIC_ROOT": str(half)}, "collectstatic", "--noinput", "-v0", what="pliki statyczne")
        with contextlib.suppress(OSError):  # another ./dev was quicker
            half.rename(folder)
    return folder


# ---- addresses -------------------------------------------------------------------------------------
def parse_address(text: str) -> tuple[str, int]:
    """'', '8001', 'host', 'host:8001', '[::1]:8001' → (host, port). Raises Refusal."""
    host, _, port = text.rpartition(":") if re.search(r":\d*$", text) else (text, "", "")
    if host.isdigit():
        host, port = "", host
    host, port = host or "127.0.0.1", int(port or 8000)
    if not re.fullmatch(r"\[[0-9a-fA-F:.]+\]|[A-Za-z0-9_.-]+", host) or not 0 < port < 65536:
        raise Refusal(f"Nie rozumiem adresu „{text}”. Podaj go tak: 127.0.0.1:8000")
    return host.strip("[]"), port


def is_loopback(host: str) -> bool:
    return host in {"localhost", "::1"} or host.startswith("127.")


def origin(host: str, port: int) -> str:
    """The address to open in a browser on this machine."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


def check_port(host: str, port: int) -> None:
    """Raises Refusal when we could not listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            known = {13: "zwykły użytkownik nie może go zająć", 98: "jest zajęty przez inny program"}
            why = known.get(error.errno, error.strerror)
            raise Refusal(
                f"Nie mogę otworzyć portu {port} pod adresem {host}: {why}. "
                "Podaj inny, na przykład: ./dev run 127.0.0.1:8001"
            ) from None


# ---- serving ---------------------------------------------------------------------------------------
def programs(host: str, port: int) -> dict[str, list]:
    """What ./dev run keeps running, by name: the web server, and the worker of the queue beside it."""
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return {
        "serwer WWW": [PYTHON, "-m", "gunicorn", "-c", ROOT / "lubsko_ops/gunicorn_conf.py", "-b", bind],
        "praca w tle": [PYTHON, ROOT / "manage.py", "worker"],
    }


def serve(host: str, port: int, env: dict, *, first_admin: bool) -> None:
    """Serve until a signal ends us; says the address only when the application answers."""
    check_port(host, port)
    with running(programs(host, port), env) as check:
        wait_until_healthy(host, port, env, check)
        say(f"\nLubsko OPS działa: {origin(host, port)}/")
        if env["DEMO"] == "1":
            say(ACCOUNTS)
        elif env.get("HTTPS", "1") != "0":
            say("Strony otwiera tylko przez pośrednika TLS (docs/how-to/deploy.md); do prób: HTTPS=0.")
        if first_admin:
            say(first_admin_words(env, origin(host, port)))
        say("Koniec pracy: Ctrl-C")
        while True:
            check()
            time.sleep(0.2)


def wait_until_healthy(host: str, port: int, env: dict, check) -> None:
    """Return when /zdrowie/ says 200. Raises Refusal when a program ends or a minute passes."""
    target = urlsplit(origin(host, port))
    allowed = env["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
    headers = {"Host": target.netloc if allowed == "*" else allowed}
    deadline, status = time.monotonic() + 60, "brak odpowiedzi"
    while time.monotonic() < deadline:
        check()
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection(target.hostname, port, timeout=5)
            connection.request("GET", "/zdrowie/", headers=headers)
            status = connection.getresponse().status
            connection.close()
            if status == 200:
                return
        time.sleep(0.1)
    raise Refusal(f"Aplikacja nie zgłosiła gotowości pod /zdrowie/ ({status}). Szczegóły powyżej.")


def first_admin_words(env: dict, base: str) -> str:
    options = {"what": "odsyłacz dla pierwszego administratora", "stdout": subprocess.PIPE, "text": True}
    link = manage(env, "first_admin_link", "--base", base, **options).strip()
    if not link:
        return "Zaloguj się kontem, które już masz w tej bazie."
    return f"Załóż konto administratora (odsyłacz działa raz):\n  {link}"
