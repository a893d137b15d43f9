"""Participants for a paper: those the user may see, by name, with what the papers say of them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, QuerySet

from families.people.models import Person
from lubsko_ops.accounts.models import User
from lubsko_ops.core.dates import full_months
from lubsko_ops.core.polish import count_of
from projects.choices import AgeUnit
from projects.models import Edition, ParticipantConsent, Participation
from projects.papers import AGE_FORMS
from projects.scope import visible_participations

COUNTED_IN_MONTHS = 36


def visible_in(edition: Edition, user: User, *, on: date) -> QuerySet[Participation]:
    """Participants of the edition the user may see, by surname, then whole families by their name."""
    rows = visible_participations(user, on=on).filter(edition=edition)
    return rows.select_related("person", "child", "family", "group").order_by(
        F("person__last_name").asc(nulls_last=True), "person__first_name", "family__name", "pk"
    )


def people_of(rows: Iterable[Participation]) -> list[Person]:
    """The persons of the rows, each row's participant before the child."""
    return [person for row in rows for person in (row.person, row.child) if person]


def age_text(person: Person, day: date, unit: str = AgeUnit.YEARS) -> str:
    """ "34 lata", "14 miesięcy"; empty when the date of birth is unknown or later."""
    birth = person.birth
    if birth is None or birth.first_day > day:
        return ""
    if unit == AgeUnit.MONTHS and birth.last_day <= day:
        months = full_months(birth.last_day, day)
        return (
            count_of(months, AGE_FORMS[AgeUnit.MONTHS])
            if months < COUNTED_IN_MONTHS
            else count_of(months // 12, AGE_FORMS[AgeUnit.YEARS])
        )
    return count_of(birth.age_on(day) or 0, AGE_FORMS[AgeUnit.YEARS])


def last_consents(edition: Edition) -> dict[tuple[int, str], ParticipantConsent]:
    """The last declaration or consent of each kind by the id of the person."""
    rows = ParticipantConsent.objects.filter(edition=edition).order_by("given_on", "pk")
    return {(row.person_id, row.kind): row for row in rows}
