"""One definition each of age, adult, child, guardian, member on a day, household on a day and signer of the plan.

Each stands here twice, in Python for a loaded row and in SQL for a query; a test compares the two on random rows.
docs/glossary.md says the same in words. Work in progress on a day is ``is_active_on`` and ``active_on`` of WorkPeriod.
"""

from datetime import date

from django.db import models
from django.db.models import Case, F, Func, Q, When
from django.db.models.lookups import GreaterThan, LessThanOrEqual

from families.choices import CHILDREN, GUARDIANS, LivingArrangement
from families.law import AGE_OF_MAJORITY
from families.people.birth import Birth, BirthPrecision
from lubsko_ops.core.dates import ONE_DAY, add_months
from lubsko_ops.core.temporal import ValidTimeQuerySet

LIVING_HERE = frozenset({LivingArrangement.HERE, LivingArrangement.ALTERNATE})


def is_adult_age(years: int) -> bool:
    """Whether somebody of this age is an adult."""
    return years >= AGE_OF_MAJORITY


def is_adult(birth: Birth | None, kinship: str, *, on: date) -> bool:
    """Whether the person is 18 on the day; of an unknown date of birth: whether they are no child by kinship."""
    if birth is None:
        return kinship not in CHILDREN
    age = birth.age_on(on)
    return age is not None and age >= AGE_OF_MAJORITY


# ---- loaded rows -------------------------------------------------------------------------------------
class PersonDefinitions:
    """Definitions that need nothing but the person."""

    born_on: date | None
    birth_precision: str
    died_on: date | None

    @property
    def birth(self) -> Birth | None:
        """The date of birth, exact or approximate; None when unknown."""
        return Birth(self.born_on, self.birth_precision) if self.born_on else None

    @property
    def adult_since(self) -> date | None:
        """The day of majority, counted from the last possible day of birth; None when it is unknown."""
        return add_months(self.birth.last_day, 12 * AGE_OF_MAJORITY) if self.birth else None

    def age_on(self, day: date) -> int | None:
        """Full years on the day; None when the date of birth is unknown or later."""
        return self.birth.age_on(day) if self.birth else None

    def is_living_on(self, day: date) -> bool:
        """Whether the person is born and has not died before the day; the day of death counts as lived."""
        born = self.born_on is None or self.born_on <= day
        return born and (self.died_on is None or day <= self.died_on)


class MembershipDefinitions:
    """Definitions that need the person and the kinship."""

    def is_member_on(self, day: date) -> bool:
        """Whether the person belongs to the family on the day and is living then."""
        return self.is_active_on(day) and self.person.is_living_on(day)

    def change_days(self) -> set[date]:
        """Days on which the membership begins or ends, and on which the person becomes a member, an adult, or dies."""
        person = self.person
        days = {self.starts_on, person.born_on, person.adult_since}
        return days | {last + ONE_DAY for last in (self.ends_on, person.died_on) if last}

    @property
    def lives_here(self) -> bool:
        """Whether the member lives with the family, also alternating with another home."""
        return self.stay in LIVING_HERE

    @property
    def is_guardian(self) -> bool:
        """Whether the member raises the children: parent, step-parent, partner of a parent, legal guardian; any age."""
        return self.kinship in GUARDIANS

    def is_adult_on(self, day: date) -> bool:
        return is_adult(self.person.birth, self.kinship, on=day)

    def is_child_on(self, day: date) -> bool:
        """Everybody who is not an adult, a parent under 18 included."""
        return not self.is_adult_on(day)

    def may_sign_on(self, day: date) -> bool:
        """Whether the member signs the plan: every adult, and a guardian under 18. Those who live here must."""
        return self.is_member_on(day) and (self.is_adult_on(day) or self.is_guardian)


# ---- queries -----------------------------------------------------------------------------------------
# An approximate date of birth is stored as the first day of its month or year.
VALID_BIRTH_PRECISION = (
    Q(birth_precision="")
    | Q(birth_precision=BirthPrecision.MONTH, born_on__isnull=False, born_on__day=1)
    | Q(birth_precision=BirthPrecision.YEAR, born_on__isnull=False, born_on__day=1, born_on__month=1)
)


# The day may be a date or an expression such as OuterRef. The paths lead from Membership.
def _eighteen_on(path: str, until_last_day: str) -> Func:
    """The day of majority, counted from the last possible day of birth: so long after ``born_on``."""
    sql = f"(%(expressions)s + INTERVAL '{until_last_day}' + INTERVAL '{AGE_OF_MAJORITY} years')::date"
    return Func(F(f"{path}born_on"), template=sql, output_field=models.DateField())


def adult_since(path: str = "") -> Case:
    """The day of majority; ``path`` leads to the person: "person__", "" from the person."""
    precision = f"{path}birth_precision"
    return Case(
        When(**{precision: BirthPrecision.YEAR}, then=_eighteen_on(path, "1 year -1 day")),
        When(**{precision: BirthPrecision.MONTH}, then=_eighteen_on(path, "1 month -1 day")),
        default=_eighteen_on(path, "0 days"),
    )


ADULT_SINCE = adult_since("person__")  # of rows with a ``person``


def adult_on(day) -> Q:
    """Condition on memberships: see ``is_adult``."""
    by_kinship = Q(person__born_on=None) & ~Q(kinship__in=CHILDREN)
    return by_kinship | Q(LessThanOrEqual(ADULT_SINCE, day))


def child_on(day) -> Q:
    """Condition on memberships: everybody who is not an adult."""
    return Q(person__born_on=None, kinship__in=CHILDREN) | Q(GreaterThan(ADULT_SINCE, day))


class MembershipQuerySet(ValidTimeQuerySet):
    """Members of families on a day."""

    def members_on(self, day):
        return self.members_between(day, day)

    def members_between(self, first, last):
        """Memberships that touch the days, of people living then."""
        rows = self.filter(Q(ends_on=None) | Q(ends_on__gte=first), starts_on__lte=last)
        rows = rows.filter(Q(person__died_on=None) | Q(person__died_on__gte=first))
        return rows.filter(Q(person__born_on=None) | Q(person__born_on__lte=last))

    def living_here(self):
        """Those who live with the family, also alternating with another home: with ``members_on`` the household."""
        return self.filter(stay__in=LIVING_HERE)

    def guardians(self):
        return self.filter(kinship__in=GUARDIANS)

    def adults_on(self, day):
        return self.filter(adult_on(day))

    def children_on(self, day):
        return self.filter(child_on(day))

    def signing_on(self, day):
        """Members who sign the plan: adults, and guardians under 18."""
        return self.members_on(day).filter(adult_on(day) | Q(kinship__in=GUARDIANS))
