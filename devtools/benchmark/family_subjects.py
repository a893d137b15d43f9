"""Subjects of families: the list in every order and filter, the case file and its tabs."""

import re
from collections.abc import Iterator
from functools import cache

from django.urls import reverse

from devtools.benchmark.core_subjects import PEOPLE
from devtools.benchmark.sql_floors import list_floor
from devtools.benchmark.stock_page import at_most
from devtools.benchmark.subject import Subject, open_page, page
from families.case_files.family_list.queries import DUE_CHOICES
from families.case_files.family_list.tabs import TABS
from families.caseload.models import Assignment, WorkPeriod
from families.choices import AssignmentKind, BasisKind, Category, DeadlineKind
from lubsko_ops.accounts.models import Region, User
from lubsko_ops.core import clock

SORTS = ("nazwa", "numer", "od", "asystent", "termin")
RUNNING, ENDED = "w-toku", "zakonczone"
# Budgets with two values: docs/decisions/0021-budgets-changed.md. A social worker sees families that live or lived in
# the own regions, in a metropolis a thousand; a filter counts up to ten thousand there.
LIST = {"budgets": at_most(10, 13), "statements": 8, "growth": 2.2}
FILTERED = {"budgets": at_most(13, 21), "statements": 8, "growth": 2.5}
LIST_OF_REGIONS = {"budgets": at_most(14, 20), "statements": 8, "growth": 2.5}
LAST_OF_LIST, LAST_PAGE = 1.2, 1.5  # times the first page: it costs the same after looking its cursor up
BY_HAND = 2  # times hand-written SQL for the same list; of the few rows of a city it costs next to nothing
# Ceilings of statements: docs/decisions/0016-compiled-statements.md
FILE, PLAN = {"budgets": at_most(16), "statements": 15}, {"budgets": at_most(17, 20), "statements": 11}
TIMELINE, HISTORY, TAB = at_most(50), at_most(18), at_most(12, 13.5)
ACCESS_LOG, DUPLICATES = at_most(28), at_most(8, 11)
BEFORE_ALL = "1900-01-01.0000.visit.1"  # a cursor older than any row
CURSOR = re.compile(r"[?&;]po=(\d+)")


def subjects() -> Iterator[Subject]:
    anna = User.objects.get(username="anna")
    yield from _lists(anna)
    yield from _filters(anna)
    yield from _file(oldest_period(anna).family_id)


def oldest_period(assistant: User) -> WorkPeriod:
    """The longest of the periods of work that the assistant leads today: a file with much in it."""
    leading = Assignment.objects.active_on(clock.today()).filter(
        assistant=assistant, kind=AssignmentKind.LEADING
    )
    return WorkPeriod.objects.filter(pk__in=leading.values("period")).order_by("starts_on", "pk")[0]


# ---- the list ----------------------------------------------------------------------------------------
def _lists(anna: User) -> Iterator[Subject]:
    url = reverse("families:list")
    for who, user in ((PEOPLE[0], None), (PEOPLE[1], anna.pk)):
        by_hand = at_most(None, BY_HAND, floor=list_floor(who, user))
        options = LIST | {"budgets": LIST["budgets"] + by_hand}
        yield page("lista", who, f"{url}?widok={RUNNING}&sort=nazwa", **options)
    for who, options in ((PEOPLE[0], LIST), (PEOPLE[1], LIST), ("tomasz", LIST_OF_REGIONS)):
        yield page("lista, pierwszy widok", who, url, **options)
        yield page("lista, zakończone", who, f"{url}?widok={ENDED}", **options)
        for sort in SORTS:
            yield from _both_ends("lista, w toku", who, f"{url}?widok={RUNNING}", sort, **options)
    for view in TABS:
        if view.intake_only:
            yield page(f"lista, {view.code}", "maria", f"{url}?widok={view.code}", **LIST)
    for sort in SORTS[:-1]:
        yield from _both_ends("lista, zakończone", "maria", f"{url}?widok={ENDED}", sort, **LIST)
        yield from _both_ends("lista, zakończone", "tomasz", f"{url}?widok={ENDED}", sort, **LIST_OF_REGIONS)


def _both_ends(label: str, who: str, url: str, sort: str, **options) -> Iterator[Subject]:
    """The first page in both directions, and the last one, which should cost as much as the first."""
    first, turned = (
        page(f"{label}, sort={order}", who, f"{url}&sort={order}", **options) for order in (sort, f"-{sort}")
    )
    yield from (first, turned)
    options["budgets"] = at_most(LAST_OF_LIST, floor=first)
    last = last_page(f"{url}&sort={{}}", sort)
    yield Subject(f"{label}, sort={sort}, ostatnia strona", who, last, **options)


def last_page(url: str, sort: str):
    """Open the last page of an order: it starts after the row that ends the first page of the reverse order."""

    @cache
    def cursor(client) -> str:
        html = open_page(client, url.format(f"-{sort}")).content.decode()
        after = CURSOR.search(html)
        return f"&po={after[1]}" if after else ""  # without more rows the first page is the last

    return lambda client: open_page(client, url.format(sort) + cursor(client))


def _filters(anna: User) -> Iterator[Subject]:
    url = reverse("families:list")
    region = Region.objects.order_by("pk").last()
    filters = {
        "asystent": anna.pk,
        "rejon": region.pk,
        "podstawa": BasisKind.COURT,
        "kategoria": Category.AT_RISK,
    }
    for name, value in filters.items():
        for view in (RUNNING, ENDED):
            yield page(f"lista, {view}, {name}", "maria", f"{url}?widok={view}&{name}={value}", **FILTERED)
    due = [f"obowiazek={kind}" for kind in DeadlineKind.values] + [
        f"termin={term}" for term, _ in DUE_CHOICES
    ]
    for query in (*due, f"obowiazek={DeadlineKind.VISIT}&termin={DUE_CHOICES[0][0]}&sort=termin"):
        for who in PEOPLE:
            yield page(f"lista, {query}", who, f"{url}?{query}", **FILTERED)


# ---- the file ----------------------------------------------------------------------------------------
def _file(family: int) -> Iterator[Subject]:
    def url(name: str) -> str:
        return reverse(f"families:{name}", args=[family])

    for who in PEOPLE:
        yield page("teczka", who, url("overview"), **FILE)
        yield page("rodzina i osoby", who, url("people"), TAB)
        yield page("plan pracy", who, url("plan"), **PLAN)
        yield page("historia", who, url("history"), HISTORY)
        for label, name, budgets in (("oś czasu", "timeline", TIMELINE), ("dziennik", "case-log", TAB)):
            first = page(label, who, url(name), budgets)
            last = at_most(LAST_PAGE, floor=first)
            yield from (
                first,
                page(f"{label}, ostatnia strona", who, f"{url(name)}?nowsze={BEFORE_ALL}", last),
            )
    yield page("rejestr dostępu", "maria", url("access"), ACCESS_LOG)
    yield page("być może te same osoby", "maria", reverse("families:duplicate-list"), DUPLICATES)
