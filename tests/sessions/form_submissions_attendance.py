"""A valid submission of every form of attendance."""

from datetime import date

from django.urls import reverse

from projects.choices import ParticipationStepKind as Step
from tests.projects.participants.helpers import enrol_one, member, step
from tests.sessions.attendance.helpers import (
    enrol,
    make_past,
    make_workshop,
    mark,
    meeting_url,
    mother_of,
    slot_code,
)

EARLIER = [date(2026, 10, 6), date(2026, 10, 8)]


def _group(request):
    """A running group of Tomasz in which Danuta takes part, and her participation."""
    tomasz, maria, kowalscy = (request.getfixturevalue(name) for name in ("tomasz", "maria", "kowalscy"))
    group = make_workshop(tomasz, maria)
    type(group.edition).objects.filter(pk=group.edition_id).update(recruits_from=date(2026, 10, 1))
    return group, enrol(group, tomasz, person=mother_of(kowalscy), family=kowalscy), tomasz


def _attendance(request):
    group, row, tomasz = _group(request)
    return meeting_url(make_past(group, tomasz)), {f"mark_{slot_code(row)}": "late", "guest_children": "2"}


def _grid(request):
    """One mark new, one changed, one cleared."""
    group, row, tomasz = _group(request)
    first, second = (make_past(group, tomasz, day) for day in EARLIER)
    third = make_past(group, tomasz)
    mark(first, {row: "present"}, by=tomasz)
    mark(second, {row: "unexcused"}, by=tomasz)
    letters = {f"c_{first.pk}_{slot_code(row)}": "N", f"c_{third.pk}_{slot_code(row)}": "O"}
    return reverse("meetings:attendance-grid", args=[group.pk]), letters


def _on_the_spot(request):
    group, _, tomasz = _group(request)
    kowalscy = request.getfixturevalue("kowalscy")
    row = enrol_one(group.edition, group, kowalscy, person=member(kowalscy, "father"), by=tomasz)
    row = step(row, Step.PUT_ON_RESERVE, by=tomasz)
    return reverse("meetings:on-the-spot", args=[make_past(group, tomasz).pk]), {"who": row.pk}


def _outsider(request):
    group, _, tomasz = _group(request)
    url = reverse("meetings:on-the-spot-outsider", args=[make_past(group, tomasz).pk])
    return url, {"first_name": "Ewa", "last_name": "Lis", "sex": "female"}


def _follow_up(request):
    group, row, tomasz = _group(request)
    for day in EARLIER:
        mark(make_past(group, tomasz, day), {row: "unexcused"}, by=tomasz)
    return reverse("meetings:follow-up", args=[row.pk]), {"kind": "call", "note": "Rozmowa."}


ATTENDANCE_SUBMISSIONS = [
    ("meetings:attendance", "tomasz", _attendance),
    ("meetings:attendance-grid", "tomasz", _grid),
    ("meetings:on-the-spot", "tomasz", _on_the_spot),
    ("meetings:on-the-spot-outsider", "tomasz", _outsider),
    ("meetings:follow-up", "tomasz", _follow_up),
]
