"""Addresses of calendars: the own one below /kalendarz/, that of a group below /grupy/."""

from django.urls import path

from sessions.calendars import feed_views, form_views, views

urlpatterns = [
    path("kalendarz/", views.CalendarView.as_view(), name="calendar"),
    path("kalendarz/plik.ics", feed_views.CalendarFileView.as_view(), name="calendar-file"),
    path("kalendarz/ics/<str:token>.ics", feed_views.CalendarFeedView.as_view(), name="calendar-feed"),
    path("kalendarz/adres/", form_views.AddressMakeView.as_view(), name="calendar-address"),
    path(
        "kalendarz/adres/<int:address>/uniewaznij/",
        form_views.AddressRevokeView.as_view(),
        name="calendar-address-revoke",
    ),
    path(
        "kalendarz/adres/<int:address>/nowy/",
        form_views.AddressRenewView.as_view(),
        name="calendar-address-renew",
    ),
    path("grupy/<int:pk>/spotkania.ics", feed_views.GroupFileView.as_view(), name="group-file"),
    path("grupy/<int:pk>/kalendarz/", views.GroupCalendarView.as_view(), name="group-calendar"),
    path(
        "grupy/<int:pk>/kalendarz/adres/",
        form_views.GroupAddressMakeView.as_view(),
        name="group-calendar-address",
    ),
    path(
        "grupy/<int:pk>/kalendarz/prowadzacy/<int:leader>/",
        form_views.LeaderAddressMakeView.as_view(),
        name="leader-calendar-address",
    ),
]
