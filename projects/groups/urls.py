"""Addresses of groups: ``in_project`` below /projekty/, the others below /grupy/, where ``pk`` is that of the group."""

from django.urls import path

from projects.groups import form_views, leader_views, views

app_name = "groups"
in_project = [
    path("<int:pk>/grupy/", views.GroupListView.as_view(), name="groups"),
    path("<int:pk>/grupy/nowa/", form_views.GroupCreateView.as_view(), name="group-new"),
]
urlpatterns = [
    path("<int:pk>/", views.GroupView.as_view(), name="group"),
    path("<int:pk>/praca/", views.GroupWorkView.as_view(), name="work"),
    path("<int:pk>/zmien/", form_views.GroupUpdateView.as_view(), name="edit"),
    path("<int:pk>/opis/", form_views.GroupDescribeView.as_view(), name="describe"),
    path("<int:pk>/dni/", form_views.GroupDaysView.as_view(), name="days"),
    path("<int:pk>/kopiuj/", form_views.GroupCopyView.as_view(), name="copy"),
    path("<int:pk>/usun/", form_views.GroupRemoveView.as_view(), name="remove"),
    path("<int:pk>/prowadzacy/dodaj/", leader_views.LeaderAddView.as_view(), name="leader-add"),
    path("<int:pk>/prowadzacy/<int:row>/", leader_views.LeaderUpdateView.as_view(), name="leader-edit"),
    path(
        "<int:pk>/prowadzacy/<int:row>/usun/", leader_views.LeaderRemoveView.as_view(), name="leader-remove"
    ),
]
