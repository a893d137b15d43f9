"""The list of families, and the overview, history and register of access of one."""

from django.urls import path

from families.case_files import specialist_views, views
from families.case_files.family_list.views import FamilyListDownloadView, FamilyListView

urlpatterns = [
    path("", FamilyListView.as_view(), name="list"),
    path("pobierz/", FamilyListDownloadView.as_view(), name="list-download"),
    path("moje/", specialist_views.SpecialistListView.as_view(), name="specialist-list"),
    path(
        "<int:pk>/dla-specjalisty/",
        specialist_views.SpecialistFileView.as_view(),
        name="specialist-file",
    ),
    path("<int:pk>/", views.FamilyOverviewView.as_view(), name="overview"),
    path("<int:pk>/os-czasu/", views.FamilyTimelineView.as_view(), name="timeline"),
    path("<int:pk>/historia/", views.FamilyHistoryView.as_view(), name="history"),
    path("<int:pk>/dostep/", views.FamilyAccessLogView.as_view(), name="access"),
]
