"""Addresses under /pracownicy/."""

from django.urls import path

from lubsko_ops.accounts import link_views, staff_views

urlpatterns = [
    path("", staff_views.StaffListView.as_view(), name="staff"),
    path("nowe/", staff_views.AccountCreateView.as_view(), name="person-new"),
    path("do-wiadomosci/", link_views.NoticesAcknowledgeView.as_view(), name="notices-acknowledge"),
    path("role/<int:pk>/przyjmij/", link_views.GrantAcknowledgeView.as_view(), name="grant-acknowledge"),
    path("rejony/<int:pk>/przyjmij/", link_views.RegionAcknowledgeView.as_view(), name="region-acknowledge"),
    path("koniec-roli/<int:pk>/przyjmij/", link_views.EndAcknowledgeView.as_view(), name="end-acknowledge"),
    path("odsylacze/<int:pk>/przyjmij/", link_views.LinkAcknowledgeView.as_view(), name="link-acknowledge"),
    path("<int:pk>/", staff_views.PersonView.as_view(), name="person"),
    path("<int:pk>/historia/", staff_views.PersonHistoryView.as_view(), name="person-history"),
    path("<int:pk>/dane/", staff_views.DetailsView.as_view(), name="person-details"),
    path("<int:pk>/role/nadaj/", staff_views.RoleGrantView.as_view(), name="role-grant"),
    path("<int:pk>/role/<int:grant>/koniec/", staff_views.RoleEndView.as_view(), name="role-end"),
    path("<int:pk>/rejony/przypisz/", staff_views.RegionGrantView.as_view(), name="region-grant"),
    path("<int:pk>/rejony/<int:grant>/koniec/", staff_views.RegionEndView.as_view(), name="region-end"),
    path("<int:pk>/zastepstwo/", staff_views.DeputyView.as_view(), name="deputy-appoint"),
    path("<int:pk>/odsylacz/", link_views.LinkIssueView.as_view(), name="link-issue"),
    path("<int:pk>/odsylacz/<int:link>/karta/", link_views.LinkCardView.as_view(), name="link-card"),
    path("<int:pk>/odsylacz/<int:link>/uniewaznij/", link_views.LinkCancelView.as_view(), name="link-cancel"),
    path("<int:pk>/wyloguj/", staff_views.SessionsEndView.as_view(), name="sessions-end"),
    path("<int:pk>/zamknij/", staff_views.DeactivateView.as_view(), name="person-deactivate"),
    path("<int:pk>/przywroc/", staff_views.ReactivateView.as_view(), name="person-reactivate"),
]
