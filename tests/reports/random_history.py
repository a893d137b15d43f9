"""Random case histories over two years, for property tests of figures."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from families.assessments.models import Assessment
from families.caseload.models import Assignment, WorkPeriod
from families.choices import Area, AssignmentKind, ContactChannel, CounterpartType, VisitKind, VisitResult
from families.law import DIRECT_TASKS
from families.people.models import Family
from families.plans.models import Plan
from families.visits.models import Contact, Visit
from lubsko_ops.core import clock
from lubsko_ops.core.dates import ONE_DAY

FIRST, LAST = date(2025, 3, 1), date(2026, 12, 20)


@dataclass
class RandomHistory:
    """Creates random rows without running the actions, which would be slow. by: the user who entered them."""

    seed: int
    assistants: list
    by: object
    hour: dict[int, int] = field(default_factory=dict)

    def __post_init__(self):
        self.random = Random(self.seed)
        self.serial = 0

    def day(self, since: date = FIRST, until: date = LAST) -> date:
        """A random day, often the first or last of a quarter, where off-by-one errors show."""
        edges = [
            day
            for quarter in ((2025, 7), (2025, 10), (2026, 1), (2026, 4), (2026, 7), (2026, 10))
            for day in (date(*quarter, 1), date(*quarter, 1) - ONE_DAY)
            if since <= day <= until
        ]
        if edges and self.random.random() < 0.4:
            return self.random.choice(edges)
        return since + timedelta(days=self.random.randint(0, max((until - since).days, 0)))

    def save(self, row):
        row.entered_at = clock.to_instant(getattr(row, "day", None) or FIRST, time(20)) + timedelta(
            days=self.random.choice((0, 1, 40))
        )
        row.entered_by = self.by
        row.version = 1
        type(row).objects.bulk_create([row])  # without history, which figures do not read
        return row

    # ---- rows ------------------------------------------------------------------------------------------
    def families(self, number: int) -> None:
        for index in range(number):
            family = self.save(Family(name=f"Rodzina {index}", search_key=f"rodzina {index}"))
            starts = self.day()
            while starts < LAST:
                period = self.period(family, starts)
                if period.ends_on is None or self.random.random() < 0.5:
                    break
                starts = self.day(period.ends_on + ONE_DAY)

    def period(self, family, starts: date) -> WorkPeriod:
        self.serial += 1
        ends = self.day(starts) if self.random.random() < 0.6 else None
        reason = "goals_reached" if ends else ""
        period = self.save(
            WorkPeriod(
                family=family,
                year=2025,
                serial=self.serial,
                starts_on=starts,
                ends_on=ends,
                closing_reason=reason,
            )
        )
        self.leaders(period)
        for _ in range(self.random.randint(0, 7)):
            self.visit(period)
        for _ in range(self.random.randint(0, 3)):
            self.contact(period)
        self.assessments(period)
        self.plans(period)
        return period

    def leaders(self, period: WorkPeriod) -> None:
        """Consecutive leading assignments, sometimes with gaps and stand-ins."""
        starts, last = period.starts_on, period.ends_on or LAST
        if self.random.random() < 0.15:
            starts = self.day(starts, last)
        while starts <= last:
            ends = period.ends_on if self.random.random() < 0.6 else self.day(starts, last)
            if ends == last and period.ends_on is None:
                ends = None
            who = self.random.choice(self.assistants)
            self.save(
                Assignment(
                    period=period, assistant=who, kind=AssignmentKind.LEADING, starts_on=starts, ends_on=ends
                )
            )
            if self.random.random() < 0.3:
                other = next(each for each in self.assistants if each != who)
                days = {"starts_on": starts, "ends_on": min(starts + 9 * ONE_DAY, ends or LAST)}
                self.save(Assignment(period=period, assistant=other, kind=AssignmentKind.STAND_IN, **days))
            if ends is None or ends >= last or self.random.random() < 0.2:
                break
            starts = ends + ONE_DAY * self.random.choice((1, 1, 1, 20))

    def visit(self, period: WorkPeriod) -> None:
        """A visit at a distinct time, because visits of one assistant must not overlap."""
        who = self.random.choice(self.assistants)
        number = self.hour[who.pk] = self.hour.get(who.pk, 0) + 1
        last = period.ends_on or LAST
        if self.random.random() < 0.2:  # after the end of work it is a visit in monitoring
            last += 90 * ONE_DAY
        day = self.day(period.starts_on, min(last, LAST))
        at = time(number % 24, number // 24 % 6 * 10)
        result = self.random.choice([VisitResult.HELD] * 4 + list(VisitResult))
        self.save(
            Visit(
                period=period,
                assistant=who,
                day=day,
                starts_at=at,
                started_at=datetime.combine(day, at, clock.WARSAW),
                minutes=self.random.randint(1, 9),
                kind=self.random.choice(list(VisitKind)),
                result=result,
                areas=[self.random.choice(list(Area)).value for _ in range(self.random.randint(0, 3))],
                tasks=[self.random.choice(DIRECT_TASKS).point for _ in range(self.random.randint(0, 3))],
                facts="Rozmowa.",
            )
        )

    def contact(self, period: WorkPeriod) -> None:
        self.save(
            Contact(
                period=period,
                author=self.random.choice(self.assistants),
                day=self.day(period.starts_on, min(period.ends_on or LAST, LAST)),
                channel=self.random.choice(list(ContactChannel)),
                counterpart_type=self.random.choice(list(CounterpartType)),
                subject="Sprawa.",
            )
        )

    def assessments(self, period: WorkPeriod) -> None:
        day = period.starts_on
        for _ in range(self.random.randint(0, 3)):
            day += timedelta(days=self.random.choice((150, 181, 184, 200)))
            if day <= (period.ends_on or LAST):
                covers = {"covers_from": period.starts_on, "covers_to": day, "handed_over_on": day}
                self.save(Assessment(period=period, author=self.random.choice(self.assistants), **covers))

    def plans(self, period: WorkPeriod) -> None:
        day = period.starts_on
        for number in range(1, self.random.randint(1, 4)):
            day += timedelta(days=self.random.randint(1, 120))
            self.save(
                Plan(
                    period=period,
                    number=number,
                    author=self.assistants[0],
                    writers=[self.assistants[0].pk],
                    covers_from=day,
                    covers_to=day + timedelta(days=180),
                    main_goal="Cel",
                    state="signed",
                    drawn_up_on=day,
                    sent_on=day,
                    consulted_on=day,
                    consulted_by=self.by,
                    accepted_on=day,
                    accepted_by=self.assistants[1],
                    in_force_from=day,
                    in_force_to=day,
                )
            )
