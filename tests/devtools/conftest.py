"""Fixtures for the tests of ./dev."""

import shutil
import tempfile
from pathlib import Path

import pytest


@pytest.fixture
def home():
    """A folder PostgreSQL can live in: short, and passable for its own user when we are root."""
    folder = Path(tempfile.mkdtemp(prefix="lubsko-home-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)
