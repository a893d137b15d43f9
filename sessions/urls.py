"""Addresses of meetings: of a group below /grupy/, of one meeting below /spotkania/, the own calendar."""

from sessions.attendance import urls as attendance
from sessions.calendars import urls as calendars
from sessions.lists import urls as lists
from sessions.planning.urls import planning
from sessions.printouts import urls as printouts
from sessions.running import urls as running

app_name = "meetings"
urlpatterns = [
    *planning,
    *running.urlpatterns,
    *attendance.urlpatterns,
    *printouts.urlpatterns,
    *lists.urlpatterns,
    *calendars.urlpatterns,
]
