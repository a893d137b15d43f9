"""The file of an import, its progress and the list of its rows: working data without history, soon deleted.

JobProgress is written over a connection of its own: it is seen at once, and so is the wish to cancel, while the one
transaction of the import goes on.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, connection, models, transaction

from families.case_files.models import CaseSummary
from families.deadlines.models import Deadline
from families.people.models import DuplicateCandidate
from families.register_import.models import ImportedRows, ImportFile, ImportProgress, RegisterImport
from families.register_import.problems import Report
from families.register_import.reading import pack_files, unpack_files
from families.timeline.models import TimelineEntry
from lubsko_ops.core import clock
from lubsko_ops.core.fields import cipher
from lubsko_ops.core.own_apps import get_own_models
from lubsko_ops.output.models import IssuedPaper

KEPT_DAYS = 7
STALLED_AFTER = timedelta(minutes=10)
MAX_ATTEMPTS = 3
BATCH = 500


# ---- the file --------------------------------------------------------------------------------------
def store_file(row: RegisterImport, files: Iterable[bytes]) -> None:
    content = cipher().encrypt(pack_files(files))
    now = clock.now()
    ImportFile.objects.create(register_import=row, uploaded_at=now, content=content)
    ImportProgress.objects.create(register_import=row, beat_at=now)


def load_files(row: RegisterImport) -> list[bytes]:
    """The uploaded files; none once they were deleted."""
    content = ImportFile.objects.filter(pk=row.pk).values_list("content", flat=True).first()
    return unpack_files(cipher().decrypt(bytes(content))) if content else []


def store_report(row: RegisterImport, report: Report) -> None:
    ImportFile.objects.filter(pk=row.pk).update(report=report.to_json())


def load_report(row: RegisterImport) -> Report | None:
    """What the check found; None once it was deleted."""
    text = ImportFile.objects.filter(pk=row.pk).values_list("report", flat=True).first()
    return Report.from_json(text) if text else None


def delete_content(row: RegisterImport) -> None:
    """Delete the file; what its check found stays for seven days after the upload."""
    ImportFile.objects.filter(pk=row.pk).update(content=b"")


def delete_old_files() -> int:
    """Delete the files and reports of uploads older than seven days; returns how many."""
    old = ImportFile.objects.filter(uploaded_at__lt=clock.now() - timedelta(days=KEPT_DAYS))
    return old.delete()[0]


# ---- progress --------------------------------------------------------------------------------------
class ImportCancelled(Exception):
    """Somebody asked to stop the running job."""


class JobProgress:
    """Reports the progress of one job, and stops it with ImportCancelled when that was asked for."""

    def __init__(self, pk: int) -> None:
        self.rows = ImportProgress.objects.using(settings.PROGRESS_DATABASE).filter(pk=pk)
        self.done = 0

    def begin(self) -> int:
        """Count an attempt; returns how many there were."""
        self.rows.update(attempts=models.F("attempts") + 1, done=0, total=0, beat_at=clock.now())
        return self.rows.values_list("attempts", flat=True).first() or 0

    def stage(self, name: str, total: int = 0) -> None:
        self.done = 0
        self._write(stage=name, done=0, total=total)

    def step(self, number: int) -> None:
        self.done += number
        self._write(done=self.done)

    def _write(self, **columns) -> None:
        self.rows.update(beat_at=clock.now(), **columns)
        if self.rows.filter(cancel_requested=True).exists():
            raise ImportCancelled


def restart_progress(row: RegisterImport) -> None:
    """For a job that begins: nothing done, nothing asked for."""
    columns = {"stage": "", "done": 0, "total": 0, "attempts": 0, "cancel_requested": False}
    ImportProgress.objects.filter(pk=row.pk).update(beat_at=clock.now(), **columns)


def request_cancel(row: RegisterImport) -> None:
    ImportProgress.objects.filter(pk=row.pk).update(cancel_requested=True)


def is_stalled(progress: ImportProgress | None) -> bool:
    """Whether the job gave no sign of life for ten minutes: its worker was killed, or none is running."""
    return progress is None or progress.beat_at < clock.now() - STALLED_AFTER


# ---- the rows an import made ---------------------------------------------------------------------
def store_made_rows(row: RegisterImport, made: dict[str, list[int]]) -> None:
    ImportedRows.objects.bulk_create(
        ImportedRows(register_import=row, label=label, ids=ids) for label, ids in made.items()
    )


def load_made_rows(row: RegisterImport) -> dict[str, list[int]]:
    return dict(ImportedRows.objects.filter(register_import=row).values_list("label", "ids"))


# Computed from the facts of a family or about a person; deleted with them.
STORED: tuple[tuple[type[models.Model], str, str], ...] = (
    (Deadline, "family__in", "people.family"),
    (CaseSummary, "family__in", "people.family"),
    (TimelineEntry, "family__in", "people.family"),
    (DuplicateCandidate, "person_a__in", "people.person"),
    (DuplicateCandidate, "person_b__in", "people.person"),
)
_DERIVED = {model for model, *_ in STORED}


def count_hanging(made: dict[str, list[int]]) -> dict[str, int]:
    """Rows of others that refer to these rows, by the plural name of their model: visits, papers, further people."""
    hanging: dict[str, int] = {}
    for model in get_own_models():
        if model in _DERIVED or model._meta.app_label == "register_import":
            continue
        refers = models.Q()
        for each in model._meta.concrete_fields:
            label = each.related_model._meta.label_lower if each.is_relation and each.related_model else ""
            if label in made:
                refers |= models.Q(**{f"{each.name}__in": made[label]})
        if refers:
            rows = model._base_manager.filter(refers).exclude(pk__in=made.get(model._meta.label_lower, []))
            if number := rows.count():
                hanging[str(model._meta.verbose_name_plural)] = number
    papers = IssuedPaper.objects.filter(file_kind="family", file_id__in=made.get("people.family", []))
    if number := papers.count():
        hanging[str(IssuedPaper._meta.verbose_name_plural)] = number
    return hanging


def delete_stored_rows(made: dict[str, list[int]]) -> None:
    """Delete what was computed from these rows."""
    for model, condition, label in STORED:
        model._base_manager.filter(**{condition: made.get(label, [])}).delete()


def check_references(refuse: Callable[[], Exception]) -> None:
    """Let the database check now what it would check at the commit; raise what ``refuse`` makes when it objects."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError:
        raise refuse() from None
