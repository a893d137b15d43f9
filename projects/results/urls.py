"""Addresses of indicators and their readings, below /projekty/; ``pk`` is that of the edition."""

from django.urls import path

from projects.results import form_views, views

BASE = "<int:pk>/wskazniki"
in_project = [
    path("<int:pk>/wyniki/", form_views.ResultsView.as_view(), name="results"),
    path(f"{BASE}/", views.IndicatorsView.as_view(), name="indicators"),
    path(f"{BASE}/pomiary/<int:reading>/", form_views.ReadingCorrectView.as_view(), name="reading-correct"),
    path(
        f"{BASE}/pomiary/<int:reading>/usun/", form_views.ReadingRemoveView.as_view(), name="reading-remove"
    ),
    path(f"{BASE}/cele/<int:goal>/", form_views.GoalNumberView.as_view(), name="goal-number"),
]
