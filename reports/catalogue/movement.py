"""Ruch rodzin: families at the start of a period, started, ended and at its end.

The centre counts work periods. An assistant counts the families they lead, including those taken over and handed
over, and those whose leading was interrupted. For both, opening + added − removed = closing.

Stocks are taken at the end of a day: work whose last day is the last day of the period has ended. A family handed
over on a day belongs to the new assistant from that day, so at the end of the day before it is still the old one's.
"""

from datetime import date

from django.db.models import (
    BooleanField,
    Case,
    DateField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from families import law
from families.caseload.models import COUNTED_KINDS, Assignment, LegalBasis, WorkPeriod
from families.choices import AssignmentKind, BasisKind
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
    forms="okres pracy,okresy pracy,okresów pracy",
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
    forms="przydzielenie,przydzielenia,przydzieleń",
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


def _days_from(reference: OuterRef, days: str) -> Func:
    return Func(reference, template=f"(%(expressions)s {days})", output_field=DateField())


# Who led the family on the day before this assignment, and who leads it on the day after.
_before = Assignment.objects.filter(
    LEADING, period=OuterRef("period"), ends_on=_days_from(OuterRef("starts_on"), "- 1")
)
_after = Assignment.objects.filter(
    LEADING, period=OuterRef("period"), starts_on=_days_from(OuterRef("ends_on"), "+ 1")
)
FROM_ANOTHER = Q(Exists(_before.exclude(assistant=OuterRef("assistant"))))
FROM_NOBODY = ~Q(Exists(_before))
TO_ANOTHER = Q(Exists(_after.exclude(assistant=OuterRef("assistant"))))
TO_NOBODY = ~Q(Exists(_after))


def _begun_in(period: Period) -> Q:
    """Leading assignments that begin in the period, after the work itself had begun."""
    return LEADING & _within("starts_on", period) & Q(with_the_work=False)


def _left_in(period: Period) -> Q:
    """Leading assignments whose first day without the assistant is in the period, while the work goes on."""
    return LEADING & _within("left_on", period) & Q(to_the_end=False)


def counted_on(day: date) -> Q:
    """Assignments that take a slot on the day, as ``Caseload.counted_on`` has it."""
    on_day = Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))
    counted = Q(kind__in=COUNTED_KINDS) & on_day
    if day < law.IN_FORCE or law.COUNTS_ZA_ZYCIEM.on(day):
        return counted
    bases = LegalBasis.objects.active_on(day).filter(period=OuterRef("period"))
    za_zyciem = bases.filter(kind=BasisKind.ZA_ZYCIEM)
    return counted & (~Q(Exists(za_zyciem)) | Q(Exists(bases.exclude(kind=BasisKind.ZA_ZYCIEM))))


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
    name="Przejęte",
    full_name="Rodziny przejęte od innych asystentów",
    kind=FigureKind.EVENT,
    definition=(
        "Rodziny, które ten asystent prowadzi od dnia leżącego w okresie, a poprzedniego dnia prowadził je ktoś inny."
    ),
    assistant_rows=RowSet(ASSIGNMENTS, lambda period: _begun_in(period) & FROM_ANOTHER),
)
RESUMED = Figure(
    key="podjete-po-przerwie",
    name="Podjęte po przerwie",
    full_name="Rodziny podjęte po przerwie w prowadzeniu",
    kind=FigureKind.EVENT,
    definition=(
        "Rodziny, z którymi praca już trwała, ale poprzedniego dnia nikt ich nie prowadził, a ten asystent prowadzi "
        "je od dnia leżącego w okresie."
    ),
    assistant_rows=RowSet(ASSIGNMENTS, lambda period: _begun_in(period) & FROM_NOBODY),
    hide_when_zero=True,
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
    name="Przekazane",
    full_name="Rodziny przekazane innym asystentom",
    kind=FigureKind.EVENT,
    definition=(
        "Rodziny, które od pierwszego dnia bez tego asystenta prowadzi ktoś inny; ten dzień leży w okresie, a praca "
        "z rodziną trwa."
    ),
    assistant_rows=RowSet(ASSIGNMENTS, lambda period: _left_in(period) & TO_ANOTHER),
)
LEFT = Figure(
    key="pozostawione-bez-asystenta",
    name="Bez następcy",
    full_name="Rodziny pozostawione bez asystenta",
    kind=FigureKind.EVENT,
    definition=(
        "Rodziny, których ten asystent już nie prowadzi, choć praca z nimi trwa, a od następnego dnia nie prowadzi "
        "ich nikt; pierwszy dzień bez niego leży w okresie."
    ),
    assistant_rows=RowSet(ASSIGNMENTS, lambda period: _left_in(period) & TO_NOBODY),
    hide_when_zero=True,
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
COUNTED = Figure(
    key="do-limitu",
    name="Liczone do limitu w ostatnim dniu",
    full_name="Rodziny liczone do limitu w ostatnim dniu okresu",
    kind=FigureKind.STOCK,
    definition=(
        "Rodziny, które asystent w ostatnim dniu okresu prowadzi albo w nich zastępuje, każda raz; także te, z którymi "
        "praca kończy się tego dnia. Tak liczy je limit rodzin na asystenta. Rodzina, w której ktoś zastępuje, liczy "
        "się obu osobom."
    ),
    basis=law.FAMILIES_PER_ASSISTANT.basis,
    assistant_rows=RowSet(ASSIGNMENTS, counted_on, asked_for=last_day, distinct_on="period__family"),
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
                RESUMED,
                ENDED,
                HANDED_OVER,
                LEFT,
                CLOSING,
                WITHOUT_ASSISTANT,
                SUPPORTED,
                STAND_IN,
                COUNTED,
            ),
        ),
    ),
    note=(
        "Stan, przybyło i ubyło liczą okresy pracy; „objęte wsparciem” liczy rodziny, każdą raz. Zmiana asystenta "
        "nie jest ani przybyciem, ani ubyciem rodziny."
    ),
)
# Figures of one assistant, in the order of the columns.
ADDED = (STARTED, TAKEN_OVER, RESUMED)
REMOVED = (ENDED, HANDED_OVER, LEFT)
ASSISTANT_FIGURES = (OPENING, *ADDED, *REMOVED, CLOSING, SUPPORTED)
