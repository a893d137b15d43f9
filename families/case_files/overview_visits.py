"""What happened in a family, for those who may read visits: its last visits, how often they are, its story."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, Window
from django.urls import reverse
from django.utils.html import format_html

from families.case_files.queries import CaseState
from families.choices import Area, DeadlineKind, VisitResult
from families.people.models import Family
from families.timeline.events import TimelineEvent
from families.visits.models import SafeguardingConcern, Visit
from lubsko_ops.core.dates import add_months
from lubsko_ops.core.polish import count_of, distance, format_minutes, short_date

SHOWN = 4


@dataclass(frozen=True)
class Visits:
    """The last visits, how many there were in all, and of those held: how many in half a year and the last one."""

    rows: list[Visit]
    total: int = 0
    lately: int = 0
    first_lately_on: date | None = None
    last_on: date | None = None

    @property
    def lines(self) -> list[dict]:
        """The rows of the table: day, how long, kind and result, areas."""
        return [
            {
                "visit": row,
                "time": format_minutes(row.minutes) if row.held else "–",
                "what": row.get_kind_display() if row.held else f"nieudana: {row.get_result_display()}",
                "areas": ", ".join(Area(each).label for each in row.areas),
            }
            for row in self.rows
        ]

    @property
    def rhythm(self) -> str:
        """ "11 w pół roku, co ok. 15 dni": the mean distance between the visits held."""
        if not self.lately:
            return "żadnej w pół roku"
        words = f"{self.lately} w pół roku"
        days = (self.last_on - self.first_lately_on).days
        if self.lately < 2 or not days:
            return words
        return f"{words}, co ok. {count_of(max(1, round(days / (self.lately - 1))), 'dzień,dni,dni')}"


def visits_of(family: Family, *, on: date) -> Visits:
    """One statement, however long the diary."""
    held = Q(result=VisitResult.HELD)
    lately = held & Q(day__gt=add_months(on, -6))
    rows = (
        Visit.objects.filter(period__family=family)
        .annotate(
            in_danger=Exists(SafeguardingConcern.objects.filter(visit=OuterRef("pk"))),
            total=Window(Count("pk")),
            lately=Window(Count("pk", filter=lately)),
            first_lately_on=Window(Min("day", filter=lately)),
            last_on=Window(Max("day", filter=held)),
        )
        .order_by("-begins", "-pk")[:SHOWN]
    )
    found = list(rows)
    if not found:
        return Visits([])
    counted = ("total", "lately", "first_lately_on", "last_on")
    return Visits(found, **{name: getattr(found[0], name) for name in counted})


def facts_of(family: Family, visits: Visits, *, on: date) -> list[dict]:
    """Two lines of *W skrócie*; none before the first visit is due."""
    if not visits.total:
        return []
    last = "jeszcze nie było odbytej"
    if visits.last_on:
        last = f"{short_date(visits.last_on)}, {distance(visits.last_on, on)}"
        page = next(
            (reverse("families:visit", args=[family.pk, row.pk]) for row in visits.rows if row.held), ""
        )
        last = format_html('<a href="{}">{}</a>', page, last) if page else last
    return [{"term": "Wizyty", "value": visits.rhythm}, {"term": "Ostatnia wizyta", "value": last}]


def dangers_of(standing: CaseState) -> list[SafeguardingConcern]:
    """Reported dangers that go on, as the duties tell; no statement when there is none."""
    open_ones = [
        row.about for row in standing.duties if row.kind == DeadlineKind.DANGER and row.done_on is None
    ]
    if not open_ones:
        return []
    rows = SafeguardingConcern.objects.filter(pk__in=open_ones).select_related(
        "visit__assistant", "visit__period"
    )
    return list(rows.order_by("-visit__begins"))


def told(events: list[TimelineEvent], *, with_text: bool = False) -> list[dict]:
    """Events as ``{% timeline %}`` takes them: the day, the hour and the person stand under the title."""
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
