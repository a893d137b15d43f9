"""The work of assistants and social workers with the families of a group: held visits and contacts count by themselves.

Nothing is written twice: they are read from the files of the families, within the time of the group and of the
participation of each family.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from families.choices import VisitResult
from families.people.models import Family
from families.visits.models import Contact, Visit
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.core.dates import Period
from lubsko_ops.core.keyset_list import KeysetPage, Sort, paginate
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.polish import format_minutes, short_date
from projects.choices import ParticipationStatus, ParticipationStepKind
from projects.models import Participation, ProjectGroup
from projects.scope import visible_participations

LEFT = (ParticipationStatus.FINISHED, ParticipationStatus.BROKEN_OFF)
VISITS, CONTACTS = "wizyty", "kontakty"  # in the address


# ---- what counts -------------------------------------------------------------------------------------
def years_of(group: ProjectGroup, *, today: date) -> list[int]:
    """Years in which the group has run so far, the newest first."""
    last = min(group.ends_on or today, today)
    return list(range(max(last.year, group.starts_on.year), group.starts_on.year - 1, -1))


def work_period(group: ProjectGroup, year: int | None, *, today: date) -> Period:
    """The time of the group, or the part of it in the year; one without an end lasts until today."""
    first, last = group.starts_on, group.ends_on or max(today, group.starts_on)
    if year is None:
        return Period(first, last)
    return Period(max(first, date(year, 1, 1)), min(last, date(year, 12, 31)))


def counted_rows(kind: str, group: ProjectGroup, period: Period) -> QuerySet:
    """Held visits, or contacts, of the families of the group on days on which the family took part."""
    rows = rows_of_work(kind, Participation.objects.filter(group=group))
    return rows.filter(day__range=(period.start, period.end))


def rows_of_work(kind: str, participations: QuerySet[Participation]) -> QuerySet:
    """Held visits, or contacts, of these families on days on which the family took part and the group lasted.

    The families stand there twice: with the condition on days alone the database would read all visits of the period.
    """
    families = participations.filter(family__isnull=False)
    taking_part = families.filter(
        ~Q(status__in=LEFT) | Q(status_on__gte=OuterRef("day")),
        Q(group__ends_on=None) | Q(group__ends_on__gte=OuterRef("day")),
        group__starts_on__lte=OuterRef("day"),
        family=OuterRef("period__family"),
        steps__kind=ParticipationStepKind.BEGIN,
        steps__day__lte=OuterRef("day"),
    )
    rows = Visit.objects.filter(result=VisitResult.HELD) if kind == VISITS else Contact.objects.all()
    return rows.filter(Exists(taking_part), period__family__in=families.values("family"))


@dataclass
class Work:
    """Visits and contacts with their minutes."""

    visits: int = 0
    visit_minutes: int = 0
    contacts: int = 0
    contact_minutes: int = 0

    def __iadd__(self, other: "Work") -> "Work":
        self.visits += other.visits
        self.visit_minutes += other.visit_minutes
        self.contacts += other.contacts
        self.contact_minutes += other.contact_minutes
        return self

    @property
    def hours_text(self) -> str:
        return format_minutes(self.visit_minutes + self.contact_minutes)


def work_by_family(group: ProjectGroup, period: Period) -> dict[int, Work]:
    """By id of the family; two statements."""
    by_family: dict[int, Work] = {}
    for kind, number, minutes in (
        (VISITS, "visits", "visit_minutes"),
        (CONTACTS, "contacts", "contact_minutes"),
    ):
        counts = counted_rows(kind, group, period).order_by().values_list("period__family")
        for family, rows, total in counts.annotate(n=Count("pk"), total=Coalesce(Sum("minutes"), 0)):
            work = by_family.setdefault(family, Work())
            setattr(work, number, rows)
            setattr(work, minutes, total)
    return by_family


# ---- what a user sees of it --------------------------------------------------------------------------
@dataclass
class FamilyWork:
    """A family of the group with its work. ``opens``: its visits may be listed for the user."""

    family: Family
    began_on: date | None
    ended_on: date | None
    opens: bool
    work: Work = field(default_factory=Work)

    @property
    def taking_part(self) -> str:
        """ "od 05.10.2026", "od 05.10.2026 do 30.11.2026", "jeszcze nie"."""
        if self.began_on is None:
            return "jeszcze nie"
        until = f" do {short_date(self.ended_on)}" if self.ended_on else ""
        return f"od {short_date(self.began_on)}{until}"


@dataclass
class GroupWork:
    """The families the user may see, the others only counted, and all together."""

    families: list[FamilyWork]
    others: int
    others_work: Work
    total: Work


def group_work(group: ProjectGroup, period: Period, user: User, *, on: date) -> GroupWork:
    """Five statements, whatever the number of families."""
    by_family = work_by_family(group, period)
    rows = _families(visible_participations(user, on=on).filter(group=group))
    opened = set(Family.objects.visible_to(user, on=on).filter(pk__in=rows).values_list("pk", flat=True))
    for pk, row in rows.items():
        row.opens, row.work = pk in opened, by_family.get(pk, Work())
    everybody = group.participations.filter(family__isnull=False).aggregate(n=Count("family", distinct=True))
    total, others = Work(), Work()
    for pk, work in by_family.items():
        total += work
        if pk not in rows:
            others += work
    note_shown(rows)
    families = sorted(rows.values(), key=lambda row: row.ended_on is not None)
    return GroupWork(families, everybody["n"] - len(rows), others, total)


def _families(participations: QuerySet[Participation]) -> dict[int, FamilyWork]:
    """By id of the family: from when to when it takes part."""
    begin = Min("steps__day", filter=Q(steps__kind=ParticipationStepKind.BEGIN))
    rows: dict[int, FamilyWork] = {}
    participations = participations.filter(family__isnull=False).select_related("family")
    for each in participations.annotate(began_on=begin).order_by("family__name", "pk"):
        ended_on = each.status_on if each.status in LEFT else None
        row = rows.setdefault(each.family_id, FamilyWork(each.family, each.began_on, ended_on, opens=False))
        row.began_on = min(filter(None, (row.began_on, each.began_on)), default=None)
        row.ended_on = max(row.ended_on, ended_on) if row.ended_on and ended_on else None
    return rows


# ---- the list behind a number ------------------------------------------------------------------------
NEWEST = {
    VISITS: Sort("data", "od najdawniejszej", "od najnowszej", ("started_at",), descending=True),
    CONTACTS: Sort("data", "od najdawniejszego", "od najnowszego", ("day",), descending=True),
}


@dataclass(frozen=True)
class ListTotals:
    """How many rows a number counts, how many of them may be listed, and their minutes together."""

    number: int
    listed: int
    minutes: int

    @property
    def others(self) -> int:
        return self.number - self.listed

    @property
    def minutes_text(self) -> str:
        return format_minutes(self.minutes)


def list_page(
    kind: str, rows: QuerySet, user: User, *, on: date, params: dict[str, str]
) -> tuple[KeysetPage, ListTotals]:
    """A page of the counted rows in families the user may open, the newest first, and how many there are."""
    opened = Q(period__family__in=Family.objects.visible_to(user, on=on).values("pk"))
    sums = rows.aggregate(
        n=Count("pk"), listed=Count("pk", filter=opened), minutes=Coalesce(Sum("minutes"), 0)
    )
    after, before = (parse_int(params.get(name)) for name in ("po", "przed"))
    author = "assistant" if kind == VISITS else "author"
    listed = rows.filter(opened).select_related("period__family", author)
    page = paginate(listed, NEWEST[kind], after=after, before=before)
    return page, ListTotals(sums["n"], sums["listed"], sums["minutes"])
