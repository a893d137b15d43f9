"""Addresses of meetings: of a group below /grupy/, of one meeting below /spotkania/, the own calendar."""

from django.urls import URLPattern

from sessions.lists.urls import lists

app_name = "meetings"
urlpatterns: list[URLPattern] = [*lists]
