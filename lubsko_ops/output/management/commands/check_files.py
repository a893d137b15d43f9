"""Compares the files of issued papers with their checksums in the database.

Says which are missing, damaged or superfluous, and ends with 1 when any is. Nothing is changed or removed.
"""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from lubsko_ops.core.polish import count_of
from lubsko_ops.output import file_store
from lubsko_ops.output.models import IssuedPaper


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        papers = IssuedPaper.objects.order_by("pk").values_list("pk", "stored_as", "checksum", "rendered_at")
        faults: list[str] = []
        listed: set[str] = set()
        waiting = 0
        for pk, name, checksum, rendered_at in papers.iterator(chunk_size=2000):
            listed.add(name.hex)
            waiting += rendered_at is None
            if rendered_at and (fault := fault_of(name, checksum)):
                faults.append(f"wydruk {pk}, plik {name.hex}: {fault}")
        faults += [f"plik {name}: zbędny" for name in file_store.names() if name not in listed]
        self.stdout.write(f"Sprawdzono: {count_of(len(listed), 'wydruk,wydruki,wydruków')}.")
        if waiting:
            self.stdout.write(f"Czeka na plik: {count_of(waiting, 'wydruk,wydruki,wydruków')}.")
        for fault in faults:
            self.stdout.write(f"  {fault}")
        if faults:
            raise CommandError(
                "Pliki nie zgadzają się z bazą. Odtwórz brakujące i uszkodzone z kopii zapasowej."
            )
        self.stdout.write("Wszystkie pliki są takie, jakie zapisano.")


def fault_of(name: UUID, checksum: str) -> str:
    """What is wrong with the file, otherwise empty."""
    if not file_store.exists(name):
        return "brakuje"
    try:
        file_store.read(name, checksum)
    except file_store.StoredFileError:
        return "uszkodzony"
    return ""
