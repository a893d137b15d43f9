"""URLs of the family apps: case files under /rodziny/, the assistant's own visits under /wizyty/, files of
assistants as employees under /pracownicy/."""

from django.urls import include, path

from families.people.urls import duplicate_urlpatterns
from families.visits import urls as visits

app_name = "families"

in_files = [
    path("", include("families.case_files.urls")),
    path("", include("families.dashboard.urls")),
    path("", include("families.intake.urls")),
    path("te-same-osoby/", include(duplicate_urlpatterns)),
    path("<int:pk>/", include("families.people.urls")),
    path("<int:pk>/", include("families.caseload.urls")),
    path("<int:pk>/", include("families.specialists.urls")),
    path("<int:pk>/", include("families.plans.urls")),
    path("<int:pk>/", include("families.visits.urls")),
]

urlpatterns = [
    path("rodziny/", include(in_files)),
    path("pracownicy/", include("families.employees.urls")),
    path("wizyty/", include(visits.own)),
]
