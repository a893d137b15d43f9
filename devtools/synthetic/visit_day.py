"""One working day of one assistant, as tuples for COPY. Millions of rows: no model is made for any of them."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate

from devtools.synthetic import texts
from devtools.synthetic.bulk_copy import copy_rows
from devtools.synthetic.centre import Big
from devtools.synthetic.schedule import Work
from devtools.synthetic.visit_tables import FIELDS
from families.assessments.models import Assessment
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
OFTEN = list(accumulate((90, 6, 1, 3)))
PLACES, AT_HOME = VisitLocation.values[:7], list(accumulate((86, 2, 3, 3, 3, 2, 1)))
KINDS, PLANNED = VisitKind.values, list(accumulate((80, 10, 2, 5, 3)))
AREAS, POINTS = Area.values, [point for point, _ in TASKS]
WAYS, PARTIES = ContactChannel.values, CounterpartType.values
LENGTHS, PAUSES = (30, 45, 60, 60, 75, 90), (15, 15, 30, 45)
HOME_UNTIL = 19 * 60  # minutes of the day
SHUN, SHUN_FOR = 12, 25  # every twelfth family has not opened the door for so many days
TOUCHED = 0.25  # of the visits do something of the plan
PROGRESS = (
    ("", ""),
    ("under_way", ""),
    ("done", "reached"),
    ("partly", "partly"),
    ("not_done", "not_reached"),
)
GOES = list(accumulate((60, 25, 8, 4, 3)))
HALF_YEAR = 175  # days after which an assessment is handed over


class Diary:
    """Rows that wait to be sent, and the last id of each table."""

    def __init__(self, big: Big):
        self.big, self.dice = big, big.random("diary")
        self.rows: dict[type, list[tuple]] = {model: [] for model in FIELDS}
        self.last = dict.fromkeys(FIELDS, 0)
        self.pending: dict[int, list[int]] = {}  # agreements of a work that wait to be looked at
        self.assessed: dict[int, date] = {}
        self.now = clock.to_instant(big.day, time(6))

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


class Day:
    """The day of an assistant with families in the order in which they wait for a visit."""

    def __init__(self, diary: Diary, day: date, who: int, works: list[Work]):
        self.diary, self.dice, self.day, self.who, self.works = diary, diary.dice, day, who, works

    def live(self) -> None:
        """Visits one after another from the morning on, calls, and what is due that day."""
        dice, works = self.dice, self.works
        mean = self.diary.big.size.visits_a_day
        number = int(mean) + (dice.random() < mean % 1) + dice.choice((-1, 0, 0, 0, 1))
        minute = 8 * 60 + 15 * dice.randrange(3)
        for _ in range(number):
            if minute > HOME_UNTIL - 90:
                break
            work = works.pop(0)
            works.append(work)
            minute = self.visit(work, minute) + dice.choice(PAUSES)
        for _ in range(dice.choice((0, 0, 1, 1, 2, 3))):
            self.contact(dice.choice(works))
        for work in works:
            self.assess(work)
        if dice.random() < 0.2:
            self.read("families:list", AccessArea.LIST, works, instant(self.day, 7 * 60 + 45))

    def visit(self, work: Work, minute: int) -> int:
        """A visit and all that hangs on it; returns the minute of the day at which it ended."""
        dice, diary = self.dice, self.diary
        result = dice.choices(RESULTS, cum_weights=OFTEN)[0]
        if work.pk % SHUN == 0 and (diary.big.day - self.day).days < SHUN_FOR:
            result = Result.NOBODY_HOME.value
        held = result == "held"
        minutes = dice.choice(LENGTHS) if held else 0
        begins = instant(self.day, minute)
        written = begins + timedelta(minutes=minutes + dice.randint(20, 240))
        if dice.random() < 0.1:
            written += dice.randint(1, 4) * ONE_DAY
        recorded = (min(written, diary.now), self.who, 1)
        when = (work.pk, self.who, self.day, time(minute // 60, minute % 60), begins, minutes)
        pk = diary.add(Visit, *recorded, *when, *self.said(work, result))
        if held:
            self.beside(pk, work, recorded)
        if dice.random() < 0.2:
            self.read("families:overview", AccessArea.OVERVIEW, [work], begins - timedelta(minutes=10))
        return minute + (minutes or 15)

    def said(self, work: Work, result: str) -> tuple:
        """Place, kind, result, areas, tasks, facts, opinion, next day, confirmation with its reason, kilometres."""
        dice = self.dice
        place = dice.choices(PLACES, cum_weights=AT_HOME)[0]
        kind = dice.choices(KINDS, cum_weights=PLANNED)[0]
        far = work.household.in_village and dice.random() < 0.8
        kilometres = Decimal(dice.randint(60, 380)) / 10 if far else None
        next_day = self.day + dice.randint(3, 12) * ONE_DAY if dice.random() < 0.4 else None
        if result != "held":
            return place, kind, result, [], [], "", "", next_day, "none", "", kilometres
        areas = sorted(set(dice.choices(AREAS, k=dice.randint(1, 3))))
        tasks = sorted(set(dice.choices(POINTS, k=dice.randint(1, 2))))
        facts = f"{dice.choice(texts.BEGUN)} {dice.choice(texts.WENT_ON)}"
        opinion = dice.choice(texts.OPINIONS) if dice.random() < 0.4 else ""
        signed = dice.random()
        confirmed = (
            ("signed", "") if signed < 0.7 else ("none", "") if signed < 0.97 else ("refused", "Pośpiech")
        )
        return place, kind, result, areas, tasks, facts, opinion, next_day, *confirmed, kilometres

    def beside(self, visit: int, work: Work, recorded: tuple) -> None:
        """Who was there, what was done of the plan, what was agreed before and now, now and then a danger."""
        dice, diary, day = self.dice, self.diary, self.day
        for person, since, until in work.household.people:
            if dice.random() < 0.55 and since <= day and (until is None or day <= until):
                diary.add(VisitAttendee, *recorded, visit, person)
        if (rows := work.planned(day)) and dice.random() < TOUCHED:
            said = dice.choices(PROGRESS, cum_weights=GOES)[0]
            diary.add(ActionProgress, *recorded, dice.choice(rows), day, visit, *said)
        for agreement in diary.pending.pop(work.pk, ()):
            if dice.random() < 0.8:
                outcome = dice.choices(
                    (AgreementResult.DONE, AgreementResult.NOT_DONE, AgreementResult.MOVED),
                    weights=(60, 25, 15),
                )[0]
                moved_to = day + 14 * ONE_DAY if outcome == AgreementResult.MOVED else None
                diary.add(AgreementOutcome, *recorded, agreement, visit, outcome.value, moved_to)
        if dice.random() < 0.25:
            who = (work.household.adult, "") if dice.random() < 0.6 else (None, "assistant")
            due_on = day + dice.randint(3, 21) * ONE_DAY
            agreed = diary.add(Agreement, *recorded, visit, dice.choice(texts.AGREED), *who, due_on)
            diary.pending.setdefault(work.pk, []).append(agreed)
        if dice.random() < 0.0008:
            self.danger(visit, work, recorded)

    def danger(self, visit: int, work: Work, recorded: tuple) -> None:
        """A danger with its steps: looked at on the next working day, mostly over soon."""
        dice, diary = self.dice, self.diary
        description, taken = dice.choice(texts.DANGERS)
        notified = NotifiedParty.SOCIAL_WORKER.value
        report = diary.add(SafeguardingConcern, *recorded, visit, description, taken, notified, recorded[0])
        on = add_working_days(self.day, 1)
        while on < diary.big.day:
            over = dice.random() < 0.7
            worker = next(span.user for span in work.household.region.spans if span.holds(on))
            at = max(instant(on, 10 * 60), recorded[0])
            what = "Zagrożenie ustało." if over else "Rozmowa z rodziną, ponowne sprawdzenie."
            diary.add(SafeguardingStep, at, worker, 1, report, on, what, over)
            if over:
                break
            on = add_working_days(on, dice.randint(1, 3))

    def contact(self, work: Work) -> None:
        dice, minute = self.dice, 8 * 60 + 5 * self.dice.randrange(96)
        at = (self.day, time(minute // 60, minute % 60), dice.choice((5, 10, 15)))
        recorded = (min(instant(self.day, minute) + timedelta(minutes=30), self.diary.now), self.who, 1)
        said = (dice.choice(WAYS), dice.choice(PARTIES), dice.choice(texts.CALLED_ABOUT))
        self.diary.add(Contact, *recorded, work.pk, self.who, *at, *said)

    def assess(self, work: Work) -> None:
        """An assessment each half a year, a few days before it is due; every tenth comes late."""
        since = self.diary.assessed.get(work.pk, work.starts_on)
        if (self.day - since).days < HALF_YEAR + (15 if work.pk % 10 == 0 else work.pk % 5):
            return
        self.diary.assessed[work.pk] = self.day
        recorded = (instant(self.day, 15 * 60), self.who, 1)
        self.diary.add(Assessment, *recorded, work.pk, self.who, since, self.day - ONE_DAY, self.day)

    def read(self, address: str, part: AccessArea, works: list[Work], at: datetime) -> None:
        families = [work.household.pk for work in works]
        self.diary.add(AccessLogEntry, at, self.who, address, part.value, families)
