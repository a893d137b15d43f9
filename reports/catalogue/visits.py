"""Wizyty i działania: visits of assistants by area and task, and contacts with institutions."""

from datetime import time
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from families.caseload.models import Assignment
from families.choices import Area, AssignmentKind, ContactChannel, CounterpartType, VisitKind, VisitResult
from families.law import DIRECT_TASKS, SUPPORT, Task
from families.visits.models import Contact, Visit
from lubsko_ops.core import clock
from lubsko_ops.core.dates import ONE_DAY as ONE_DAY
from lubsko_ops.core.dates import Period
from lubsko_ops.core.keyset_list import Sort
from lubsko_ops.core.polish import bind_provisions
from reports.catalogue.list_columns import ASSISTANT, AUTHOR, CONTACT_DAY, FAMILY, MINUTES, VISIT_DAY
from reports.catalogue.movement import SUPPORTED
from reports.figure import (
    LOCAL,
    Figure,
    FigureGroup,
    FigureKind,
    FigureTable,
    ListColumn,
    Ratio,
    RowSet,
    RowType,
    event_rows,
)

VISITS = RowType(
    name="wizyty",
    forms="wizyta,wizyty,wizyt",
    get_queryset=Visit.objects.all,
    assistant_path="assistant",
    family_path="period__family",
    day_field="day",
    # By day first: an index on it lets a page of a long list be read without sorting the rest.
    sort=Sort("data", "od najdawniejszych", "od najnowszych", ("day", "started_at"), descending=True),
    columns=(
        VISIT_DAY,
        ListColumn("Godzina", lambda row: f"{row.starts_at:%H:%M}"),
        FAMILY,
        ASSISTANT,
        ListColumn("Wynik", lambda row: row.get_result_display()),
        MINUTES,
        ListColumn("Wpisano", lambda row: clock.local_date(row.entered_at), "date"),
    ),
    select_related=("period__family", "assistant"),
)
CONTACTS = RowType(
    name="kontakty",
    forms="kontakt,kontakty,kontaktów",
    get_queryset=Contact.objects.all,
    assistant_path="author",
    family_path="period__family",
    day_field="day",
    sort=Sort("data", "od najdawniejszych", "od najnowszych", ("day",), descending=True),
    columns=(
        CONTACT_DAY,
        FAMILY,
        ListColumn(
            "Z kim", lambda row: row.get_counterpart_type_display(), shows="visits.Contact.counterpart_type"
        ),
        ListColumn("Sposób", lambda row: row.get_channel_display()),
        AUTHOR,
    ),
    select_related=("period__family", "author"),
)
HELD_ONLY = Q(result=VisitResult.HELD)
DURING_WORK = Q(period__ends_on=None) | Q(period__ends_on__gte=F("day"))
AFTER_WORK = Q(period__ends_on__lt=F("day"))
_led = Assignment.objects.filter(
    Q(ends_on=None) | Q(ends_on__gte=OuterRef("day")),
    period=OuterRef("period"),
    assistant=OuterRef("assistant"),
    kind=AssignmentKind.LEADING,
    starts_on__lte=OuterRef("day"),
)
BY_LEADER = Q(Exists(_led))  # the visitor led the family on the day of the visit


def _same_rows(rows: RowSet) -> dict[str, Any]:
    """Arguments of a figure with the same rows for the centre and for one assistant, whose numbers add up."""
    return {"rows": rows, "assistant_rows": rows, "adds_up": True}


HELD = Figure(
    key="wizyty-odbyte",
    name="Odbyte",
    full_name="Wizyty odbyte",
    kind=FigureKind.EVENT,
    definition=(
        "Wizyty asystentów z datą w okresie i z wynikiem „odbyta”. Rozmowa telefoniczna i kontakt z instytucją nie "
        "są wizytą, nieudana próba też nie."
    ),
    **_same_rows(event_rows(VISITS, HELD_ONLY)),
)
FAILED = Figure(
    key="wizyty-nieudane",
    name="Nieudane",
    full_name="Wizyty nieudane",
    kind=FigureKind.EVENT,
    definition=(
        "Próby wizyt z datą w okresie, gdy nikogo nie zastano, rodzina nie wpuściła, odwołała albo przełożyła."
    ),
    **_same_rows(event_rows(VISITS, ~HELD_ONLY)),
)
INTERVENTIONS = Figure(
    key="wizyty-interwencyjne",
    name="w tym interwencyjne",
    full_name="Wizyty interwencyjne",
    kind=FigureKind.EVENT,
    definition="Wizyty odbyte w okresie, zapisane jako interwencyjne.",
    emphasis="part",
    **_same_rows(event_rows(VISITS, HELD_ONLY & Q(kind=VisitKind.INTERVENTION))),
)
HOURS = Figure(
    key="godziny",
    name="Godziny w rodzinach",
    kind=FigureKind.SUM,
    definition="Suma czasu trwania odbytych wizyt, w godzinach, bez dojazdów.",
    unit="hours",
    **_same_rows(event_rows(VISITS, HELD_ONLY, sum_field="minutes")),
)
# What an average is computed from: visits to the very families, on the very days, that ``SUPPORTED`` counts.
IN_WORK = Figure(
    key="wizyty-w-pracy",
    name="w tym w rodzinach objętych wsparciem",
    full_name="Wizyty odbyte w rodzinach objętych wsparciem",
    kind=FigureKind.EVENT,
    definition=(
        "Wizyty odbyte w okresie w dniach, w których trwała praca z rodziną. W sprawozdaniu asystenta: jego wizyty "
        "w dniach, w których prowadził tę rodzinę, bez zastępstw."
    ),
    rows=event_rows(VISITS, HELD_ONLY & DURING_WORK),
    assistant_rows=event_rows(VISITS, HELD_ONLY & BY_LEADER),
    emphasis="part",
)
MONITORING = Figure(
    key="wizyty-w-monitoringu",
    name="w tym po zakończeniu pracy (monitoring)",
    full_name="Wizyty odbyte po zakończeniu pracy (monitoring)",
    kind=FigureKind.EVENT,
    definition="Wizyty odbyte w okresie po ostatnim dniu pracy z rodziną. Nie wchodzą do średnich.",
    basis=SUPPORT.of("art. 15 ust. 1 pkt 16"),
    emphasis="part",
    hide_when_zero=True,
    **_same_rows(event_rows(VISITS, HELD_ONLY & AFTER_WORK)),
)
HOURS_IN_WORK = Figure(
    key="godziny-w-pracy",
    name="w tym godziny w rodzinach objętych wsparciem",
    full_name="Godziny w rodzinach objętych wsparciem",
    kind=FigureKind.SUM,
    definition=(
        "Suma czasu wizyt odbytych w dniach, w których trwała praca z rodziną, w godzinach. W sprawozdaniu "
        "asystenta: jego wizyt w dniach, w których prowadził tę rodzinę, bez zastępstw."
    ),
    unit="hours",
    rows=event_rows(VISITS, HELD_ONLY & DURING_WORK, sum_field="minutes"),
    assistant_rows=event_rows(VISITS, HELD_ONLY & BY_LEADER, sum_field="minutes"),
    emphasis="part",
)
MONITORING_HOURS = Figure(
    key="godziny-w-monitoringu",
    name="w tym godziny po zakończeniu pracy (monitoring)",
    full_name="Godziny po zakończeniu pracy (monitoring)",
    kind=FigureKind.SUM,
    definition="Suma czasu wizyt odbytych po ostatnim dniu pracy z rodziną, w godzinach. Nie wchodzi do średnich.",
    basis=SUPPORT.of("art. 15 ust. 1 pkt 16"),
    unit="hours",
    emphasis="part",
    hide_when_zero=True,
    **_same_rows(event_rows(VISITS, HELD_ONLY & AFTER_WORK, sum_field="minutes")),
)
PER_FAMILY = Ratio(
    key="srednio-na-rodzine",
    name="Średnio wizyt na rodzinę",
    definition=(
        "Wizyty odbyte w rodzinach objętych wsparciem podzielone przez liczbę tych rodzin. W sprawozdaniu asystenta: "
        "w rodzinach, które prowadził. Bez monitoringu, a u asystenta także bez zastępstw."
    ),
    numerator=IN_WORK,
    denominator=SUPPORTED,
)
HOURS_PER_FAMILY = Ratio(
    key="srednio-godzin-na-rodzine",
    name="Średnio godzin na rodzinę",
    definition=(
        "Godziny wizyt w rodzinach objętych wsparciem podzielone przez liczbę tych rodzin. W sprawozdaniu asystenta: "
        "w rodzinach, które prowadził. Bez monitoringu, a u asystenta także bez zastępstw."
    ),
    numerator=HOURS_IN_WORK,
    denominator=SUPPORTED,
    unit="hours",
)


def _entered_after(period: Period) -> Q:
    """Visits of the period entered after its last day (Polish time)."""
    period_end = clock.to_instant(period.end + ONE_DAY, time.min)
    return Q(day__range=(period.start, period.end), entered_at__gte=period_end)


def _without_area(period: Period) -> Q:
    return HELD_ONLY & Q(day__range=(period.start, period.end), areas=[])


# Of one period only, so these two are not counted by day.
LATE = Figure(
    key="wizyty-wpisane-pozniej",
    name="Wizyty wpisane po ostatnim dniu okresu",
    kind=FigureKind.EVENT,
    definition="Wizyty z datą w okresie, wpisane do aplikacji już po jego ostatnim dniu. Liczą się do okresu.",
    **_same_rows(RowSet(VISITS, _entered_after)),
)
WITHOUT_AREA = Figure(
    key="wizyty-bez-obszaru",
    name="Odbyte wizyty bez obszaru",
    kind=FigureKind.EVENT,
    definition="Wizyty odbyte w okresie, przy których nie zaznaczono żadnego obszaru pracy.",
    **_same_rows(RowSet(VISITS, _without_area)),
)


def _area(area: Area) -> Figure:
    return Figure(
        key=f"obszar-{area.value.lower()}",
        name=area.label,
        full_name=f"Wizyty w obszarze: {area.label}",
        kind=FigureKind.EVENT,
        definition=f"Wizyty odbyte w okresie, przy których zaznaczono obszar „{area.label}”.",
        hide_when_zero=True,
        **_same_rows(event_rows(VISITS, HELD_ONLY & Q(areas__contains=[area.value]))),
    )


def _task(task: Task) -> Figure:
    return Figure(
        key=f"zadanie-{task.point}",
        name=f"pkt {task.point}: {task.label}",
        full_name=bind_provisions(f"Wizyty z zadaniem z art. 15 ust. 1 pkt {task.point}"),
        kind=FigureKind.EVENT,
        definition=bind_provisions(
            f"Wizyty odbyte w okresie, przy których zaznaczono zadanie z art. 15 ust. 1 pkt {task.point}."
        ),
        basis=task.basis,
        hide_when_zero=True,
        **_same_rows(event_rows(VISITS, HELD_ONLY & Q(tasks__contains=[task.point]))),
    )


AREAS = tuple(_area(area) for area in Area)
TASKS = tuple(_task(task) for task in DIRECT_TASKS)
ALL_CONTACTS = Figure(
    key="kontakty",
    name="Kontakty razem",
    kind=FigureKind.EVENT,
    definition=(
        "Rozmowy, pisma i spotkania z datą w okresie, zapisane w teczkach rodzin jako kontakty. W ośrodku liczą się "
        "kontakty wszystkich pracowników, w sprawozdaniu asystenta jego własne."
    ),
    rows=event_rows(CONTACTS),
    assistant_rows=event_rows(CONTACTS),
    emphasis="total",
)


def _contacts_with(party: CounterpartType) -> Figure:
    rows = event_rows(CONTACTS, Q(counterpart_type=party))
    return Figure(
        key=f"kontakty-{party.value.replace('_', '-')}",
        name=party.label,
        full_name=f"Kontakty: {party.label}",
        kind=FigureKind.EVENT,
        definition=f"Kontakty z datą w okresie, zapisane jako kontakt: {party.label}.",
        basis=LOCAL if party == CounterpartType.FAMILY else SUPPORT.of("art. 15 ust. 1 pkt 18"),
        rows=rows,
        assistant_rows=rows,
        hide_when_zero=True,
    )


_phone_calls = event_rows(CONTACTS, Q(channel=ContactChannel.PHONE))
PHONE_CALLS = Figure(
    key="rozmowy-telefoniczne",
    name="Rozmowy telefoniczne",
    kind=FigureKind.EVENT,
    definition="Kontakty z datą w okresie, zapisane jako rozmowa telefoniczna, z rodziną i z instytucjami.",
    rows=_phone_calls,
    assistant_rows=_phone_calls,
)

VISITS_TABLE = FigureTable(
    "wizyty",
    "Wizyty",
    (
        FigureGroup(
            "Wizyty",
            (
                HELD,
                INTERVENTIONS,
                IN_WORK,
                MONITORING,
                FAILED,
                HOURS,
                HOURS_IN_WORK,
                MONITORING_HOURS,
                PER_FAMILY,
                HOURS_PER_FAMILY,
                PHONE_CALLS,
            ),
        ),
    ),
    note=(
        "Wizyta nieudana i rozmowa telefoniczna nie liczą się jako wizyta odbyta. Średnie liczą wizyty tylko w tych "
        "rodzinach i dniach, które liczą się jako objęte wsparciem."
    ),
)
ACTIVITIES = FigureTable(
    "dzialania",
    "Wizyty według obszarów i zadań",
    (
        FigureGroup("Według obszarów", AREAS),
        FigureGroup(bind_provisions("Według zadań z art. 15 ust. 1 ustawy o wspieraniu rodziny"), TASKS),
    ),
    note=(
        "Jedna wizyta może dotyczyć kilku obszarów i zadań, dlatego wiersze nie sumują się do liczby wizyt. "
        "Pominięto te, których w żadnym z okresów nie zaznaczono."
    ),
    folded=True,
)
CONTACTS_TABLE = FigureTable(
    "kontakty",
    "Kontakty",
    (FigureGroup("Z kim", (*(_contacts_with(party) for party in CounterpartType), ALL_CONTACTS)),),
    note="Pominięto instytucje, z którymi w żadnym z okresów nie było kontaktu.",
    folded=True,
)
