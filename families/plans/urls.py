"""URLs of the plan, below /rodziny/<pk>/."""

from django.urls import path

from families.plans import editor_views, views, workflow_views

urlpatterns = [
    path("plan/", views.PlanPage.as_view(), name="plan"),
    path("plan/formularz.pdf", views.BlankPlanPdf.as_view(), name="plan-blank-pdf"),
    path("plan/nowy/", editor_views.PlanNew.as_view(), name="plan-new"),
    path("plan/przeglad/", workflow_views.Review.as_view(), name="plan-review"),
    path("plan/<int:version>.pdf", views.PlanPdf.as_view(), name="plan-pdf"),
    path("plan/<int:version>/", views.PlanVersion.as_view(), name="plan-version"),
    path("plan/<int:version>/dla-rodziny.pdf", views.FamilyPlanPdf.as_view(), name="plan-family-pdf"),
    path("plan/<int:version>/porownaj/", views.PlanCompare.as_view(), name="plan-compare"),
    path("plan/<int:version>/edycja/", editor_views.PlanEdit.as_view(), name="plan-edit"),
    path("plan/<int:version>/usun/", editor_views.PlanDiscard.as_view(), name="plan-discard"),
    path("plan/<int:version>/konsultacja/", workflow_views.Consult.as_view(), name="plan-consult"),
    path("plan/<int:version>/akceptacja/", workflow_views.Accept.as_view(), name="plan-accept"),
    path("plan/<int:version>/odeslij/", workflow_views.SendBack.as_view(), name="plan-send-back"),
    path("plan/<int:version>/wycofaj/", workflow_views.Withdraw.as_view(), name="plan-withdraw"),
    path("plan/<int:version>/podpisy/", workflow_views.Sign.as_view(), name="plan-sign"),
    path(
        "plan/<int:version>/podpisy/<int:signature>/pomylka/",
        workflow_views.SignatureMistake.as_view(),
        name="plan-signature-mistake",
    ),
    path("plan/<int:version>/wejscie-w-zycie/", workflow_views.PutInForce.as_view(), name="plan-in-force"),
    path(
        "plan/<int:version>/dzialania/<int:action>/postep/",
        workflow_views.Progress.as_view(),
        name="plan-progress",
    ),
]
