"""Addresses of consultations: the list and one of them, and those of a family in its file."""

from django.urls import path

from projects.consultations import form_views, views

app_name = "consultations"
urlpatterns = [
    path("konsultacje/", views.ConsultationListView.as_view(), name="list"),
    path("konsultacje/nowa/", form_views.ConsultationAddView.as_view(), name="new"),
    path("konsultacje/umow/", form_views.AppointmentAddView.as_view(), name="appointment-new"),
    path("konsultacje/<int:pk>/", views.ConsultationView.as_view(), name="consultation"),
    path("konsultacje/<int:pk>/popraw/", form_views.ConsultationCorrectView.as_view(), name="correct"),
    path("konsultacje/<int:pk>/wynik/", form_views.ConsultationSettleView.as_view(), name="settle"),
    path("konsultacje/<int:pk>/usun/", form_views.ConsultationRemoveView.as_view(), name="remove"),
    path("rodziny/<int:pk>/konsultacje/", views.FamilyConsultationsView.as_view(), name="family"),
    path(
        "rodziny/<int:pk>/dla-specjalisty/konsultacje/",
        views.SpecialistConsultationsView.as_view(),
        name="specialist-family",
    ),
]
