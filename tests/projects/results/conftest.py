"""Fixtures of the tests of results."""

import pytest

from tests.projects.helpers import make_running


@pytest.fixture
def edition(tomasz, maria):
    """Two goals from 0 to 10 persons, running since the first of October."""
    return make_running(tomasz, maria)
