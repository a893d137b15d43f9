"""Years of work: periods with their numbers and bases, assistants and those who stood in, leading social workers."""

from datetime import date, time, timedelta

from devtools.synthetic.bulk_copy import copy_models, count_on, without_indexes, write_history
from devtools.synthetic.centre import Big
from devtools.synthetic.schedule import Household, Work, clipped
from families.caseload.models import Assignment, CaseCounter, LeadWorkerAssignment, LegalBasis, WorkPeriod
from families.choices import AssignmentKind, BasisKind, ClosingReason
from lubsko_ops.core import clock
from lubsko_ops.core.dates import ONE_DAY

ENDED = "Zakończenie pracy z rodziną"
TABLES = (
    (WorkPeriod, "Początek pracy z rodziną", ENDED),
    (LegalBasis, "Podstawa pracy z rodziną", ENDED),
    (Assignment, "Przydzielenie asystenta rodziny", ENDED),
    (LeadWorkerAssignment, "Prowadzący pracownik socjalny", "Zmiana prowadzącego pracownika socjalnego"),
)
LEAVE = 14  # days of the yearly holiday on which somebody stands in
STOOD_IN_FOR = 2  # families of a post, so that nobody has more than the Act allows
RELEASED, BASIS_RAN_OUT = 60, 70  # of so many families one has no assistant, one no basis


def write_work(big: Big, households: list[Household]) -> None:
    """The rows of all work, with their history."""
    with without_indexes([model._meta.db_table for model, *_ in TABLES]):
        working = Working(big)
        for household in households:
            working.lead(household)
            for work in household.works:
                working.period(work)
        working.stand_in(households)
        for rows in working.rows.values():
            copy_models(sorted(rows, key=lambda row: row.pk))
    for model, why, why_ended in TABLES:
        write_history(model, why=why, why_ended=why_ended)
        count_on(model)
    years: dict[int, int] = {}
    for household in households:
        for work in household.works:
            year = work.starts_on.year
            years[year] = max(work.serial, years.get(year, 0))
    copy_models([CaseCounter(year=year, last=last) for year, last in sorted(years.items())])


def on_leave(post: int, day: date) -> bool:
    """Whether the assistant of the post is on holiday; neighbours never at the same time."""
    first = date(day.year, 1, 4) + timedelta(days=(post * 29) % 340)
    return first <= day < first + timedelta(days=LEAVE)


class Working:
    """Makes the rows of one period of work after another."""

    def __init__(self, big: Big):
        self.big, self.dice = big, big.random("work")
        self.rows: dict[type, list] = {model: [] for model, *_ in TABLES}

    def add(self, model, by: int, on: date, *, pk: int = 0, known_end=False, **values) -> None:
        """A row entered on the day; one that has ended was ended by a second deed, unless its end was known."""
        version = 2 if values.get("ends_on") and not known_end else 1
        at = clock.to_instant(on, time(9 + on.day % 5, len(self.rows[model]) % 60))
        pk = pk or len(self.rows[model]) + 1
        self.rows[model].append(model(pk=pk, entered_at=at, entered_by_id=by, version=version, **values))

    def lead(self, household: Household) -> None:
        """The social worker of the region from the day the file was opened until the work ended."""
        for who, starts_on, ends_on in clipped(
            household.region.spans, household.opened_on, household.ended_on
        ):
            days = {"starts_on": starts_on, "ends_on": ends_on}
            self.add(LeadWorkerAssignment, self.big.manager, starts_on, **days, **_lead(household, who))

    def period(self, work: Work) -> None:
        """The period, its basis and its assistants one after another."""
        dice, by, on = self.dice, self.big.manager, work.starts_on
        why = dice.choices(ClosingReason.values, weights=(44, 24, 10, 6, 8, 3, 1, 2, 1, 1))[0]
        days = {"starts_on": on, "ends_on": work.ends_on}
        number = {"year": on.year, "serial": work.serial, "closing_reason": why if work.ends_on else ""}
        self.add(WorkPeriod, by, on, pk=work.pk, family_id=work.household.pk, **number, **days)
        self.basis(work)
        released = work.ends_on is None and dice.randrange(RELEASED) == 0
        until = self.big.day - 3 * ONE_DAY if released and on < self.big.day - 10 * ONE_DAY else work.ends_on
        for who, starts_on, ends_on in clipped(self.big.posts[work.post], on, until):
            place = {"period_id": work.pk, "assistant_id": who}
            self.add(Assignment, by, starts_on, starts_on=starts_on, ends_on=ends_on, **place)

    def basis(self, work: Work) -> None:
        kinds = (BasisKind.CONSENT, BasisKind.COURT, BasisKind.ZA_ZYCIEM)
        kind = self.dice.choices(kinds, weights=(74, 22, 4))[0]
        values = {"person_id": work.household.adult} if kind == BasisKind.CONSENT else {}
        if kind == BasisKind.COURT:
            values["reference"] = f"III Nsm {work.serial}/{work.starts_on:%y}"
        ends_on, ran_out = work.ends_on, self.big.day - 12 * ONE_DAY
        if ends_on is None and work.starts_on < ran_out and self.dice.randrange(BASIS_RAN_OUT) == 0:
            ends_on = ran_out
        days = {"starts_on": work.starts_on, "ends_on": ends_on, "period_id": work.pk}
        self.add(LegalBasis, self.big.manager, work.starts_on, kind=kind, **days, **values)

    def stand_in(self, households: list[Household]) -> None:
        """During a holiday the neighbour of the post stands in for some of its families, to a day known before."""
        taken: dict[tuple[int, int], int] = {}
        works = sorted((work for each in households for work in each.works), key=lambda work: work.pk)
        for work in works:
            neighbour = (work.post + 1) % len(self.big.posts)
            for year in range(work.starts_on.year, (work.ends_on or self.big.day).year + 1):
                first = date(year, 1, 4) + timedelta(days=(work.post * 29) % 340)
                last = first + timedelta(days=LEAVE - 1)
                fits = work.starts_on < first and last < min(work.ends_on or self.big.day, self.big.day)
                if neighbour == work.post or not fits or taken.get((work.post, year), 0) >= STOOD_IN_FOR:
                    continue
                taken[work.post, year] = taken.get((work.post, year), 0) + 1
                for who, starts_on, ends_on in clipped(self.big.posts[neighbour], first, last):
                    self.stands_in(work, who, starts_on, ends_on)

    def stands_in(self, work: Work, who: int, starts_on: date, ends_on: date) -> None:
        place = {"period_id": work.pk, "assistant_id": who, "kind": AssignmentKind.STAND_IN}
        days = {"starts_on": starts_on, "ends_on": ends_on}
        self.add(Assignment, self.big.manager, starts_on, known_end=True, **place, **days)


def _lead(household: Household, who: int) -> dict:
    return {"family_id": household.pk, "social_worker_id": who}
