"""The plan inside a family's file."""

from django.urls import path

from families.plans import signing_views, views, workflow_views

urlpatterns = [
    path("plan/", views.PlanPage.as_view(), name="plan"),
    path("plan/przeglad/", workflow_views.Review.as_view(), name="plan-review"),
    path("plan/<int:version>/", views.PlanVersion.as_view(), name="plan-version"),
    path("plan/<int:version>/porownaj/", views.PlanCompare.as_view(), name="plan-compare"),
    path("plan/<int:version>/konsultacja/", workflow_views.Consult.as_view(), name="plan-consult"),
    path("plan/<int:version>/akceptacja/", workflow_views.Accept.as_view(), name="plan-accept"),
    path("plan/<int:version>/odeslij/", workflow_views.SendBack.as_view(), name="plan-send-back"),
    path("plan/<int:version>/wycofaj/", workflow_views.Withdraw.as_view(), name="plan-withdraw"),
    path("plan/<int:version>/podpisy/", signing_views.Sign.as_view(), name="plan-sign"),
    path(
        "plan/<int:version>/podpisy/<int:signature>/pomylka/",
        signing_views.SignatureMistake.as_view(),
        name="plan-signature-mistake",
    ),
    path("plan/<int:version>/wejscie-w-zycie/", signing_views.PutInForce.as_view(), name="plan-in-force"),
    path(
        "plan/<int:version>/dzialania/<int:action>/postep/",
        workflow_views.Progress.as_view(),
        name="plan-progress",
    ),
]
