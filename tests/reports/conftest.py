"""Fixtures of the report tests."""

import pytest

from lubsko_ops.audit.history import save_with_history
from lubsko_ops.centre import models
from tests.recorded_rows import recorded
from tests.reports.random_history import RandomHistory

SEEDS = (1, 2, 3)


@recorded
def make_centre(by):
    row = models.Centre(
        name="Ośrodek Próbny", short_name="OP", locality="Lubsko", address_line="ul. Próbna 1, Lubsko"
    )
    return save_with_history(row, by=by, why="próba")


@pytest.fixture
def centre_row(system_user):
    """The centre's data, with the cache cleared."""
    row = make_centre(system_user)
    models.clear_cache()
    return row


@pytest.fixture
def julia(make_user):
    return make_user("julia", "Julia", "Dudek", "assistant")


@pytest.fixture(params=SEEDS)
def history(request, anna, ewa, julia, maria):
    made = RandomHistory(request.param, [anna, ewa, julia], maria)
    made.families(12)
    return made
