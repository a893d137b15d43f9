"""Queries of the visit form and the visit page."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, IntegerField, Max, OuterRef, Prefetch, Q, QuerySet, Subquery

from families.caseload.models import Assignment, LeadWorkerAssignment, WorkPeriod
from families.choices import (
    AddressKind,
    AgreementResult,
    Area,
    OtherAttendee,
    VisitResult,
)
from families.people.definitions import is_adult
from families.people.models import Address, Family, Membership, Phone
from families.people.queries import HouseholdMember
from families.plans.models import ActionProgress
from families.specialists.queries import names_of_specialists
from families.visits.models import TASKS, Agreement, AgreementOutcome, Visit, VisitAttendee
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.centre.norms import get_norm
from lubsko_ops.core import clock
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.dates import working_days_between
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import short_date
from lubsko_ops.core.registry import Registry

# A member who has left may have been present at a visit entered late.
RECENTLY_LEFT = timedelta(days=60)

ARRANGED = "umowiona"  # in the address of the form: it is opened for the arranged visit

# Registered by the app of deadlines: the open deadlines of a family, nearest first.
SIDEBAR_DEADLINES: Registry[Callable[[Family], Sequence]] = Registry("deadlines beside the visit form")
# Registered by the app of dashboards: from a user and a day to the next visit arranged for it (family with name,
# street and withheld_from; at; url), or None.
NEXT_VISITS: Registry[Callable[..., object | None]] = Registry("next visit of the day")


# The statements of an empty form of a visit, the page opened most after the start page.
MEMBERS_BETWEEN = CompiledQuery(
    lambda family, since, until: (
        Membership.objects.members_between(since, until)
        .filter(family=family)
        .select_related("person")
        .order_by("starts_on", "pk")
    ),
    family=-1,
    since=date.min,
    until=date.max,
)


def possible_attendees(family: Family, *, since: date, until: date) -> list[HouseholdMember]:
    """Living members of the family on any of these days, those at home first.

    Each person once, with their last membership; one statement.
    """
    rows = MEMBERS_BETWEEN.all(family=family.pk, since=since, until=until)
    last = {row.person_id: row for row in rows}
    return sorted(
        (HouseholdMember(row, until) for row in last.values()),
        key=lambda each: (each.leaving_text, not lives_with_family(each), *each.sort_order),
    )


def last_visit(family: Family, *, before: datetime | None = None) -> Visit | None:
    """The last visit held in the family (before the instant), with ``seen``: ids of the people present."""
    if before:
        return _visits_held(family.pk).filter(started_at__lt=before).first()
    return LAST_VISIT.first(family=family.pk)


def _visits_held(family: int):
    attendees = VisitAttendee.objects.filter(visit=OuterRef("pk")).order_by("pk").values("person")
    held = Visit.objects.filter(period__family=family, result=VisitResult.HELD)
    return held.annotate(seen=ArraySubquery(attendees)).order_by("-started_at", "-pk")


LAST_VISIT = CompiledQuery(lambda family: _visits_held(family)[:1], family=-1)


def open_agreements(
    family: Family, *, visit: Visit | None = None, only: Collection[int] | None = None
) -> list[Agreement]:
    """Agreements of the last period of work without an outcome or moved by the last one; newest first, one statement.

    ``visit``: as of the start of this visit. ``only``: those with these ids. Annotated with ``moved``, the day an
    agreement was moved to.
    """
    if only is not None and not only:
        return []
    if visit is None and only is None:
        return OPEN_AGREEMENTS.all(family=family.pk)
    rows = _open_agreement_rows(family.pk, visit)
    return list(rows if only is None else rows.filter(pk__in=only))


def _open_agreement_rows(family: int, visit: Visit | None = None):
    periods = WorkPeriod.objects.filter(family=family).order_by("-starts_on").values("pk")[:1]
    outcomes = AgreementOutcome.objects.filter(agreement=OuterRef("pk"))
    rows = Agreement.objects.filter(visit__period=visit.period_id if visit else Subquery(periods))
    if visit:
        outcomes = outcomes.filter(visit__started_at__lt=visit.started_at)
        rows = rows.filter(visit__started_at__lt=visit.started_at)
    last = outcomes.order_by("-visit__started_at", "-pk")
    rows = _unsettled(rows, last).annotate(moved=Subquery(last.values("moved_to")[:1]))
    return rows.select_related("person", "visit").order_by("-visit__started_at", "pk")


OPEN_AGREEMENTS = CompiledQuery(_open_agreement_rows, family=-1)


def _unsettled(rows, last_outcomes):
    rows = rows.annotate(outcome=Subquery(last_outcomes.values("outcome")[:1]))
    return rows.filter(Q(outcome=None) | Q(outcome=AgreementResult.MOVED))


def count_open_agreements():
    """Sub-query: number of open agreements in the last period of work of the family OuterRef("pk")."""
    last = AgreementOutcome.objects.filter(agreement=OuterRef("pk")).order_by("-visit__started_at", "-pk")
    periods = WorkPeriod.objects.filter(family=OuterRef(OuterRef("pk"))).order_by("-starts_on")
    rows = Agreement.objects.filter(visit__period=Subquery(periods.values("pk")[:1]))
    counted = _unsettled(rows, last).annotate(number=Func("pk", function="count")).order_by()
    return Subquery(counted.values("number"), output_field=IntegerField())


def count_open_agreements_of(period: WorkPeriod) -> int:
    """Number of open agreements of the work period."""
    last = AgreementOutcome.objects.filter(agreement=OuterRef("pk")).order_by("-visit__started_at", "-pk")
    return _unsettled(Agreement.objects.filter(visit__period=period), last).count()


@dataclass(frozen=True)
class ArrangedVisit:
    """The visit arranged at the last one, held or failed; the next visit entered uses it up."""

    day: date
    at: time | None

    def hours(self, suggested: "SuggestedHours") -> "SuggestedHours":
        """Its own day and hour, an hour long or until now; the suggested hours where none was arranged."""
        if self.at is None:
            return replace(suggested, day=self.day)
        an_hour_later = (datetime.combine(self.day, self.at) + timedelta(hours=1)).time()
        until_now = suggested.day == self.day and self.at < suggested.ends_at < an_hour_later
        return SuggestedHours(self.day, self.at, suggested.ends_at if until_now else an_hour_later)

    @property
    def text(self) -> str:
        """ "13.10.2026, 13:30"."""
        return f"{short_date(self.day)}, {self.at:%H:%M}" if self.at else short_date(self.day)


@dataclass(frozen=True)
class VisitFormSidebar:
    """Case number, address, phones and deadlines shown next to the form."""

    period: WorkPeriod | None
    home: Address | None
    phones: list[Phone]
    deadlines: list
    busy_until: datetime | None = None  # end of the user's last visit of the day
    arranged: ArrangedVisit | None = None


def get_sidebar(family: Family, *, user, on: date) -> VisitFormSidebar:
    """Three statements. A withheld address is left out: the form is opened in the family's home."""
    period = PERIOD_WITH_BUSY_HOURS.first(family=family.pk, user=user.pk, on=on)
    busy = period and period.busy_since
    return VisitFormSidebar(
        period=period,
        home=_home(family, on),
        phones=PHONES.all(family=family.pk, on=on),
        deadlines=[row for open_deadlines in SIDEBAR_DEADLINES for row in open_deadlines(family)],
        busy_until=busy + timedelta(minutes=period.busy_minutes) if busy else None,
        arranged=ArrangedVisit(period.arranged_on, period.arranged_at)
        if period and period.arranged_on
        else None,
    )


def _home(family: Family, on: date) -> Address | None:
    """The residence of the day, unless withheld: from the summary of a family in progress, which a page has loaded."""
    summary = getattr(family, "summary", None)
    if summary is None or not summary.running or summary.is_due(on):
        return HOME.first(family=family.pk, on=on)
    address = summary.address
    return address if address and not address.withheld_from_id else None


def _period_with_busy_hours(family: int, user: int, on: date):
    """The last period of work, with the user's last visit of the day and what the last visit arranged."""
    own = Visit.objects.filter(assistant=user, day=on, result=VisitResult.HELD).order_by("-started_at")
    visits = Visit.objects.filter(period=OuterRef("pk")).order_by("-started_at", "-pk")
    periods = WorkPeriod.objects.filter(family=family).order_by("-starts_on")
    return periods.annotate(
        busy_since=Subquery(own.values("started_at")[:1]),
        busy_minutes=Subquery(own.values("minutes")[:1]),
        arranged_on=Subquery(visits.values("next_day")[:1]),
        arranged_at=Subquery(visits.values("next_at")[:1]),
    )[:1]


PERIOD_WITH_BUSY_HOURS = CompiledQuery(_period_with_busy_hours, family=-1, user=-2, on=date.min)
PERIODS = CompiledQuery(
    lambda family: WorkPeriod.objects.filter(family=family).order_by("-starts_on"), family=-1
)
HOME = CompiledQuery(
    lambda family, on: (
        Address.objects.active_on(on)
        .filter(family=family, kind=AddressKind.RESIDENCE, withheld_from=None)
        .order_by("pk")[:1]
    ),
    family=-1,
    on=date.min,
)
PHONES = CompiledQuery(
    lambda family, on: (
        Phone.objects.active_on(on).filter(family=family).select_related("person").order_by("starts_on", "pk")
    ),
    family=-1,
    on=date.min,
)


@dataclass(frozen=True)
class SuggestedHours:
    """Likely day and hours of a new visit."""

    day: date
    starts_at: object
    ends_at: object


def suggest_hours(*, now: datetime, busy_until: datetime | None) -> SuggestedHours:
    """The past hour, rounded to five minutes; not before the end of the user's last visit of the day."""
    end = now.astimezone(clock.WARSAW).replace(second=0, microsecond=0)
    end -= timedelta(minutes=end.minute % 5)
    start = (end.astimezone(now.tzinfo) - timedelta(hours=1)).astimezone(clock.WARSAW)
    if busy_until and start < busy_until < end:
        start = busy_until.astimezone(clock.WARSAW)
    return SuggestedHours(start.date(), start.time(), end.time())


def families_to_visit(user, *, on: date) -> list[Family]:
    """Families assigned to the assistant today: first those to be visited today, by hour, then the others by name.

    With the day of the last visit held (``last_visit_on``), and with ``is_today`` and ``arranged_at`` of a visit
    arranged for today. One statement.
    """
    assigned = Assignment.objects.active_on(on).filter(assistant=user).values("period__family")
    return _families_to_choose(Family.objects.filter(pk__in=assigned), on=on)


def families_to_contact(user, *, on: date) -> list[Family]:
    """As ``families_to_visit``, with the families the user leads as a social worker."""
    assigned = Assignment.objects.active_on(on).filter(assistant=user).values("period__family")
    led = LeadWorkerAssignment.objects.active_on(on).filter(social_worker=user).values("family")
    families = Family.objects.filter(
        Q(pk__in=assigned) | Q(pk__in=led), periods__starts_on__lte=on
    ).distinct()
    return _families_to_choose(Family.objects.filter(pk__in=families.values("pk")), on=on)


def _families_to_choose(families: QuerySet[Family], *, on: date) -> list[Family]:
    held = Q(periods__visits__result=VisitResult.HELD)
    last = Visit.objects.filter(period__family=OuterRef("pk")).order_by("-started_at", "-pk")
    rows = list(
        families.annotate(
            last_visit_on=Max("periods__visits__day", filter=held),
            arranged_on=Subquery(last.values("next_day")[:1]),
            arranged_at=Subquery(last.values("next_at")[:1]),
        ).order_by("name", "pk")
    )
    for row in rows:
        row.is_today = row.arranged_on == on
    note_shown(row.pk for row in rows)
    return sorted(rows, key=lambda row: (not row.is_today, row.is_today and (row.arranged_at or time.max)))


def roles_to_acknowledge(user, family: int, *, on: date) -> list[Role]:
    """Roles in which the user takes note of concerns of the family (id): manager, social worker leading the case."""
    roles = [Role.MANAGER] if Role.MANAGER in user.roles else []
    if Role.SOCIAL_WORKER in user.roles:
        leads = LeadWorkerAssignment.objects.active_on(on).filter(family=family, social_worker=user)
        roles += [Role.SOCIAL_WORKER] if leads.exists() else []
    return roles


# ---- the page of a visit -----------------------------------------------------------------------------


@dataclass(frozen=True)
class VisitDetail:
    """A visit with labels and facts for its page."""

    visit: Visit

    @cached_property
    def present(self) -> list[dict]:
        """Members of the family present; ``seen`` marks children."""
        return [
            {
                "person": row.person,
                "seen": not is_adult(row.person.birth, row.kinship or "", on=self.visit.day),
            }
            for row in self.visit.attendees.all()
        ]

    @cached_property
    def outcomes(self) -> list[AgreementOutcome]:
        """Outcomes of earlier agreements."""
        return list(self.visit.agreement_outcomes.all())

    @cached_property
    def agreements(self) -> list[Agreement]:
        return list(self.visit.agreements.all())

    @property
    def other_attendees(self) -> list[str]:
        return [OtherAttendee(each).label for each in self.visit.other_attendees]

    @cached_property
    def specialists(self) -> list[str]:
        """Names of the family's specialists who were present. One statement when there were any."""
        return list(names_of_specialists(self.visit.specialists).values())

    @property
    def areas(self) -> list[str]:
        return [Area(each).label for each in self.visit.areas]

    @property
    def tasks(self) -> list[str]:
        labels = dict(TASKS)
        return [f"pkt {point}: {labels[point]}" for point in self.visit.tasks]

    @property
    def entered_on(self) -> date:
        return clock.local_date(self.visit.entered_at)

    @property
    def entered_late(self) -> int:
        """Working days between the visit and its entry when above the norm of the centre, otherwise 0."""
        days = working_days_between(self.visit.day, self.entered_on)
        return days if days > get_norm("late_entry_working_days", on=self.visit.day) else 0

    @property
    def ends_on(self) -> date | None:
        """Day of the end, if other than the day of the visit."""
        last = self.visit.ended_at.date()
        return last if last != self.visit.day else None


def visits_with_details(family: Family):
    """Visits of the family with related rows for the visit page."""
    agreements = Agreement.objects.select_related("person").order_by("pk")
    outcomes = AgreementOutcome.objects.select_related("agreement__person", "agreement__visit").order_by("pk")
    plan_progress = ActionProgress.objects.select_related("action__plan__period").order_by(
        "action__position", "pk"
    )
    return (
        Visit.objects.filter(period__family=family)
        .select_related("assistant", "period", "concern")
        .prefetch_related(
            Prefetch("attendees", _attendees_with_kinship()),
            Prefetch("agreements", agreements.prefetch_related("outcomes__visit")),
            Prefetch("agreement_outcomes", outcomes),
            Prefetch("plan_progress", plan_progress),
        )
    )


def _attendees_with_kinship():
    """Attendees with ``kinship``, theirs in the family on the day of the visit."""
    memberships = Membership.objects.active_on(OuterRef("visit__day")).filter(
        family=OuterRef("visit__period__family"), person=OuterRef("person")
    )
    rows = VisitAttendee.objects.annotate(kinship=Subquery(memberships.values("kinship")[:1]))
    return rows.select_related("person").order_by("pk")


def visit_time_text(visit: Visit) -> str:
    """ "13.10.2026, 13:30–14:30"; without the end for a failed visit."""
    start = f"{short_date(visit.day)}, {visit.starts_at:%H:%M}"
    return f"{start}–{visit.ended_at:%H:%M}" if visit.minutes else start


def lives_with_family(member: HouseholdMember) -> bool:
    """Whether the member lives with the family, also alternately."""
    return member.membership.lives_here and not member.leaving_text
