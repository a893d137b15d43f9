"""URLs in Polish, names in English. The public ones are listed in tests/test_view_permissions.py."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import include, path

from families.caseload.views.references import MissingReferencesView
from families.dashboard.views import DashboardView
from lubsko_ops.accounts import link_views as links
from lubsko_ops.accounts import views as staff
from lubsko_ops.core.health import health
from lubsko_ops.gallery import PrintSampleView, gallery
from lubsko_ops.installation import urls as installation
from lubsko_ops.output.views import LetterheadPreviewView
from lubsko_ops.search.views import SearchResultsView, SearchView
from lubsko_ops.submissions import views as submissions
from projects.family_file import FamilyProjectsView
from projects.participants.family_views import FamilyEnrolView

second_factor = [
    path("", mfa.index, name="mfa_index"),
    path("kod/", mfa.authenticate, name="mfa_authenticate"),
    path("potwierdz/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("aplikacja/wlacz/", totp.activate_totp, name="mfa_activate_totp"),
    path("aplikacja/wylacz/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("kody-zapasowe/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("kody-zapasowe/nowe/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("kody-zapasowe/pobierz/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("klucze/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("klucze/dodaj/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("klucze/potwierdz/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("klucze/logowanie/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("klucze/<int:pk>/nazwa/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("klucze/<int:pk>/usun/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
]

own_account = [
    path("", staff.AccountView.as_view(), name="account"),
    path("logowanie/", account.login, name="account_login"),
    path("wyloguj/", account.logout, name="account_logout"),
    path("nieaktywne/", account.account_inactive, name="account_inactive"),
    path("potwierdz/", account.reauthenticate, name="account_reauthenticate"),
    path("haslo/", account.password_change, name="account_change_password"),
    path("wyglad/", staff.ThemeView.as_view(), name="theme"),
    path("telefon/", staff.OwnPhoneView.as_view(), name="own-phone"),
    path("logowania/zakoncz/", staff.OtherSessionsEndView.as_view(), name="own-sessions-end"),
    path("odsylacze/przeczytane/", links.OwnLinksReadView.as_view(), name="own-links-read"),
    path("odsylacz/", links.LinkUseView.as_view(), name="use-account-link"),
    path("odsylacz/<str:token>/", links.LinkOpenView.as_view(), name="account-link"),
    path("praca/", staff.SessionKeepAliveView.as_view(), name="keep-alive"),
    path(
        "pierwszy-administrator/<str:token>/",
        staff.FirstAdministratorView.as_view(),
        name="first-administrator",
    ),
    path("drugi-skladnik/", include(second_factor)),
]

urlpatterns = [
    path("", DashboardView.as_view(), name="start"),
    path("konto/", include(own_account)),
    path("ustawienia/osrodek/podglad.pdf", LetterheadPreviewView.as_view(), name="letterhead-preview"),
    path("ustawienia/", include("lubsko_ops.centre.urls")),
    path("ustawienia/podstawy/", include("families.case_files.law.urls")),
    path("pracownicy/", include("lubsko_ops.accounts.urls")),
    path("szukaj/", SearchView.as_view(), name="search"),
    path("szukaj/<uuid:pk>/", SearchResultsView.as_view(), name="search-results"),
    path("szkice/", submissions.DraftSaveView.as_view(), name="draft"),
    path("szkice/zapisany/", submissions.SubmissionStatusView.as_view(), name="was-saved"),
    path("szkice/<uuid:key>/usun/", submissions.DraftDiscardView.as_view(), name="draft-discard"),
    path("ustawienia/", include(installation.in_settings)),
    path("", include(installation.open_pages)),
    path("ustawienia/import/", include("families.register_import.urls")),
    path("", include("families.urls")),
    path("rodziny/<int:pk>/projekty/", FamilyProjectsView.as_view(), name="family-projects"),
    path("rodziny/<int:pk>/projekty/zapisz/", FamilyEnrolView.as_view(), name="family-enrol"),
    path("projekty/", include("projects.urls")),
    path("grupy/", include("projects.groups.urls")),
    path("", include("projects.consultations.urls")),
    path("", include("sessions.urls")),
    path("sprawozdania/", include("reports.urls")),
    path("projekty/", include("reports.project.urls")),
    path("ustawienia/", include("lubsko_ops.centre.dictionaries.urls")),
    path("ustawienia/znaki-spraw/", MissingReferencesView.as_view(), name="missing-references"),
    path("galeria/", gallery, name="gallery"),
    path("galeria/wydruk-probny.pdf", PrintSampleView.as_view(), name="gallery-print-sample"),
    path("zdrowie/", health, name="health"),
]

handler500 = "lubsko_ops.error_views.server_error"
