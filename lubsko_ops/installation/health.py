"""The state of the installation for its administrator: version, database, backup, nightly work, queue, disk, e-mail."""

import shlex
import shutil
import subprocess
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection

from lubsko_ops.accounts.link_mail import can_send_mail
from lubsko_ops.core import clock
from lubsko_ops.core.polish import count_of
from lubsko_ops.jobs import nightly
from lubsko_ops.jobs.queue import count_jobs

COMMAND_SECONDS = 5
BACKUP_LATE = timedelta(hours=26)  # a backup a day, with two hours to spare
LITTLE_DISK = 0.1  # of the whole
STUCK_AFTER = timedelta(minutes=30)


@dataclass(frozen=True)
class HealthFact:
    """A line of the page; ``kind``: "done", "soon" or "late" as of ``status``, empty for a plain value."""

    label: str
    text: str
    kind: str = ""
    note: str = ""


@cache
def get_version() -> str:
    """The version of the application."""
    return tomllib.loads(Path(settings.BASE_DIR, "pyproject.toml").read_text())["project"]["version"]


def get_facts() -> list[HealthFact]:
    """Everything the page shows. Reads the database, the disk and the mark of the last backup."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database()), current_setting('server_version')")
        size, server = cursor.fetchone()
    return [
        HealthFact("Wersja aplikacji", get_version()),
        HealthFact("Baza danych", format_size(size), note=f"PostgreSQL {server.split()[0]}"),
        backup_fact(get_last_backup(), clock.now()),
        queue_fact(),
        *disk_facts(),
        email_fact(),
        second_factor_fact(),
    ]


def installation_facts() -> list[HealthFact]:
    """The few that stand beside the first steps. One statement at most."""
    return [
        HealthFact("Wersja", get_version()),
        backup_fact(get_last_backup(), clock.now()),
        email_fact(),
        second_factor_fact(),
    ]


def get_last_backup() -> datetime | str | None:
    """The moment of the last backup from BACKUP_FILE (time of change) or BACKUP_COMMAND (prints an ISO moment).

    None when neither is set; a Polish sentence when it cannot be read.
    """
    if settings.BACKUP_FILE:
        try:
            return datetime.fromtimestamp(Path(settings.BACKUP_FILE).stat().st_mtime, clock.WARSAW)
        except OSError:
            return "nie ma pliku, na który wskazuje BACKUP_FILE"
    if settings.BACKUP_COMMAND:
        try:
            result = subprocess.run(
                shlex.split(settings.BACKUP_COMMAND),
                capture_output=True,
                text=True,
                timeout=COMMAND_SECONDS,
                check=True,
            )
            moment = datetime.fromisoformat(result.stdout.strip())
        except (OSError, ValueError, subprocess.SubprocessError):
            return "polecenie z BACKUP_COMMAND nie podało chwili kopii"
        return moment if moment.tzinfo else moment.replace(tzinfo=clock.WARSAW)
    return None


def backup_fact(last: datetime | str | None, now: datetime) -> HealthFact:
    label = "Kopia zapasowa"
    if last is None:
        note = "Kopię wskazuje osoba, która prowadzi serwer: BACKUP_FILE albo BACKUP_COMMAND."
        return HealthFact(label, "nie wiadomo", "late", note)
    if isinstance(last, str):
        return HealthFact(label, "nie wiadomo", "late", last[0].upper() + last[1:] + ".")
    text = format_moment(last)
    if now - last > BACKUP_LATE:
        return HealthFact(label, text, "late", "Ostatnia jest starsza niż doba.")
    return HealthFact(label, text, "done")


def nightly_facts() -> list[HealthFact]:
    """The last run of each nightly job, with what it did."""
    runs = nightly.get_last_runs()
    facts = []
    for job in nightly.JOBS:
        label = job.label or job.name
        label = label[0].upper() + label[1:]
        if (run := runs.get(job.name)) is None:
            facts.append(HealthFact(label, "jeszcze nigdy", "soon"))
            continue
        late = clock.now() - run.done_at > nightly.OVERDUE_AFTER
        counts = (
            run.result if isinstance(run.result, dict) else {}
        )  # earlier releases stored other results too
        done = ", ".join(f"{name}: {number}" for name, number in counts.items() if number)
        facts.append(HealthFact(label, format_moment(run.done_at), "late" if late else "done", done))
    return facts


def queue_fact() -> HealthFact:
    """Work that waits for the worker, and work that failed for good."""
    counts = count_jobs(waiting_since=clock.now() - STUCK_AFTER)
    text = count_of(counts.waiting, "zadanie czeka,zadania czekają,zadań czeka")
    if counts.stuck:
        return HealthFact(
            "Kolejka", text, "late", "Nikt ich nie bierze od pół godziny: sprawdź, czy działa worker."
        )
    return HealthFact("Kolejka", text, "done")


def disk_facts() -> list[HealthFact]:
    """Free space where the files are stored."""
    folder = Path(settings.DATA_DIR)
    while not folder.exists():
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    text = f"wolne {format_size(usage.free)} z {format_size(usage.total)}"
    kind = "late" if usage.free < usage.total * LITTLE_DISK else "done"
    return [HealthFact("Dysk na pliki", text, kind)]


def email_fact() -> HealthFact:
    if can_send_mail():
        return HealthFact("Poczta", f"nadawca {settings.DEFAULT_FROM_EMAIL}", "done")
    return HealthFact(
        "Poczta", "nie ustawiono", "", "Zaproszenia przekazuje się na karcie; poczta nie jest konieczna."
    )


def second_factor_fact() -> HealthFact:
    labels = {
        "required": ("wymagany", "done"),
        "optional": ("nieobowiązkowy", "soon"),
        "off": ("wyłączony", "late"),
    }
    text, kind = labels[settings.SECOND_FACTOR]
    return HealthFact("Drugi składnik logowania", text, kind, settings.SECOND_FACTOR_REASON)


def format_size(size: int) -> str:
    """ "1,2 GB"."""
    value = float(size)
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1024:
            return f"{value:.0f} {unit}" if unit in ("B", "kB") else f"{value:.1f} {unit}".replace(".", ",")
        value /= 1024
    return f"{value:.1f} TB".replace(".", ",")


def format_moment(moment: datetime) -> str:
    return f"{moment.astimezone(clock.WARSAW):%d.%m.%Y, %H:%M}"
