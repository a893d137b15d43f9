"""Stored files: encrypted, readable by their owner alone, written once, refused when they are not what was written."""

import stat
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet

from lubsko_ops.output import file_store

CONTENT = b"%PDF Danuta Kowalska"


@pytest.fixture
def name():
    name = uuid4()
    file_store.write(name, CONTENT)
    return name


def test_reads_what_was_written(name):
    assert file_store.read(name, file_store.checksum_of(CONTENT)) == CONTENT


def test_the_file_is_encrypted_and_private(name):
    path = file_store.path_of(name)
    assert b"Danuta" not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(each.stat().st_mode) for each in (path.parent, file_store.folder())} == {0o700}
    names = {each.name for each in path.parent.iterdir()}
    assert name.hex in names and {len(each) for each in names} == {len(name.hex)}  # no temporary file is left


def test_no_file_is_written_twice(name):
    with pytest.raises(FileExistsError):
        file_store.write(name, b"other")
    assert file_store.read(name) == CONTENT


def test_an_older_key_still_reads(name, settings):
    settings.PESEL_KEYS = [Fernet.generate_key().decode(), *settings.PESEL_KEYS]
    assert file_store.read(name) == CONTENT


def test_damaged_exchanged_or_missing_is_refused(name):
    with pytest.raises(file_store.StoredFileError, match="not the one"):
        file_store.read(name, file_store.checksum_of(b"other"))
    path = file_store.path_of(name)
    path.write_bytes(path.read_bytes()[:-5] + b"AAAA=")
    with pytest.raises(file_store.StoredFileError, match="damaged"):
        file_store.read(name)
    path.unlink()
    with pytest.raises(file_store.StoredFileError, match="missing"):
        file_store.read(name)
