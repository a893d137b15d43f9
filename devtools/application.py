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
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

from devtools.machine import KEYS, LOCK, PYTHON, fingerprint, keys
from devtools.postgres import Cluster, environment
from devtools.process import ROOT, Refusal, in_language, locked, running, say, step

# What ./dev decides itself: what the caller's shell happens to hold must not leak in.
OURS = {
    "DEBUG",
    "DEMO",
    "HTTPS",
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "DATABASE_URL",
    "STATIC_ROOT",
    "DATA_DIR",
}
OURS |= {"INSTALLATION", "SECOND_FACTOR", "BEHIND_PROXY", "TRUSTED_PROXIES", "DJANGO_SETTINGS_MODULE", *KEYS}
SIZES = ("city", "metropolis")
CENTRES = ROOT / "devtools/demo"  # each folder with a centre.toml is a demo centre
USUAL_CENTRE = "lubsko"
OTHER_CENTRES = tuple(
    sorted(path.parent.name for path in CENTRES.glob("*/centre.toml") if path.parent.name != USUAL_CENTRE)
)
DATABASES = {"demo": USUAL_CENTRE} | {f"demo_{name}": name for name in OTHER_CENTRES}  # of the demo centres
INVENTED = {*DATABASES, *SIZES}
LOOPBACK = "127.0.0.1,localhost,[::1]"
ROLES = {
    "assistant": "asystent rodziny",
    "social_worker": "pracownik socjalny",
    "specialist": "specjalista",
    "manager": "kierownik",
    "admin": "administrator",
}
# Which migrations a database has had: whoever changes that by hand, the next start notices.
APPLIED = "SELECT md5(string_agg(app || '.' || name, ' ' ORDER BY app, name)) FROM django_migrations"


# ---- environments ----------------------------------------------------------------------------------
def own_settings(home: Path, cluster: Cluster, name: str, hosts: str = LOOPBACK) -> dict[str, str]:
    """On a database of this checkout: those of the demo centres and sizes are invented, any other is empty."""
    kept = {k: v for k, v in environment().items() if k not in OURS}
    kind = {"DEMO": "1", "SECOND_FACTOR": "off"} if name in INVENTED else {"SECOND_FACTOR": "optional"}
    plain = {"INSTALLATION": "trial", "DEBUG": "0", "DEMO": "0", "HTTPS": "0"}
    plain["DJANGO_SETTINGS_MODULE"] = "lubsko_ops.settings"
    plain["DATA_DIR"] = str(home / "stored" / name)  # each database has its own files
    return kept | keys(home) | plain | kind | {"ALLOWED_HOSTS": hosts, "DATABASE_URL": cluster.url(name)}


def given_settings() -> dict[str, str]:
    """On somebody's own database (DATABASE_URL): their settings and their keys, never the demo."""
    if lacking := [name for name in KEYS if not os.environ.get(name)]:
        raise Refusal(f"Z DATABASE_URL podaj też klucze: {', '.join(lacking)}. Opis: docs/how-to/deploy.md")
    kept = {k: v for k, v in os.environ.items() if k not in {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV"}}
    fixed = {"DEBUG": "0", "DEMO": "0", "DJANGO_SETTINGS_MODULE": "lubsko_ops.settings"}
    return {"ALLOWED_HOSTS": LOOPBACK, **kept, **fixed}


def test_settings(cluster: Cluster) -> dict[str, str]:
    """For the tests: none of the caller's settings, temporary files in the cluster's folder.

    Bytecode is kept, whatever the caller does: workers and programs of the tests would compile every module anew.
    """
    kept = {k: v for k, v in environment().items() if k not in OURS | {"PYTHONDONTWRITEBYTECODE"}}
    module = {"DJANGO_SETTINGS_MODULE": "lubsko_ops.settings_test", "TMPDIR": str(cluster.home / "tmp")}
    return kept | module | {"DATABASE_URL": cluster.url("postgres")}


def manage(env: dict, *args: str, what: str, **options) -> str:
    return step([PYTHON, ROOT / "manage.py", *args], what, env=env, cwd=ROOT, **options)


# ---- databases -------------------------------------------------------------------------------------
def database_note(cluster: Cluster, name: str) -> dict | None:
    """What we wrote down about a database, in its own comment, which vanishes with it.

    {} when nothing was written yet, None when there is no such database.
    """
    comment = cluster.sql(
        "SELECT 'note ' || coalesce(shobj_description(oid, 'pg_database'), '{}') "
        f"FROM pg_database WHERE datname = '{name}'"
    )
    return json.loads(comment.removeprefix("note ")) if comment else None


def create_database(home: Path, cluster: Cluster, name: str) -> None:
    with locked(home / f"{name}.lock", waiting_for_database()):
        if database_note(cluster, name) is None:
            cluster.sql(f"CREATE DATABASE {name}")


def waiting_for_database() -> str:
    return in_language(
        "Czekam: inne ./dev przygotowuje bazę…", "Waiting: another ./dev prepares the database…"
    )


def prepare_database(home: Path, cluster: Cluster, name: str, env: dict) -> None:
    """Bring a database of the checkout up to date: create it, migrate it, load its invented centre.

    Nothing is done twice and nothing is ever dropped. A load that was cut short left nothing behind (it is one
    transaction) and is begun anew; a database that already holds accounts is left as it is.
    """
    schema = fingerprint(LOCK, *sorted(ROOT.glob("**/migrations/*.py")))
    with locked(home / f"{name}.lock", waiting_for_database()):
        note = database_note(cluster, name)
        if note is None:
            cluster.sql(f"CREATE DATABASE {name}")
        elif note.get("schema") == schema and note["applied"] == cluster.sql(APPLIED, name):
            return
        else:
            refuse_database_of_old_layout(cluster, name)
        if note:
            say(in_language("Dostosowuję tabele do nowej wersji…", "Migrating the database…"))
        else:
            say(in_language("Zakładam tabele…", "Creating the tables…"))
        manage(env, "migrate", "-v0", what=in_language("migracja bazy", "migrate"))
        if name in INVENTED and cluster.sql("SELECT count(*) FROM accounts_user", name) == "0":
            load_invented_centre(name, env)
        if name in SIZES and not note:
            cluster.sql("ANALYZE", name)  # also after a load whose own one was cut short
        note = (
            {"recipe": synthetic_recipe()}
            | (note or {})
            | {"schema": schema, "applied": cluster.sql(APPLIED, name)}
        )
        cluster.sql(f"COMMENT ON DATABASE {name} IS '{json.dumps(note)}'")


def accounts_text(name: str) -> str:
    """The accounts of the invented centre in this database, one line for each role; a size has those of Lubsko."""
    path = CENTRES / DATABASES.get(name, USUAL_CENTRE) / "centre.toml"
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    people = content["staff"]["people"]
    names = {role: [each["username"] for each in people if each["role"] == role] for role in ROLES}
    width = max(len(", ".join(each)) for each in names.values()) + 3
    lines = [f"  {', '.join(names[role]):{width}}{label}" for role, label in ROLES.items() if names[role]]
    title = f"Konta pokazowe ({content['centre']['short_name']}), hasło do wszystkich: {content['password']}"
    return "\n".join([title, *lines])


def load_invented_centre(name: str, env: dict) -> None:
    """Load a demo centre, or a synthetic one of the size the database is named by."""
    if name in DATABASES:
        say(in_language("Wczytuję ośrodek pokazowy (zwykle poniżej minuty)…", "Loading the demo centre…"))
        what = in_language("wczytanie ośrodka pokazowego", "loading the demo centre")
        manage(env, "demo", "--centre", DATABASES[name], what=what)
    else:
        minutes = "1-2" if name == "city" else "10-20"
        say(
            in_language(
                f"Wczytuję duży wymyślony ośrodek „{name}” (zwykle {minutes} minut)…",
                f"Loading the synthetic centre {name} (usually {minutes} minutes)…",
            )
        )
        what = in_language("wczytanie dużego ośrodka", "loading the synthetic centre")
        manage(env, "demo", "--size", name, what=what)


def synthetic_recipe() -> str:
    """A hash of the code that makes the synthetic centres: figures of different recipes are not compared."""
    return fingerprint(*sorted(ROOT.glob("devtools/synthetic/**/*.py")))


def check_recipe(cluster: Cluster, size: str) -> None:
    """Raise Refusal when the synthetic centre was loaded by other code than today's."""
    if (database_note(cluster, size) or {}).get("recipe") != synthetic_recipe():
        raise Refusal(
            f"The database {size} was loaded by an older version of devtools/synthetic. "
            f"Type: ./dev reset --size {size} && ./dev bench {size}"
        )


def refuse_database_of_old_layout(cluster: Cluster, name: str) -> None:
    """Raise Refusal for a database made when all models still stood in two apps: nothing can migrate it."""
    if not cluster.sql("SELECT to_regclass('django_migrations')", name):
        return
    if cluster.sql("SELECT 1 FROM django_migrations WHERE app IN ('ops', 'families') LIMIT 1", name):
        flag = {"demo": "", "empty": " --empty"}.get(name, f" --size {name}")
        flag = f" --demo {DATABASES[name]}" if name.startswith("demo_") else flag
        keep = in_language(
            "Jeśli są w niej potrzebne dane, najpierw zrób kopię (pg_dump, docs/how-to/develop.md). ",
            "If it holds data you need, make a copy first (pg_dump, docs/how-to/develop.md). ",
        )
        raise Refusal(
            in_language(
                "Ta baza powstała przed przebudową tabel i nie da się jej dostosować. ",
                "This database was made before the tables were rebuilt. ",
            )
            + (keep if name == "empty" else "")
            + in_language(f"Wpisz: ./dev reset{flag}", f"Type: ./dev reset{flag}")
        )


def check_given_database(env: dict) -> None:
    """Fill somebody's empty database; never change the tables of one in use without being asked."""
    options = {"stdout": subprocess.PIPE, "text": True}
    plan = manage(env, "showmigrations", "--plan", what="połączenie z bazą", **options)
    if "[X]" in plan and re.search(r"\[ \]\s+accounts\.0001_initial", plan):
        raise Refusal(
            "Ta baza powstała przed przebudową tabel i nie da się jej dostosować. Zachowaj jej kopię i podaj "
            "w DATABASE_URL nową, pustą bazę."
        )
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
        say(in_language("Przygotowuję style, skrypty i czcionki…", "Collecting static files…"))
        half = folder.with_name(f"half-{os.getpid()}")
        shutil.rmtree(half, ignore_errors=True)
        manage(env | {"STATIC_ROOT": str(half)}, "collectstatic", "--noinput", "-v0", what="collectstatic")
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
            reasons = {13: "zwykły użytkownik nie może go zająć", 98: "jest zajęty przez inny program"}
            why = reasons.get(error.errno, error.strerror)
            raise Refusal(
                f"Nie mogę otworzyć portu {port} pod adresem {host}: {why}. "
                "Podaj inny, na przykład: ./dev run 127.0.0.1:8001"
            ) from None


# ---- serving ---------------------------------------------------------------------------------------
def programs(host: str, port: int, *, reload: bool = False) -> dict[str, list]:
    """What ./dev run keeps running, by name: the web server, and the worker of the queue beside it.

    ``reload``: Django's own development server instead, which restarts itself when a file changes.
    """
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    gunicorn = [PYTHON, "-m", "gunicorn", "-c", ROOT / "lubsko_ops/gunicorn_conf.py", "-b", bind]
    return {
        "serwer WWW": [PYTHON, ROOT / "manage.py", "runserver", bind] if reload else gunicorn,
        "praca w tle": [PYTHON, ROOT / "manage.py", "worker"],
    }


def serve(
    host: str, port: int, env: dict, *, first_admin: bool, reload: bool = False, accounts: str = ""
) -> None:
    """Serve until a signal ends us; says the address, and the ``accounts``, only when the application answers."""
    check_port(host, port)
    with running(programs(host, port, reload=reload), env) as check:
        wait_until_healthy(host, port, env, check)
        say(f"\nLubsko OPS działa: {origin(host, port)}/")
        if env["DEMO"] == "1":
            say(accounts)
        elif env.get("HTTPS", "1") != "0":
            say("Strony otwiera tylko przez pośrednika TLS (docs/how-to/deploy.md).")
            say("Do prób bez prawdziwych danych: INSTALLATION=trial HTTPS=0.")
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
