"""One working day of one assistant as tuples for COPY: millions of rows are too many for model instances."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate

from devtools.synthetic import texts
from devtools.synthetic.bulk_copy import copy_rows
from devtools.synthetic.centre import SyntheticCentre, holder_on
from devtools.synthetic.schedule import PlannedWork
from devtools.synthetic.visit_tables import TABLES
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
# The columns of a failed visit that only one that was held fills in.
NOTHING_DONE = {
    "areas": [],
    "tasks": [],
    "facts": "",
    "opinion": "",
    "confirmation": "none",
    "no_signature_reason": "",
}
HALF_YEAR = 175  # days after which an assessment is handed over


class VisitRows:
    """Rows not yet sent to the database, the names of their columns, and the last id of each table."""

    def __init__(self, centre: SyntheticCentre):
        self.centre, self.rng = centre, centre.random("diary")
        self.rows: dict[type, list[tuple]] = {model: [] for model in TABLES}
        self.columns: dict[type, tuple[str, ...]] = {}
        self.last = dict.fromkeys(TABLES, 0)
        self.pending: dict[int, list[int]] = {}  # open agreements by work period
        self.assessed: dict[int, date] = {}
        self.now = clock.to_instant(centre.day, time(6))

    def add(self, model, **values) -> int:
        """Add a row and return its id. All rows of a model name the same columns."""
        self.last[model] += 1
        names = self.columns.setdefault(model, tuple(values))
        self.rows[model].append((self.last[model], *map(values.__getitem__, names)))
        return self.last[model]

    def send(self) -> None:
        for model, rows in self.rows.items():
            if rows:
                copy_rows(model, ("id", *self.columns[model]), rows)
                rows.clear()


def entry_columns(entered_at: datetime, entered_by: int) -> dict:
    return {"entered_at": entered_at, "entered_by": entered_by, "version": 1}


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
        entry = entry_columns(min(entered_at, rows.now), self.who)
        pk = rows.add(
            Visit,
            period=work.pk,
            assistant=self.who,
            day=self.day,
            starts_at=time(minute // 60, minute % 60),
            started_at=started_at,
            minutes=minutes,
            result=result,
            **self.details(work, held=held),
            **entry,
        )
        if held:
            self.add_related(pk, work, entry)
        if rng.random() < 0.2:
            self.log_access("families:overview", OVERVIEW_AREA, [work], started_at - timedelta(minutes=10))
        return minute + (minutes or 15)

    def details(self, work: PlannedWork, *, held: bool) -> dict:
        """Return the columns of a visit besides when, who and with what result."""
        rng = self.rng
        columns = {
            "place": rng.choices(PLACES, cum_weights=PLACE_WEIGHTS)[0],
            "kind": rng.choices(KINDS, cum_weights=KIND_WEIGHTS)[0],
        }
        far = work.household.in_village and rng.random() < 0.8
        columns["kilometres"] = Decimal(rng.randint(60, 380)) / 10 if far else None
        columns["next_day"] = self.day + rng.randint(3, 12) * ONE_DAY if rng.random() < 0.4 else None
        if not held:
            return columns | NOTHING_DONE
        columns["areas"] = sorted(set(rng.choices(AREAS, k=rng.randint(1, 3))))
        columns["tasks"] = sorted(set(rng.choices(TASK_CODES, k=rng.randint(1, 2))))
        columns["facts"] = f"{rng.choice(texts.FIRST_SENTENCES)} {rng.choice(texts.SECOND_SENTENCES)}"
        columns["opinion"] = rng.choice(texts.OPINIONS) if rng.random() < 0.4 else ""
        signed = rng.random()
        columns["confirmation"] = "signed" if signed < 0.7 else "none" if signed < 0.97 else "refused"
        columns["no_signature_reason"] = "Pośpiech" if columns["confirmation"] == "refused" else ""
        return columns

    def add_related(self, visit: int, work: PlannedWork, entry: dict) -> None:
        """Add attendees, plan progress, outcomes of agreements, new agreements, seldom a concern."""
        rng, rows, day = self.rng, self.rows, self.day
        for person, since, until in work.household.people:
            if rng.random() < 0.55 and since <= day and (until is None or day <= until):
                rows.add(VisitAttendee, visit=visit, person=person, **entry)
        if (plan_rows := work.plan_rows_on(day)) and rng.random() < WITH_PROGRESS:
            state, effect = rng.choices(PROGRESS, cum_weights=PROGRESS_WEIGHTS)[0]
            action = rng.choice(plan_rows)
            rows.add(ActionProgress, action=action, day=day, visit=visit, state=state, effect=effect, **entry)
        for agreement in rows.pending.pop(work.pk, ()):
            if rng.random() < 0.8:
                outcome = rng.choices(
                    (AgreementResult.DONE, AgreementResult.NOT_DONE, AgreementResult.MOVED),
                    weights=(60, 25, 15),
                )[0]
                moved_to = day + 14 * ONE_DAY if outcome == AgreementResult.MOVED else None
                rows.add(
                    AgreementOutcome,
                    agreement=agreement,
                    visit=visit,
                    outcome=outcome.value,
                    moved_to=moved_to,
                    **entry,
                )
        if rng.random() < 0.25:
            person, agreed_by = (work.household.adult, "") if rng.random() < 0.6 else (None, "assistant")
            due_on = day + rng.randint(3, 21) * ONE_DAY
            what = rng.choice(texts.AGREEMENTS)
            agreed = rows.add(
                Agreement, visit=visit, what=what, person=person, agreed_by=agreed_by, due_on=due_on, **entry
            )
            rows.pending.setdefault(work.pk, []).append(agreed)
        if rng.random() < 0.0008:
            self.add_concern(visit, work, entry)

    def add_concern(self, visit: int, work: PlannedWork, entry: dict) -> None:
        """Add a concern with its steps: checked on the next working day, mostly closed soon."""
        rng, rows = self.rng, self.rows
        description, taken = rng.choice(texts.CONCERNS)
        report = rows.add(
            SafeguardingConcern,
            visit=visit,
            description=description,
            action_taken=taken,
            notified=NotifiedParty.SOCIAL_WORKER.value,
            notified_at=entry["entered_at"],
            **entry,
        )
        on = add_working_days(self.day, 1)
        while on < rows.centre.day:
            over = rng.random() < 0.7
            worker = holder_on(work.household.region.tenures, on)
            step = entry_columns(max(instant(on, 10 * 60), entry["entered_at"]), worker)
            what = "Zagrożenie ustało." if over else "Rozmowa z rodziną, ponowne sprawdzenie."
            rows.add(SafeguardingStep, concern=report, day=on, what=what, closes=over, **step)
            if over:
                break
            on = add_working_days(on, rng.randint(1, 3))

    def add_contact(self, work: PlannedWork) -> None:
        rng, minute = self.rng, 8 * 60 + 5 * self.rng.randrange(96)
        entered_at = min(instant(self.day, minute) + timedelta(minutes=30), self.rows.now)
        self.rows.add(
            Contact,
            period=work.pk,
            author=self.who,
            day=self.day,
            starts_at=time(minute // 60, minute % 60),
            minutes=rng.choice((5, 10, 15)),
            channel=rng.choice(CHANNELS),
            counterpart_type=rng.choice(COUNTERPARTS),
            subject=rng.choice(texts.CONTACT_SUBJECTS),
            **entry_columns(entered_at, self.who),
        )

    def add_assessment(self, work: PlannedWork) -> None:
        """Add an assessment each half a year, a few days before it is due; every tenth is late."""
        since = self.rows.assessed.get(work.pk, work.starts_on)
        if (self.day - since).days < HALF_YEAR + (15 if work.pk % 10 == 0 else work.pk % 5):
            return
        self.rows.assessed[work.pk] = self.day
        self.rows.add(
            Assessment,
            period=work.pk,
            author=self.who,
            covers_from=since,
            covers_to=self.day - ONE_DAY,
            handed_over_on=self.day,
            **entry_columns(instant(self.day, 15 * 60), self.who),
        )

    def log_access(self, view_name: str, area: AccessArea, works: list[PlannedWork], at: datetime) -> None:
        families = [work.household.pk for work in works]
        self.rows.add(
            AccessLogEntry,
            at=at,
            user=self.who,
            view_name=view_name,
            access_area=area.code,
            families=families,
        )
