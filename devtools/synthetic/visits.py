"""Writes visits day by day, with attendees, agreements and outcomes, contacts, concerns, assessments.

Rows are entered in the order of days, so that the visits of one family lie far apart in the table, as in real use.
Visits of one day follow one another by construction; the database checks it at the end.
"""

from datetime import date

from devtools.synthetic.bulk_copy import reset_sequence, without_indexes, write_history
from devtools.synthetic.centre import SyntheticCentre, holder_on
from devtools.synthetic.schedule import PlannedWork, SyntheticHousehold
from devtools.synthetic.visit_day import AssistantDay, VisitRows
from devtools.synthetic.visit_tables import TABLES
from devtools.synthetic.work import on_leave
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core.dates import ONE_DAY, is_working_day

ABSENT = 0.05  # of the working days


def write_visits(centre: SyntheticCentre, households: list[SyntheticHousehold]) -> None:
    """Write every day of every assistant up to yesterday, with the history of the rows."""
    tables = [model._meta.db_table for model in TABLES]
    history = [model.history.model._meta.db_table for model in TABLES if model is not AccessLogEntry]
    with without_indexes(tables + history):
        rows = VisitRows(centre)
        _generate(centre, rows, [work for household in households for work in household.works])
        rows.send()
        centre.report("wizyty")
        for model, why in TABLES.items():
            if why:
                write_history(model, why=why)
            reset_sequence(model)
        centre.report("historia")
    centre.report("indeksy")


def _generate(centre: SyntheticCentre, rows: VisitRows, works: list[PlannedWork]) -> None:
    starting: dict[date, list[PlannedWork]] = {}
    for work in works:
        starting.setdefault(work.starts_on, []).append(work)
    open_works: list[list[PlannedWork]] = [[] for _ in centre.posts]
    rng, day, month = centre.random("days"), centre.start, 0
    while day < centre.day:
        for work in starting.get(day, ()):
            open_works[work.post].insert(0, work)  # a new family is visited first
        if is_working_day(day):
            for post, active in enumerate(open_works):
                who = holder_on(centre.posts[post], day)
                if who is None or on_leave(post, day) or rng.random() < ABSENT:
                    continue
                active[:] = [work for work in active if work.is_active_on(day)]
                if active:
                    AssistantDay(rows, day, who, active).generate()
        if day.month != month:
            month = day.month
            rows.send()
        day += ONE_DAY
