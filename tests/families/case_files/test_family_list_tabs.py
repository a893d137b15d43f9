"""Tabs of the list compared with a naive reading of all periods, on border days."""

from datetime import date

import pytest

from families.case_files.family_list import queries, tabs
from families.case_files.family_list.views import SORTS, longest_waiting_sort, nearest_deadline_sort
from families.case_files.summaries import refresh_due
from families.caseload.actions import BasisData, assign_assistant, begin_work, end_work
from families.caseload.models import Assignment, WorkPeriod
from families.choices import AssignmentKind, BasisKind, ClosingReason
from families.people.models import Family
from lubsko_ops.audit.history import end_row
from lubsko_ops.core import clock
from lubsko_ops.core.collation import sort_key
from lubsko_ops.core.dates import ONE_DAY as ONE
from lubsko_ops.core.keyset_list import paginate
from tests.factories import TODAY, WORK_STARTED_ON, create_family, create_family_with_work

SOON, EARLIER = TODAY + 3 * ONE, date(2025, 2, 3)


@pytest.fixture
def cast(maria, anna, ewa, tomasz, zofia, town):
    """Families with all kinds of periods on the day, some led by Anna and some handed over to Ewa."""

    def running(name, who=anna, lead=tomasz, on=WORK_STARTED_ON):
        return create_family_with_work(name, assistant=who, social_worker=lead, region=town, by=maria, on=on)

    def ended(family, on):
        with clock.freeze_time(on):
            period = family.periods.get(ends_on=None)
            end_work(period=period, on=on, reason=ClosingReason.GOALS_REACHED, by=maria)
        return family

    def again(family, on):
        basis = BasisData(kind=BasisKind.COURT, starts_on=on, reference="III Nsm 1/26")
        return begin_work(family=family, starts_on=on, bases=[basis], by=maria)

    create_family("Nowi", region=town, by=maria)
    again(create_family("Zaczną Jutro", region=town, by=maria), TODAY + ONE)
    again(create_family("Zaczynają Dziś", region=town, by=maria), TODAY)
    running("Trwają")
    running("Ćwik", ewa, zofia)
    ended(running("Wczoraj"), TODAY - ONE)
    ended(running("Dziś"), TODAY)
    ended(running("Łoś", ewa), TODAY - 9 * ONE)
    again(ended(running("Wrócą", on=EARLIER), WORK_STARTED_ON), SOON)
    again(ended(running("Wrócili", on=EARLIER), WORK_STARTED_ON), WORK_STARTED_ON + ONE)
    twice = ended(running("Dwa razy", ewa, on=EARLIER), WORK_STARTED_ON)
    again(twice, WORK_STARTED_ON + ONE)
    ended(twice, TODAY - 2 * ONE)
    handed = running("Przekazani").periods.get()
    with clock.freeze_time(TODAY - 5 * ONE):
        assign_assistant(period=handed, assistant=ewa, starts_on=TODAY - 5 * ONE, by=maria)
    alone = running("Bez nikogo")
    end_row(Assignment.objects.get(period__family=alone), on=TODAY - 20 * ONE, by=maria, why="próba")
    ended(alone, TODAY - 4 * ONE)
    end_row(Assignment.objects.get(period__family=running("Sami")), on=TODAY - ONE, by=maria, why="próba")


DISJOINT = (tabs.RUNNING, tabs.HANDED_OVER, tabs.NEW, tabs.ENDED)  # together they hold all families


def last_begun(family, on) -> WorkPeriod | None:
    begun = [period for period in family.periods.all() if period.starts_on <= on]
    return max(begun, key=lambda period: period.starts_on, default=None)


def leader(period, on) -> str:
    rows = period.assignments.filter(kind=AssignmentKind.LEADING)
    row = next((row for row in rows if row.is_active_on(on)), None)
    return f"{row.assistant.last_name} {row.assistant.first_name}" if row else ""


def expected_tabs(user, on) -> dict[str, set[str]]:
    """Expected families of each tab, computed family by family."""
    views = {view.code: set() for view in DISJOINT}
    hers = set(Family.objects.workable_by(user, on=on))
    for family in Family.objects.visible_to(user, on=on):
        period = last_begun(family, on)
        if period is None:
            view = tabs.NEW
        elif not period.is_active_on(on):
            view = tabs.ENDED
        else:
            view = tabs.RUNNING if family in hers else tabs.HANDED_OVER
        views[view.code].add(family.name)
    return views


DAYS = [
    EARLIER - ONE,
    EARLIER,
    WORK_STARTED_ON,
    WORK_STARTED_ON + ONE,
    *(TODAY + n * ONE for n in (-9, -8, -2, -1, 0, 1, 2, 3)),
]


def test_tabs_match_the_periods(cast, maria, anna, ewa, tomasz, zofia):
    found = expected_tabs(maria, TODAY)
    assert found["nowe"] == {"Nowi", "Zaczną Jutro"}
    assert found["zakonczone"] == {"Wczoraj", "Łoś", "Wrócą", "Dwa razy", "Bez nikogo"}
    assert expected_tabs(anna, TODAY)["przekazane"] == {"Przekazani", "Sami"}
    for user in (maria, anna, ewa, tomasz, zofia):
        for on in DAYS:
            refresh_due(on)
            held = {
                view.code: [each.sort_name for each in queries.summaries_in_tab(view, user=user, on=on)]
                for view in DISJOINT
            }
            assert {code: sorted(names) for code, names in held.items()} == {
                code: sorted(names) for code, names in expected_tabs(user, on).items()
            }, (user, on)


def test_overdue_are_those_in_progress_whose_nearest_deadline_has_passed(cast, maria, anna, ewa, tomasz):
    """The number of the tab is that of its list, for every role and day."""
    for user in (maria, anna, ewa, tomasz):
        for on in DAYS:
            refresh_due(on)
            running = queries.summaries_in_tab(tabs.RUNNING, user=user, on=on)
            late = {each.pk for each in running if each.due_on < on}
            held = [each.pk for each in queries.summaries_in_tab(tabs.OVERDUE, user=user, on=on)]
            assert sorted(held) == sorted(late), (user, on)
            assert tabs.tab_counts(user=user, on=on)[tabs.OVERDUE.code] == len(late), (user, on)


def by_the_last_period(family, on):
    period = last_begun(family, on)
    return {
        "nazwa": (sort_key(family.name),),
        "numer": (period.year, period.serial),
        "od": (period.starts_on,),
        "asystent": (sort_key(leader(period, period.ends_on)), sort_key(family.name)),
    }


def test_ended_families_are_sorted_by_the_last_period(cast, maria):
    """All pages, each family as of its last day of work."""
    refresh_due(TODAY)
    summaries = queries.summaries_in_tab(tabs.ENDED, user=maria, on=TODAY)
    ended = Family.objects.filter(name__in=expected_tabs(maria, TODAY)["zakonczone"])
    for sort in (*SORTS, *(each.reversed for each in SORTS)):
        keys = {family: (*by_the_last_period(family, TODAY)[sort.name], family.pk) for family in ended}
        wanted = sorted(ended, key=keys.get, reverse=sort.descending)
        found = list(pages_of(summaries, sort))
        assert [each.family for each in found] == wanted, sort.code
        assert [each.ends_on for each in found] == [last_begun(each, TODAY).ends_on for each in wanted]


def pages_of(summaries, sort):
    after = None
    while True:
        page = paginate(summaries, sort, after=after, size=2)
        yield from page.rows
        if not (after := page.after):
            return


def test_compiled_pages_hold_what_the_tab_holds(cast, maria, anna, tomasz):
    """Every tab in every order, walked forward and back, has the rows of the plain queryset."""
    refresh_due(TODAY)
    walked = 0
    for user in (maria, anna, tomasz):
        for tab in tabs.TABS:
            waiting = (longest_waiting_sort(tab.waiting_key),) if tab.waiting_for else ()
            for sort in (*SORTS, nearest_deadline_sort("due_on"), *waiting):
                for order in (sort, sort.reversed):
                    rows = queries.summaries_in_tab(tab, user=user, on=TODAY).order_by(*order.order)
                    pages = compiled_pages(tab, order, user)
                    assert [row.pk for page in pages for row in page] == [row.pk for row in rows], (
                        tab,
                        order,
                    )
                    walked += len(pages) > 1
    assert walked > 50


def compiled_pages(tab, order, user) -> list[list]:
    """The pages from the first to the last, after a check that the way back shows the same ones."""
    page = queries.compiled_page(tab, order, user, on=TODAY, size=2)
    pages, cursors = [page.rows], []
    while page.after:
        page = queries.compiled_page(tab, order, user, on=TODAY, size=2, after=page.after)
        pages.append(page.rows)
        cursors.append(page.before)
    for earlier, cursor in zip(pages, cursors, strict=False):
        assert queries.compiled_page(tab, order, user, on=TODAY, size=2, before=cursor).rows == earlier
    return pages
