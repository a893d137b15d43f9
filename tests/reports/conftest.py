"""What the tests of reports share."""

import pytest

from lubsko_ops import centre
from lubsko_ops.audit import save_as


@pytest.fixture
def the_centre(system):
    """The centre's own row, which paper needs and every page remembers."""
    row = centre.Centre(
        name="Ośrodek Próbny", short_name="OP", locality="Lubsko", address_line="ul. Próbna 1, Lubsko"
    )
    save_as(row, by=system, why="próba")
    centre.forget()
    return row
