"""Addresses of the papers for use, below /projekty/<id>/."""

from django.urls import path

from projects.printouts import views

urlpatterns = [
    path("ogloszenie.pdf", views.NoticeView.as_view(), name="notice"),
    path("deklaracja.pdf", views.BlankDeclarationView.as_view(), name="blank-declaration"),
    path("zgoda-opiekuna.pdf", views.BlankGuardianConsentView.as_view(), name="blank-guardian-consent"),
    path("deklaracje.pdf", views.UnsignedDeclarationsView.as_view(), name="unsigned-declarations"),
    path("lista-uczestnikow.pdf", views.ParticipantListView.as_view(), name="participant-list"),
    path("uczestnicy.xlsx", views.ParticipantsDownloadView.as_view(), name="participants-xlsx"),
    path(
        "uczestnicy/<int:participation>/deklaracja.pdf", views.DeclarationView.as_view(), name="declaration"
    ),
    path(
        "uczestnicy/<int:participation>/zgoda-opiekuna.pdf",
        views.GuardianConsentView.as_view(),
        name="guardian-consent",
    ),
]
