"""Addresses of the numbers of a project, below /projekty/; ``pk`` is that of the edition."""

from django.urls import path

from reports.project import views

app_name = "project-reports"
urlpatterns = [
    path("<int:pk>/liczby/", views.ProjectNumbersView.as_view(), name="numbers"),
    path("<int:pk>/liczby/<str:figure>/", views.ProjectFigureView.as_view(), name="figure"),
]
