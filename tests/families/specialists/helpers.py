"""A specialist who is added to a family."""

from families.specialists.actions import add_specialist
from families.specialists.models import FamilySpecialist
from tests.factories import TODAY
from tests.recorded_rows import recorded

PURPOSE = "konsultacje wychowawcze"


@recorded
def let_in(family, specialist, *, by, starts_on=TODAY, ends_on=None) -> FamilySpecialist:
    row = FamilySpecialist(specialist=specialist, starts_on=starts_on, ends_on=ends_on, purpose=PURPOSE)
    return add_specialist(family=family, row=row, by=by)
