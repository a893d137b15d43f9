"""Addresses of meetings: of a group below /grupy/, of one meeting below /spotkania/, the own calendar."""

from django.urls import URLPattern

from sessions.running import urls as running

app_name = "meetings"
urlpatterns: list[URLPattern] = [
    *running.urlpatterns,
]
