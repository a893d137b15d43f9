"""Addresses of planning."""

from django.urls import path

from sessions.planning import views

planning = [path("grupy/<int:pk>/harmonogram/", views.ScheduleView.as_view(), name="schedule")]
