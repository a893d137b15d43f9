"""Addresses of the papers of meetings."""

from django.urls import path

from sessions.printouts import certificate_views, letter_views, views

urlpatterns = [
    path(
        "grupy/<int:pk>/lista-obecnosci.pdf",
        views.AttendanceListPdfView.as_view(),
        name="attendance-list-pdf",
    ),
    path("grupy/<int:pk>/harmonogram.pdf", views.SchedulePdfView.as_view(), name="schedule-pdf"),
    path("grupy/<int:pk>/dziennik.pdf", views.JournalPdfView.as_view(), name="log-pdf"),
    path(
        "grupy/<int:pk>/zaswiadczenia/", certificate_views.CertificateListView.as_view(), name="certificates"
    ),
    path(
        "grupy/<int:pk>/zaswiadczenia/prog/",
        certificate_views.CertificateThresholdView.as_view(),
        name="certificate-threshold",
    ),
    path(
        "grupy/<int:pk>/zaswiadczenia/wydaj/",
        certificate_views.CertificateIssueView.as_view(),
        name="certificate-issue",
    ),
    path(
        "zaswiadczenia/<int:pk>.pdf", certificate_views.CertificatePdfView.as_view(), name="certificate-pdf"
    ),
    path("grupy/<int:pk>/pisma/", letter_views.AbsenceLetterListView.as_view(), name="absence-letters"),
    path("udzialy/<int:pk>/pismo/", letter_views.AbsenceLetterView.as_view(), name="absence-letter"),
    path("pisma/<int:pk>.pdf", letter_views.AbsenceLetterPdfView.as_view(), name="absence-letter-pdf"),
]
