"""The diary day by day: visits with people, agreements and what came of them, contacts, dangers, assessments.

Rows are entered in the order of days, as they would have been: the visits of one family lie far apart in the
table. Visits of one day follow one another by construction; the database checks it at the end.
"""

from datetime import date

from devtools.synthetic.bulk_copy import count_on, without_indexes, write_history
from devtools.synthetic.centre import Big
from devtools.synthetic.schedule import Household, Work
from devtools.synthetic.visit_day import Day, Diary
from devtools.synthetic.visit_tables import TABLES
from devtools.synthetic.work import on_leave
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core.dates import ONE_DAY, is_working_day

ILL = 0.05  # of the working days


def write_diary(big: Big, households: list[Household]) -> None:
    """Every day of every assistant up to yesterday, with the history of the rows."""
    tables = [model._meta.db_table for model in TABLES]
    past = [model.history.model._meta.db_table for model in TABLES if model is not AccessLogEntry]
    with without_indexes(tables + past):
        diary = Diary(big)
        _live(big, diary, [work for household in households for work in household.works])
        diary.send()
        big.say("wizyty")
        for model, why in TABLES.items():
            if why:
                write_history(model, why=why)
            count_on(model)
        big.say("historia")
    big.say("indeksy")


def _live(big: Big, diary: Diary, works: list[Work]) -> None:
    beginning: dict[date, list[Work]] = {}
    for work in works:
        beginning.setdefault(work.starts_on, []).append(work)
    open_works: list[list[Work]] = [[] for _ in big.posts]
    dice, day, month = big.random("days"), big.start, 0
    while day < big.day:
        for work in beginning.get(day, ()):
            open_works[work.post].insert(0, work)  # who is new is visited first
        if is_working_day(day):
            for post, hers in enumerate(open_works):
                who = next((span.user for span in big.posts[post] if span.holds(day)), None)
                if who is None or on_leave(post, day) or dice.random() < ILL:
                    continue
                hers[:] = [work for work in hers if work.holds(day)]
                if hers:
                    Day(diary, day, who, hers).live()
        if day.month != month:
            month = day.month
            diary.send()
        day += ONE_DAY
