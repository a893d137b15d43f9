"""A valid submission of the schedule of a group."""

from tests.projects.groups.helpers import make_workshop
from tests.sessions.planning.helpers import fields, plan_for, schedule_url


def _change(request):
    """Of a schedule that is there already: meetings are added. What is lost would be asked about first."""
    tomasz, maria = (request.getfixturevalue(name) for name in ("tomasz", "maria"))
    group = make_workshop(tomasz, maria, meetings=9)
    plan_for(group, "w środy od 14.10 do 28.10.2026", by=tomasz)
    return schedule_url(group), fields("w środy od 14.10 do 4.11.2026", "27.11.2026")


PLANNING_SUBMISSIONS = [("meetings:schedule", "tomasz", _change)]
