"""Addresses of attendance: of one meeting below /spotkania/, of a group below /grupy/, of absences."""

from django.urls import path

from sessions.attendance import grid_views, views

urlpatterns = [
    path("spotkania/<int:pk>/obecnosc/", views.AttendanceView.as_view(), name="attendance"),
    path("grupy/<int:pk>/obecnosc/", grid_views.GridView.as_view(), name="attendance-grid"),
]
