"""Compares the stored files with their checksums in the database.

Says which are missing, damaged or superfluous, and ends with 1 when any is. Nothing is changed or removed.
"""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from lubsko_ops.core.polish import count_of
from lubsko_ops.output import file_store


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        faults: list[str] = []
        listed: set[str] = set()
        waiting = 0
        for each in (each for get_files in file_store.LISTED_FILES for each in get_files()):
            listed.add(each.name.hex)
            waiting += not each.checksum
            if each.checksum and (fault := fault_of(each.name, each.checksum)):
                faults.append(f"{each.title}, plik {each.name.hex}: {fault}")
        faults += [f"plik {name}: zbędny" for name in file_store.names() if name not in listed]
        self.stdout.write(f"Sprawdzono: {count_of(len(listed), 'plik,pliki,plików')}.")
        if waiting:
            self.stdout.write(f"Jeszcze nie powstało: {count_of(waiting, 'plik,pliki,plików')}.")
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
