"""Visits: inside a family's file, and the assistant's own."""

from django.urls import path

from families.visits import views

urlpatterns = [
    path("wizyty/nowa/", views.VisitNew.as_view(), name="visit-new"),
    path("wizyty/<int:visit>/", views.VisitRead.as_view(), name="visit"),
    path("wizyty/<int:visit>/popraw/", views.VisitEdit.as_view(), name="visit-edit"),
]

# Under /wizyty/.
own = [path("nowa/", views.VisitChoose.as_view(), name="visit-choose")]
