"""What is measured of families: the list in every order and filter, the file, the search, visits and what is due."""

from collections.abc import Iterator
from datetime import time

from django.db import transaction
from django.urls import reverse

from families.dictionaries import AssignmentKind
from families.duties.models import Duty
from families.models import Address, Assignment, Person, Visit, WorkPeriod
from families.visits.actions import log_visit
from families.visits.data import VisitData
from lubsko_ops import clock
from lubsko_ops.bench import PEOPLE, Subject, page
from lubsko_ops.dates import DAY
from lubsko_ops.lists import Sort, cut
from lubsko_ops.staff.models import Region, User

SORTS = ("nazwa", "-nazwa", "numer", "-numer", "od", "-od", "asystent", "-asystent")
VIEWS = ("w-toku", "bez-asystenta", "nowe", "zakonczone")
# Orders and filters of the archive are computed for each of its families; the list of a centre has one page of them.
ARCHIVE, BY_NAME_OF_ANOTHER = (9, 24), (12, 60)
NEWEST = Sort("kiedy", "", "", ("begins",), descending=True)


def subjects() -> Iterator[Subject]:
    """In the order of a working day."""
    today = clock.today()
    anna = User.objects.get(username="anna")
    hers = Assignment.objects.open_on(today).filter(assistant=anna, kind=AssignmentKind.LEADING)
    period = WorkPeriod.objects.filter(pk__in=hers.values("period")).order_by("starts_on").first()
    yield from _lists()
    yield from _file(period.family_id)
    yield from _searches()
    yield from _visits(anna, period)
    yield _due(anna)


def _lists() -> Iterator[Subject]:
    url = reverse("families:list")
    for who in PEOPLE:
        yield page("lista", who, url)
        yield page("lista, zakończone", who, f"{url}?widok=zakonczone")
    for view in VIEWS[1:3]:
        yield page(f"lista, {view}", "maria", f"{url}?widok={view}")
    for view in (VIEWS[0], VIEWS[3]):
        for sort in SORTS:
            most = BY_NAME_OF_ANOTHER if sort.endswith("asystent") else ARCHIVE
            yield page(f"lista, {view}, sort={sort}", "maria", f"{url}?widok={view}&sort={sort}", most=most)
    region = Region.objects.order_by("pk").last()
    anna = User.objects.get(username="anna")
    for asked in (f"asystent={anna.pk}", "podstawa=court", f"rejon={region.pk}", "kategoria=za_zyciem"):
        for view in (VIEWS[0], VIEWS[3]):
            yield page(
                f"lista, {view}, {asked.split('=')[0]}", "maria", f"{url}?widok={view}&{asked}", most=ARCHIVE
            )
    last = _last_page_of_ended()
    yield page("lista, zakończone, ostatnia strona", "maria", f"{url}?widok=zakonczone&po={last}")


def _last_page_of_ended() -> int:
    """The family after which the last page of the archive begins."""
    ended = WorkPeriod.objects.exclude(ends_on=None).exclude(
        family__periods__ends_on=None, family__periods__starts_on__isnull=False
    )
    return ended.order_by("-family__name", "-family").values_list("family", flat=True)[20]


def _file(family: int) -> Iterator[Subject]:
    for who in PEOPLE:
        for label, name in (("teczka", "overview"), ("historia", "history"), ("rodzina i osoby", "people")):
            yield page(label, who, reverse(f"families:{name}", args=[family]))
    yield page("rejestr dostępu", "maria", reverse("families:access", args=[family]))


def _searches() -> Iterator[Subject]:
    person = Person.objects.exclude(pesel_key="").order_by("-pk").first()
    address = Address.objects.exclude(street="").order_by("-pk").first()
    asked = {
        "nazwisko": person.last_name,
        "imię i nazwisko": f"{person.first_name} {person.last_name}",
        "trzy litery": person.last_name[:3],
        "adres": f"{address.street} {address.house}",
        "PESEL": person.pesel,
    }
    for who in PEOPLE:
        for label, text in asked.items():
            yield Subject(f"szukanie: {label}", who, _search(text), most=(9, 12))


def _search(text: str):
    def do(client):
        return client.post(reverse("search"), {"q": text}, follow=True)

    return do


def _visits(anna: User, period: WorkPeriod) -> Iterator[Subject]:
    """Pages of visits, newest first, as lists cut them; and one more visit, taken back."""
    for label, rows in (
        ("wizyty rodziny", Visit.objects.filter(period__family=period.family_id)),
        ("wizyty asystentki", Visit.objects.filter(assistant=anna)),
    ):
        oldest = rows.order_by("begins", "pk").values_list("pk", flat=True)[10]
        yield Subject(f"{label}, pierwsza strona", "anna", _cut(rows, None), most=(1, 1))
        yield Subject(f"{label}, ostatnia strona", "anna", _cut(rows, oldest), most=(1, 1))
    yield Subject("zapis wizyty", "anna", _log(anna, period), most=(7, 7))


def _cut(rows, after):
    return lambda client: cut(rows, NEWEST, after=after)


def _log(anna: User, period: WorkPeriod):
    data = VisitData(day=clock.today() - DAY, starts_at=time(21), ends_at=time(21, 45), facts="Pomiar.")

    def do(client):
        with transaction.atomic():
            log_visit(period=period, data=data, by=anna)
            transaction.set_rollback(True)

    return do


def _due(anna: User) -> Subject:
    rows = Duty.objects.filter(responsible=anna, done_on=None).order_by("due_on")
    return Subject("co jest do zrobienia", "anna", lambda client: list(rows[:50]), most=(1, 1))
