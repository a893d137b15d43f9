"""Questions about one family or one person never read the rows of everybody: each finds its index.

The tables of a test are small, and a small table is read whole; so the database is told to do that only where
nothing else is left. What is left then is a missing index.
"""

from datetime import date
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from devtools.benchmark import core_subjects, explain
from devtools.management.commands.bench import Command
from families.case_files.access_report import access_entries
from families.choices import DeadlineKind
from families.deadlines.models import Deadline
from families.people.duplicates.candidate_cache import comparable_people
from families.people.models import Person
from families.people.queries import addresses_of
from families.plans.editor_context import load_rows as rows_of
from families.plans.queries import actions_for_visit, progress_by_lineage
from families.visits.models import Visit, VisitAttendee
from lubsko_ops.core.keyset_list import Sort, after_cursor
from tests.factories import TODAY
from tests.plan_factories import create_plan_in_force

LARGE = {"visits_visit", "visits_presence", "people_person", "people_membership", "people_address"}
LARGE |= {"deadlines_duty", "plans_planaction", "plans_actionprogress", "audit_readentry"}
NEWEST = Sort("kiedy", "", "", ("started_at",), descending=True)


def nodes_of(queryset, *, last=()) -> list[dict]:
    """The nodes of the plan, with reading of whole tables put last, for joins too, and whatever else is named."""
    with connection.cursor() as cursor:
        for way in ("seqscan", "mergejoin", "hashjoin", *last):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    return list(explain.nodes_of(*queryset.query.sql_with_params()))


def read_whole(queryset) -> list[str]:
    """Large tables of which the plan reads every row."""
    return without_index(nodes_of(queryset))


def without_index(nodes) -> list[str]:
    scans = [node for node in nodes if node.get("Relation Name") in LARGE]
    return [
        f"{node['Node Type']} {node['Relation Name']}"
        for node in scans
        if "Index Cond" not in node and node["Node Type"] != "Bitmap Heap Scan"
    ]


def page_after(rows):
    """A page in the middle of the list, as keyset paging asks for it."""
    middle = rows.order_by("-started_at", "-pk").values_list("started_at", "pk").first() or (
        "2026-10-01 10:00Z",
        1,
    )
    return rows.filter(after_cursor(("started_at", "pk"), middle, forward=False)).order_by(
        "-started_at", "-pk"
    )[:26]


@pytest.fixture
def questions(kowalscy, nowakowie, anna, ewa):
    """Beside many duties of others: in a handful of rows any way of reading is as good."""
    day = date(2026, 10, 20)
    some = {"family": nowakowie, "kind": DeadlineKind.DANGER, "due_on": day, "since": day, "responsible": ewa}
    Deadline.objects.bulk_create(Deadline(subject_id=number, **some) for number in range(1, 1000))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE deadlines_duty")
    of_assistant = Visit.objects.filter(assistant=anna)
    period = kowalscy.periods.get()
    return {
        "visits of a family": page_after(Visit.objects.filter(period=period)),
        "visits of an assistant": page_after(of_assistant),
        "people at a visit": VisitAttendee.objects.filter(visit=1),
        "visits of a quarter": Visit.objects.filter(day__range=(day, day)).values("result"),
        "duties of a person": Deadline.objects.filter(responsible=anna, done_on=None).order_by("due_on"),
        "duties of a family": Deadline.objects.filter(family=kowalscy, done_on=None).order_by("due_on"),
    }


def test_each_finds_its_index(questions):
    whole = {name: read_whole(question) for name, question in questions.items()}
    assert {name: tables for name, tables in whole.items() if tables} == {}


# ---- what the measuring says of it ----------------------------------------------------------------------


def test_the_first_statement_that_reads_a_large_table_whole_is_told(questions):
    large = explain.large_tables(rows=500)
    assert "deadlines_duty" in large
    one, every, other = (
        f"SELECT * FROM deadlines_duty WHERE {condition}"
        for condition in ("family_id = 1 AND done_on IS NULL", "since > '2026-01-01'", "about > 5")
    )
    large = {"deadlines_duty"}  # whatever other tests have left in the counts of the database
    assert explain.read_whole([one, "SELECT * FROM visits_visit"], of=large) == {}
    assert explain.read_whole([one, every, other], of=large) == {"deadlines_duty": every}


@pytest.mark.parametrize("why", ["", "wszystkie się liczy"])
def test_the_measuring_does_not_pass_it_over(questions, as_maria, why):
    """Unless there is a reason, which is told at the end."""
    told = StringIO()
    measuring = Command(stdout=told)
    measuring.place, measuring.large, measuring.allowed = 0, {"deadlines_duty"}, {}
    easy = {"who": "maria", "most": (1000, 1000)}
    subjects = (
        core_subjects.Subject(
            "obowiązki rodziny", do=lambda _: list(Deadline.objects.filter(family=1)), **easy
        ),
        core_subjects.Subject(
            "obowiązki", do=lambda _: list(Deadline.objects.filter(subject_id__gt=5)), whole=why, **easy
        ),
    )
    of_one, of_all = (
        measuring.measure(each, core_subjects.floor(), clients={"maria": as_maria}, rounds=1)
        for each in subjects
    )
    assert of_one and of_all == bool(why)
    assert told.getvalue().count("CZYTA CAŁE: deadlines_duty") == (0 if why else 1)
    assert measuring.allowed == ({why: ["obowiązki (maria)"]} if why else {})


# ---- families and people ---------------------------------------------------------------------------------


def test_addresses_of_a_family_are_not_sought_among_all(kowalscy):
    """Own addresses and those of members are asked apart: one OR over two tables would join all rows first."""
    filters = [node.get("Filter", "") for node in nodes_of(addresses_of(kowalscy))]
    assert not any("membership.family_id" in each and " OR " in each for each in filters)


def test_a_page_of_visits_begins_at_its_place(questions):
    """No sorting: the page is read off the index, the last one as quickly as the first."""
    for name in ("visits of a family", "visits of an assistant"):
        types = {node["Node Type"] for node in nodes_of(questions[name], last=("sort", "bitmapscan"))}
        assert not types & {"Sort", "Incremental Sort"}, name


def test_who_is_like_a_person_is_not_sought_among_all(kowalscy):
    """Whoever writes a person compares her with those of that day of birth or number."""
    people = list(Person.objects.all())
    people[0].pesel_key = "f" * 64
    assert read_whole(comparable_people(people)) == []


def test_what_was_told_of_the_rows_of_a_plan_is_found_by_them(kowalscy, anna, tomasz, maria):
    """By the page of the plan, by the form that writes it, by the visit that touches it."""
    plan = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    with CaptureQueriesContext(connection) as queries:
        progress_by_lineage(plan, until=TODAY)
        rows_of([plan])
        actions_for_visit(kowalscy, since=TODAY, until=TODAY)
    told = [query["sql"] for query in queries if "plans_actionprogress" in query["sql"]]
    assert len(told) == 3
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert [name for each in told for name in without_index(explain.nodes_of(each))] == []


def test_readings_of_a_family_are_found_by_it(kowalscy, db):
    from lubsko_ops.audit.models import AccessLogEntry

    assert read_whole(AccessLogEntry.objects.filter(families__contains=[kowalscy.pk])) == []
    assert access_entries(kowalscy).rows == []
