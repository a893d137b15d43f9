"""Addresses of reports. Quarters are numbers in the address and Roman in the title."""

from django.urls import path

from reports import drilldown_views, exports, views

app_name = "reports"
QUARTER = "kwartalne/<int:year>/<int:quarter>"

urlpatterns = [
    path("", views.Reports.as_view(), name="list"),
    path(f"{QUARTER}/", views.Quarterly.as_view(), name="quarterly"),
    path(f"{QUARTER}/moje/", views.Own.as_view(), name="quarterly-own"),
    path(f"{QUARTER}.pdf", exports.QuarterlyPdf.as_view(), name="quarterly-pdf"),
    path(f"{QUARTER}.xlsx", exports.QuarterlyXlsx.as_view(), name="quarterly-xlsx"),
    path(f"{QUARTER}.json", exports.QuarterlyJson.as_view(), name="quarterly-json"),
    path(f"{QUARTER}/<str:figure>/", drilldown_views.Behind.as_view(), name="figure"),
]
