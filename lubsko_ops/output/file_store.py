"""The encrypted file store: the only place where the application keeps files.

A file lies under DATA_DIR by its UUID, never by anybody's name, encrypted with PESEL_KEYS, readable by its owner alone.
It is written whole or not at all, and never changed afterwards. The caller keeps its checksum in the database, so that
a file that is missing, damaged or exchanged is never served (``manage.py check_files`` compares them all).
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.conf import settings

from lubsko_ops.core.fields import cipher
from lubsko_ops.core.registry import Registry


@dataclass(frozen=True)
class ListedFile:
    """A file that the database names: what it is, and its checksum; empty while it is not written yet."""

    title: str
    name: UUID
    checksum: str


# Functions that yield all files of an app; ``manage.py check_files`` compares them with the folder.
LISTED_FILES: Registry[Callable[[], Iterable[ListedFile]]] = Registry("files the database names")


class StoredFileError(Exception):
    """A stored file is missing or is not the one that was written; holds no personal data."""


def folder() -> Path:
    return Path(settings.DATA_DIR, "files")


def path_of(name: UUID) -> Path:
    """Files are spread over 256 folders: one folder of 100,000 files is slow to list and to copy."""
    return folder() / name.hex[:2] / name.hex


def checksum_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def write(name: UUID, content: bytes) -> None:
    """Write a new file; it is on the disk when this returns. Raises FileExistsError: no file is written twice."""
    path = path_of(name)
    Path(settings.DATA_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
    for each in (folder(), path.parent):
        each.mkdir(mode=0o700, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".") as file:  # mode 0600
        file.write(cipher().encrypt(content))
        file.flush()
        os.fsync(file.fileno())
        os.link(file.name, path)  # unlike a rename, refuses to replace
    _sync_folder(path.parent)


def _sync_folder(path: Path) -> None:
    """Put the name of a new file on the disk too."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def delete(name: UUID) -> None:
    """Delete a file whose time has ended; one that is gone already is no error."""
    path_of(name).unlink(missing_ok=True)


def exists(name: UUID) -> bool:
    return path_of(name).is_file()


def read(name: UUID, checksum: str = "") -> bytes:
    """The content. Raises StoredFileError when it is missing, cannot be decrypted or has another checksum."""
    try:
        content = cipher().decrypt(path_of(name).read_bytes())
    except OSError:
        raise StoredFileError(f"File {name} is missing or cannot be read.") from None
    except InvalidToken:
        raise StoredFileError(f"File {name} is damaged, or its key is missing.") from None
    if checksum and checksum_of(content) != checksum:
        raise StoredFileError(f"File {name} is not the one that was written.")
    return content


def names() -> Iterator[str]:
    """Names of all files below the folder, also of such as were never written by ``write``."""
    return (path.name for path in sorted(folder().rglob("*")) if path.is_file())
