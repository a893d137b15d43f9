"""Fixtures of the tests of money."""

import pytest

from tests.projects.helpers import make_running


@pytest.fixture
def edition(tomasz, maria):
    """Three positions: 1 260 zł and 900 zł of the centre, 300 zł of a grant."""
    return make_running(tomasz, maria)
