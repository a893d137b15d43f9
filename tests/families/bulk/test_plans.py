"""Questions about one family or one person never read the rows of everybody: each finds its index.

The tables of a test are small, and a small table is read whole; so the database is told to do that only where
nothing else is left. What is left then is a missing index.
"""

import json
from datetime import date

import pytest
from django.db import connection

from families.casefile.access_register import readings_of
from families.dictionaries import DutyKind
from families.duties.models import Duty
from families.models import Person, Presence, Visit
from families.people.queries import addresses_of
from families.people.same_person.stored import near
from lubsko_ops.lists import Sort, beyond

LARGE = {"families_visit", "families_presence", "families_person", "families_membership", "families_address"}
LARGE |= {"families_duty", "ops_readentry"}
NEWEST = Sort("kiedy", "", "", ("begins",), descending=True)


def nodes_of(queryset, *, last=()) -> list[dict]:
    """The nodes of the plan, with reading of whole tables put last, for joins too, and whatever else is named."""
    statement, params = queryset.query.sql_with_params()
    with connection.cursor() as cursor:
        for way in ("seqscan", "mergejoin", "hashjoin", *last):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", params)
        plan = cursor.fetchone()[0]
    found, waiting = [], [(json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]]
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting += node.get("Plans", [])
    return found


def read_whole(queryset) -> list[str]:
    """Large tables of which the plan reads every row."""
    scans = [node for node in nodes_of(queryset) if node.get("Relation Name") in LARGE]
    return [
        f"{node['Node Type']} {node['Relation Name']}"
        for node in scans
        if "Index Cond" not in node and node["Node Type"] != "Bitmap Heap Scan"
    ]


def page_after(rows):
    """A page in the middle of the list, as keyset paging asks for it."""
    middle = rows.order_by("-begins", "-pk").values_list("begins", "pk").first() or ("2026-10-01 10:00Z", 1)
    return rows.filter(beyond(("begins", "pk"), middle, forward=False)).order_by("-begins", "-pk")[:26]


@pytest.fixture
def questions(kowalscy, nowakowie, anna, ewa):
    """Beside many duties of others: in a handful of rows any way of reading is as good."""
    day = date(2026, 10, 20)
    some = {"family": nowakowie, "kind": DutyKind.DANGER, "due_on": day, "since": day, "responsible": ewa}
    Duty.objects.bulk_create(Duty(about=number, **some) for number in range(1, 1000))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE families_duty")
    of_assistant = Visit.objects.filter(assistant=anna)
    period = kowalscy.periods.get()
    return {
        "visits of a family": page_after(Visit.objects.filter(period=period)),
        "visits of an assistant": page_after(of_assistant),
        "people at a visit": Presence.objects.filter(visit=1),
        "visits of a quarter": Visit.objects.filter(day__range=(day, day)).values("result"),
        "duties of a person": Duty.objects.filter(responsible=anna, done_on=None).order_by("due_on"),
        "duties of a family": Duty.objects.filter(family=kowalscy, done_on=None).order_by("due_on"),
    }


def test_each_finds_its_index(questions):
    whole = {name: read_whole(question) for name, question in questions.items()}
    assert {name: tables for name, tables in whole.items() if tables} == {}


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
    assert read_whole(near(people)) == []


def test_readings_of_a_family_are_found_by_it(kowalscy, db):
    from lubsko_ops.reading import ReadEntry

    assert read_whole(ReadEntry.objects.filter(families__contains=[kowalscy.pk])) == []
    assert readings_of(kowalscy).rows == []
