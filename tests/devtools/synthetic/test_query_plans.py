"""Queries about one family or one person use an index and never read a whole large table.

The tables of a test are small and would be read sequentially anyway; so sequential scans are disabled, and one that
is left means a missing index.
"""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from devtools.benchmark import explain
from devtools.benchmark.subject import Subject
from families.case_files.access_report import access_entries
from families.choices import DeadlineKind
from families.deadlines.models import Deadline
from families.people.duplicates.candidate_cache import comparable_people
from families.people.models import Address, Membership, Person
from families.people.queries import addresses_of
from families.plans.editor_context import load_rows as rows_of
from families.plans.models import ActionProgress, PlanAction
from families.plans.queries import actions_for_visit, progress_by_lineage
from families.visits.models import Visit, VisitAttendee
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core.keyset_list import Sort, after_cursor
from tests.factories import TODAY
from tests.plan_factories import create_plan_in_force

LARGE_MODELS = (
    Visit,
    VisitAttendee,
    Person,
    Membership,
    Address,
    Deadline,
    PlanAction,
    ActionProgress,
    AccessLogEntry,
)
LARGE = {model._meta.db_table for model in LARGE_MODELS}
DEADLINES, VISITS = Deadline._meta.db_table, Visit._meta.db_table
NEWEST = Sort("kiedy", "", "", ("started_at",), descending=True)


def nodes_of(queryset, *, last=()) -> list[dict]:
    """Return the nodes of the plan with sequential scans, merge and hash joins, and what else is named, disabled."""
    with connection.cursor() as cursor:
        for way in ("seqscan", "mergejoin", "hashjoin", *last):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    return list(explain.nodes_of(*queryset.query.sql_with_params()))


def full_scans(queryset) -> list[str]:
    """Return large tables of which the plan reads every row."""
    return without_index(nodes_of(queryset))


def without_index(nodes) -> list[str]:
    scans = [node for node in nodes if node.get("Relation Name") in LARGE]
    return [
        f"{node['Node Type']} {node['Relation Name']}"
        for node in scans
        if "Index Cond" not in node and node["Node Type"] != "Bitmap Heap Scan"
    ]


def page_after(rows):
    """Return a page in the middle of the list, as keyset pagination queries it."""
    middle = rows.order_by("-started_at", "-pk").values_list("started_at", "pk").first() or (
        "2026-10-01 10:00Z",
        1,
    )
    return rows.filter(after_cursor(("started_at", "pk"), middle, forward=False)).order_by(
        "-started_at", "-pk"
    )[:26]


@pytest.fixture
def queries(kowalscy, nowakowie, anna, ewa):
    """Querysets to explain, with many deadlines of others: for a handful of rows any plan would do."""
    day = date(2026, 10, 20)
    some = {"family": nowakowie, "kind": DeadlineKind.DANGER, "due_on": day, "since": day, "responsible": ewa}
    Deadline.objects.bulk_create(Deadline(subject_id=number, **some) for number in range(1, 1000))
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {DEADLINES}")
    of_assistant = Visit.objects.filter(assistant=anna)
    period = kowalscy.periods.get()
    return {
        "visits of a family": page_after(Visit.objects.filter(period=period)),
        "visits of an assistant": page_after(of_assistant),
        "people at a visit": VisitAttendee.objects.filter(visit=1),
        "visits of a quarter": Visit.objects.filter(day__range=(day, day)).values("result"),
        "deadlines of a user": Deadline.objects.filter(responsible=anna, done_on=None).order_by("due_on"),
        "deadlines of a family": Deadline.objects.filter(family=kowalscy, done_on=None).order_by("due_on"),
    }


def test_each_query_uses_an_index(queries):
    whole = {name: full_scans(queryset) for name, queryset in queries.items()}
    assert {name: tables for name, tables in whole.items() if tables} == {}


# ---- the benchmark ----------------------------------------------------------------------


def test_first_statement_with_a_full_scan_is_returned(queries):
    large = explain.large_tables(rows=500)
    assert DEADLINES in large
    one, every, other = (
        f"SELECT * FROM {DEADLINES} WHERE {condition}"
        for condition in ("family_id = 1 AND done_on IS NULL", "since > '2026-01-01'", "subject_id > 5")
    )
    large = {DEADLINES}  # other tests may have left statistics of other tables
    assert explain.full_scans([one, f"SELECT * FROM {VISITS}"], of=large) == {}
    assert explain.full_scans([one, every, other], of=large) == {DEADLINES: every}


def test_statements_of_a_subject_are_counted_without_what_comes_before(queries):
    """A second run is looked at: the first one fills caches. Savepoints are not counted."""
    runs = []

    def before(client):
        runs.append(client)
        list(Deadline.objects.filter(pk=1))

    def do(client):
        with transaction.atomic():
            list(Deadline.objects.filter(subject_id__gt=5))

    subject = Subject("obowiązki", "maria", do, before=before)
    statements = explain.statements_of(subject, "client of maria")
    assert (len(statements), runs) == (1, ["client of maria"] * 2)
    assert explain.full_scans(statements, of={DEADLINES}) == {DEADLINES: statements[0]}
    assert f"on {DEADLINES}" in explain.plan_text(statements[0])
    assert "actual time" in explain.plan_text(statements[0])


def test_explaining_a_query_that_writes_changes_nothing(queries):
    count = Deadline.objects.count()
    statement = f"WITH gone AS (DELETE FROM {DEADLINES} RETURNING 1) SELECT count(*) FROM gone"
    assert "actual time" in explain.plan_text(statement)
    assert Deadline.objects.count() == count


# ---- families and people ---------------------------------------------------------------------------------


def test_addresses_of_a_family_are_read_by_index(kowalscy):
    """Own addresses and those of members are separate queries: one OR over two tables would join all rows first."""
    filters = [node.get("Filter", "") for node in nodes_of(addresses_of(kowalscy))]
    assert not any("membership.family_id" in each and " OR " in each for each in filters)


def test_a_page_of_visits_is_read_in_index_order(queries):
    """Without sorting, so that the last page is as fast as the first."""
    for name in ("visits of a family", "visits of an assistant"):
        types = {node["Node Type"] for node in nodes_of(queries[name], last=("sort", "bitmapscan"))}
        assert not types & {"Sort", "Incremental Sort"}, name


def test_duplicates_of_a_person_are_read_by_index(kowalscy):
    """A saved person is compared with those of the same birthday or PESEL."""
    people = list(Person.objects.all())
    people[0].pesel_key = "f" * 64
    assert full_scans(comparable_people(people)) == []


def test_progress_of_plan_rows_is_read_by_index(kowalscy, anna, tomasz, maria):
    """On the page of the plan, in its form, in the form of a visit."""
    plan = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    with CaptureQueriesContext(connection) as captured:
        progress_by_lineage(plan, until=TODAY)
        rows_of([plan])
        actions_for_visit(kowalscy, since=TODAY, until=TODAY)
    statements = [query["sql"] for query in captured if "plans_actionprogress" in query["sql"]]
    assert len(statements) == 3
    with connection.cursor() as cursor:
        # These read small tables whole, by an index or without.
        for way in ("seqscan", "indexscan", "indexonlyscan", "mergejoin", "hashjoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    assert [name for each in statements for name in without_index(explain.nodes_of(each))] == []


def test_access_log_of_a_family_is_read_by_index(kowalscy, db):
    assert full_scans(AccessLogEntry.objects.filter(families__contains=[kowalscy.pk])) == []
    assert access_entries(kowalscy).rows == []
