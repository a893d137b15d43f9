"""Addresses of surveys, below /projekty/; ``pk`` is that of the edition."""

from django.urls import path

from projects.surveys import form_views, sheet_views, views

in_project = [
    path("<int:pk>/ankiety/", views.SurveyListView.as_view(), name="surveys"),
    path("<int:pk>/ankiety/nowa/<str:kind>/", form_views.SurveyCreateView.as_view(), name="survey-new"),
    path("<int:pk>/ankiety/<int:survey>/", views.SurveyResultsView.as_view(), name="survey-results"),
    path("<int:pk>/ankiety/<int:survey>/pytania/", form_views.SurveyUpdateView.as_view(), name="survey-edit"),
    path("<int:pk>/ankiety/<int:survey>/ankieta.pdf", views.BlankSheetView.as_view(), name="survey-blank"),
    path("<int:pk>/ankiety/<int:survey>/zakoncz/", form_views.SurveyCloseView.as_view(), name="survey-close"),
    path("<int:pk>/ankiety/<int:survey>/wznow/", form_views.SurveyReopenView.as_view(), name="survey-reopen"),
    path("<int:pk>/ankiety/<int:survey>/usun/", form_views.SurveyRemoveView.as_view(), name="survey-remove"),
    path(
        "<int:pk>/ankiety/<int:survey>/kartka/<int:sheet>/",
        sheet_views.SheetUpdateView.as_view(),
        name="survey-sheet",
    ),
    path(
        "<int:pk>/ankiety/<int:survey>/kartka/<int:sheet>/usun/",
        sheet_views.SheetRemoveView.as_view(),
        name="survey-sheet-remove",
    ),
    path(
        "<int:pk>/ankiety/<int:survey>/<str:moment>/<int:page>/",
        sheet_views.SheetsView.as_view(),
        name="survey-sheets",
    ),
]
