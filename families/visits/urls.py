"""Visits: inside a family's file, and the assistant's own."""

from django.urls import path

from families.visits import case_log_views, contact_views, safeguarding_views, views

urlpatterns = [
    path("wizyty/", case_log_views.Diary.as_view(), name="diary"),
    path("kontakty/nowy/", contact_views.ContactNew.as_view(), name="contact-new"),
    path("kontakty/<int:contact>/popraw/", contact_views.ContactEdit.as_view(), name="contact-edit"),
    path("zagrozenia/<int:report>/", safeguarding_views.DangerFollow.as_view(), name="danger"),
    path("wizyty/nowa/", views.VisitNew.as_view(), name="visit-new"),
    path("wizyty/<int:visit>/", views.VisitRead.as_view(), name="visit"),
    path("wizyty/<int:visit>/popraw/", views.VisitEdit.as_view(), name="visit-edit"),
]

# Under /wizyty/.
own = [
    path("", case_log_views.MyVisits.as_view(), name="my-visits"),
    path("nowa/", views.VisitChoose.as_view(), name="visit-choose"),
]
