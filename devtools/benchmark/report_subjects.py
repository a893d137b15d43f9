"""What is measured of reports: the quarter of the centre and of one assistant, a list behind a number."""

from collections.abc import Iterator

from django.urls import reverse

from devtools.benchmark.core_subjects import Subject, page
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Quarter

# The whole centre counts every visit of a year: in a metropolis some 130,000 of them.
CENTRE, ONE, LIST = (30, 100), (18, 20), (8, 12)
WHOLE = "sprawozdanie liczy wiersze dwóch lat, a to bywa znaczna część tabeli"


def subjects() -> Iterator[Subject]:
    quarter = Quarter.of(clock.today()).previous
    place = [quarter.year, quarter.number]
    report = reverse("reports:quarterly", args=place)
    visits = reverse("reports:figure", args=[*place, "wizyty-odbyte"])
    yield page("sprawozdanie kwartalne ośrodka", "maria", report, most=CENTRE, whole=WHOLE)
    yield page("sprawozdanie kwartalne asystentki", "anna", report, most=ONE)
    yield page("lista za liczbą wizyt", "maria", visits, most=LIST)
    yield page("lista za liczbą wizyt, od stycznia", "maria", f"{visits}?kolumna=od-stycznia", most=LIST)
