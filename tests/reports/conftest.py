"""What the tests of reports share."""

import pytest

from lubsko_ops.audit.history import save_with_history
from lubsko_ops.centre import models


@pytest.fixture
def the_centre(system):
    """The centre's own row, which paper needs and every page remembers."""
    row = models.Centre(
        name="Ośrodek Próbny", short_name="OP", locality="Lubsko", address_line="ul. Próbna 1, Lubsko"
    )
    save_with_history(row, by=system, why="próba")
    models.clear_cache()
    return row
