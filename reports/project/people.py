"""Figures of a project about people: who took part, whose children stayed at home, steps of the participations."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.lookups import GreaterThan, LessThanOrEqual

from families.care.models import Placement
from families.choices import CHILDREN, Sex
from families.people.definitions import adult_since
from families.people.models import Membership
from lubsko_ops.core.dates import Period
from projects.choices import LeavingReason, ParticipationStepKind
from projects.groups.work import LEFT
from projects.models import Edition, ParticipationStep
from reports.figure import AnyFigure, Figure, FigureKind, RowSet
from reports.project import row_types


class PeopleFigures:
    """The figures of one project about its participants, persons and families."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    @property
    def groups(self) -> tuple[list[AnyFigure], list[AnyFigure]]:
        """Those of people, then those of steps."""
        return self._people(), self._steps()

    def _people(self) -> list[AnyFigure]:
        people, families = row_types.people_rows(self.edition), row_types.family_rows(self.edition)
        part: dict[str, Any] = {"kind": FigureKind.DISTINCT, "emphasis": "part"}
        person: dict[str, Any] = {"kind": FigureKind.PERSONS, "emphasis": "part"}

        def person_figure(key: str, name: str, definition: str, extra: Callable[[Period], Q]) -> Figure:
            rows = RowSet(people, lambda period: self._took_part(period, own=False) & extra(period))
            return Figure(key=key, name=name, definition=definition, rows=rows, **person)

        return [
            Figure(
                key="miejsca",
                name="Miejsca",
                kind=FigureKind.SUM,
                definition="Liczba miejsc z opisu projektu.",
                rows=RowSet(row_types.edition_rows(self.edition), row_types.every_row, sum_field="places"),
            ),
            Figure(
                key="uczestnicy",
                name="Uczestnicy",
                kind=FigureKind.PERSONS,
                definition=(
                    "Osoby, które w którymś dniu okresu brały udział: zaczęły do jego ostatniego dnia i nie odeszły "
                    "przed pierwszym. Każda raz, w ilu grupach by nie była; z pary rodzic i dziecko."
                ),
                rows=RowSet(people, lambda period: self._took_part(period, own=False)),
            ),
            person_figure(
                "kobiety", "w tym kobiety", "Uczestnicy płci żeńskiej.", lambda period: Q(sex=Sex.FEMALE)
            ),
            person_figure(
                "mezczyzni", "w tym mężczyźni", "Uczestnicy płci męskiej.", lambda period: Q(sex=Sex.MALE)
            ),
            person_figure(
                "dorosli",
                "w tym dorośli",
                "Uczestnicy, którzy w ostatnim dniu okresu mają 18 lat; bez daty urodzenia ci, którzy nie są dziećmi.",
                lambda period: self._adult(period),
            ),
            person_figure(
                "dzieci",
                "w tym dzieci",
                "Uczestnicy, którzy w ostatnim dniu okresu nie mają 18 lat; bez daty urodzenia ci, którzy są dzieckiem "
                "w parze albo w swojej rodzinie.",
                lambda period: self._child(period),
            ),
            Figure(
                key="osoby-ukonczyly",
                name="Osoby, które ukończyły",
                kind=FigureKind.PERSONS,
                definition=(
                    "Osoby, które w okresie ukończyły udział, każda raz, w ilu grupach by nie była; z pary rodzic i "
                    "dziecko."
                ),
                rows=RowSet(people, self._finished),
            ),
            Figure(
                key="rodziny-w-projekcie",
                name="Rodziny",
                full_name="Rodziny w projekcie",
                kind=FigureKind.DISTINCT,
                definition="Rodziny z teczką w ośrodku, które same albo przez kogoś z rodziny brały udział w okresie.",
                rows=RowSet(families, lambda period: self._took_part(period, own=True)),
            ),
            Figure(
                key="rodziny-z-dziecmi",
                name="w tym rodziny, które zaczęły udział z dzieckiem w domu",
                full_name="Rodziny, które zaczęły udział z dzieckiem w domu",
                definition=(
                    "Rodziny w projekcie, w których pierwszego dnia udziału mieszkało z rodziną dziecko przed 18. "
                    "urodzinami, także na przemian w dwóch domach, i nie było w pieczy zastępczej."
                ),
                rows=RowSet(families, self._began_with_children),
                **part,
            ),
            Figure(
                key="rodziny-dzieci-w-domu",
                name="w tym rodziny, które zatrzymały dzieci w domu",
                full_name="Rodziny, które zatrzymały dzieci w domu",
                definition=(
                    "Rodziny, które zaczęły udział z dzieckiem w domu i w ostatnim dniu okresu żadne ich dziecko nie "
                    "jest w pieczy zastępczej. Dziecko, które wróciło z niej do tego dnia, jest w domu; pobyt w pieczy "
                    "od początku udziału, który skończył się inaczej niż powrotem, liczy się jak trwający."
                ),
                rows=RowSet(families, self._kept_children),
                **part,
            ),
        ]

    def _began_with_children(self, period: Period) -> Q:
        """Condition on families: a child lived at home on the first day of their part and was not in foster care."""
        first_day = OuterRef("began_on")
        in_care = Placement.objects.filter(family=OuterRef("family"), person=OuterRef("person"))
        in_care = in_care.filter(
            Q(ends_on=None) | Q(ends_on__gte=OuterRef(first_day)), starts_on__lte=OuterRef(first_day)
        )
        children = Membership.objects.members_on(first_day).living_here().children_on(first_day)
        at_home = children.filter(~Exists(in_care), family=OuterRef("pk"))
        return self._took_part(period, own=True) & Q(Exists(at_home))

    def _kept_children(self, period: Period) -> Q:
        """Condition on families: those, and on the last day of the period none of their children is in foster care."""
        placements = Placement.objects.filter(family=OuterRef("pk"), starts_on__lte=period.end)
        not_back = Q(returned=False, starts_on__gte=OuterRef("began_on"))
        away = placements.filter(Q(ends_on=None) | Q(ends_on__gte=period.end) | not_back)
        return self._began_with_children(period) & ~Q(Exists(away))

    def _took_part(self, period: Period, *, own: bool) -> Q:
        """Condition on persons, or on families (``own``), that took part on some day of the period."""
        rows = row_types.participations_of(self.edition).filter(
            ~Q(status__in=LEFT) | Q(status_on__gte=period.start),
            steps__kind=ParticipationStepKind.BEGIN,
            steps__day__lte=period.end,
        )
        who = Q(family=OuterRef("pk")) if own else Q(person=OuterRef("pk")) | Q(child=OuterRef("pk"))
        return Q(Exists(rows.filter(who)))

    def _finished(self, period: Period) -> Q:
        """Condition on persons who finished on a day of the period."""
        rows = row_types.participations_of(self.edition).filter(
            steps__kind=ParticipationStepKind.FINISH, steps__day__range=(period.start, period.end)
        )
        return Q(Exists(rows.filter(Q(person=OuterRef("pk")) | Q(child=OuterRef("pk")))))

    def _unknown_child(self) -> Q:
        """Condition on persons of unknown birth: those who are a child of a pair, or of a family by kinship."""
        pairs = row_types.participations_of(self.edition).filter(child=OuterRef("pk"))
        kinships = Membership.objects.filter(person=OuterRef("pk"), kinship__in=CHILDREN)
        return Q(born_on=None) & (Q(Exists(pairs)) | Q(Exists(kinships)))

    def _child(self, period: Period) -> Q:
        return self._unknown_child() | Q(born_on__isnull=False) & Q(GreaterThan(adult_since(), period.end))

    def _adult(self, period: Period) -> Q:
        unknown = Q(born_on=None) & ~self._unknown_child()
        return unknown | Q(born_on__isnull=False) & Q(LessThanOrEqual(adult_since(), period.end))

    def _steps(self) -> list[AnyFigure]:
        steps = row_types.step_rows(self.edition)

        def figure(key: str, name: str, kind: ParticipationStepKind, definition: str, **extra: Any) -> Figure:
            reason = extra.pop("reason", "")
            counted = Q(kind=kind, reason=reason) if reason else Q(kind=kind)
            if (
                kind == ParticipationStepKind.BREAK_OFF
            ):  # who leaves before the beginning has broken off nothing
                counted &= self._had_begun()
            rows = RowSet(steps, lambda period: self._step_days(period) & counted)
            return Figure(
                key=key, name=name, kind=FigureKind.EVENT, definition=definition, rows=rows, **extra
            )

        return [
            figure(
                "zgloszenia",
                "Zgłoszenia",
                ParticipationStepKind.REPORT,
                "Zgłoszenia z datą w okresie, w pierwszym okresie projektu także z naboru przed jego początkiem.",
            ),
            figure(
                "rozpoczete",
                "Rozpoczęte udziały",
                ParticipationStepKind.BEGIN,
                "Udziały, które zaczęły się w okresie. Kto jest w dwóch grupach, ma dwa udziały.",
            ),
            figure(
                "ukonczone",
                "Ukończone udziały",
                ParticipationStepKind.FINISH,
                "Udziały ukończone w okresie.",
            ),
            figure(
                "przerwane",
                "Przerwane udziały",
                ParticipationStepKind.BREAK_OFF,
                "Udziały, które się zaczęły i w okresie zostały przerwane.",
            ),
            *(
                figure(
                    f"przerwane-{reason.value.replace('_', '-')}",
                    f"w tym: {reason.label}",
                    ParticipationStepKind.BREAK_OFF,
                    f"Udziały, które się zaczęły i w okresie zostały przerwane z powodem „{reason.label}”.",
                    full_name=f"Przerwane udziały: {reason.label}",
                    emphasis="part",
                    hide_when_zero=True,
                    reason=reason,
                )
                for reason in LeavingReason
            ),
            figure(
                "nieprzyjete",
                "Niezakwalifikowane",
                ParticipationStepKind.REJECT,
                "Zgłoszenia, które w okresie albo w naborze przed początkiem projektu nie zostały przyjęte.",
                hide_when_zero=True,
            ),
        ]

    def _had_begun(self) -> Q:
        """Condition on steps: those of participations that have begun."""
        begun = ParticipationStep.objects.filter(participation=OuterRef("participation"))
        return Q(Exists(begun.filter(kind=ParticipationStepKind.BEGIN)))

    def _step_days(self, period: Period) -> Q:
        """Steps of the period; of the first one of the project also those of the recruitment before it."""
        until = Q(day__lte=period.end)
        return until if period.start <= self.edition.starts_on else until & Q(day__gte=period.start)
