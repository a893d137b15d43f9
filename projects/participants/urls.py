"""Addresses of participants, below /projekty/<id>/; ``participation`` is one row of the edition."""

from django.urls import path

from projects.participants import views

in_project = [
    path("<int:pk>/uczestnicy/", views.ParticipantListView.as_view(), name="participants"),
    path("<int:pk>/uczestnicy/<int:participation>/", views.ParticipationView.as_view(), name="participation"),
]
