"""The jobs of an import, run by the worker: check, import, and the nightly deletion of old files."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace

from families.register_import.actions import (
    RowRefused,
    import_register,
    record_check,
    stop_import,
)
from families.register_import.checking import check_register
from families.register_import.models import CHECKED, RUNNING, ImportState, RegisterImport
from families.register_import.problems import WHOLE_FILE, RegisterProblem, Report
from families.register_import.reading import UnreadableFile, read_sheets
from families.register_import.register import Register
from families.register_import.storage import (
    MAX_ATTEMPTS,
    ImportCancelled,
    JobProgress,
    delete_old_files,
    is_stalled,
    load_files,
)
from lubsko_ops.accounts.models import User

log = logging.getLogger(__name__)
FAILED = (
    "Program nie mógł dokończyć pracy. Nic nie zapisano. Powiedz o tym osobie, która opiekuje się serwerem."
)
EXPIRED = "Plik czekał siedem dni i został usunięty."


def run_check(pk: int) -> None:
    """Job: check an uploaded register."""
    _run(pk, ImportState.CHECKING, _check)


def run_import(pk: int) -> None:
    """Job: import a checked register, in one transaction."""
    _run(pk, ImportState.IMPORTING, _import)


def _run(pk: int, state: ImportState, work: Callable[[RegisterImport, JobProgress, User], None]) -> None:
    """Do the work of a job unless its import is in another state: it was cancelled, or another worker did it.

    A failure is left to the queue, which tries again; the last attempt ends the import.
    """
    row = RegisterImport.objects.select_related("started_by", "entered_by").get(pk=pk)
    if row.state != state:
        return
    by = row.started_by or row.entered_by
    progress = JobProgress(pk)
    attempts = progress.begin()
    try:
        work(row, progress, by)
    except ImportCancelled:
        stop_import(register_import=row, state=ImportState.CANCELLED, note="", by=by)
    except UnreadableFile as refusal:
        problem = RegisterProblem(WHOLE_FILE, 0, "", str(refusal), "prześlij inny plik")
        record_check(register_import=row, report=Report(problems=[problem]), by=by)
    except Exception as error:
        if attempts < MAX_ATTEMPTS:
            raise
        log.error("Import %s failed: %s", pk, type(error).__name__)
        stop_import(register_import=row, state=ImportState.FAILED, note=FAILED, by=by)


def _checked(row: RegisterImport, progress: JobProgress, by: User) -> tuple[Register, Report]:
    progress.stage("Czytanie pliku")
    sheets = read_sheets(load_files(row))
    register, report = check_register(sheets, author=by, step=progress.stage)
    if RegisterImport.objects.filter(checksum=row.checksum, state=ImportState.DONE).exists():
        text = "Ten sam plik już wczytano."
        report.problems.append(
            RegisterProblem(WHOLE_FILE, 0, "", text, "sprawdź, czy nie wczytujesz go drugi raz", False)
        )
    return register, report


def _check(row: RegisterImport, progress: JobProgress, by: User) -> None:
    _, report = _checked(row, progress, by)
    record_check(register_import=row, report=report, by=by)


def _import(row: RegisterImport, progress: JobProgress, by: User) -> None:
    """Check again, because the centre may have changed since, and save.

    A refused row gives back the list of errors; remarks that nobody has read yet, such as on people whom another
    import made meanwhile, the list of remarks.
    """
    begun = time.monotonic()
    register, report = _checked(row, progress, by)
    more_remarks = len(report.remarks) > row.warnings
    if not report.errors and not more_remarks:
        progress.stage("Zapisywanie", register.size)
        try:
            import_register(
                register_import=row,
                register=register,
                by=by,
                step=progress.step,
                seconds=lambda: round(time.monotonic() - begun),
            )
        except RowRefused as refused:
            report = replace(report, problems=[refused.problem, *report.problems])
    if report.errors or more_remarks:
        record_check(register_import=row, report=report, by=by)


def clean_up() -> dict[str, int]:
    """Nightly job: end imports whose worker was killed or whose file has expired, and delete old files."""
    ended = 0
    for row in RegisterImport.objects.filter(state__in=RUNNING).select_related("progress", "entered_by"):
        if is_stalled(getattr(row, "progress", None)):
            stop_import(register_import=row, state=ImportState.FAILED, note=FAILED, by=row.entered_by)
            ended += 1
    deleted = delete_old_files()
    waiting = RegisterImport.objects.filter(state__in=CHECKED, file=None).select_related("entered_by")
    for row in waiting:
        stop_import(register_import=row, state=ImportState.CANCELLED, note=EXPIRED, by=row.entered_by)
        ended += 1
    return {"pliki rejestru": deleted, "przerwane wczytywania": ended}
