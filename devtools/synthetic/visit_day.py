"""One working day of one assistant as tuples for COPY: millions of rows are too many for model instances."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate

from devtools.synthetic import texts
from devtools.synthetic.bulk_copy import copy_rows
from devtools.synthetic.centre import SyntheticCentre, holder_on
from devtools.synthetic.schedule import PlannedWork
from devtools.synthetic.visit_tables import FIELDS
from families.assessments.models import Assessment
from families.case_files.permissions import OVERVIEW_AREA
from families.choices import (
    AgreementResult,
    Area,
    ContactChannel,
    CounterpartType,
    NotifiedParty,
    VisitKind,
    VisitLocation,
)
from families.choices import VisitResult as Result
from families.people.permissions import FAMILY_LIST_AREA
from families.plans.models import ActionProgress
from families.visits.models import (
    TASKS,
    Agreement,
    AgreementOutcome,
    Contact,
    SafeguardingConcern,
    SafeguardingStep,
    Visit,
    VisitAttendee,
)
from lubsko_ops.audit.models import AccessArea, AccessLogEntry
from lubsko_ops.core import clock
from lubsko_ops.core.dates import ONE_DAY, add_working_days

RESULTS = [each.value for each in (Result.HELD, Result.NOBODY_HOME, Result.REFUSED_ENTRY, Result.CALLED_OFF)]
RESULT_WEIGHTS = list(accumulate((90, 6, 1, 3)))
PLACES, PLACE_WEIGHTS = VisitLocation.values[:7], list(accumulate((86, 2, 3, 3, 3, 2, 1)))
KINDS, KIND_WEIGHTS = VisitKind.values, list(accumulate((80, 10, 2, 5, 3)))
AREAS, TASK_CODES = Area.values, [code for code, _ in TASKS]
CHANNELS, COUNTERPARTS = ContactChannel.values, CounterpartType.values
DURATIONS, PAUSES = (30, 45, 60, 60, 75, 90), (15, 15, 30, 45)
LAST_MINUTE = 19 * 60  # minutes of the day
ABSENT_ONE_IN, ABSENT_DAYS = 12, 25  # one family in twelve has not been at home for so many days
WITH_PROGRESS = 0.25  # of the visits
PROGRESS = (
    ("", ""),
    ("under_way", ""),
    ("done", "reached"),
    ("partly", "partly"),
    ("not_done", "not_reached"),
)
PROGRESS_WEIGHTS = list(accumulate((60, 25, 8, 4, 3)))
HALF_YEAR = 175  # days after which an assessment is handed over


class VisitRows:
    """Rows not yet sent to the database, and the last id of each table."""

    def __init__(self, centre: SyntheticCentre):
        self.centre, self.rng = centre, centre.random("diary")
        self.rows: dict[type, list[tuple]] = {model: [] for model in FIELDS}
        self.last = dict.fromkeys(FIELDS, 0)
        self.pending: dict[int, list[int]] = {}  # open agreements by work period
        self.assessed: dict[int, date] = {}
        self.now = clock.to_instant(centre.day, time(6))

    def add(self, model, *values) -> int:
        self.last[model] += 1
        self.rows[model].append((self.last[model], *values))
        return self.last[model]

    def send(self) -> None:
        for model, rows in self.rows.items():
            if rows:
                copy_rows(model, FIELDS[model], rows)
                rows.clear()


@lru_cache(maxsize=4096)
def instant(day: date, minute: int) -> datetime:
    return clock.to_instant(day, time(minute // 60, minute % 60))


class AssistantDay:
    """A day of an assistant; ``works``: in the order in which the families wait for a visit."""

    def __init__(self, rows: VisitRows, day: date, who: int, works: list[PlannedWork]):
        self.rows, self.rng, self.day, self.who, self.works = rows, rows.rng, day, who, works

    def generate(self) -> None:
        """Add visits one after another, contacts, due assessments and log entries of the day."""
        rng, works = self.rng, self.works
        mean = self.rows.centre.size.visits_a_day
        number = int(mean) + (rng.random() < mean % 1) + rng.choice((-1, 0, 0, 0, 1))
        minute = 8 * 60 + 15 * rng.randrange(3)
        for _ in range(number):
            if minute > LAST_MINUTE - 90:
                break
            work = works.pop(0)
            works.append(work)
            minute = self.add_visit(work, minute) + rng.choice(PAUSES)
        for _ in range(rng.choice((0, 0, 1, 1, 2, 3))):
            self.add_contact(rng.choice(works))
        for work in works:
            self.add_assessment(work)
        if rng.random() < 0.2:
            self.log_access("families:list", FAMILY_LIST_AREA, works, instant(self.day, 7 * 60 + 45))

    def add_visit(self, work: PlannedWork, minute: int) -> int:
        """Add a visit with its related rows; returns the minute of the day at which it ended."""
        rng, rows = self.rng, self.rows
        result = rng.choices(RESULTS, cum_weights=RESULT_WEIGHTS)[0]
        if work.pk % ABSENT_ONE_IN == 0 and (rows.centre.day - self.day).days < ABSENT_DAYS:
            result = Result.NOBODY_HOME.value
        held = result == "held"
        minutes = rng.choice(DURATIONS) if held else 0
        started_at = instant(self.day, minute)
        entered_at = started_at + timedelta(minutes=minutes + rng.randint(20, 240))
        if rng.random() < 0.1:
            entered_at += rng.randint(1, 4) * ONE_DAY
        entry = (min(entered_at, rows.now), self.who, 1)
        when = (work.pk, self.who, self.day, time(minute // 60, minute % 60), started_at, minutes)
        pk = rows.add(Visit, *entry, *when, *self.details(work, result))
        if held:
            self.add_related(pk, work, entry)
        if rng.random() < 0.2:
            self.log_access("families:overview", OVERVIEW_AREA, [work], started_at - timedelta(minutes=10))
        return minute + (minutes or 15)

    def details(self, work: PlannedWork, result: str) -> tuple:
        """Return place, kind, result, areas, tasks, facts, opinion, next day, confirmation, its reason, kilometres."""
        rng = self.rng
        place = rng.choices(PLACES, cum_weights=PLACE_WEIGHTS)[0]
        kind = rng.choices(KINDS, cum_weights=KIND_WEIGHTS)[0]
        far = work.household.in_village and rng.random() < 0.8
        kilometres = Decimal(rng.randint(60, 380)) / 10 if far else None
        next_day = self.day + rng.randint(3, 12) * ONE_DAY if rng.random() < 0.4 else None
        if result != "held":
            return place, kind, result, [], [], "", "", next_day, "none", "", kilometres
        areas = sorted(set(rng.choices(AREAS, k=rng.randint(1, 3))))
        tasks = sorted(set(rng.choices(TASK_CODES, k=rng.randint(1, 2))))
        facts = f"{rng.choice(texts.FIRST_SENTENCES)} {rng.choice(texts.SECOND_SENTENCES)}"
        opinion = rng.choice(texts.OPINIONS) if rng.random() < 0.4 else ""
        signed = rng.random()
        confirmation = (
            ("signed", "") if signed < 0.7 else ("none", "") if signed < 0.97 else ("refused", "Pośpiech")
        )
        return place, kind, result, areas, tasks, facts, opinion, next_day, *confirmation, kilometres

    def add_related(self, visit: int, work: PlannedWork, entry: tuple) -> None:
        """Add attendees, plan progress, outcomes of agreements, new agreements, seldom a concern."""
        rng, rows, day = self.rng, self.rows, self.day
        for person, since, until in work.household.people:
            if rng.random() < 0.55 and since <= day and (until is None or day <= until):
                rows.add(VisitAttendee, *entry, visit, person)
        if (plan_rows := work.plan_rows_on(day)) and rng.random() < WITH_PROGRESS:
            progress = rng.choices(PROGRESS, cum_weights=PROGRESS_WEIGHTS)[0]
            rows.add(ActionProgress, *entry, rng.choice(plan_rows), day, visit, *progress)
        for agreement in rows.pending.pop(work.pk, ()):
            if rng.random() < 0.8:
                outcome = rng.choices(
                    (AgreementResult.DONE, AgreementResult.NOT_DONE, AgreementResult.MOVED),
                    weights=(60, 25, 15),
                )[0]
                moved_to = day + 14 * ONE_DAY if outcome == AgreementResult.MOVED else None
                rows.add(AgreementOutcome, *entry, agreement, visit, outcome.value, moved_to)
        if rng.random() < 0.25:
            who = (work.household.adult, "") if rng.random() < 0.6 else (None, "assistant")
            due_on = day + rng.randint(3, 21) * ONE_DAY
            agreed = rows.add(Agreement, *entry, visit, rng.choice(texts.AGREEMENTS), *who, due_on)
            rows.pending.setdefault(work.pk, []).append(agreed)
        if rng.random() < 0.0008:
            self.add_concern(visit, work, entry)

    def add_concern(self, visit: int, work: PlannedWork, entry: tuple) -> None:
        """Add a concern with its steps: checked on the next working day, mostly closed soon."""
        rng, rows = self.rng, self.rows
        description, taken = rng.choice(texts.CONCERNS)
        notified = NotifiedParty.SOCIAL_WORKER.value
        report = rows.add(SafeguardingConcern, *entry, visit, description, taken, notified, entry[0])
        on = add_working_days(self.day, 1)
        while on < rows.centre.day:
            over = rng.random() < 0.7
            worker = holder_on(work.household.region.tenures, on)
            at = max(instant(on, 10 * 60), entry[0])
            what = "Zagrożenie ustało." if over else "Rozmowa z rodziną, ponowne sprawdzenie."
            rows.add(SafeguardingStep, at, worker, 1, report, on, what, over)
            if over:
                break
            on = add_working_days(on, rng.randint(1, 3))

    def add_contact(self, work: PlannedWork) -> None:
        rng, minute = self.rng, 8 * 60 + 5 * self.rng.randrange(96)
        at = (self.day, time(minute // 60, minute % 60), rng.choice((5, 10, 15)))
        entry = (min(instant(self.day, minute) + timedelta(minutes=30), self.rows.now), self.who, 1)
        details = (rng.choice(CHANNELS), rng.choice(COUNTERPARTS), rng.choice(texts.CONTACT_SUBJECTS))
        self.rows.add(Contact, *entry, work.pk, self.who, *at, *details)

    def add_assessment(self, work: PlannedWork) -> None:
        """Add an assessment each half a year, a few days before it is due; every tenth is late."""
        since = self.rows.assessed.get(work.pk, work.starts_on)
        if (self.day - since).days < HALF_YEAR + (15 if work.pk % 10 == 0 else work.pk % 5):
            return
        self.rows.assessed[work.pk] = self.day
        entry = (instant(self.day, 15 * 60), self.who, 1)
        self.rows.add(Assessment, *entry, work.pk, self.who, since, self.day - ONE_DAY, self.day)

    def log_access(self, view_name: str, area: AccessArea, works: list[PlannedWork], at: datetime) -> None:
        families = [work.household.pk for work in works]
        self.rows.add(AccessLogEntry, at, self.who, view_name, area.code, families)
