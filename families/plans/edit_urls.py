"""Addresses at which the plan is written."""

from django.urls import path

from families.plans import edit_views

urlpatterns = [
    path("plan/nowy/", edit_views.PlanNew.as_view(), name="plan-new"),
    path("plan/<int:version>/edycja/", edit_views.PlanEdit.as_view(), name="plan-edit"),
    path("plan/<int:version>/usun/", edit_views.PlanDiscard.as_view(), name="plan-discard"),
]
