"""Results of a survey stand in the report of the period in which their typing ended, or in the last one."""

from datetime import date

import pytest

from lubsko_ops.core.dates import Period
from projects.models import Edition, Survey
from reports.project.given import belongs_to

YEARS = [Period(date(year, 1, 1), date(year, 12, 31)) for year in (2024, 2025, 2026)]


def survey(closed_on: date | None, ends_on: date | None) -> Survey:
    return Survey(edition=Edition(starts_on=date(2024, 3, 1), ends_on=ends_on), closed_on=closed_on)


@pytest.mark.parametrize(
    ("closed_on", "ends_on", "expected"),
    [
        (date(2024, 12, 31), None, [True, False, False]),
        (date(2025, 1, 1), None, [False, True, False]),
        (date(2024, 2, 1), None, [True, False, False]),  # typed before the first day
        (date(2027, 1, 20), date(2026, 12, 15), [False, False, True]),  # typed after the last day
        (None, date(2026, 12, 15), [False, False, True]),  # settled without an end of the typing
        (None, None, [False, False, False]),
    ],
)
def test_a_year(closed_on, ends_on, expected):
    assert [belongs_to(survey(closed_on, ends_on), year) for year in YEARS] == expected


def test_the_whole_project_has_all_of_them():
    whole = Period(date(2024, 3, 1), date(2026, 12, 15))
    for closed_on in (None, date(2024, 5, 1), date(2027, 1, 20)):
        assert belongs_to(survey(closed_on, date(2026, 12, 15)), whole)


def test_a_report_of_one_year_is_without_the_survey_of_another(full):
    """The statement filters charts and paper as the figures do."""
    assert full.surveys
    earlier = Period(full.own_period.start, full.own_period.start)
    other = type(full)(full.edition, earlier, full.figures, full.figure_values)
    assert not other.surveys
