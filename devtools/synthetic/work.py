"""Writes work periods with their numbers, bases, assistants, stand-ins and lead social workers."""

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from itertools import pairwise

from devtools.synthetic.bulk_copy import copy_models, reset_sequence, without_indexes, write_history
from devtools.synthetic.centre import SyntheticCentre
from devtools.synthetic.schedule import PlannedWork, SyntheticHousehold, tenures_within
from families.caseload.models import Assignment, CaseCounter, LeadWorkerAssignment, LegalBasis, WorkPeriod
from families.choices import AssignmentKind, BasisKind, ClosingReason
from lubsko_ops.core import clock
from lubsko_ops.core.dates import ONE_DAY
from lubsko_ops.core.temporal import EndCause

ENDED = "Zakończenie pracy z rodziną"
TABLES = (
    (WorkPeriod, "Początek pracy z rodziną", ENDED),
    (LegalBasis, "Podstawa pracy z rodziną", ENDED),
    (Assignment, "Przydzielenie asystenta rodziny", ENDED),
    (LeadWorkerAssignment, "Prowadzący pracownik socjalny", "Zmiana prowadzącego pracownika socjalnego"),
)
LEAVE = 14  # days a year on which somebody stands in
STAND_INS_A_POST = 2  # so that nobody has more families than the Act allows
WITHOUT_ASSISTANT_ONE_IN, WITHOUT_BASIS_ONE_IN = 60, 70  # families


def write_work(centre: SyntheticCentre, households: list[SyntheticHousehold]) -> None:
    """Write the rows of all work, with their history."""
    with without_indexes([model._meta.db_table for model, *_ in TABLES]):
        writer = WorkWriter(centre)
        for household in households:
            writer.add_lead(household)
            for work in household.works:
                writer.add_period(work)
        writer.add_stand_ins(households)
        for rows in writer.rows.values():
            copy_models(sorted(rows, key=lambda row: row.pk))
    for model, why, end_reason in TABLES:
        write_history(model, why=why, end_reason=end_reason)
        reset_sequence(model)
    years: dict[int, int] = {}
    for household in households:
        for work in household.works:
            year = work.starts_on.year
            years[year] = max(work.serial, years.get(year, 0))
    copy_models([CaseCounter(year=year, last=last) for year, last in sorted(years.items())])


def on_leave(post: int, day: date) -> bool:
    """Whether the assistant of the post is on leave; neighbouring posts never are at the same time."""
    first = date(day.year, 1, 4) + timedelta(days=(post * 29) % 340)
    return first <= day < first + timedelta(days=LEAVE)


class WorkWriter:
    """Makes the rows of one work period after another."""

    def __init__(self, centre: SyntheticCentre):
        self.centre, self.rng = centre, centre.random("work")
        self.rows: dict[type, list] = {model: [] for model, *_ in TABLES}

    def add(self, model, by: int, on: date, *, pk: int = 0, planned_end=False, **values) -> None:
        """Add a row entered on the day; one that has ended was ended by a second action, unless planned so."""
        version = 2 if values.get("ends_on") and not planned_end else 1
        at = clock.to_instant(on, time(9 + on.day % 5, len(self.rows[model]) % 60))
        pk = pk or len(self.rows[model]) + 1
        self.rows[model].append(model(pk=pk, entered_at=at, entered_by_id=by, version=version, **values))

    def add_lead(self, household: SyntheticHousehold) -> None:
        """Add the social workers of the region from the day the file was opened until the work ended."""
        tenures = tenures_within(household.region.tenures, household.opened_on, household.ended_on)
        for who, days in successions(tenures, EndCause.LEAD_CHANGED):
            target = {"family_id": household.pk, "social_worker_id": who}
            self.add(LeadWorkerAssignment, self.centre.manager, days["starts_on"], **days, **target)

    def add_period(self, work: PlannedWork) -> None:
        """Add the period, its basis and its assistants one after another."""
        rng, by, on = self.rng, self.centre.manager, work.starts_on
        why = rng.choices(ClosingReason.values, weights=(44, 24, 10, 6, 8, 3, 1, 2, 1, 1))[0]
        days = {"starts_on": on, "ends_on": work.ends_on}
        number = {"year": on.year, "serial": work.serial, "closing_reason": why if work.ends_on else ""}
        number["case_reference"] = f"MGOPS.SYN.0000.{work.serial}.{on.year}"
        self.add(WorkPeriod, by, on, pk=work.pk, family_id=work.household.pk, **number, **days)
        self.add_basis(work)
        released = work.ends_on is None and rng.randrange(WITHOUT_ASSISTANT_ONE_IN) == 0
        until = (
            self.centre.day - 3 * ONE_DAY
            if released and on < self.centre.day - 10 * ONE_DAY
            else work.ends_on
        )
        tenures = tenures_within(self.centre.posts[work.post], on, until)
        for who, days in successions(tenures, EndCause.HANDED_OVER):
            self.add(Assignment, by, days["starts_on"], period_id=work.pk, assistant_id=who, **days)

    def add_basis(self, work: PlannedWork) -> None:
        kinds = (BasisKind.CONSENT, BasisKind.COURT, BasisKind.ZA_ZYCIEM)
        kind = self.rng.choices(kinds, weights=(74, 22, 4))[0]
        values = {"person_id": work.household.adult} if kind == BasisKind.CONSENT else {}
        if kind == BasisKind.COURT:
            values["reference"] = f"III Nsm {work.serial}/{work.starts_on:%y}"
        ends_on, expired_on = work.ends_on, self.centre.day - 12 * ONE_DAY
        if ends_on is None and work.starts_on < expired_on and self.rng.randrange(WITHOUT_BASIS_ONE_IN) == 0:
            ends_on = expired_on
        days = {"starts_on": work.starts_on, "ends_on": ends_on, "period_id": work.pk}
        self.add(LegalBasis, self.centre.manager, work.starts_on, kind=kind, **days, **values)

    def add_stand_ins(self, households: list[SyntheticHousehold]) -> None:
        """During a leave the assistant of the next post stands in for some families, until a day set before."""
        taken: dict[tuple[int, int], int] = {}
        works = sorted((work for each in households for work in each.works), key=lambda work: work.pk)
        for work in works:
            neighbour = (work.post + 1) % len(self.centre.posts)
            for year in range(work.starts_on.year, (work.ends_on or self.centre.day).year + 1):
                first = date(year, 1, 4) + timedelta(days=(work.post * 29) % 340)
                last = first + timedelta(days=LEAVE - 1)
                fits = work.starts_on < first and last < min(work.ends_on or self.centre.day, self.centre.day)
                if neighbour == work.post or not fits or taken.get((work.post, year), 0) >= STAND_INS_A_POST:
                    continue
                taken[work.post, year] = taken.get((work.post, year), 0) + 1
                for who, starts_on, ends_on in tenures_within(self.centre.posts[neighbour], first, last):
                    self.add_stand_in(work, who, starts_on, ends_on)

    def add_stand_in(self, work: PlannedWork, who: int, starts_on: date, ends_on: date) -> None:
        target = {"period_id": work.pk, "assistant_id": who, "kind": AssignmentKind.STAND_IN}
        days = {"starts_on": starts_on, "ends_on": ends_on}
        self.add(Assignment, self.centre.manager, starts_on, planned_end=True, **target, **days)


def successions(tenures: Iterable[tuple], cause: EndCause) -> Iterator[tuple[int, dict]]:
    """Each holder with the days of the row; one followed by the next holder the day after ended for this cause."""
    for (who, starts_on, ends_on), following in pairwise([*tenures, None]):
        followed = following and ends_on and following[1] == ends_on + ONE_DAY
        yield who, {"starts_on": starts_on, "ends_on": ends_on, "end_cause": cause if followed else ""}
