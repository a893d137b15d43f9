"""Subjects of reports: the quarter of the centre and of one assistant, the list behind a figure."""

from collections.abc import Iterator

from django.urls import reverse

from devtools.benchmark.sql_floors import SUM_OF_QUARTER
from devtools.benchmark.stock_page import at_most
from devtools.benchmark.subject import Budget, Subject, page
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Quarter

# The whole centre counts every visit of a year: in a metropolis some 130,000 of them.
# Budgets with two values: docs/decisions/0021-budgets-changed.md
CENTRE, ONE, LIST = at_most(60, 105), at_most(95), at_most(12, 16)
CENTRE_GROWTH = 2.5
FULL_SCAN_REASON = "sprawozdanie liczy wiersze dwóch lat, a to bywa znaczna część tabeli"


def subjects() -> Iterator[Subject]:
    quarter = Quarter.of(clock.today()).previous
    args = [quarter.year, quarter.number]
    report = reverse("reports:quarterly", args=args)
    visits = reverse("reports:figure", args=[*args, "wizyty-odbyte"])
    # One statement for each type of rows: docs/decisions/0016-compiled-statements.md
    options = {"growth": CENTRE_GROWTH, "full_scan_reason": FULL_SCAN_REASON, "statements": 13}
    budgets = (*CENTRE, Budget(SUM_OF_QUARTER))
    yield page("sprawozdanie kwartalne ośrodka", "maria", report, budgets, **options)
    yield page("sprawozdanie kwartalne asystentki", "anna", report, ONE, statements=13)
    yield page("lista za liczbą wizyt", "maria", visits, LIST)
    yield page("lista za liczbą wizyt, od stycznia", "maria", f"{visits}?kolumna=od-stycznia", LIST)
