"""Participants for a paper: those the user may see, by name, with what the papers say of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import F, QuerySet

from families.choices import CHILDREN
from families.people.definitions import is_adult
from families.people.models import Membership, Person
from lubsko_ops.accounts.models import User
from lubsko_ops.core.dates import full_months
from lubsko_ops.core.polish import count_of
from projects.choices import AgeUnit, ConsentKind
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


def minors(people: Iterable[Person], *, on: date) -> set[int]:
    """Ids of those who are under 18 on the day; of an unknown date of birth, those who are a child of some family."""
    people = list(people)
    unknown = [person.pk for person in people if person.birth is None]
    members = Membership.objects.active_on(on).filter(person__in=unknown, kinship__in=CHILDREN)
    children = set(members.values_list("person", flat=True)) if unknown else set()
    return children | {
        person.pk for person in people if person.birth and not is_adult(person.birth, "", on=on)
    }


@dataclass(frozen=True)
class Consents:
    """The declarations and consents of an edition, by person and kind; the last one counts."""

    edition: Edition

    @cached_property
    def rows(self) -> dict[tuple[int, str], ParticipantConsent]:
        rows = ParticipantConsent.objects.filter(edition=self.edition).order_by("given_on", "pk")
        return {(row.person_id, row.kind): row for row in rows}

    @cached_property
    def signing_families(self) -> set[int]:
        """Families of which somebody signed a declaration."""
        signers = [pk for pk, kind in self.rows if kind == ConsentKind.DECLARATION and self.holds(pk, kind)]
        return set(Membership.objects.filter(person__in=signers).values_list("family", flat=True))

    def holds(self, person: int, kind: str) -> bool:
        row = self.rows.get((person, kind))
        return row is not None and row.withdrawn_on is None
