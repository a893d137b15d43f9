"""Addresses of meetings: of a group below /grupy/, of one meeting below /spotkania/, the own calendar."""

from sessions.attendance import urls as attendance
from sessions.lists import urls as lists
from sessions.planning.urls import planning

app_name = "meetings"
urlpatterns = [*planning, *attendance.urlpatterns, *lists.urlpatterns]
