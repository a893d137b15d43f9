"""Addresses of the work with a family, under /rodziny/<id>/."""

from django.urls import path

from families.assignments import basis_views, views

urlpatterns = [
    path("praca/", views.Work.as_view(), name="work"),
    path("przydziel/", views.Assign.as_view(), name="assign"),
    path("zastepstwo/", views.StandIn.as_view(), name="stand-in"),
    path("przydzielenie/<int:assignment>/koniec/", views.EndAssignment.as_view(), name="assignment-end"),
    path("pracownik-socjalny/", views.Lead.as_view(), name="lead"),
    path("podstawa/dodaj/", basis_views.AddBasis.as_view(), name="basis-add"),
    path("podstawa/<int:basis>/koniec/", basis_views.EndBasis.as_view(), name="basis-end"),
]
