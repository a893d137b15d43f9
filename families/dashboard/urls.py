"""Lists behind the numbers of the start page."""

from django.urls import path

from families.dashboard.overdue import OverdueListView

urlpatterns = [path("po-terminie/", OverdueListView.as_view(), name="overdue")]
