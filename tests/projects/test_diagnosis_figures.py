"""The numbers of the centre offered for a diagnosis are those of the reports and of the definitions of a child."""

from datetime import date

from families.people.models import Membership
from lubsko_ops.core.dates import Period
from lubsko_ops.core.polish import count_of
from projects.queries import diagnosis_numbers
from reports.catalogue.movement import CLOSING
from tests.reports.random_history import RandomHistory

DAYS = [date(2025, 7, 1), date(2025, 12, 31), date(2026, 4, 1), date(2026, 10, 13)]


def families_in_report(day: date) -> int:
    return CLOSING.rows_for(None).list_queryset(Period(day, day), assistant_id=None).count()


def test_families_are_those_of_the_report_of_the_day(anna, ewa, maria):
    RandomHistory(7, [anna, ewa], maria).families(12)
    numbers = [families_in_report(day) for day in DAYS]
    for day, number in zip(DAYS, numbers, strict=True):
        sentence = f"Pod opieką asystentów: {count_of(number, 'rodzina,rodziny,rodzin')}."
        assert diagnosis_numbers(day)[0] == sentence
    assert len(set(numbers)) > 1


def test_children_are_those_who_are_children_of_these_families_on_the_day(
    kowalscy, nowakowie, unassigned_family
):
    for day, expected in ((date(2026, 10, 13), 2), (date(2035, 8, 30), 0)):
        rows = Membership.objects.members_on(day).select_related("person")
        children = {
            row.person_id for row in rows if row.is_child_on(day) and row.family_id != unassigned_family.pk
        }
        assert len(children) == expected
        assert (
            diagnosis_numbers(day)[1] == f"W tych rodzinach: {count_of(expected, 'dziecko,dzieci,dzieci')}."
        )
