"""Who is on the list of a meeting: the rule in Python and the one in SQL say the same."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lubsko_ops.audit.history import save_with_history
from projects.choices import ParticipationStatus as Status
from projects.choices import ParticipationStepKind as Step
from projects.models import Participation, ParticipationStep
from sessions.attendance.roster import load_roster, participations_at
from sessions.models import Meeting
from tests.sessions.attendance.helpers import make_group, make_workshop, mother_of

pytestmark = pytest.mark.django_db
START = date(2026, 10, 1)
STATUS_AFTER = {Step.BEGIN: Status.TAKING_PART, Step.MOVE: Status.TAKING_PART, Step.FINISH: Status.FINISHED}
KINDS = (Step.REPORT, Step.QUALIFY, Step.BEGIN, Step.MOVE, Step.FINISH, Step.BREAK_OFF)


@given(data=st.data())
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
def test_the_rule_in_sql_is_the_rule_in_python(data, tomasz, maria, kowalscy):
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
