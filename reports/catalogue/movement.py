"""Ruch rodzin: families at the start of a period, started, ended and at its end.

The centre counts work periods. An assistant counts the families they lead, including those taken over and handed
over. For both, opening + added − removed = closing.

Stocks are taken at the end of a day: work whose last day is the last day of the period has ended. A family handed
over on a day belongs to the new assistant from that day, so at the end of the day before it is still the old one's.
"""

from datetime import date

from django.db.models import (
    BooleanField,
    Case,
    DateField,
    F,
    Func,
    Q,
    QuerySet,
    Value,
    When,
)

from families.caseload.models import Assignment, WorkPeriod
from families.choices import AssignmentKind
from families.law import SUPPORT
from lubsko_ops.core.dates import ONE_DAY, Period
from lubsko_ops.core.keyset_list import Sort
from reports.catalogue.list_columns import ASSISTANT, FAMILY_AT_WORK, NUMBER, SINCE, UNTIL
from reports.figure import (
    Figure,
    FigureGroup,
    FigureKind,
    FigureTable,
    ListColumn,
    RowSet,
    RowType,
    day_before,
    last_day,
)

NEWEST = Sort("od", "od najdawniej rozpoczętych", "od ostatnio rozpoczętych", ("starts_on",), descending=True)


def _assignments() -> QuerySet[Assignment]:
    """Assignments annotated with ``left_on``, ``with_the_work`` and ``to_the_end``.

    left_on: the first day without this assistant, or the last day of work if the work ended. The flags tell whether
    the assignment starts or ends together with the work period.
    """
    starts = When(starts_on=F("period__starts_on"), then=Value(True))
    ends = When(ends_on=F("period__ends_on"), then=Value(True))
    next_day = Func(F("ends_on"), template="(%(expressions)s + 1)", output_field=DateField())
    return Assignment.objects.annotate(
        with_the_work=Case(starts, default=Value(False), output_field=BooleanField()),
        to_the_end=Case(ends, default=Value(False), output_field=BooleanField()),
        left_on=Case(When(ends_on=F("period__ends_on"), then=F("ends_on")), default=next_day),
    )


def not_ended_before(day: date) -> Q:
    """Rows still open on the day before: an assignment that ended then was handed over on ``day``."""
    return Q(ends_on=None) | Q(ends_on__gte=day - ONE_DAY)


WORK_PERIODS = RowType(
    name="okresy pracy",
    get_queryset=WorkPeriod.objects.all,
    assistant_path="",
    family_path="family",
    sort=NEWEST,
    columns=(
        FAMILY_AT_WORK,
        NUMBER,
        SINCE,
        UNTIL,
        ListColumn(
            "Powód zakończenia",
            lambda row: row.get_closing_reason_display(),
            shows="caseload.WorkPeriod.closing_reason",
        ),
    ),
    select_related=("family",),
    countable_since=not_ended_before,
)
ASSIGNMENTS = RowType(
    name="przydzielenia",
    get_queryset=_assignments,
    assistant_path="assistant",
    family_path="period__family",
    sort=NEWEST,
    columns=(
        FAMILY_AT_WORK,
        NUMBER,
        ASSISTANT,
        ListColumn("Rodzaj", lambda row: row.get_kind_display()),
        SINCE,
        UNTIL,
    ),
    select_related=("period__family", "assistant"),
    countable_since=not_ended_before,
)
LEADING = Q(kind=AssignmentKind.LEADING)


# ---- conditions --------------------------------------------------------------------------------------
def open_after(day: date) -> Q:
    """Work periods started by the day and still open at its end."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gt=day))


def led_after(day: date) -> Q:
    """Leading assignments at the end of the day."""
    return LEADING & Q(starts_on__lte=day) & (Q(left_on=None) | Q(left_on__gt=day))


def at_work_in(period: Period) -> Q:
    """Rows with at least one day in the period."""
    return Q(starts_on__lte=period.end) & (Q(ends_on=None) | Q(ends_on__gte=period.start))


def unassigned_after(day: date) -> Q:
    """Work periods open at the end of the day without a leading assistant."""
    # Of work that is open, an assignment still leads on its own last day: the work did not end with it.
    led = Assignment.objects.active_on(day).filter(LEADING)
    return open_after(day) & ~Q(pk__in=led.values("period"))


def _within(field: str, period: Period) -> Q:
    return Q(**{f"{field}__range": (period.start, period.end)})


# ---- figures -----------------------------------------------------------------------------------------
OPENING = Figure(
    key="stan-poczatkowy",
    name="Stan na początek okresu",
    full_name="Rodziny na początek okresu",
    kind=FigureKind.STOCK,
    definition=(
        "Praca z rodziną rozpoczęta przed pierwszym dniem okresu i wtedy jeszcze niezakończona. W sprawozdaniu "
        "asystenta: rodziny, które prowadził, gdy kończył się ostatni dzień przed okresem."
    ),
    rows=RowSet(WORK_PERIODS, open_after, asked_for=day_before),
    assistant_rows=RowSet(ASSIGNMENTS, led_after, asked_for=day_before),
)
STARTED = Figure(
    key="przybylo",
    name="Przybyło",
    full_name="Rodziny, które przybyły",
    kind=FigureKind.EVENT,
    definition=(
        "Praca z rodziną rozpoczęta w okresie, także ponownie: pierwszy dzień pracy leży w okresie. Zmiana "
        "asystenta nie jest przybyciem."
    ),
    basis=SUPPORT.of("art. 11"),
    rows=RowSet(WORK_PERIODS, lambda period: _within("starts_on", period)),
    assistant_rows=RowSet(
        ASSIGNMENTS, lambda period: LEADING & _within("starts_on", period) & Q(with_the_work=True)
    ),
)
TAKEN_OVER = Figure(
    key="przejete",
    name="Przejęte od innych asystentów",
    full_name="Rodziny przejęte od innych asystentów",
    kind=FigureKind.EVENT,
    definition="Rodziny, z którymi praca już trwała, a ten asystent prowadzi je od dnia leżącego w okresie.",
    assistant_rows=RowSet(
        ASSIGNMENTS, lambda period: LEADING & _within("starts_on", period) & Q(with_the_work=False)
    ),
)
ENDED = Figure(
    key="ubylo",
    name="Ubyło",
    full_name="Rodziny, które ubyły",
    kind=FigureKind.EVENT,
    definition=(
        "Praca z rodziną zakończona w okresie: ostatni dzień pracy leży w okresie. Zmiana asystenta nie jest "
        "zakończeniem."
    ),
    rows=RowSet(WORK_PERIODS, lambda period: _within("ends_on", period)),
    assistant_rows=RowSet(
        ASSIGNMENTS, lambda period: LEADING & _within("ends_on", period) & Q(to_the_end=True)
    ),
)
HANDED_OVER = Figure(
    key="przekazane",
    name="Przekazane innym asystentom",
    full_name="Rodziny przekazane innym asystentom",
    kind=FigureKind.EVENT,
    definition=(
        "Rodziny, których ten asystent już nie prowadzi, choć praca z nimi trwa: pierwszy dzień bez niego leży "
        "w okresie."
    ),
    assistant_rows=RowSet(
        ASSIGNMENTS, lambda period: LEADING & _within("left_on", period) & Q(to_the_end=False)
    ),
)
CLOSING = Figure(
    key="stan-koncowy",
    name="Stan na koniec okresu",
    full_name="Rodziny na koniec okresu",
    kind=FigureKind.STOCK,
    definition=(
        "Praca z rodziną rozpoczęta najpóźniej w ostatnim dniu okresu i w tym dniu niezakończona. W sprawozdaniu "
        "asystenta: rodziny, które prowadził, gdy ten dzień się kończył."
    ),
    rows=RowSet(WORK_PERIODS, open_after, asked_for=last_day),
    assistant_rows=RowSet(ASSIGNMENTS, led_after, asked_for=last_day),
    emphasis="total",
)
SUPPORTED = Figure(
    key="objete-wsparciem",
    name="Objęte wsparciem w okresie",
    full_name="Rodziny objęte wsparciem w okresie",
    kind=FigureKind.DISTINCT,
    definition=(
        "Rodziny, z którymi choć przez jeden dzień okresu trwała praca. Rodzina liczona jest raz, także gdy zmienił "
        "się asystent albo praca zaczęła się ponownie. Bez rodzin w samym monitoringu. W sprawozdaniu asystenta: "
        "rodziny, które prowadził choć przez jeden dzień okresu."
    ),
    rows=RowSet(WORK_PERIODS, at_work_in, distinct_on="family"),
    assistant_rows=RowSet(
        ASSIGNMENTS, lambda period: LEADING & at_work_in(period), distinct_on="period__family"
    ),
)
STAND_IN = Figure(
    key="zastepstwa",
    name="Prowadzone w zastępstwie",
    full_name="Rodziny prowadzone w zastępstwie",
    kind=FigureKind.DISTINCT,
    definition=(
        "Rodziny innych asystentów, które ten asystent choć przez jeden dzień okresu prowadził w zastępstwie. "
        "Każda liczona raz; nie wchodzą do stanu ani do ruchu."
    ),
    assistant_rows=RowSet(
        ASSIGNMENTS,
        lambda period: Q(kind=AssignmentKind.STAND_IN) & at_work_in(period),
        distinct_on="period__family",
    ),
)
WITHOUT_ASSISTANT = Figure(
    key="bez-asystenta",
    name="Bez prowadzącego asystenta na koniec okresu",
    full_name="Rodziny bez prowadzącego asystenta na koniec okresu",
    kind=FigureKind.STOCK,
    definition="Praca z rodziną trwa, gdy kończy się ostatni dzień okresu, a nikt jej wtedy nie prowadzi.",
    rows=RowSet(WORK_PERIODS, unassigned_after, asked_for=last_day),
    hide_when_zero=True,
)

MOVEMENT = FigureTable(
    "ruch",
    "Rodziny objęte wsparciem – ruch",
    (
        FigureGroup(
            "Ruch rodzin",
            (
                OPENING,
                STARTED,
                TAKEN_OVER,
                ENDED,
                HANDED_OVER,
                CLOSING,
                WITHOUT_ASSISTANT,
                SUPPORTED,
                STAND_IN,
            ),
        ),
    ),
    note=(
        "Stan, przybyło i ubyło liczą okresy pracy; „objęte wsparciem” liczy rodziny, każdą raz. Zmiana asystenta "
        "nie jest ani przybyciem, ani ubyciem rodziny."
    ),
)
# Figures of one assistant, in the order of the columns.
ASSISTANT_FIGURES = (OPENING, STARTED, TAKEN_OVER, ENDED, HANDED_OVER, CLOSING, SUPPORTED)
