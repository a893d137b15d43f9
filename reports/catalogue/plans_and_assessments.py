"""Plany i oceny: accepted plan versions; assessments handed over, in time, and overdue at the end of the period."""

from datetime import date

from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import GreaterThanOrEqual, LessThan, LessThanOrEqual

from families import law
from families.assessments.models import Assessment
from families.plans.models import Plan
from lubsko_ops.core.dates import Period
from lubsko_ops.core.keyset_list import Sort
from lubsko_ops.core.temporal import MonthsInterval
from reports.catalogue.list_columns import AUTHOR, FAMILY
from reports.catalogue.movement import ASSIGNMENTS, WORK_PERIODS, led_after, open_after
from reports.figure import Figure, FigureGroup, FigureKind, FigureTable, ListColumn, RowSet, RowType, last_day


def assessment_due_on(since: F | Coalesce) -> Cast:
    """SQL equivalent of ``law.assessment_due_on``: with the months in force on the day ``since``."""
    (_, first), *later = law.ASSESSMENT_MONTHS.values
    months: Value | Case = Value(first)
    if later:
        newest_first = [When(GreaterThanOrEqual(since, day), then=Value(n)) for day, n in reversed(later)]
        months = Case(*newest_first, default=months)
    return Cast(since + MonthsInterval(months), DateField())


def _assessments() -> QuerySet[Assessment]:
    """Assessments annotated with ``due_on``, counted from the previous one or from the start of the work period, and
    ``in_time``: whether they were handed over by then."""
    previous = Assessment.objects.filter(
        Q(handed_over_on__lt=OuterRef("handed_over_on"))
        | Q(handed_over_on=OuterRef("handed_over_on"), pk__lt=OuterRef("pk")),
        period=OuterRef("period"),
    ).order_by("-handed_over_on", "-pk")
    since = Coalesce(Subquery(previous.values("handed_over_on")[:1]), F("period__starts_on"))
    due_on = assessment_due_on(since)
    return Assessment.objects.annotate(due_on=due_on, in_time=LessThanOrEqual(F("handed_over_on"), due_on))


ASSESSMENTS = RowType(
    name="okresowe oceny",
    forms="ocena,oceny,ocen",
    get_queryset=_assessments,
    assistant_path="author",
    family_path="period__family",
    sort=Sort("przekazana", "od najdawniejszych", "od najnowszych", ("handed_over_on",), descending=True),
    columns=(
        ListColumn("Przekazana", lambda row: row.handed_over_on, "date"),
        FAMILY,
        ListColumn("Termin", lambda row: row.due_on, "date"),
        ListColumn("Ocena za okres od", lambda row: row.covers_from, "date"),
        ListColumn("do", lambda row: row.covers_to, "date"),
        AUTHOR,
    ),
    select_related=("period__family", "author"),
    group_field="in_time",
    countable_since=lambda day: Q(handed_over_on__gte=day),
)


def _made_in(period: Period) -> Q:
    return Q(handed_over_on__range=(period.start, period.end))


def _assessed_by(day: date, work: str) -> Exists:
    """Whether an assessment handed over by the day is still current on it. work: lookup of the work period."""
    assessments = Assessment.objects.filter(period=OuterRef(work), handed_over_on__lte=day)
    return Exists(
        assessments.annotate(next_on=assessment_due_on(F("handed_over_on"))).filter(next_on__gte=day)
    )


def _first_assessment_overdue(day: date, starts_on: str) -> LessThan:
    """Whether the first assessment was due before the day. starts_on: lookup of the first day of the work."""
    return LessThan(assessment_due_on(F(starts_on)), day)


def overdue_work_periods(day: date) -> Q:
    """Work periods whose assessment is overdue at the end of the day."""
    overdue = _first_assessment_overdue(day, "starts_on")
    return open_after(day) & Q(overdue) & ~Q(_assessed_by(day, "pk"))


def overdue_assignments(day: date) -> Q:
    """Leading assignments of such work periods."""
    overdue = _first_assessment_overdue(day, "period__starts_on")
    return led_after(day) & Q(overdue) & ~Q(_assessed_by(day, "period"))


def _plans() -> QuerySet[Plan]:
    """Plan versions annotated with ``changes``: whether an earlier version of the work period was accepted."""
    previous = Plan.objects.filter(
        period=OuterRef("period"), accepted_on__isnull=False, number__lt=OuterRef("number")
    )
    return Plan.objects.annotate(changes=Exists(previous))


PLANS = RowType(
    name="plany pracy",
    forms="plan,plany,planów",
    get_queryset=_plans,
    assistant_path="author",
    family_path="period__family",
    sort=Sort("zaakceptowany", "od najdawniejszych", "od najnowszych", ("accepted_on",), descending=True),
    columns=(
        ListColumn("Zaakceptowany", lambda row: row.accepted_on, "date"),
        FAMILY,
        ListColumn("Wersja", lambda row: row.number, "integer"),
        ListColumn("Plan na okres od", lambda row: row.covers_from, "date"),
        ListColumn("do", lambda row: row.covers_to, "date"),
        AUTHOR,
    ),
    select_related=("period__family", "author"),
    group_field="changes",
    countable_since=lambda day: Q(accepted_on__gte=day),
)


def _accepted_in(period: Period) -> Q:
    return Q(accepted_on__range=(period.start, period.end))


_new, _changed = (RowSet(PLANS, _accepted_in, groups=frozenset({changes})) for changes in (False, True))
_accepted = RowSet(PLANS, _accepted_in)
PLANS_ACCEPTED = Figure(
    key="plany-zaakceptowane",
    name="Plany pracy zaakceptowane",
    kind=FigureKind.EVENT,
    definition="Plany zaakceptowane w okresie, pierwsze i następne wersje.",
    basis=law.SUPPORT.of("art. 15 ust. 1 pkt 1"),
    rows=_accepted,
    assistant_rows=_accepted,
    adds_up=True,
)
PLANS_NEW = Figure(
    key="plany-nowe",
    name="w tym nowe",
    full_name="Plany pracy nowe",
    emphasis="part",
    kind=FigureKind.EVENT,
    definition="Plany zaakceptowane w okresie, pierwsze w danym okresie pracy z rodziną.",
    basis=law.SUPPORT.of("art. 15 ust. 1 pkt 1"),
    rows=_new,
    assistant_rows=_new,
    adds_up=True,
)
PLANS_CHANGED = Figure(
    key="plany-zmienione",
    name="w tym zmienione",
    full_name="Plany pracy zmienione",
    emphasis="part",
    kind=FigureKind.EVENT,
    definition="Następne wersje planów zaakceptowane w okresie, po wcześniejszej wersji z tego samego okresu pracy.",
    basis=law.SUPPORT.of("art. 15 ust. 1 pkt 1"),
    rows=_changed,
    assistant_rows=_changed,
    adds_up=True,
)

BASIS = law.ASSESSMENT_MONTHS.basis
_made, _in_time = (
    RowSet(ASSESSMENTS, _made_in),
    RowSet(ASSESSMENTS, _made_in, groups=frozenset({True})),
)
ASSESSED = Figure(
    key="oceny",
    name="Okresowe oceny wykonane",
    kind=FigureKind.EVENT,
    definition="Okresowe oceny sytuacji rodziny przekazane w okresie.",
    basis=BASIS,
    rows=_made,
    assistant_rows=_made,
    adds_up=True,
)
IN_TIME = Figure(
    key="oceny-w-terminie",
    name="w tym w terminie",
    full_name="Okresowe oceny wykonane w terminie",
    kind=FigureKind.EVENT,
    definition=(
        "Oceny przekazane nie później niż pół roku od rozpoczęcia pracy albo od przekazania poprzedniej oceny."
    ),
    basis=BASIS,
    rows=_in_time,
    assistant_rows=_in_time,
    adds_up=True,
    emphasis="part",
)
OVERDUE = Figure(
    key="oceny-zalegle",
    name="Okresowe oceny zaległe na koniec",
    kind=FigureKind.STOCK,
    definition=(
        "Praca z rodziną trwa, gdy okres się kończy, a pół roku od jej rozpoczęcia albo od ostatniej oceny minęło "
        "przed ostatnim dniem okresu. Zaległą ocenę liczymy temu, kto wtedy prowadzi rodzinę."
    ),
    basis=BASIS,
    rows=RowSet(WORK_PERIODS, overdue_work_periods, asked_for=last_day),
    assistant_rows=RowSet(ASSIGNMENTS, overdue_assignments, asked_for=last_day),
)

PLANS_AND_ASSESSMENTS = FigureTable(
    "plany-i-oceny",
    "Plany i oceny",
    (FigureGroup("Plany i oceny", (PLANS_ACCEPTED, PLANS_NEW, PLANS_CHANGED, ASSESSED, IN_TIME, OVERDUE)),),
    note=(
        "Plan liczy się w dniu akceptacji, autorowi wersji. Ocena w terminie – najpóźniej pół roku od rozpoczęcia "
        "pracy albo od poprzedniej oceny."
    ),
)
