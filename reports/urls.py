"""URLs of reports. A quarter is a number in the URL and a Roman numeral in titles."""

from django.urls import path

from reports import drilldown_views, exports, issue_views, views

app_name = "reports"
QUARTER = "kwartalne/<int:year>/<int:quarter>"

urlpatterns = [
    path("", views.ReportListView.as_view(), name="list"),
    path(f"{QUARTER}/", views.QuarterlyReportView.as_view(), name="quarterly"),
    path(f"{QUARTER}/moje/", views.OwnQuarterlyReportView.as_view(), name="quarterly-own"),
    path(f"{QUARTER}/wydanie/", issue_views.IssueQuarterView.as_view(), name="issue"),
    path(f"{QUARTER}/wydanie/moje/", issue_views.OwnIssueQuarterView.as_view(), name="issue-own"),
    path(f"{QUARTER}/korekta/", issue_views.CorrectQuarterView.as_view(), name="correct"),
    path(f"{QUARTER}/korekta/moje/", issue_views.OwnCorrectQuarterView.as_view(), name="correct-own"),
    path(f"{QUARTER}/wydane/", issue_views.IssuedQuarterView.as_view(), name="issued"),
    path(f"{QUARTER}/wydane.pdf", issue_views.IssuedQuarterPdfView.as_view(), name="issued-pdf"),
    path(
        f"{QUARTER}/wydane/<str:figure>/", issue_views.IssuedQuarterFigureView.as_view(), name="issued-figure"
    ),
    path(f"{QUARTER}.pdf", exports.QuarterlyPdfView.as_view(), name="quarterly-pdf"),
    path(f"{QUARTER}.xlsx", exports.QuarterlyXlsxView.as_view(), name="quarterly-xlsx"),
    path(f"{QUARTER}.json", exports.QuarterlyJsonView.as_view(), name="quarterly-json"),
    path(f"{QUARTER}/<str:figure>/", drilldown_views.ReportDrilldownView.as_view(), name="figure"),
]
