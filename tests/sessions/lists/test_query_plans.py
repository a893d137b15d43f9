"""What asks the tables of meetings and attendance about one project, group, person or place uses an index."""

from datetime import date

import pytest
from django.db import connection

from devtools.benchmark import explain
from lubsko_ops.centre.dictionaries.models import MeetingPlace
from sessions.choices import CAME, MeetingState
from sessions.lists.place import planned_at, planned_meetings
from sessions.models import Attendance, Meeting, MeetingLeader
from sessions.scope import led_by
from tests.projects.groups.helpers import make_workshop, mother_of
from tests.sessions.factories import make_held

DAY = date(2026, 10, 12)
LARGE = {model._meta.db_table for model in (Meeting, Attendance)}


@pytest.fixture
def queries(tomasz, maria, kowalscy):
    group = make_workshop(tomasz, maria, leader=tomasz)
    meeting, place = make_held(group, tomasz, DAY), MeetingPlace(pk=1)
    person = mother_of(kowalscy).pk
    came = Attendance.objects.filter(presence__in=CAME)
    of_edition = Meeting.objects.filter(group__edition=group.edition)
    return {
        "next meeting of a project": of_edition.filter(state=MeetingState.PLANNED, starts_on__gte=DAY),
        "meetings after the end of a project": of_edition.filter(ends_on__gt=DAY),
        "meetings of a group": Meeting.objects.filter(group=group, state=MeetingState.HELD),
        "meetings of a leader replaced": Meeting.objects.filter(leaders__instead_of=1),
        "meetings of a user this week": led_by(tomasz).filter(starts_on__range=(DAY, DAY)),
        "meetings planned at a place": planned_at(place, maria),
        "meetings planned": planned_meetings(),
        "groups stood in": MeetingLeader.objects.filter(user=tomasz).values("meeting__group"),
        "attendance of participants": came.filter(participation__in=[1, 2]),
        "attendance at a meeting": Attendance.objects.filter(meeting=meeting),
        "attendance of a person": came.filter(person=person, meeting__starts_on__gt=DAY),
        "attendance of a member": came.filter(person=person, participation__family=kowalscy),
        "attendance of a family": Attendance.objects.filter(participation__family__in=[kowalscy.pk]),
    }


def test_each_query_uses_an_index(queries):
    whole = {name: scans for name, queryset in queries.items() if (scans := full_scans(queryset))}
    assert whole == {}


def full_scans(queryset) -> list[str]:
    """Scans of the tables without a condition on an index, where only scans with one, as bitmaps, are enabled."""
    with connection.cursor() as cursor:
        for way in ("seqscan", "indexscan", "indexonlyscan", "mergejoin", "hashjoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    return [
        f"{node['Node Type']} {node['Relation Name']}"
        for node in explain.nodes_of(*queryset.query.sql_with_params())
        if node.get("Relation Name") in LARGE
        and "Index Cond" not in node
        and node["Node Type"] != "Bitmap Heap Scan"
    ]
