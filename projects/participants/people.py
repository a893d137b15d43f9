"""The persons of participations, and their age in years or months."""

from collections.abc import Iterable
from datetime import date

from families.people.identity import age_text as years_text
from families.people.models import Person
from lubsko_ops.core.dates import full_months
from lubsko_ops.core.polish import MONTH_FORMS, YEAR_FORMS, count_of
from projects.choices import AgeUnit
from projects.models import Participation
from projects.participants.facts import children_among

COUNTED_IN_MONTHS = 36


def people_of(rows: Iterable[Participation]) -> list[Person]:
    """The persons of the rows, each row's participant before the child."""
    return [person for row in rows for person in (row.person, row.child) if person]


def age_text(person: Person, day: date, unit: str = AgeUnit.YEARS) -> str:
    """ "34 lata", "14 miesięcy", under one "5 miesięcy"; empty when the date of birth is unknown or later."""
    birth = person.birth
    if birth is None or birth.first_day > day:
        return ""
    if unit == AgeUnit.MONTHS and birth.last_day <= day:
        months = full_months(birth.last_day, day)
        return (
            count_of(months, MONTH_FORMS)
            if months < COUNTED_IN_MONTHS
            else count_of(months // 12, YEAR_FORMS)
        )
    return years_text(birth, day)


def child_in(row: Participation, *, on: date) -> Person | None:
    """The child of the row: of a pair, or a participant under age on the day."""
    if row.child:
        return row.child
    under_age = children_among([row.person], on=on) if row.person else set()
    return row.person if row.person_id in under_age else None


def signing_people(row: Participation, *, on: date) -> list[Person]:
    """Whose papers belong to the row: of a whole family, its members on the day."""
    if row.person_id or row.family is None:
        return people_of([row])
    members = row.family.memberships.members_on(on).select_related("person")
    return [each.person for each in members.order_by("person__born_on", "pk")]
