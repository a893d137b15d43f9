"""Addresses of meetings: of a group below /grupy/, of one meeting below /spotkania/, the own calendar."""

from sessions.planning.urls import planning

app_name = "meetings"
urlpatterns = [*planning]
