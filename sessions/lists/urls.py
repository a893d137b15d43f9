"""Addresses of lists of meetings."""

from django.urls import path

from sessions.lists import views

urlpatterns = [
    path(
        "udzialy/<int:pk>/obecnosci/",
        views.ParticipationAttendanceView.as_view(),
        name="participation-attendance",
    ),
    path("miejsca/<int:pk>/spotkania/", views.PlaceMeetingsView.as_view(), name="place"),
]
