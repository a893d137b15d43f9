"""Entering a family, and persons entered twice."""

from django.urls import path

from families.intake.views import OpenCase
from families.people.duplicates.views import Compare, SamePeople

urlpatterns = [
    path("nowa/", OpenCase.as_view(), name="new"),
    path("te-same-osoby/", SamePeople.as_view(), name="same-person-list"),
    path("te-same-osoby/<int:one>/<int:other>/", Compare.as_view(), name="same-person"),
]
