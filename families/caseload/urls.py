"""Addresses of the work with a family, under /rodziny/<id>/."""

from django.urls import path

from families.caseload import assign_views, basis_views, correction_views, views

urlpatterns = [
    path("praca/", views.Work.as_view(), name="work"),
    path("przydziel/", assign_views.Assign.as_view(), name="assign"),
    path("zastepstwo/", assign_views.StandIn.as_view(), name="stand-in"),
    path("przydzielenie/<int:assignment>/koniec/", views.EndAssignment.as_view(), name="assignment-end"),
    path(
        "przydzielenie/<int:assignment>/popraw/",
        correction_views.CorrectAssignment.as_view(),
        name="assignment-correct",
    ),
    path(
        "przydzielenie/<int:assignment>/odwolaj/",
        correction_views.CallOff.as_view(),
        name="assignment-call-off",
    ),
    path("pracownik-socjalny/", views.Lead.as_view(), name="lead"),
    path(
        "pracownik-socjalny/<int:lead>/popraw/", correction_views.CorrectLead.as_view(), name="lead-correct"
    ),
    path(
        "pracownik-socjalny/<int:lead>/odwolaj/", correction_views.CallOffLead.as_view(), name="lead-call-off"
    ),
    path("podstawa/dodaj/", basis_views.AddBasis.as_view(), name="basis-add"),
    path("podstawa/<int:basis>/koniec/", basis_views.EndBasis.as_view(), name="basis-end"),
    path("podstawa/<int:basis>/popraw/", correction_views.CorrectBasis.as_view(), name="basis-correct"),
    path("podstawa/<int:basis>/odwolaj/", correction_views.CallOffBasis.as_view(), name="basis-call-off"),
]
