"""Addresses of the numbers of a project, below /projekty/; ``pk`` is that of the edition, below linia/ of the line."""

from django.urls import path

from reports.project import line_views, views

app_name = "project-reports"
urlpatterns = [
    path("<int:pk>/liczby/", views.ProjectNumbersView.as_view(), name="numbers"),
    path("<int:pk>/liczby/<str:figure>/", views.ProjectFigureView.as_view(), name="figure"),
    path("linia/<int:pk>/", line_views.LineView.as_view(), name="line"),
    path("linia/<int:pk>/porownanie.xlsx", line_views.LineDownloadView.as_view(), name="line-download"),
]
