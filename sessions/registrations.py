"""What the app registers: permissions, access areas, history, merges of persons."""

from lubsko_ops.audit.change_entries import HISTORY_TABLES, HistoryTable
from lubsko_ops.audit.models import ACCESS_AREAS
from lubsko_ops.core.permissions import PERMISSIONS
from projects.papers import PROJECT_FILE
from projects.permissions import PROJECT_APPROVE, PROJECT_VIEW
from sessions import dependents, models, timeline_events
from sessions.attendance import registrations as attendance
from sessions.calendars import registrations as calendars
from sessions.lists.registrations import register as register_lists
from sessions.permissions import (
    ATTENDANCE_AREA,
    CALENDAR_AREA,
    CALENDAR_VIEW,
    MEETING_PAPERS_AREA,
    MEETING_RUN,
    MEETING_VIEW,
    MEETINGS_AREA,
)
from sessions.printouts import registrations as printouts
from sessions.running import registrations as running

NOT_SHOWN = frozenset(
    {"group", "meeting", "participation", "person", "edition", "content", "position", "course", "remarks"}
)
# Terms for everybody who reads projects; what names participants for the manager, and without names.
TABLES = (
    (models.GroupSchedule, ("group",), "", PROJECT_VIEW),
    (models.Meeting, ("group",), "{starts_on}", PROJECT_VIEW),
    (models.MeetingChange, ("meeting",), "{kind}", PROJECT_VIEW),
    (models.MeetingLeader, ("meeting",), "{user} {name}", PROJECT_VIEW),
    (models.MeetingPart, ("meeting",), "{audience}", PROJECT_VIEW),
    (models.MeetingFile, ("meeting",), "{title}", PROJECT_VIEW),
    (models.Attendance, ("meeting",), "", PROJECT_APPROVE),
    (models.AbsenceFollowUp, ("meeting",), "{kind}", PROJECT_APPROVE),
    (models.Certificate, ("edition",), "{number}/{year}", PROJECT_APPROVE),
)


def register() -> None:
    for permission in (MEETING_VIEW, MEETING_RUN, CALENDAR_VIEW):
        PERMISSIONS.register(permission, order=86)
    for area in (MEETINGS_AREA, ATTENDANCE_AREA, MEETING_PAPERS_AREA, CALENDAR_AREA):
        ACCESS_AREAS.register(area)
    for model, parents, name, permission in TABLES:
        HISTORY_TABLES.register(
            HistoryTable(model, parents, name, NOT_SHOWN, permission, file_kind=PROJECT_FILE), order=94
        )
    dependents.register()
    timeline_events.register()
    register_lists()
    running.register()
    attendance.register()
    printouts.register()
    calendars.register()
