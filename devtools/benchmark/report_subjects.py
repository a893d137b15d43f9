"""Subjects of reports: the quarter of the centre and of one assistant, the drill-down of a figure."""

from collections.abc import Iterator

from django.urls import reverse

from devtools.benchmark.core_subjects import Subject, page
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Quarter

# The whole centre counts every visit of a year: in a metropolis some 130,000 of them.
CENTRE, ONE, LIST = (30, 100), (18, 20), (8, 12)
FULL_SCAN_REASON = "sprawozdanie liczy wiersze dwóch lat, a to bywa znaczna część tabeli"


def subjects() -> Iterator[Subject]:
    quarter = Quarter.of(clock.today()).previous
    args = [quarter.year, quarter.number]
    report = reverse("reports:quarterly", args=args)
    visits = reverse("reports:figure", args=[*args, "wizyty-odbyte"])
    yield page(
        "sprawozdanie kwartalne ośrodka", "maria", report, limits=CENTRE, full_scan_reason=FULL_SCAN_REASON
    )
    yield page("sprawozdanie kwartalne asystentki", "anna", report, limits=ONE)
    yield page("lista za liczbą wizyt", "maria", visits, limits=LIST)
    yield page("lista za liczbą wizyt, od stycznia", "maria", f"{visits}?kolumna=od-stycznia", limits=LIST)
