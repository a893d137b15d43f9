"""Papers of the plan, under /rodziny/<id>/."""

from django.urls import path

from families.plans import pdf_views as views

urlpatterns = [
    path("plan/formularz.pdf", views.BlankPlanPdf.as_view(), name="plan-blank-pdf"),
    path("plan/<int:version>.pdf", views.PlanPdf.as_view(), name="plan-pdf"),
    path("plan/<int:version>/dla-rodziny.pdf", views.FamilyPlanPdf.as_view(), name="plan-family-pdf"),
]
