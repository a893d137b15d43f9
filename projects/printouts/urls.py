"""Addresses of the papers for use, below /projekty/<id>/."""

from django.urls import path

from projects.printouts import views

urlpatterns = [
    path("ogloszenie.pdf", views.NoticeView.as_view(), name="notice"),
]
