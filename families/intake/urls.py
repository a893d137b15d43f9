"""Opening the case file of a new family."""

from django.urls import path

from families.intake.views import OpenCaseView

urlpatterns = [
    path("nowa/", OpenCaseView.as_view(), name="new"),
]
