"""Addresses of the numbers of a project, below /projekty/; ``pk`` is that of the edition."""

from django.urls import path

from reports.project import exports, views

app_name = "project-reports"
urlpatterns = [
    path("<int:pk>/liczby/", views.ProjectNumbersView.as_view(), name="numbers"),
    path("<int:pk>/liczby/<str:figure>/", views.ProjectFigureView.as_view(), name="figure"),
    path("<int:pk>/sprawozdanie.pdf", exports.ProjectReportPdfView.as_view(), name="pdf"),
    path("<int:pk>/sprawozdanie.xlsx", exports.ProjectReportXlsxView.as_view(), name="xlsx"),
]
