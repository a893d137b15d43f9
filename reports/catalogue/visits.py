"""Wizyty i działania: visits of assistants, the areas and tasks they touched, contacts with institutions."""

from datetime import time

from django.db.models import Q

from families.choices import Area, ContactWay, ContactWith, VisitKind, VisitResult
from families.law import DIRECT_TASKS, SUPPORT
from families.visits.models import Contact, Visit
from lubsko_ops.core import clock
from lubsko_ops.core.dates import DAY as ONE_DAY
from lubsko_ops.core.dates import Period
from lubsko_ops.core.keyset_list import Sort
from reports.catalogue.cells import ASSISTANT, AUTHOR, CONTACT_DAY, FAMILY, MINUTES, VISIT_DAY
from reports.catalogue.movement import SUPPORTED
from reports.figure import LOCAL, Cell, Figure, Group, Kind, Ratio, Rows, Source, Table, events

VISITS = Source(
    name="wizyty",
    query=Visit.objects.all,
    who="assistant",
    family="period__family",
    day="day",
    # By the day first: an index has it, and a page of a long list is read without sorting the rest.
    sort=Sort("data", "od najdawniejszych", "od najnowszych", ("day", "begins"), descending=True),
    cells=(
        VISIT_DAY,
        Cell("Godzina", lambda row: f"{row.starts_at:%H:%M}"),
        FAMILY,
        ASSISTANT,
        Cell("Wynik", lambda row: row.get_result_display()),
        MINUTES,
        Cell("Wpisano", lambda row: clock.local_date(row.entered_at), "date"),
    ),
    with_related=("period__family", "assistant"),
)
CONTACTS = Source(
    name="kontakty",
    query=Contact.objects.all,
    who="author",
    family="period__family",
    day="day",
    sort=Sort("data", "od najdawniejszych", "od najnowszych", ("day",), descending=True),
    cells=(
        CONTACT_DAY,
        FAMILY,
        Cell("Z kim", lambda row: row.get_party_display(), personal=True),
        Cell("Sposób", lambda row: row.get_way_display()),
        AUTHOR,
    ),
    with_related=("period__family", "author"),
)
HELD_ONLY = Q(result=VisitResult.HELD)


def _one(rows: Rows) -> dict:
    """The same rows for the centre and for one assistant; the assistants' numbers add up."""
    return {"rows": rows, "rows_of_one": rows, "adds_up": True}


HELD = Figure(
    key="wizyty-odbyte",
    name="Odbyte",
    alone="Wizyty odbyte",
    kind=Kind.EVENT,
    definition=(
        "Wizyty asystentów z datą w okresie i z wynikiem „odbyta”. Rozmowa telefoniczna i kontakt z instytucją nie "
        "są wizytą, nieudana próba też nie."
    ),
    **_one(events(VISITS, HELD_ONLY)),
)
FAILED = Figure(
    key="wizyty-nieudane",
    name="Nieudane",
    alone="Wizyty nieudane",
    kind=Kind.EVENT,
    definition=(
        "Próby wizyt z datą w okresie, gdy nikogo nie zastano, rodzina nie wpuściła, odwołała albo przełożyła."
    ),
    **_one(events(VISITS, ~HELD_ONLY)),
)
INTERVENTIONS = Figure(
    key="wizyty-interwencyjne",
    name="w tym interwencyjne",
    alone="Wizyty interwencyjne",
    kind=Kind.EVENT,
    definition="Wizyty odbyte w okresie, zapisane jako interwencyjne.",
    emphasis="part",
    **_one(events(VISITS, HELD_ONLY & Q(kind=VisitKind.INTERVENTION))),
)
HOURS = Figure(
    key="godziny",
    name="Godziny w rodzinach",
    kind=Kind.SUM,
    definition="Suma czasu trwania odbytych wizyt, w godzinach, bez dojazdów.",
    unit="hours",
    **_one(events(VISITS, HELD_ONLY, total="minutes")),
)
PER_FAMILY = Ratio(
    key="srednio-na-rodzine",
    name="Średnio wizyt na rodzinę",
    definition="Wizyty odbyte podzielone przez liczbę rodzin objętych wsparciem w okresie.",
    top=HELD,
    bottom=SUPPORTED,
)


def _entered_after(period: Period) -> Q:
    """Entered when the last day of the period was already over in Poland."""
    over = clock.to_instant(period.end + ONE_DAY, time.min)
    return Q(day__range=(period.start, period.end), entered_at__gte=over)


LATE = Figure(
    key="wizyty-wpisane-pozniej",
    name="Wizyty wpisane po ostatnim dniu okresu",
    kind=Kind.EVENT,
    definition="Wizyty z datą w okresie, wpisane do aplikacji już po jego ostatnim dniu. Liczą się do okresu.",
    **_one(Rows(VISITS, _entered_after)),
)
WITHOUT_AREA = Figure(
    key="wizyty-bez-obszaru",
    name="Odbyte wizyty bez obszaru",
    kind=Kind.EVENT,
    definition="Wizyty odbyte w okresie, przy których nie zaznaczono żadnego obszaru pracy.",
    **_one(events(VISITS, HELD_ONLY & Q(areas=[]))),
)


def _area(area: Area) -> Figure:
    return Figure(
        key=f"obszar-{area.value.lower()}",
        name=area.label,
        alone=f"Wizyty w obszarze: {area.label}",
        kind=Kind.EVENT,
        definition=f"Wizyty odbyte w okresie, przy których zaznaczono obszar „{area.label}”.",
        only_when_any=True,
        **_one(events(VISITS, HELD_ONLY & Q(areas__contains=[area.value]))),
    )


def _task(task) -> Figure:
    return Figure(
        key=f"zadanie-{task.point}",
        name=f"pkt {task.point}: {task.label}",
        alone=f"Wizyty z zadaniem z art. 15 ust. 1 pkt {task.point}",
        kind=Kind.EVENT,
        definition=f"Wizyty odbyte w okresie, przy których zaznaczono zadanie z art. 15 ust. 1 pkt {task.point}.",
        basis=task.basis,
        only_when_any=True,
        **_one(events(VISITS, HELD_ONLY & Q(tasks__contains=[task.point]))),
    )


AREAS = tuple(_area(area) for area in Area)
TASKS = tuple(_task(task) for task in DIRECT_TASKS)
CONTACTS_ALL = Figure(
    key="kontakty",
    name="Kontakty razem",
    kind=Kind.EVENT,
    definition=(
        "Rozmowy, pisma i spotkania z datą w okresie, zapisane w teczkach rodzin jako kontakty. W ośrodku liczą się "
        "kontakty wszystkich pracowników, w sprawozdaniu asystenta jego własne."
    ),
    rows=events(CONTACTS),
    rows_of_one=events(CONTACTS),
    emphasis="total",
)


def _with(party: ContactWith) -> Figure:
    rows = events(CONTACTS, Q(party=party))
    return Figure(
        key=f"kontakty-{party.value.replace('_', '-')}",
        name=party.label,
        alone=f"Kontakty: {party.label}",
        kind=Kind.EVENT,
        definition=f"Kontakty z datą w okresie, zapisane jako kontakt: {party.label}.",
        basis=LOCAL if party == ContactWith.FAMILY else SUPPORT.of("art. 15 ust. 1 pkt 18"),
        rows=rows,
        rows_of_one=rows,
        only_when_any=True,
    )


_calls = events(CONTACTS, Q(way=ContactWay.PHONE))
CALLS = Figure(
    key="rozmowy-telefoniczne",
    name="Rozmowy telefoniczne",
    kind=Kind.EVENT,
    definition="Kontakty z datą w okresie, zapisane jako rozmowa telefoniczna, z rodziną i z instytucjami.",
    rows=_calls,
    rows_of_one=_calls,
)

WORK = Table(
    "wizyty",
    "Wizyty",
    (Group("Wizyty", (HELD, INTERVENTIONS, FAILED, HOURS, PER_FAMILY, CALLS)),),
    note="Wizyta nieudana i rozmowa telefoniczna nie liczą się jako wizyta odbyta.",
)
ACTIVITIES = Table(
    "dzialania",
    "Wizyty według obszarów i zadań",
    (
        Group("Według obszarów", AREAS),
        Group("Według zadań z art. 15 ust. 1 ustawy o wspieraniu rodziny", TASKS),
    ),
    note=(
        "Jedna wizyta może dotyczyć kilku obszarów i zadań, dlatego wiersze nie sumują się do liczby wizyt. "
        "Pominięto te, których w żadnym z okresów nie zaznaczono."
    ),
    folded=True,
)
INSTITUTIONS = Table(
    "kontakty",
    "Kontakty",
    (Group("Z kim", (*(_with(party) for party in ContactWith), CONTACTS_ALL)),),
    note="Pominięto instytucje, z którymi w żadnym z okresów nie było kontaktu.",
    folded=True,
)
