"""The models of meetings: schedules, meetings, attendance, certificates, addresses of calendars."""

from sessions.models.attendance import AbsenceFollowUp, Attendance, Certificate
from sessions.models.calendars import CalendarAddress
from sessions.models.meetings import (
    TAKES_PLACE,
    GroupSchedule,
    Meeting,
    MeetingChange,
    MeetingFile,
    MeetingLeader,
    MeetingPart,
)

__all__ = [
    "TAKES_PLACE",
    "AbsenceFollowUp",
    "Attendance",
    "CalendarAddress",
    "Certificate",
    "GroupSchedule",
    "Meeting",
    "MeetingChange",
    "MeetingFile",
    "MeetingLeader",
    "MeetingPart",
]
