"""The group of Tomasz and one of its meetings."""

import pytest

from tests.sessions.running.helpers import add, make_led


@pytest.fixture
def group(tomasz, maria):
    return make_led(tomasz, maria)


@pytest.fixture
def meeting(group, tomasz):
    """On Monday 19 October at nine."""
    return add(group, tomasz)
