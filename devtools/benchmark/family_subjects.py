"""Subjects of families: the list in every order and filter, the case file, the search, visits."""

from collections.abc import Iterator
from datetime import time
from functools import cache

from django.db import transaction
from django.urls import reverse

from devtools.benchmark.core_subjects import PEOPLE, Subject, page
from families.case_files.family_list.queries import DUE_CHOICES
from families.case_files.family_list.tabs import TABS
from families.caseload.models import Assignment, WorkPeriod
from families.choices import AssignmentKind, BasisKind, Category, DeadlineKind
from families.deadlines.models import Deadline
from families.people.models import Address, Person
from families.visits.actions import log_visit
from families.visits.case_log import month_choices
from families.visits.dto import VisitData
from families.visits.models import Visit
from lubsko_ops.accounts.models import Region, User
from lubsko_ops.core import clock
from lubsko_ops.core.dates import ONE_DAY
from lubsko_ops.core.keyset_list import Sort, paginate

SORTS = ("nazwa", "numer", "od", "asystent", "termin")
RUNNING, ENDED = "w-toku", "zakonczone"
# The archive by assistant, or filtered by what many families have in common, is read completely.
ARCHIVE = {"limits": (16, 22)}
# Visible to a social worker: families that live or lived in their regions, in a metropolis a thousand.
OF_REGIONS = {"limits": (22, 30)}
FULL_ARCHIVE = ARCHIVE | {
    "full_scan_reason": "archiwum ułożone według asystentów albo policzone według cechy wielu rodzin "
    "przegląda się w całości"
}
HISTORY = (26, 26)  # describes every change field by field
# Times the first page: it costs the same after looking its cursor up; some margin for a busy machine.
LAST_PAGE = (2, 2)
NEWEST = Sort("kiedy", "", "", ("started_at",), descending=True)
BEFORE_ALL = "1900-01-01.0000.visit.1"  # a cursor older than any row


def subjects() -> Iterator[Subject]:
    """In the order of a working day."""
    today = clock.today()
    anna = User.objects.get(username="anna")
    leading = Assignment.objects.active_on(today).filter(assistant=anna, kind=AssignmentKind.LEADING)
    period = WorkPeriod.objects.filter(pk__in=leading.values("period")).order_by("starts_on").first()
    yield from _lists()
    yield from _filters(anna)
    yield from _file(period.family_id)
    yield from _searches()
    yield from _visits(anna, period)
    yield from _my_visits(anna, period)
    yield _due(anna)


def _lists() -> Iterator[Subject]:
    url = reverse("families:list")
    for who, options in ((PEOPLE[0], {}), (PEOPLE[1], {}), ("tomasz", OF_REGIONS)):
        yield page("lista", who, url, **options)
        yield page("lista, zakończone", who, f"{url}?widok={ENDED}", **options)
        for sort in SORTS:
            yield from _both_ends("lista, w toku", who, f"{url}?widok={RUNNING}", sort, **options)
    for view in TABS:
        if view.intake_only:
            yield page(f"lista, {view.code}", "maria", f"{url}?widok={view.code}")
    for sort in SORTS[:-1]:
        options = FULL_ARCHIVE if sort == "asystent" else ARCHIVE
        yield from _both_ends("lista, zakończone", "maria", f"{url}?widok={ENDED}", sort, **options)
        yield from _both_ends("lista, zakończone", "tomasz", f"{url}?widok={ENDED}", sort, **OF_REGIONS)


def _both_ends(label: str, who: str, url: str, sort: str, **options) -> Iterator[Subject]:
    """The first page in both directions, and the last one, which should cost as much as the first."""
    first, turned = (
        page(f"{label}, sort={order}", who, f"{url}&sort={order}", **options) for order in (sort, f"-{sort}")
    )
    yield from (first, turned)
    last = _last_page(f"{url}&sort={{}}", sort)
    options |= {"limits": LAST_PAGE, "reference": first}
    yield Subject(f"{label}, sort={sort}, ostatnia strona", who, last, **options)


def _last_page(url: str, sort: str):
    """Open the last page of an order: it starts after one of the last rows, taken from the reverse order."""

    @cache
    def cursor(client) -> int:
        rows = client.get(url.format(f"-{sort}")).context["rows"]
        return rows[min(20, len(rows) - 1)].pk if rows else 0  # an empty list: the first page is the last

    def do(client):
        return client.get(f"{url.format(sort)}&po={cursor(client)}")

    return do


def _filters(anna: User) -> Iterator[Subject]:
    url = reverse("families:list")
    region = Region.objects.order_by("pk").last()
    many = {"podstawa": BasisKind.COURT, "kategoria": Category.AT_RISK}
    for name, value in ({"asystent": anna.pk, "rejon": region.pk} | many).items():
        for view in (RUNNING, ENDED):
            options = FULL_ARCHIVE if view == ENDED and name in many else ARCHIVE
            yield page(f"lista, {view}, {name}", "maria", f"{url}?widok={view}&{name}={value}", **options)
    due = [f"obowiazek={kind}" for kind in DeadlineKind.values] + [
        f"termin={term}" for term, _ in DUE_CHOICES
    ]
    for query in (*due, f"obowiazek={DeadlineKind.VISIT}&termin={DUE_CHOICES[0][0]}&sort=termin"):
        for who in PEOPLE:
            yield page(f"lista, {query}", who, f"{url}?{query}")


def _file(family: int) -> Iterator[Subject]:
    for who in PEOPLE:
        tabs = {
            "teczka": "overview",
            "rodzina i osoby": "people",
            "plan pracy": "plan",
        }
        for label, name in tabs.items():
            yield page(label, who, reverse(f"families:{name}", args=[family]))
        yield page("historia", who, reverse("families:history", args=[family]), limits=HISTORY)
        for label, name in (("oś czasu", "timeline"), ("dziennik", "case-log")):
            url = reverse(f"families:{name}", args=[family])
            first = page(label, who, url)
            last = {"limits": LAST_PAGE, "reference": first}
            yield from (first, page(f"{label}, ostatnia strona", who, f"{url}?nowsze={BEFORE_ALL}", **last))
    yield page("rejestr dostępu", "maria", reverse("families:access", args=[family]))
    yield page("być może te same osoby", "maria", reverse("families:duplicate-list"))


def _searches() -> Iterator[Subject]:
    person = Person.objects.exclude(pesel_key="").order_by("-pk").first()
    address = Address.objects.exclude(street="").order_by("-pk").first()
    queries = {
        "nazwisko": person.last_name,
        "imię i nazwisko": f"{person.first_name} {person.last_name}",
        "trzy litery": person.last_name[:3],
        "adres": f"{address.street} {address.house}",
        "PESEL": person.pesel,
    }
    for who in PEOPLE:
        for label, text in queries.items():
            yield Subject(f"szukanie: {label}", who, _search(text), limits=(9, 12))


def _search(text: str):
    def do(client):
        return client.post(reverse("search"), {"q": text}, follow=True)

    return do


def _visits(anna: User, period: WorkPeriod) -> Iterator[Subject]:
    """Pages of visits, newest first; and saving one more visit, rolled back."""
    for label, rows in (
        ("wizyty rodziny", Visit.objects.filter(period__family=period.family_id)),
        ("wizyty asystentki", Visit.objects.filter(assistant=anna)),
    ):
        oldest = rows.order_by("started_at", "pk").values_list("pk", flat=True)[10]
        yield Subject(f"{label}, pierwsza strona", "anna", _paginate(rows, None), limits=(1, 1))
        yield Subject(f"{label}, ostatnia strona", "anna", _paginate(rows, oldest), limits=(1, 1))
    yield Subject("zapis wizyty", "anna", _log(anna, period), limits=(7, 7))


def _my_visits(anna: User, period: WorkPeriod) -> Iterator[Subject]:
    """The page of own visits, filtered in each way, and the form of a new visit."""
    url = reverse("families:my-visits")
    month, _ = month_choices(clock.today())[1]
    for query in ("", "wynik=nieudane", f"miesiac={month}", f"rodzina={period.family_id}"):
        name = query.split("=")[0] or "wszystkie"
        yield (first := page(f"moje wizyty, {name}", "anna", f"{url}?{query}"))
        last = _last_page(f"{url}?{query}&sort={{}}", "data")
        yield Subject(f"moje wizyty, {name}, ostatnia strona", "anna", last, LAST_PAGE, first)
    yield page("nowa wizyta, formularz", "anna", reverse("families:visit-new", args=[period.family_id]))


def _paginate(rows, after):
    return lambda client: paginate(rows, NEWEST, after=after)


def _log(anna: User, period: WorkPeriod):
    visit = Visit(day=clock.today() - ONE_DAY, starts_at=time(21), facts="Pomiar.")
    data = VisitData(visit, ends_at=time(21, 45))

    def do(client):
        with transaction.atomic():
            log_visit(period=period, data=data, by=anna)
            transaction.set_rollback(True)

    return do


def _due(anna: User) -> Subject:
    rows = Deadline.objects.filter(responsible=anna, done_on=None).order_by("due_on")
    return Subject("co jest do zrobienia", "anna", lambda client: list(rows[:50]), limits=(1, 1))
