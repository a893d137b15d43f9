"""Addresses of running meetings: of a group below /grupy/, of one meeting below /spotkania/."""

from django.urls import path

from sessions.running import form_views, notify, record_views, views

urlpatterns = [
    path("grupy/<int:pk>/spotkania/", views.MeetingListView.as_view(), name="meeting-list"),
    path("grupy/<int:pk>/spotkania/nowe/", form_views.MeetingAddView.as_view(), name="meeting-add"),
    path("spotkania/<int:pk>/", views.MeetingView.as_view(), name="meeting"),
    path("spotkania/<int:pk>/dziennik/", record_views.JournalView.as_view(), name="meeting-log"),
    path("spotkania/<int:pk>/przenies/", form_views.MeetingMoveView.as_view(), name="move"),
    path("spotkania/<int:pk>/odwolaj/", form_views.MeetingCancelView.as_view(), name="cancel"),
    path("spotkania/<int:pk>/przywroc/", form_views.MeetingRestoreView.as_view(), name="restore"),
    path("spotkania/<int:pk>/powiadom/", notify.NotifyView.as_view(), name="notify"),
    path("spotkania/<int:pk>/zawiadomienie.pdf", notify.NoticePdfView.as_view(), name="meeting-notice"),
    path(
        "spotkania/<int:pk>/prowadzacy/dodaj/",
        record_views.MeetingLeaderAddView.as_view(),
        name="meeting-leader-add",
    ),
    path(
        "spotkania/<int:pk>/prowadzacy/<int:row>/usun/",
        record_views.MeetingLeaderRemoveView.as_view(),
        name="meeting-leader-remove",
    ),
    path(
        "spotkania/<int:pk>/pliki/dodaj/", record_views.MeetingFileAddView.as_view(), name="meeting-file-add"
    ),
    path("spotkania/<int:pk>/pliki/<int:row>/", record_views.MeetingFileView.as_view(), name="meeting-file"),
    path(
        "spotkania/<int:pk>/pliki/<int:row>/usun/",
        record_views.MeetingFileRemoveView.as_view(),
        name="meeting-file-remove",
    ),
]
