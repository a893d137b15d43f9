import pytest

from families.specialists.actions import add_specialist
from families.specialists.models import FamilySpecialist
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY

PURPOSE = "konsultacje wychowawcze"


@pytest.fixture
def olga(make_user):
    """A psychologist; she is added to no family."""
    return make_user("olga", "Olga", "Marzec", Role.SPECIALIST)


@pytest.fixture
def as_olga(client, olga):
    client.force_login(olga)
    return client


def let_in(family, specialist, *, by, starts_on=TODAY, ends_on=None) -> FamilySpecialist:
    row = FamilySpecialist(specialist=specialist, starts_on=starts_on, ends_on=ends_on, purpose=PURPOSE)
    return add_specialist(family=family, row=row, by=by)


@pytest.fixture
def access(kowalscy, olga, tomasz):
    """Olga works with the Kowalscy from today on."""
    return let_in(kowalscy, olga, by=tomasz)
