"""Addresses of attendance: of one meeting below /spotkania/, of a group below /grupy/, of absences."""

from django.urls import path

from sessions.attendance import absence_views, grid_views, newcomer_views, views

urlpatterns = [
    path("spotkania/<int:pk>/obecnosc/", views.AttendanceView.as_view(), name="attendance"),
    path("spotkania/<int:pk>/obecnosc/dopisz/", newcomer_views.NewcomerView.as_view(), name="on-the-spot"),
    path(
        "spotkania/<int:pk>/obecnosc/dopisz/spoza/",
        newcomer_views.OutsiderNewcomerView.as_view(),
        name="on-the-spot-outsider",
    ),
    path("grupy/<int:pk>/obecnosc/", grid_views.GridView.as_view(), name="attendance-grid"),
    path("nieobecnosci/<int:pk>/", absence_views.FollowUpView.as_view(), name="follow-up"),
]
