"""Addresses of the accesses of specialists, below /rodziny/<id>/."""

from django.urls import path

from families.specialists import views

urlpatterns = [
    path("specjalisci/dodaj/", views.SpecialistAddView.as_view(), name="specialist-add"),
    path("specjalisci/<int:specialist>/", views.SpecialistChangeView.as_view(), name="specialist-change"),
    path(
        "specjalisci/<int:specialist>/usun/", views.SpecialistRemoveView.as_view(), name="specialist-remove"
    ),
]
