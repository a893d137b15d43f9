"""What the form of a visit knows beforehand, and what the page of a visit tells."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, IntegerField, Max, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import JSONObject

from families.caseload.models import Assignment, WorkPeriod
from families.choices import AddressKind, AgreementResult, Area, LivingArrangement, OtherAttendee, VisitResult
from families.people.models import Address, Family, Membership, Person, Phone
from families.people.queries import ADULT_AGE, HouseholdMember
from families.plans.models import ActionProgress
from families.visits.models import TASKS, Agreement, AgreementOutcome, Visit, VisitAttendee
from lubsko_ops.centre.norms import get_norm
from lubsko_ops.core import clock
from lubsko_ops.core.dates import age_on, working_days_between
from lubsko_ops.core.polish import short_date

JUST_LEFT = timedelta(days=60)  # somebody who left may still have been there when the visit is written late


def is_child(member: HouseholdMember) -> bool:
    """Under eighteen on the day the member is looked at."""
    born = member.person.born_on
    return born is not None and age_on(born, member.on) < ADULT_AGE


def members_of(family: Family, *, since: date, until: date) -> list[HouseholdMember]:
    """Who belonged to the family on at least one of these days and was alive, those at home first.

    Each person once, by her last membership; one statement.
    """
    rows = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=since), starts_on__lte=until)
    rows = rows.filter(Q(person__died_on=None) | Q(person__died_on__gte=since), family=family)
    last = {row.person_id: row for row in rows.select_related("person").order_by("starts_on", "pk")}
    return sorted(
        (HouseholdMember(row, until) for row in last.values()),
        key=lambda each: (each.until, not lives_here(each), *each.order),
    )


def last_visit(family: Family, *, before: datetime | None = None) -> Visit | None:
    """The last visit held in the family (before the instant), with ``seen``: ids of the people who were there."""
    held = Visit.objects.filter(period__family=family, result=VisitResult.HELD)
    if before:
        held = held.filter(begins__lt=before)
    there = VisitAttendee.objects.filter(visit=OuterRef("pk")).order_by("pk").values("person")
    return held.annotate(seen=ArraySubquery(there)).order_by("-begins", "-pk").first()


def open_agreements(family: Family, *, visit: Visit | None = None) -> list[Agreement]:
    """What was agreed and is not settled: without a tick, or moved by the last one; the newest first.

    ``visit``: as it stood when this visit began. Only of the last period of work; one statement.
    """
    periods = WorkPeriod.objects.filter(family=family).order_by("-starts_on").values("pk")[:1]
    ticks = AgreementOutcome.objects.filter(agreement=OuterRef("pk"))
    rows = Agreement.objects.filter(visit__period=visit.period_id if visit else Subquery(periods))
    if visit:
        ticks = ticks.filter(visit__begins__lt=visit.begins)
        rows = rows.filter(visit__begins__lt=visit.begins)
    last = ticks.order_by("-visit__begins", "-pk")
    rows = _unsettled(rows, last).annotate(moved=Subquery(last.values("moved_to")[:1]))
    return list(rows.select_related("person", "visit").order_by("-visit__begins", "pk"))


def _unsettled(rows, last_ticks):
    rows = rows.annotate(outcome=Subquery(last_ticks.values("outcome")[:1]))
    return rows.filter(Q(outcome=None) | Q(outcome=AgreementResult.MOVED))


def agreements_to_check():
    """How many agreements of a family (OuterRef "pk") wait to be settled in its last period of work: a subquery."""
    last = AgreementOutcome.objects.filter(agreement=OuterRef("pk")).order_by("-visit__begins", "-pk")
    periods = WorkPeriod.objects.filter(family=OuterRef(OuterRef("pk"))).order_by("-starts_on")
    rows = Agreement.objects.filter(visit__period=Subquery(periods.values("pk")[:1]))
    counted = _unsettled(rows, last).annotate(number=Func("pk", function="count")).order_by()
    return Subquery(counted.values("number"), output_field=IntegerField())


@dataclass(frozen=True)
class Beside:
    """What stands beside the form: the case, and what is to be remembered at this family."""

    number: str
    address: str
    phones: list[dict]
    duties: list[dict]
    busy_until: datetime | None = None  # the end of the person's last visit of the day


def beside_of(family: Family, *, user, on: date) -> Beside:
    """One statement. An address withheld from somebody is left out: this page is open in the family's home."""
    here = OuterRef("pk")
    period = WorkPeriod.objects.filter(family=here).order_by("-starts_on")
    home = Address.objects.active_on(on).filter(family=here, kind=AddressKind.RESIDENCE)
    phones = Phone.objects.active_on(on).filter(family=here).order_by("starts_on", "pk")
    duties = _duties().objects.filter(family=here, done_on=None).order_by("due_on")
    hers = Visit.objects.filter(assistant=user, day=on, result=VisitResult.HELD).order_by("-begins")
    places = ("street", "house", "flat", "locality", "withheld_from_id")
    asked = Family.objects.filter(pk=family.pk).values(
        the_period=Subquery(period.values(one=JSONObject(year="year", serial="serial"))[:1]),
        the_home=Subquery(home.values(one=JSONObject(**{name: name for name in places}))[:1]),
        the_phones=ArraySubquery(
            phones.values(one=JSONObject(number="number", note="note", who="person__first_name"))
        ),
        the_duties=ArraySubquery(duties.values(one=JSONObject(kind="kind", due_on="due_on"))),
        the_busy=Subquery(hers.values(one=JSONObject(begins="begins", minutes="minutes"))[:1]),
    )
    found = asked.get()
    home = Address(**(found["the_home"] or {}))
    return Beside(
        number=WorkPeriod(**found["the_period"]).number if found["the_period"] else "",
        address=home.street_line if home.may_be_printed else "",
        phones=found["the_phones"],
        duties=[_duty(each) for each in found["the_duties"]],
        busy_until=_end_of(found["the_busy"]),
    )


def _duties():
    """The model of duties; their room comes after this one and is not imported."""
    return apps.get_model("families", "Duty")


def _duty(row: dict) -> dict:
    labels = dict(_duties()._meta.get_field("kind").flatchoices)
    return {"name": labels[row["kind"]], "due": date.fromisoformat(row["due_on"])}


def _end_of(visit: dict | None) -> datetime | None:
    if not visit:
        return None
    return datetime.fromisoformat(visit["begins"]) + timedelta(minutes=visit["minutes"])


@dataclass(frozen=True)
class Hours:
    """The likely day and hours of a visit that is being written down."""

    day: date
    starts_at: object
    ends_at: object


def likely_hours(*, now: datetime, busy_until: datetime | None) -> Hours:
    """The hour that has just passed, by five minutes; not before the end of the person's last visit of the day."""
    end = now.astimezone(clock.WARSAW).replace(second=0, microsecond=0)
    end -= timedelta(minutes=end.minute % 5)
    start = (end.astimezone(now.tzinfo) - timedelta(hours=1)).astimezone(clock.WARSAW)
    if busy_until and start < busy_until < end:
        start = busy_until.astimezone(clock.WARSAW)
    return Hours(start.date(), start.time(), end.time())


def families_today(user, *, on: date):
    """Families assigned to the assistant today, by name, with the day of the last visit held; one statement."""
    hers = Assignment.objects.active_on(on).filter(assistant=user).values("period__family")
    held = Q(periods__visits__result=VisitResult.HELD)
    return (
        Family.objects.filter(pk__in=hers)
        .annotate(last_visit_on=Max("periods__visits__day", filter=held))
        .order_by("name", "pk")
    )


# ---- the page of a visit -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """A visit with everything said of it."""

    visit: Visit
    people: list[Person] = field(default_factory=list)

    @cached_property
    def present(self) -> list[dict]:
        """Who of the family was there; of children the word "widziane" is said."""
        born = [(each, each.born_on) for each in self.people]
        return [
            {"person": one, "seen": day is not None and age_on(day, self.visit.day) < ADULT_AGE}
            for one, day in born
        ]

    @property
    def others(self) -> list[str]:
        return [OtherAttendee(each).label for each in self.visit.others]

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
        """Working days between the visit and its entry, when more than the centre's norm; otherwise 0."""
        days = working_days_between(self.visit.day, self.entered_on)
        return days if days > get_norm("late_entry_working_days") else 0

    @property
    def ends_on(self) -> date | None:
        """The day it ended, when that was the next one."""
        last = self.visit.ends.date()
        return last if last != self.visit.day else None


def visits_of(family: Family):
    """Visits of the family with what their page shows."""
    agreements = Agreement.objects.select_related("person").order_by("pk")
    ticks = AgreementOutcome.objects.select_related("agreement__person", "agreement__visit").order_by("pk")
    touched = ActionProgress.objects.select_related("action__plan__period").order_by("action__position", "pk")
    return (
        Visit.objects.filter(period__family=family)
        .select_related("assistant", "period", "danger")
        .prefetch_related(
            Prefetch("presences", VisitAttendee.objects.select_related("person").order_by("pk")),
            Prefetch("agreements", agreements.prefetch_related("ticks__visit")),
            Prefetch("ticks", ticks),
            Prefetch("touched", touched),
        )
    )


def said_of(visit: Visit) -> Said:
    return Said(visit, [row.person for row in visit.presences.all()])


def words_of(visit: Visit) -> str:
    """ "13.10.2026, 13:30–14:30"; of a failed one only its beginning."""
    start = f"{short_date(visit.day)}, {visit.starts_at:%H:%M}"
    return f"{start}–{visit.ends:%H:%M}" if visit.minutes else start


def lives_here(member: HouseholdMember) -> bool:
    """Whether the person lives with the family, also in turn with another home."""
    return member.membership.stay != LivingArrangement.ELSEWHERE and not member.until
