"""Types of rows that the figures of one project count: each reads the rows of that edition alone."""

from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from families.people.models import Family, Person
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.core.dates import Period
from lubsko_ops.core.keyset_list import Sort
from lubsko_ops.core.links import reverse
from projects.choices import ActivityKind, ParticipationStepKind
from projects.groups.work import VISITS, rows_of_work
from projects.models import BudgetLine, Edition, GroupDay, Participation, ParticipationStep
from projects.scope import visible_participations
from reports.catalogue.list_columns import MINUTES
from reports.catalogue.visits import CONTACTS as CONTACT_ROWS
from reports.catalogue.visits import VISITS as VISIT_ROWS
from reports.figure import ListColumn, RowType
from sessions.models import Attendance, Meeting
from sessions.scope import visible_attendances

PERSON_NAME = "people.Person.last_name"


def every_row(period: Period) -> Q:
    """The condition of a figure that counts all rows of its type, whatever the period."""
    return Q(pk__isnull=False)


def participations_of(edition: Edition) -> QuerySet[Participation]:
    return Participation.objects.filter(edition=edition)


def named_first(rows: QuerySet[Any], is_named: Q, *names: str) -> QuerySet[Any]:
    """The rows with ``is_masked`` and ``shown_<name>``, to be ordered by both.

    In the order of all names the place of a masked row between two others, or where one list has it and another one
    lacks it, would say whose row it is.
    """
    shown = {f"shown_{name}": Case(When(is_named, then=F(name)), default=Value("")) for name in names}
    return rows.annotate(is_masked=Case(When(is_named, then=Value(0)), default=Value(1)), **shown)


def people_rows(edition: Edition) -> RowType:
    """Persons who are or were enrolled, each once, of a pair also the child."""

    def people() -> QuerySet[Person]:
        rows = participations_of(edition)
        enrolled = rows.values("person").union(rows.values("child"))  # two conditions would read all persons
        people = Person.objects.filter(pk__in=enrolled, merged_into=None)
        own = rows.filter(Q(person=OuterRef("pk")) | Q(child=OuterRef("pk"))).order_by("pk")
        return people.annotate(participation=Subquery(own.values("pk")[:1]))

    def visible(rows: list[Any], user: User, on: date) -> set[int]:
        own = visible_participations(user, on=on).filter(edition=edition).values_list("person", "child")
        shown = {row.pk for row in rows} & {pk for pair in own for pk in pair if pk}
        note_shown((), persons=shown)
        return shown

    def order_for(rows: QuerySet[Any], user: User, on: date) -> QuerySet[Any]:
        own = visible_participations(user, on=on).filter(edition=edition)
        is_named = Q(Exists(own.filter(Q(person=OuterRef("pk")) | Q(child=OuterRef("pk")))))
        return named_first(rows, is_named, "last_name", "first_name")

    return RowType(
        name="osoby",
        forms="osoba,osoby,osób",
        get_queryset=people,
        assistant_path="",
        family_path="",
        sort=Sort(
            "nazwisko",
            "według nazwiska",
            "według nazwiska wstecz",
            ("is_masked", "shown_last_name", "shown_first_name"),
        ),
        columns=(
            ListColumn("Osoba", str, shows=PERSON_NAME, link=_participation_link(edition)),
            ListColumn("Płeć", lambda row: row.get_sex_display(), shows="people.Person.sex"),
            ListColumn("Data urodzenia", lambda row: str(row.birth or ""), shows="people.Person.born_on"),
        ),
        visible_rows=visible,
        order_for=order_for,
    )


def _participation_link(edition: Edition) -> Any:
    return lambda row: reverse("projects:participation", args=[edition.pk, row.participation])


def family_rows(edition: Edition) -> RowType:
    """Families through which somebody, or which as a whole, were enrolled; ``began_on``: first day of their part."""

    def families() -> QuerySet[Family]:
        rows = participations_of(edition)
        begun = rows.filter(family=OuterRef("pk"), steps__kind=ParticipationStepKind.BEGIN)
        first_day = begun.order_by("steps__day").values("steps__day")[:1]
        families = Family.objects.filter(pk__in=rows.values("family"))
        return families.annotate(began_on=Subquery(first_day))

    def order_for(rows: QuerySet[Any], user: User, on: date) -> QuerySet[Any]:
        visible = Family.objects.visible_to(user, on=on).order_by().values("pk")
        return named_first(rows, Q(pk__in=visible), "name")

    return RowType(
        name="rodziny",
        forms="rodzina,rodziny,rodzin",
        get_queryset=families,
        assistant_path="",
        family_path="pk",
        sort=Sort("nazwa", "według nazwy", "według nazwy wstecz", ("is_masked", "shown_name")),
        columns=(
            ListColumn(
                "Rodzina",
                str,
                shows="people.Family.name",
                link=lambda row: reverse("family-projects", args=[row.pk]),
            ),
        ),
        order_for=order_for,
    )


def step_rows(edition: Edition) -> RowType:
    """Steps of the participations: reported, began, finished, broken off."""

    def visible(rows: list[Any], user: User, on: date) -> set[int]:
        own = visible_participations(user, on=on).filter(pk__in={row.participation_id for row in rows})
        seen = {row.pk: row for row in own}
        persons = {pk for row in seen.values() for pk in (row.person_id, row.child_id) if pk}
        whole = {row.family_id for row in seen.values() if row.person_id is None and row.family_id}
        note_shown(whole, persons=persons)
        return {row.pk for row in rows if row.participation_id in seen}

    return RowType(
        name="kroki",
        forms="wpis,wpisy,wpisów",
        get_queryset=lambda: ParticipationStep.objects.filter(participation__edition=edition),
        assistant_path="",
        family_path="",
        sort=Sort("dzień", "od najdawniejszych", "od najnowszych", ("day",), descending=True),
        columns=(
            ListColumn("Dzień", lambda row: row.day, "date"),
            ListColumn(
                "Uczestnik",
                lambda row: str(row.participation),
                shows=PERSON_NAME,
                link=lambda row: reverse("projects:participation", args=[edition.pk, row.participation_id]),
            ),
            ListColumn("Grupa", lambda row: str(row.group or "")),
            ListColumn("Krok", lambda row: row.get_kind_display()),
            ListColumn(
                "Powód", lambda row: row.get_reason_display(), shows="projects.ParticipationStep.reason"
            ),
        ),
        select_related=("participation__person", "participation__child", "participation__family", "group"),
        visible_rows=visible,
    )


def _group_column(path: str) -> ListColumn:
    def group(row: Any) -> Any:
        for step in path.split("__"):
            row = getattr(row, step)
        return row

    return ListColumn(
        "Grupa", lambda row: str(group(row)), link=lambda row: reverse("groups:group", args=[group(row).pk])
    )


def _meeting_day_column(path: str = "") -> ListColumn:
    """The day of the meeting that a row is, or has under ``path``."""

    def meeting(row: Any) -> Any:
        return getattr(row, path) if path else row

    return ListColumn(
        "Dzień",
        lambda row: meeting(row).days_text,
        link=lambda row: reverse("meetings:meeting", args=[meeting(row).pk]),
    )


def meeting_rows(edition: Edition) -> RowType:
    """Meetings of the groups; ``length``: in minutes on all their days."""

    def meetings() -> QuerySet[Meeting]:
        between = Func(
            "ends_on",
            "starts_on",
            template="(%(expressions)s)",
            arg_joiner=" - ",
            output_field=IntegerField(),
        )
        length = Coalesce(F("minutes"), 0) * (between + 1)
        return Meeting.objects.filter(group__edition=edition).annotate(length=length)

    return RowType(
        name="spotkania",
        forms="spotkanie,spotkania,spotkań",
        get_queryset=meetings,
        assistant_path="",
        family_path="",
        day_field="starts_on",
        sort=Sort("dzień", "od najdawniejszych", "od najnowszych", ("starts_on",), descending=True),
        columns=(
            _meeting_day_column(),
            ListColumn("Godziny", lambda row: row.hours_text),
            _group_column("group"),
            ListColumn("Temat", lambda row: row.topic),
            ListColumn("Stan", lambda row: row.get_state_display()),
            ListColumn("Czas", lambda row: row.length, "hours"),
        ),
        select_related=("group",),
    )


def attendance_rows(edition: Edition, states: list[str]) -> RowType:
    """Attendance at the meetings of these states."""

    def visible(rows: list[Any], user: User, on: date) -> set[int]:
        seen = visible_attendances(user, on=on).filter(pk__in=[row.pk for row in rows])
        shown = set(seen.values_list("pk", flat=True))
        own = [row for row in rows if row.pk in shown]
        families = {row.participation.family_id for row in own if row.person_id is None}
        note_shown(families - {None}, persons={row.person_id for row in own if row.person_id})
        return shown

    return RowType(
        name="obecności",
        forms="wpis,wpisy,wpisów",
        get_queryset=lambda: Attendance.objects.filter(
            meeting__group__edition=edition, meeting__state__in=states
        ),
        assistant_path="",
        family_path="",
        day_field="meeting__starts_on",
        sort=Sort("dzień", "od najdawniejszych", "od najnowszych", ("meeting__starts_on",), descending=True),
        columns=(
            _meeting_day_column("meeting"),
            _group_column("meeting__group"),
            ListColumn(
                "Uczestnik",
                lambda row: str(row.person or row.participation.family or row.participation),
                shows=PERSON_NAME,
                link=lambda row: reverse("projects:participation", args=[edition.pk, row.participation_id]),
            ),
            ListColumn(
                "Obecność", lambda row: row.get_presence_display(), shows="meetings.Attendance.presence"
            ),
        ),
        select_related=("meeting__group", "person", "participation__family", "participation__person"),
        visible_rows=visible,
    )


def work_rows(edition: Edition, kind: str) -> RowType:
    """Held visits, or contacts, of the families of the groups that are work with families."""
    base = VISIT_ROWS if kind == VISITS else CONTACT_ROWS
    work = participations_of(edition).filter(group__kind=ActivityKind.FAMILY_WORK)
    return RowType(
        name=base.name,
        forms=base.forms,
        get_queryset=lambda: rows_of_work(kind, work),
        assistant_path=base.assistant_path,
        family_path=base.family_path,
        day_field=base.day_field,
        sort=base.sort,
        columns=base.columns if kind == VISITS else (*base.columns, MINUTES),
        select_related=base.select_related,
    )


def event_rows_of(edition: Edition) -> RowType:
    """Days of events, with what was counted on them."""
    return RowType(
        name="dni",
        forms="dzień,dni,dni",
        get_queryset=lambda: GroupDay.objects.filter(group__edition=edition, group__kind=ActivityKind.EVENT),
        assistant_path="",
        family_path="",
        day_field="starts_on",
        sort=Sort("dzień", "od najdawniejszych", "od najnowszych", ("starts_on",), descending=True),
        columns=(
            ListColumn("Dzień", lambda row: row.days_text),
            _group_column("group"),
            ListColumn("Policzone osoby", lambda row: row.people, "decimal"),
            ListColumn("Wolontariusze", lambda row: row.volunteers, "decimal"),
            ListColumn("Paczki", lambda row: row.parcels, "decimal"),
            ListColumn("Kilogramy", lambda row: row.kilograms, "decimal"),
        ),
        select_related=("group",),
    )


def edition_rows(edition: Edition) -> RowType:
    """The project itself, for what its document says."""
    return RowType(
        name="projekt",
        forms="projekt,projekty,projektów",
        get_queryset=lambda: Edition.objects.filter(pk=edition.pk),
        assistant_path="",
        family_path="",
        sort=Sort("od", "od najdawniejszych", "od najnowszych", ("starts_on",)),
        columns=(
            ListColumn("Projekt", str, link=lambda row: reverse("projects:project", args=[row.pk])),
            ListColumn("Miejsca", lambda row: row.places, "decimal"),
        ),
    )


def budget_rows(edition: Edition, until: date | None = None) -> RowType:
    """Positions of the budget; ``planned_sum`` and ``spent_sum`` in zł, by invoices up to the day."""

    return RowType(
        name="pozycje",
        forms="pozycja,pozycje,pozycji",
        get_queryset=lambda: BudgetLine.objects.filter(edition=edition).with_sums(until=until),
        assistant_path="",
        family_path="",
        sort=Sort("numer", "według numeru", "od ostatniej", ("position",)),
        columns=(
            ListColumn("Pozycja", lambda row: f"{row.position}. {row.name}"),
            ListColumn("Źródło", lambda row: row.get_source_display()),
            ListColumn("Zaplanowano, zł", lambda row: row.planned_sum, "decimal"),
            ListColumn("Wydano, zł", lambda row: row.spent_sum, "decimal"),
        ),
    )
