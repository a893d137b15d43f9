"""URLs of the work with a family, under /rodziny/<id>/."""

from django.urls import path

from families.caseload.views import assignments, bases, leads, references, work

urlpatterns = [
    path("praca/", work.WorkView.as_view(), name="work"),
    path("przydziel/", assignments.AssistantAssignView.as_view(), name="assign"),
    path("zastepstwo/", assignments.StandInView.as_view(), name="stand-in"),
    path(
        "przydzielenie/<int:assignment>/koniec/",
        assignments.AssignmentEndView.as_view(),
        name="assignment-end",
    ),
    path(
        "przydzielenie/<int:assignment>/popraw/",
        assignments.AssignmentCorrectView.as_view(),
        name="assignment-correct",
    ),
    path(
        "przydzielenie/<int:assignment>/odwolaj/",
        assignments.AssignmentCancelView.as_view(),
        name="assignment-cancel",
    ),
    path("praca/<int:period>/znak/", references.CaseReferenceView.as_view(), name="case-reference"),
    path(
        "praca/<int:period>/brakujacy-znak/",
        references.MissingReferenceView.as_view(),
        name="missing-reference",
    ),
    path("pracownik-socjalny/", leads.LeadWorkerAssignView.as_view(), name="lead"),
    path("pracownik-socjalny/<int:lead>/popraw/", leads.LeadWorkerCorrectView.as_view(), name="lead-correct"),
    path("pracownik-socjalny/<int:lead>/odwolaj/", leads.LeadWorkerCancelView.as_view(), name="lead-cancel"),
    path("podstawa/dodaj/", bases.BasisAddView.as_view(), name="basis-add"),
    path("podstawa/<int:basis>/koniec/", bases.BasisEndView.as_view(), name="basis-end"),
    path("podstawa/<int:basis>/popraw/", bases.BasisCorrectView.as_view(), name="basis-correct"),
    path("podstawa/<int:basis>/odwolaj/", bases.BasisCancelView.as_view(), name="basis-cancel"),
]
