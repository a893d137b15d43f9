"""URLs of the plan, below /rodziny/<pk>/."""

from django.urls import path

from families.plans import editor_views, papers, signature_views, views, workflow_views

urlpatterns = [
    path("plan/", views.PlanView.as_view(), name="plan"),
    path("plan/formularz.pdf", views.BlankPlanPdfView.as_view(), name="plan-blank-pdf"),
    path("plan/nowy/", editor_views.PlanCreateView.as_view(), name="plan-new"),
    path("plan/przeglad/", workflow_views.PlanReviewView.as_view(), name="plan-review"),
    path("plan/<int:version>.pdf", views.FormalPlanPdfView.as_view(), name="plan-pdf"),
    path("plan/<int:version>/", views.PlanVersionView.as_view(), name="plan-version"),
    path(
        "plan/<int:version>/do-podpisu.pdf",
        views.IssuedPlanPdfView.as_view(kind=papers.FOR_SIGNATURE),
        name="plan-paper-for-signature",
    ),
    path(
        "plan/<int:version>/obowiazujacy.pdf",
        views.IssuedPlanPdfView.as_view(kind=papers.IN_FORCE),
        name="plan-paper-in-force",
    ),
    path(
        "plan/<int:version>/stan-realizacji.pdf",
        views.PlanProgressPdfView.as_view(),
        name="plan-progress-pdf",
    ),
    path("plan/<int:version>/dla-rodziny.pdf", views.FamilyPlanPdfView.as_view(), name="plan-family-pdf"),
    path("plan/<int:version>/porownaj/", views.PlanCompareView.as_view(), name="plan-compare"),
    path("plan/<int:version>/edycja/", editor_views.PlanUpdateView.as_view(), name="plan-edit"),
    path("plan/<int:version>/usun/", editor_views.PlanDiscardView.as_view(), name="plan-discard"),
    path("plan/<int:version>/konsultacja/", workflow_views.PlanConsultView.as_view(), name="plan-consult"),
    path("plan/<int:version>/akceptacja/", workflow_views.PlanAcceptView.as_view(), name="plan-accept"),
    path("plan/<int:version>/odeslij/", workflow_views.PlanReturnView.as_view(), name="plan-send-back"),
    path("plan/<int:version>/wycofaj/", workflow_views.PlanWithdrawView.as_view(), name="plan-withdraw"),
    path("plan/<int:version>/podpisy/", signature_views.PlanSignView.as_view(), name="plan-sign"),
    path(
        "plan/<int:version>/podpisy/<int:signature>/pomylka/",
        signature_views.SignatureDeleteView.as_view(),
        name="plan-signature-mistake",
    ),
    path(
        "plan/<int:version>/wejscie-w-zycie/", signature_views.PlanInForceView.as_view(), name="plan-in-force"
    ),
    path("plan/<int:version>/bez-podpisu/", signature_views.PlanUnsignedView.as_view(), name="plan-unsigned"),
    path(
        "plan/<int:version>/dzialania/<int:action>/postep/",
        workflow_views.ActionProgressView.as_view(),
        name="plan-progress",
    ),
]
