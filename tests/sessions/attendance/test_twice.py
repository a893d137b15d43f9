"""Attendance sent twice at the same moment: one is saved, the other is shown it; two lists do not block each other."""

import pytest

from lubsko_ops.audit.history import VersionConflict
from sessions.models import Attendance
from tests.concurrency import run_together
from tests.projects.participants.helpers import member
from tests.sessions.attendance.helpers import MONDAY, enrol, make_past, make_workshop, mark, mother_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_at_the_same_moment_one_is_saved_and_the_other_sees_it(tomasz, maria, anna, kowalscy):
    group = make_workshop(tomasz, maria, leader=anna)
    mother = enrol(group, tomasz, person=mother_of(kowalscy), family=kowalscy)
    father = enrol(group, tomasz, person=member(kowalscy, "father"), family=kowalscy)
    meeting = make_past(group, anna)

    def send(row, by):
        try:
            return mark(meeting, {row: "present"}, by=by, version=1)
        except VersionConflict as conflict:
            return conflict

    results = run_together(lambda: send(mother, anna), lambda: send(father, tomasz))
    assert sum(isinstance(each, VersionConflict) for each in results) == 1
    assert Attendance.objects.count() == 1


def test_two_meetings_of_one_group_are_both_saved(tomasz, maria, anna, kowalscy):
    group = make_workshop(tomasz, maria, leader=anna)
    mother = enrol(group, tomasz, person=mother_of(kowalscy), family=kowalscy)
    meetings = [make_past(group, anna, MONDAY), make_past(group, anna)]
    run_together(
        *(lambda each=each: mark(each, {mother: "present"}, by=anna, version=1) for each in meetings)
    )
    assert Attendance.objects.count() == 2
