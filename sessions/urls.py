"""Addresses of meetings: of a group below /grupy/, of one meeting below /spotkania/, the own calendar."""

from sessions.attendance import urls as attendance

app_name = "meetings"
urlpatterns = [*attendance.urlpatterns]
