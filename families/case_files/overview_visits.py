"""Overview of a case file for users who may read visits: recent visits, frequency, concerns, timeline."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Window
from django.utils.html import format_html

from families.case_files.queries import CaseState
from families.choices import Area, DeadlineKind, VisitResult
from families.people.models import Family
from families.timeline.queries import TimelineEvent
from families.visits.models import SafeguardingConcern, Visit
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.dates import add_months
from lubsko_ops.core.links import reverse
from lubsko_ops.core.polish import count_of, distance, format_minutes, short_date

VISITS_SHOWN = 4


@dataclass(frozen=True)
class VisitsSummary:
    """Recent visits and their total; of visits held: number and first day in half a year, and the last day."""

    rows: list[Visit]
    total: int = 0
    recent: int = 0
    first_recent_on: date | None = None
    last_on: date | None = None

    @property
    def table_rows(self) -> list[dict]:
        """Rows of the table: visit, duration, kind or result, areas."""
        return [
            {
                "visit": row,
                "duration": format_minutes(row.minutes) if row.held else "–",
                "description": row.get_kind_display()
                if row.held
                else f"nieudana: {row.get_result_display()}",
                "areas": ", ".join(Area(each).label for each in row.areas),
            }
            for row in self.rows
        ]

    @property
    def frequency_text(self) -> str:
        """ "11 w pół roku, co ok. 15 dni": the mean interval between visits held."""
        if not self.recent:
            return "żadnej w pół roku"
        text = f"{self.recent} w pół roku"
        days = (self.last_on - self.first_recent_on).days
        if self.recent < 2 or not days:
            return text
        return f"{text}, co ok. {count_of(max(1, round(days / (self.recent - 1))), 'dzień,dni,dni')}"


def _newest_visits(family: int, since: date) -> QuerySet[Visit]:
    held = Q(result=VisitResult.HELD)
    recent = held & Q(day__gt=since)
    visits = Visit.objects.filter(period__family=family).annotate(
        in_danger=Exists(SafeguardingConcern.objects.filter(visit=OuterRef("pk"))),
        total=Window(Count("pk")),
        recent=Window(Count("pk", filter=recent)),
        first_recent_on=Window(Min("day", filter=recent)),
        last_on=Window(Max("day", filter=held)),
    )
    return visits.order_by("-started_at", "-pk")[:VISITS_SHOWN]


NEWEST_VISITS = CompiledQuery(_newest_visits, family=-1, since=date.min)


def get_visits_summary(family: Family, *, on: date) -> VisitsSummary:
    """The newest visits, the number of all, and the visits held in the half-year up to ``on``. One statement."""
    visits = NEWEST_VISITS.all(family=family.pk, since=add_months(on, -6))
    if not visits:
        return VisitsSummary([])
    annotated = ("total", "recent", "first_recent_on", "last_on")
    return VisitsSummary(visits, **{name: getattr(visits[0], name) for name in annotated})


def visit_facts(family: Family, visits: VisitsSummary, *, on: date) -> list[dict]:
    """Facts about visits for "W skrócie"; none before the first visit."""
    if not visits.total:
        return []
    last = "jeszcze nie było odbytej"
    if visits.last_on:
        last = f"{short_date(visits.last_on)}, {distance(visits.last_on, on)}"
        url = next(
            (reverse("families:visit", args=[family.pk, row.pk]) for row in visits.rows if row.held), ""
        )
        last = format_html('<a href="{}">{}</a>', url, last) if url else last
    return [{"term": "Wizyty", "value": visits.frequency_text}, {"term": "Ostatnia wizyta", "value": last}]


def open_concerns_of(case_state: CaseState) -> list[SafeguardingConcern]:
    """Open concerns according to the deadlines; no statement when there is none."""
    open_ids = [
        row.subject_id
        for row in case_state.deadlines
        if row.kind == DeadlineKind.DANGER and row.done_on is None
    ]
    if not open_ids:
        return []
    rows = SafeguardingConcern.objects.filter(pk__in=open_ids).select_related(
        "visit__assistant", "visit__period"
    )
    return list(rows.order_by("-visit__started_at"))


def timeline_items(events: list[TimelineEvent], *, with_text: bool = False) -> list[dict]:
    """Events as ``{% timeline %}`` takes them, with day, hour and author in the note."""
    return [
        {
            "title": each.title,
            "url": each.url,
            "note": _note(each),
            "text": each.text if with_text else "",
            "key": each.key,
            "marks": each.marks,
        }
        for each in events
    ]


def _note(event: TimelineEvent) -> str:
    hour = f"{event.at:%H:%M}" if event.at else ""
    when = ", ".join(filter(None, (short_date(event.day), hour, event.who)))
    return "; ".join(filter(None, (when, event.note)))
