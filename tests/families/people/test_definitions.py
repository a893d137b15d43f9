"""Child, adult, guardian, member, household, signer and work on a day: borders, and Python against SQL."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from families.caseload.models import WorkPeriod
from families.choices import Kinship, LivingArrangement, Sex
from families.people.birth import Birth, BirthPrecision
from families.people.duplicates.matching import births_agreeing
from families.people.identity import birth_columns
from families.people.models import Family, Membership, Person
from lubsko_ops.audit.history import save_with_history
from lubsko_ops.core import clock

TODAY = date(2026, 10, 13)
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


def membership(birth=None, kinship=Kinship.CHILD, *, died_on=None, starts_on=date(2020, 1, 1), **values):
    born_on, precision = birth_columns(birth)
    person = Person(sex=Sex.FEMALE, born_on=born_on, birth_precision=precision, died_on=died_on)
    return Membership(person=person, kinship=kinship, starts_on=starts_on, **values)


class TestBorders:
    """Of loaded rows, without a database."""

    def test_adult_from_the_eighteenth_birthday(self):
        row = membership(Birth(date(2008, 10, 13)))
        assert row.is_adult_on(TODAY) and not row.is_child_on(TODAY)
        assert row.is_child_on(YESTERDAY) and not row.is_adult_on(YESTERDAY)

    def test_born_on_29_february_is_adult_on_28_february(self):
        row = membership(Birth(date(2008, 2, 29)))
        assert row.is_child_on(date(2026, 2, 27)) and row.is_adult_on(date(2026, 2, 28))

    def test_approximate_birth_makes_an_adult_once_it_is_certain(self):
        of_month, of_year = membership(Birth.in_month(2008, 10)), membership(Birth.in_year(2008))
        assert of_month.is_child_on(date(2026, 10, 30)) and of_month.is_adult_on(date(2026, 10, 31))
        assert of_year.is_child_on(date(2026, 12, 30)) and of_year.is_adult_on(date(2026, 12, 31))

    @pytest.mark.parametrize("kinship", Kinship)
    def test_of_an_unknown_birth_kinship_decides(self, kinship):
        row = membership(None, kinship)
        assert row.is_child_on(TODAY) == (kinship in ("child", "stepchild", "grandchild"))

    def test_member_until_and_including_the_day_of_death(self):
        row = membership(died_on=TODAY)
        assert row.is_member_on(TODAY) and not row.is_member_on(TOMORROW)

    def test_unborn_is_no_member_yet(self):
        row = membership(Birth(TODAY))
        assert row.is_member_on(TODAY) and not row.is_member_on(YESTERDAY)
        assert membership(Birth.in_year(2026)).is_member_on(date(2026, 1, 1))

    def test_minor_mother_is_no_adult_but_signs(self):
        row = membership(Birth(date(2010, 5, 1)), Kinship.MOTHER)
        assert row.is_child_on(TODAY) and row.is_guardian and row.may_sign_on(TODAY)
        assert not membership(Birth(date(2010, 5, 1))).may_sign_on(TODAY)

    def test_alternating_member_lives_here(self):
        assert membership(stay=LivingArrangement.ALTERNATE).lives_here
        assert not membership(stay=LivingArrangement.ELSEWHERE).lives_here


# Days close to one another and to the borders of years and months, so that many coincide.
DAYS = st.sampled_from(
    [date(year, *day) for year in (2007, 2008, 2025, 2026) for day in ((1, 1), (2, 28), (5, 31), (12, 31))]
    + [date(2008, 2, 29), date(2026, 5, 30), date(2026, 6, 1), date(2026, 2, 27)]
)
BIRTHS = st.one_of(
    st.none(),
    st.builds(Birth, DAYS),
    st.builds(lambda day: Birth.in_month(day.year, day.month), DAYS),
    st.builds(lambda day: Birth.in_year(day.year), DAYS),
)
SPANS = st.tuples(DAYS, st.one_of(st.none(), DAYS)).map(
    lambda span: span if span[1] is None or span[0] <= span[1] else (span[1], span[0])
)
MEMBERS = st.tuples(
    BIRTHS, st.one_of(st.none(), DAYS), SPANS, st.sampled_from(Kinship), st.sampled_from(LivingArrangement)
)
DATABASE = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def entry(by) -> dict:
    return {"entered_by": by, "entered_at": clock.now()}


def save_members(members, by) -> list[Membership]:
    """Rows of one family, each of another person, as imported data may hold them."""
    family, entered = save_with_history(Family(name="Próba"), by=by, why="próba"), entry(by)
    rows = []
    for birth, died_on, (starts_on, ends_on), kinship, stay in members:
        born_on, precision = birth_columns(birth)
        rows.append(
            Membership(
                family=family,
                person=Person(
                    first_name="Ola",
                    last_name="Próba",
                    sex=Sex.FEMALE,
                    born_on=born_on,
                    birth_precision=precision,
                    died_on=max(died_on, born_on) if died_on and born_on else died_on,
                    pesel_missing="unknown",
                    **entered,
                ),
                kinship=kinship,
                stay=stay,
                starts_on=starts_on,
                ends_on=ends_on,
                **entered,
            )
        )
    Person.objects.bulk_create(row.person for row in rows)
    return Membership.objects.bulk_create(rows)


@DATABASE
@given(st.lists(MEMBERS, min_size=5, max_size=30), st.lists(DAYS, min_size=1, max_size=4, unique=True))
def test_python_and_sql_agree_about_members(maria, members, days):
    with transaction.atomic():
        rows, stored = save_members(members, maria), Membership.objects
        for day in days:
            for selected, chosen in (
                (stored.members_on(day), lambda row, day=day: row.is_member_on(day)),
                (stored.living_here(), lambda row: row.lives_here),
                (stored.adults_on(day), lambda row, day=day: row.is_adult_on(day)),
                (stored.children_on(day), lambda row, day=day: row.is_child_on(day)),
                (stored.guardians(), lambda row: row.is_guardian),
                (stored.signing_on(day), lambda row, day=day: row.may_sign_on(day)),
            ):
                assert set(selected.values_list("pk", flat=True)) == {row.pk for row in rows if chosen(row)}
            household = stored.members_on(day).living_here().children_on(day)
            expected = [
                row for row in rows if row.is_member_on(day) and row.lives_here and row.is_child_on(day)
            ]
            assert household.count() == len(expected)
        transaction.set_rollback(True)


@DATABASE
@given(st.lists(SPANS, min_size=1, max_size=10), DAYS)
def test_python_and_sql_agree_about_work(maria, spans, day):
    with transaction.atomic():
        periods = []
        for number, (starts_on, ends_on) in enumerate(spans, start=1):
            family = save_with_history(Family(name="Próba"), by=maria, why="próba")
            days = {"starts_on": starts_on, "ends_on": ends_on, "closing_reason": "moved" if ends_on else ""}
            periods.append(WorkPeriod(family=family, year=2007, serial=number, **days, **entry(maria)))
        WorkPeriod.objects.bulk_create(periods)
        for selected, chosen in (
            (WorkPeriod.objects.active_on(day), lambda row: row.is_active_on(day)),
            (WorkPeriod.objects.active_on_or_after(day), lambda row: row.is_active_on_or_after(day)),
        ):
            assert set(selected.filter(pk__in=[row.pk for row in periods])) == set(filter(chosen, periods))
        transaction.set_rollback(True)


@DATABASE
@given(st.lists(BIRTHS.filter(bool), min_size=2, max_size=20), st.lists(BIRTHS.filter(bool), max_size=3))
def test_sql_finds_everybody_whose_birth_agrees(maria, births, searched):
    members = [(birth, None, (date(2007, 1, 1), None), "child", "here") for birth in births]
    with transaction.atomic():
        people = [row.person for row in save_members(members, maria)]
        selected = set(Person.objects.filter(births_agreeing(searched)))
        assert {person for person in people if any(map(person.birth.agrees_with, searched))} <= selected
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("born_on", "precision"),
    [
        (None, BirthPrecision.YEAR),
        (date(2015, 5, 2), BirthPrecision.MONTH),
        (date(2015, 5, 1), BirthPrecision.YEAR),
    ],
)
def test_the_database_refuses_a_precision_that_contradicts_the_day(kowalscy, maria, born_on, precision):
    with pytest.raises(IntegrityError, match="person_birth_precision"), transaction.atomic():
        Person.objects.filter(first_name="Kacper").update(born_on=born_on, birth_precision=precision)
