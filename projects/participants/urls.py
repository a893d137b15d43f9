"""Addresses of participants, below /projekty/<id>/; ``row`` is one participation in the edition."""

from django.urls import path

from projects.participants import views

in_project = [
    path("<int:pk>/uczestnicy/", views.ParticipantsView.as_view(), name="participants"),
    path("<int:pk>/uczestnicy/<int:row>/", views.ParticipationView.as_view(), name="participation"),
]
