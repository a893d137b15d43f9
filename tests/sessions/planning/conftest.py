"""A workshop of Tomasz from October to December 2026, and that of Lubsko in 2022."""

from datetime import date

import pytest

from tests.projects.factories import make_group as make_old_group
from tests.projects.groups.helpers import make_workshop
from tests.projects.helpers import make_draft


@pytest.fixture
def group(tomasz, maria):
    """From the first of October to the eighteenth of December 2026."""
    return make_workshop(tomasz, maria, meetings=9, hours=18)


@pytest.fixture
def lubsko(tomasz):
    edition = make_draft(tomasz, starts_on=date(2022, 11, 2), ends_on=date(2022, 12, 31))
    return make_old_group(edition, tomasz, meetings=9, hours=18)
