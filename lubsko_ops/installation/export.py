"""The file with all data of the centre: a ZIP of CSV tables, their description, and the issued papers.

It is made in one transaction that sees the database as of one moment, and written in encrypted parts of a few
megabytes, so that neither the memory nor the disk ever holds it whole and readable.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import connection, models, transaction

from lubsko_ops.core import clock
from lubsko_ops.core.own_apps import get_own_models
from lubsko_ops.installation.models import DataExport, DataExportPart
from lubsko_ops.output import file_store
from lubsko_ops.output.issued_papers import get_content
from lubsko_ops.output.models import IssuedPaper

LIFETIME = timedelta(hours=24)
PART_NAMES = UUID("7d0c7f3e-5a43-4c1e-9f0b-2f6a1f0c4b11")
PART_SIZE = 4 * 1024 * 1024
FETCHED_AT_ONCE = 2000
ABANDONED_AFTER = timedelta(hours=6)  # no worker takes so long

# What is no record of the centre: secrets, unfinished texts of single users, working copies that are computed anew.
LEFT_OUT = {
    "accounts.firstadministratorlink",
    "submissions.draft",
    "submissions.submission",
    "search.searchquery",
    "installation.dataexportpart",
    "register_import.importfile",
    "register_import.importprogress",
}
SECRET_COLUMNS = {"password", "session_generation", "pesel_key", "search_key", "token_hash"}
DESCRIPTION_COLUMNS = ("plik", "tabela", "kolumna", "znaczenie", "rodzaj", "odsyła do", "wartości")
README = """\
Wszystkie dane ośrodka w dniu {day}.

Każdy plik CSV w folderze dane/ to jedna tabela; w folderze historia/ są wszystkie poprzednie wersje jej wierszy: kto,
kiedy i dlaczego je zapisał. Kolumny opisuje plik opis-kolumn.csv. W folderze wydruki/ są wydane dokumenty PDF.

Pliki są w UTF-8, kolumny rozdziela średnik. Daty: rok-miesiąc-dzień. Tekst, który arkusz mógłby wziąć za formułę, ma na
początku apostrof.

Plik zawiera dane osobowe, także szczególnych kategorii: przechowuj go zaszyfrowany i usuń, gdy nie będzie potrzebny.
"""


class EncryptedParts(io.RawIOBase):
    """A file for writing only, whose content goes to the encrypted store in parts."""

    def __init__(self, export: DataExport) -> None:
        self.export, self.buffer, self.written = export, bytearray(), 0
        self.parts: list[DataExportPart] = []

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self.buffer += content
        self.written += len(content)
        if len(self.buffer) >= PART_SIZE:
            self.store_part()
        return len(content)

    def store_part(self) -> None:
        content, name = bytes(self.buffer), part_name(self.export, len(self.parts))
        self.buffer.clear()
        file_store.write(name, content)
        part = DataExportPart(
            export=self.export,
            number=len(self.parts),
            stored_as=name,
            checksum=file_store.checksum_of(content),
            size=len(content),
        )
        self.parts.append(part)

    def finish(self) -> None:
        if self.buffer:
            self.store_part()


def get_exported_models() -> list[type[models.Model]]:
    """The tables of the file, in the order of the apps, each before its history."""
    return [
        model
        for model in get_own_models(history=True)
        if model._meta.managed and model._meta.label_lower.replace("historical", "") not in LEFT_OUT
    ]


def make_export(pk: int) -> None:
    """Make the file of the export. A job: nothing happens to one that is made; an interrupted one begins anew."""
    export = DataExport.objects.filter(pk=pk, state=DataExport.State.WAITING).first()
    if export is None:
        return
    delete_parts(export)
    output = EncryptedParts(export)
    try:
        rows = _write_file(output, export)
    except Exception:
        delete_parts(export)
        DataExport.objects.filter(pk=pk).update(state=DataExport.State.FAILED)
        raise
    now = clock.now()
    with transaction.atomic():
        DataExportPart.objects.bulk_create(output.parts)
        DataExport.objects.filter(pk=pk).update(
            state=DataExport.State.READY,
            made_at=now,
            expires_at=now + LIFETIME,
            rows=rows,
            size=output.written,
        )


def begin_snapshot() -> None:
    """In a transaction that has just begun: it sees the database as of this moment, however long it takes."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")


def _write_file(output: EncryptedParts, export: DataExport) -> int:
    exported = get_exported_models()
    DataExport.objects.filter(pk=export.pk).update(tables_total=len(exported))
    rows = 0
    with transaction.atomic(), zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        begin_snapshot()
        archive.writestr("czytaj.txt", README.format(day=f"{clock.today():%d.%m.%Y}"))
        with archive.open("opis-kolumn.csv", "w") as file:
            write_csv(file, DESCRIPTION_COLUMNS, (row for model in exported for row in describe(model)))
        progress = DataExport.objects.using(settings.PROGRESS_DATABASE).filter(pk=export.pk)
        for number, model in enumerate(exported):
            progress.update(tables_done=number)
            with archive.open(file_name(model), "w", force_zip64=True) as file:
                rows += write_csv(file, [each.attname for each in columns(model)], read_rows(model))
        for name, content in read_papers():
            archive.writestr(name, content)
    output.finish()
    return rows


def file_name(model: type[models.Model]) -> str:
    """ "dane/people_family.csv", "historia/people_family.csv"."""
    table = model._meta.db_table
    if model.__name__.startswith("Historical"):
        return f"historia/{table.replace('historical', '', 1)}.csv"
    return f"dane/{table}.csv"


def columns(model: type[models.Model]) -> list[models.Field]:
    return [each for each in model._meta.concrete_fields if each.name not in SECRET_COLUMNS]


def read_rows(model: type[models.Model]) -> Iterator[tuple]:
    names = [each.attname for each in columns(model)]
    rows = model._base_manager.order_by("pk").values_list(*names)
    return rows.iterator(chunk_size=FETCHED_AT_ONCE)


def read_papers() -> Iterator[tuple[str, bytes]]:
    """Issued papers whose bytes are stored; one that is missing or damaged is left out, as on its page."""
    for paper in IssuedPaper.objects.exclude(rendered_at=None).order_by("pk").iterator(FETCHED_AT_ONCE):
        try:
            yield f"wydruki/{paper.pk}.pdf", get_content(paper.pk)
        except file_store.StoredFileError:
            continue


def write_csv(file, heading, rows) -> int:
    """Write the table to the binary file; returns the number of rows."""
    text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=False)
    writer = csv.writer(text, delimiter=";")
    writer.writerow(heading)
    written = 0
    for row in rows:
        writer.writerow([as_text(value) for value in row])
        written += 1
    text.flush()
    text.detach()
    return written


def as_text(value: Any) -> Any:
    """The value for a cell: no spreadsheet takes a text for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if isinstance(value, datetime):
        return value.astimezone(clock.WARSAW).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return as_text(", ".join(str(as_text(each)) for each in value))
    if isinstance(value, dict):
        return as_text(json.dumps(value, ensure_ascii=False))
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value


def describe(model: type[models.Model]) -> Iterator[tuple]:
    """The rows of the description: one for each column of the table."""
    title = str(model._meta.verbose_name).replace("historical ", "historia: ")
    for field in columns(model):
        target = file_name(field.related_model) if field.is_relation and field.related_model else ""
        values = (
            "; ".join(f"{value} = {label}" for value, label in field.flatchoices) if field.choices else ""
        )
        kind = KINDS.get(field.get_internal_type(), "tekst")
        yield file_name(model), title, field.attname, str(field.verbose_name), kind, target, values


KINDS = {
    "DateField": "data",
    "DateTimeField": "data i godzina",
    "TimeField": "godzina",
    "BooleanField": "tak albo nie",
    "ForeignKey": "numer wiersza",
    "OneToOneField": "numer wiersza",
    "BigAutoField": "numer wiersza",
    **dict.fromkeys(
        (
            "IntegerField",
            "BigIntegerField",
            "PositiveIntegerField",
            "PositiveBigIntegerField",
            "PositiveSmallIntegerField",
            "DecimalField",
        ),
        "liczba",
    ),
}


# ---- afterwards --------------------------------------------------------------------------------------
def read_parts(export: DataExport) -> Iterator[bytes]:
    """The file, part by part; the database is asked at once. Raises StoredFileError, now or then, for a lost part."""
    parts = list(export.parts.order_by("number").values_list("stored_as", "checksum"))
    if lost := [name for name, _ in parts if not file_store.exists(name)]:
        raise file_store.StoredFileError(f"{len(lost)} parts of export {export.pk} are missing.")
    return (file_store.read(name, checksum) for name, checksum in parts)


def part_name(export: DataExport, number: int) -> UUID:
    """The name follows from the export, so that what a killed worker wrote, which no row lists, can be deleted."""
    return uuid5(PART_NAMES, f"{export.pk}/{number}")


def delete_parts(export: DataExport) -> None:
    for number in count():
        if not file_store.exists(name := part_name(export, number)):
            break
        file_store.delete(name)
    export.parts.all().delete()


def expire_exports() -> int:
    """Delete the files whose day has passed, and give up requests nobody works on; returns how many. A job."""
    now = clock.now()
    number = 0
    for export in DataExport.objects.filter(state=DataExport.State.READY, expires_at__lte=now):
        delete_parts(export)
        DataExport.objects.filter(pk=export.pk).update(state=DataExport.State.EXPIRED)
        number += 1
    abandoned = DataExport.objects.filter(
        state=DataExport.State.WAITING, requested_at__lt=now - ABANDONED_AFTER
    )
    for export in abandoned:
        delete_parts(export)
        DataExport.objects.filter(pk=export.pk).update(state=DataExport.State.FAILED)
    return number


def get_listed_files() -> Iterator[file_store.ListedFile]:
    """The parts of all files, for ``manage.py check_files``."""
    for pk, name, checksum in DataExportPart.objects.order_by("pk").values_list(
        "pk", "stored_as", "checksum"
    ):
        yield file_store.ListedFile(f"część eksportu {pk}", name, checksum)
