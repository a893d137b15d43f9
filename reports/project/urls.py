"""Addresses of the numbers and reports of a project, and of the comparison of its editions, below /projekty/.

``pk`` is that of the edition, below linia/ of the line; ``okres``: "koncowe", or the year of a partial report.
"""

from django.urls import path

from reports.project import exports, issued_views, line_views, report_form_views, report_views, views

app_name = "project-reports"
REPORT = "<int:pk>/sprawozdanie/<str:okres>"

urlpatterns = [
    path("<int:pk>/liczby/", views.ProjectNumbersView.as_view(), name="numbers"),
    path("<int:pk>/liczby/<str:figure>/", views.ProjectFigureView.as_view(), name="figure"),
    path("<int:pk>/sprawozdanie.pdf", exports.ProjectReportPdfView.as_view(), name="pdf"),
    path("<int:pk>/sprawozdanie.xlsx", exports.ProjectReportXlsxView.as_view(), name="xlsx"),
    path("<int:pk>/sprawozdanie/", report_views.ProjectReportView.as_view(), name="report"),
    path(f"{REPORT}/teksty/", report_form_views.ReportTextsView.as_view(), name="texts"),
    path(f"{REPORT}/przedstaw/", report_form_views.ReportPresentView.as_view(), name="present"),
    path(f"{REPORT}/odeslij/", report_form_views.ReportReturnView.as_view(), name="return"),
    path(f"{REPORT}/zatwierdz/", report_form_views.ReportApproveView.as_view(), name="approve"),
    path(f"{REPORT}/korekta/", report_form_views.ReportCorrectView.as_view(), name="correct"),
    path(f"{REPORT}/wydane/", issued_views.IssuedProjectReportView.as_view(), name="issued"),
    path(f"{REPORT}/wydane.pdf", issued_views.IssuedProjectPdfView.as_view(), name="issued-pdf"),
    path(
        f"{REPORT}/wydane/<str:figure>/", issued_views.IssuedProjectFigureView.as_view(), name="issued-figure"
    ),
    path("linia/<int:pk>/", line_views.LineView.as_view(), name="line"),
    path("linia/<int:pk>/porownanie.xlsx", line_views.LineDownloadView.as_view(), name="line-download"),
]
