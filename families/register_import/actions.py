"""Actions on imports of a register: upload, start, cancel, the import itself, undo."""

import hashlib
from collections.abc import Callable, Iterator

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from families.caseload.actions import take_serials
from families.caseload.models import WorkPeriod
from families.people.models import Family, Person
from families.register_import import storage
from families.register_import.models import CHECKED, RUNNING, ImportState, RegisterImport
from families.register_import.problems import RegisterProblem, Report
from families.register_import.register import MODELS, Placed, Register
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import (
    bulk_delete_with_history,
    bulk_save_with_history,
    lock_row,
    save_with_history,
)
from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock, lock_name, note_locked
from lubsko_ops.core.polish import count_of, join_list
from lubsko_ops.jobs.background import start_job

CHECK_JOB, IMPORT_JOB = "check_register", "import_register"
WHY = "Wczytanie dotychczasowego rejestru"
DATABASE_REFUSALS = (ValidationError, IntegrityError, DataError)
BATCH = 500  # rows of one statement, and between two looks at whether to go on


class RowRefused(Exception):
    """The database refused a row of the register; ``problem`` names it."""

    def __init__(self, problem: RegisterProblem) -> None:
        super().__init__("the database refused a row of the register")
        self.problem = problem


# ---- the file ----------------------------------------------------------------------------------------
@action
def upload_register(*, files: list[bytes], by: User) -> RegisterImport:
    """Keep the uploaded files, encrypted, and have them checked in the background."""
    checksum = hashlib.sha256(b"".join(files)).hexdigest()
    row = save_with_history(RegisterImport(checksum=checksum), by=by, why="Przesłanie rejestru")
    storage.store_file(row, files)
    start_job(CHECK_JOB, row.pk)
    return row


@action
def record_check(*, register_import: RegisterImport, report: Report, by: User) -> RegisterImport:
    """Store what the check found: the register is ready, or has errors to be mended."""
    row = lock_row(RegisterImport.objects, pk=register_import.pk)
    if row.state not in RUNNING:
        return row
    row.state = ImportState.HAS_ERRORS if report.errors else ImportState.READY
    row.errors, row.warnings = len(report.errors), len(report.remarks)
    numbers = {forms.split(",")[0]: number for forms, number in report.counts.items()}
    row.families, row.people = numbers.get("rodzina", 0), numbers.get("osoba", 0)
    storage.store_report(row, report)
    return save_with_history(row, by=by, why="Sprawdzenie rejestru")


@action
def start_import(*, register_import: RegisterImport, version: int | None, by: User) -> RegisterImport:
    """Have a register without errors imported in the background; one that was interrupted is begun again.

    An interrupted check is repeated.
    """
    row = lock_row(RegisterImport.objects, pk=register_import.pk, version=version)
    job = IMPORT_JOB
    if row.state in RUNNING and storage.is_stalled(getattr(row, "progress", None)):
        job = CHECK_JOB if row.state == ImportState.CHECKING else IMPORT_JOB
    elif row.state != ImportState.READY:
        raise ValidationError(f"Tego rejestru nie można teraz wczytać: {row.get_state_display()}.")
    lock_name(IMPORT_JOB)
    if RegisterImport.objects.filter(state=ImportState.IMPORTING).exclude(pk=row.pk).exists():
        raise ValidationError("Trwa wczytywanie innego pliku. Poczekaj, aż się skończy.")
    if not storage.load_files(row):
        raise ValidationError("Plik został już usunięty. Prześlij go jeszcze raz.")
    if job == IMPORT_JOB:
        row.state, row.started_by = ImportState.IMPORTING, by
    storage.restart_progress(row)
    save_with_history(row, by=by, why="Polecenie wczytania rejestru")
    start_job(job, row.pk)
    return row


@action
def cancel_import(*, register_import: RegisterImport, by: User) -> RegisterImport:
    """Stop an import: a running job at its next step, before anything is saved; any other at once, with its file."""
    storage.request_cancel(register_import)
    rows = RegisterImport.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    row = rows.filter(pk=register_import.pk).first()
    if row is None:  # its job holds it, and sees the request
        return register_import
    if row.state not in (*RUNNING, *CHECKED):
        raise ValidationError(f"Tego wczytywania nie można przerwać: {row.get_state_display()}.")
    return stop_import(register_import=row, state=ImportState.CANCELLED, note="", by=by)


@action
def stop_import(
    *, register_import: RegisterImport, state: ImportState, note: str, by: User
) -> RegisterImport:
    """End an import that made nothing, and delete its file."""
    row = lock_row(RegisterImport.objects, pk=register_import.pk)
    if row.state not in (*RUNNING, *CHECKED):
        return row
    row.state, row.note = state, note
    storage.delete_content(row)
    why = "Przerwanie wczytywania" if state == ImportState.CANCELLED else "Niepowodzenie wczytywania"
    return save_with_history(row, by=by, why=why)


# ---- the import --------------------------------------------------------------------------------------
@action
def import_register(
    *,
    register_import: RegisterImport,
    register: Register,
    by: User,
    step: Callable[[int], None] = lambda number: None,
    seconds: Callable[[], int] = lambda: 0,
) -> RegisterImport:
    """Save all rows of the register, with history, in this one transaction. Raises RowRefused.

    ``step`` gets the number of rows saved, and may raise to stop everything; ``seconds`` says how long it took.
    """
    lock(users=_assigned_users(register))
    row = lock_row(RegisterImport.objects, pk=register_import.pk)
    if row.state != ImportState.IMPORTING:
        return row
    made: dict[str, list[int]] = {}
    for model in MODELS:
        placed = list(register.placed(model))
        if model is WorkPeriod:
            _number_periods([each.instance for each in placed])
        for start in range(0, len(placed), BATCH):
            batch = placed[start : start + BATCH]
            _save(batch, by=by)
            made.setdefault(model._meta.label_lower, []).extend(each.instance.pk for each in batch)
            step(len(batch))
    storage.store_made_rows(row, made)
    storage.delete_content(row)
    row.state = ImportState.DONE
    row.families, row.people = register.count(Family), register.count(Person)
    row.seconds = seconds()
    return save_with_history(row, by=by, why=WHY)


def _assigned_users(register: Register) -> set[int]:
    users = {each.assistant_id for entry in register.entries for _, each in entry.assignments}
    return users | {each.social_worker_id for entry in register.entries for _, each in entry.leads}


def _number_periods(periods: list) -> None:
    """The next case numbers of each year, in the order in which the work began."""
    by_year: dict[int, list[WorkPeriod]] = {}
    for period in sorted(periods, key=lambda each: each.starts_on):
        by_year.setdefault(period.year, []).append(period)
    for year, rows in sorted(by_year.items()):
        for period, serial in zip(rows, take_serials(year, len(rows)), strict=True):
            period.serial = serial


def _save(batch: list[Placed], *, by: User) -> None:
    """Save rows of one model; when the database refuses one, find which it is and raise RowRefused."""
    rows = [each.instance for each in batch]
    try:
        with transaction.atomic():
            bulk_save_with_history(rows, by=by, why=WHY)
    except DATABASE_REFUSALS:
        for each in batch:
            each.instance.pk, each.instance._state.adding = None, True
            try:
                with transaction.atomic():
                    bulk_save_with_history([each.instance], by=by, why=WHY)
            except DATABASE_REFUSALS as refusal:
                own_words = isinstance(refusal, ValidationError)
                text = " ".join(refusal.messages) if own_words else "Baza danych nie przyjęła tego wiersza."
                row = each.row
                problem = RegisterProblem(
                    row.table.title, row.number, "", text, "popraw w arkuszu", family=row.family
                )
                raise RowRefused(problem) from None
        raise
    for each in rows:
        note_locked(each)


# ---- undo --------------------------------------------------------------------------------------------
@action
def undo_import(
    *, register_import: RegisterImport, reason: str, version: int | None, by: User
) -> RegisterImport:
    """Delete every row the import made, with history, while nothing else rests on them and none was changed."""
    made = storage.load_made_rows(register_import)
    # Those that were deleted since are named below.
    families = Family.objects.filter(pk__in=made.get("people.family", []))
    people = Person.objects.filter(pk__in=made.get("people.person", []))
    lock(families=families.values_list("pk", flat=True), people=people.values_list("pk", flat=True))
    row = lock_row(RegisterImport.objects, pk=register_import.pk, version=version)
    if row.state != ImportState.DONE:
        raise ValidationError(f"Tego wczytywania nie można cofnąć: {row.get_state_display()}.")
    saved = {model: list(model._base_manager.filter(pk__in=made[label])) for model, label in _labels(made)}
    if sentences := undo_refusals(made, saved):
        raise ValidationError(sentences)
    storage.delete_stored_rows(made)
    why = f"Cofnięcie wczytania rejestru: {reason}"
    for rows in reversed(saved.values()):
        for start in range(0, len(rows), BATCH):
            bulk_delete_with_history(rows[start : start + BATCH], by=by, why=why)
    storage.check_references(lambda: ValidationError("Na wczytanych wpisach oparto już inne."))
    row.state, row.note = ImportState.UNDONE, reason
    return save_with_history(row, by=by, why=why)


def _labels(made: dict[str, list[int]]) -> Iterator[tuple[type[AuditedModel], str]]:
    return ((model, label) for model in MODELS if (label := model._meta.label_lower) in made)


def undo_refusals(
    made: dict[str, list[int]], saved: dict[type[AuditedModel], list[AuditedModel]]
) -> list[str]:
    """Sentences on what keeps the import: rows of others, rows changed or deleted since."""
    sentences = []
    if hanging := storage.count_hanging(made):
        names = join_list(f"{name} ({number})" for name, number in sorted(hanging.items()))
        sentences.append(f"Na wczytanych wpisach opierają się już inne: {names}.")
    changed = sum(row.version != 1 for rows in saved.values() for row in rows)
    gone = sum(len(ids) for ids in made.values()) - sum(len(rows) for rows in saved.values())
    if changed:
        one, more = "wczytany wpis zmieniono", "wczytane wpisy zmieniono"
        sentences.append(f"Od wczytania {count_of(changed, f'{one},{more},wczytanych wpisów zmieniono')}.")
    if gone:
        sentences.append(f"Od wczytania usunięto już {count_of(gone, 'wpis,wpisy,wpisów')}.")
    return sentences
