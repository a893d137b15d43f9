"""Rules of the law and the citations of acts, under /ustawienia/podstawy/."""

from django.urls import path

from families.case_files.law import views

urlpatterns = [
    path("", views.LawView.as_view(), name="law"),
    path("dodaj/", views.CitationAddView.as_view(), name="citation-add"),
    path("<int:pk>/popraw/", views.CitationEditView.as_view(), name="citation-edit"),
    path("<int:pk>/wycofaj/", views.CitationWithdrawView.as_view(), name="citation-withdraw"),
]
