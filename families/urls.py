"""Addresses of the families' rooms, under /rodziny/."""

from django.urls import include, path

app_name = "families"

urlpatterns = [
    path("", include("families.casefile.urls")),
    path("", include("families.intake.urls")),
    path("<int:pk>/", include("families.people.urls")),
    path("<int:pk>/", include("families.assignments.urls")),
]
