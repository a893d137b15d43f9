"""URLs of the first steps, the state of the installation and the help."""

from django.urls import path

from lubsko_ops.installation import views

in_settings = [
    path("pierwsze-kroki/", views.FirstStepsView.as_view(), name="first-steps"),
    path("pierwsze-kroki/pomin/", views.StepSkipView.as_view(), name="first-steps-skip"),
    path("eksport/", views.DataExportsView.as_view(), name="data-exports"),
    path("eksport/<int:pk>.zip", views.DataExportDownloadView.as_view(), name="data-export-download"),
    path("stan/", views.HealthView.as_view(), name="installation-health"),
    path("stan/poczta/", views.EmailTestView.as_view(), name="email-test"),
]
open_pages = [
    path("pomoc/", views.HelpView.as_view(), name="help"),
    path("deklaracja-dostepnosci/", views.AccessibilityView.as_view(), name="accessibility"),
]
