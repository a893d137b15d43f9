"""Who is on the list of a meeting: the rule in Python and the one in SQL say the same."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lubsko_ops.audit.history import save_with_history
from projects.choices import ParticipationStatus as Status
from projects.choices import ParticipationStepKind as Step
from projects.models import Participation, ParticipationStep
from sessions.attendance.roster import LEAVING, load_roster
from sessions.models import Meeting
from tests.sessions.attendance.helpers import make_group, make_workshop, mother_of

pytestmark = pytest.mark.django_db
START = date(2026, 10, 1)
STATUS_AFTER = {Step.BEGIN: Status.TAKING_PART, Step.MOVE: Status.TAKING_PART, Step.FINISH: Status.FINISHED}
KINDS = (Step.REPORT, Step.QUALIFY, Step.BEGIN, Step.MOVE, Step.FINISH, Step.BREAK_OFF)


def in_group_on(group: int, day: date) -> QuerySet[Participation]:
    """Those who take part in the group (id) on the day, by a query: a second way to the same answer."""
    steps = ParticipationStep.objects.filter(participation=OuterRef("pk"))
    last = steps.exclude(kind__in=LEAVING).filter(day__lte=day).order_by("-day", "-pk")
    ever = ParticipationStep.objects.filter(group=group).values("participation")
    return Participation.objects.alias(group_then=Subquery(last.values("group")[:1])).filter(
        Exists(steps.filter(kind=Step.BEGIN, day__lte=day)),
        ~Exists(steps.filter(kind__in=LEAVING, day__lt=day)),
        group_then=group,
        pk__in=ever,
    )


def participations_at(meeting: Meeting) -> QuerySet[Participation]:
    """The participations on the list of the meeting."""
    days = {meeting.starts_on, meeting.ends_on}
    condition = Q()
    for day in days:
        condition |= Q(pk__in=in_group_on(meeting.group_id, day).values("pk"))
    return Participation.objects.filter(condition)


@given(data=st.data())
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
def test_the_rule_agrees_with_a_query(data, tomasz, maria, kowalscy):
    with transaction.atomic():
        group = make_workshop(tomasz, maria)
        other = make_group(group.edition, tomasz, name="Grupa II")
        days = [START + timedelta(days=n) for n in range(6)]
        for _ in range(3):
            row = Participation(
                edition=group.edition, group=group, person=mother_of(kowalscy), family=kowalscy,
                status=Status.FINISHED, status_on=START, reported_on=START,
            )  # fmt: skip
            save_with_history(row, by=tomasz, why="zapis")
            for kind in data.draw(st.lists(st.sampled_from(KINDS), max_size=5), "steps"):
                step = ParticipationStep(
                    participation=row,
                    kind=kind,
                    status=STATUS_AFTER.get(kind, Status.REPORTED),
                    day=data.draw(st.sampled_from(days), "day"),
                    group=data.draw(st.sampled_from([group, other, None]), "group"),
                    reason="work" if kind == Step.BREAK_OFF else "",
                )
                save_with_history(step, by=tomasz, why="krok")
        first = data.draw(st.sampled_from(days), "meeting")
        last = data.draw(st.sampled_from([first, first + timedelta(days=1)]), "until")
        meeting = Meeting(group=group, starts_on=first, ends_on=last)
        in_python = {row.pk for row in load_roster(group).on_list(meeting)}
        assert set(participations_at(meeting).values_list("pk", flat=True)) == in_python
        transaction.set_rollback(True)
