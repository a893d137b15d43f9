"""Addresses of indicators and their readings, below /projekty/; ``pk`` is that of the edition."""

from django.urls import path

from projects import form_views
from projects.results import views

in_project = [
    path("<int:pk>/wyniki/", form_views.ResultsView.as_view(), name="results"),
    path("<int:pk>/wskazniki/", views.IndicatorsView.as_view(), name="indicators"),
]
