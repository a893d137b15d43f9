"""Addresses of projects, below /projekty/; ``pk`` is that of the edition."""

from django.urls import include, path

from projects import form_views, views
from projects.groups.urls import in_project as groups
from projects.money.urls import in_project as money
from projects.participants.form_urls import in_project as participant_forms
from projects.participants.urls import in_project as participants
from projects.results.urls import in_project as results
from projects.surveys.urls import in_project as surveys

app_name = "projects"
urlpatterns = [
    path("", views.ProjectListView.as_view(), name="list"),
    path("nowy/", form_views.EditionCreateView.as_view(), name="new"),
    path("<int:pk>/", views.ProjectView.as_view(), name="project"),
    path("<int:pk>/pisanie/", form_views.ProjectWriteView.as_view(), name="write"),
    path("<int:pk>/historia/", views.ProjectHistoryView.as_view(), name="history"),
    path("<int:pk>/karta.pdf", views.ProjectCardView.as_view(), name="card"),
    path("<int:pk>/wyslij/", form_views.EditionSendView.as_view(), name="send"),
    path("<int:pk>/odeslij/", form_views.EditionReturnView.as_view(), name="return"),
    path("<int:pk>/zatwierdz/", form_views.EditionApproveView.as_view(), name="approve"),
    path("<int:pk>/rozpocznij/", form_views.EditionBeginView.as_view(), name="begin"),
    path("<int:pk>/zakoncz/", form_views.EditionEndView.as_view(), name="end"),
    path("<int:pk>/rozlicz/", form_views.EditionSettleView.as_view(), name="settle"),
    path("<int:pk>/odstap/", form_views.EditionWithdrawView.as_view(), name="withdraw"),
    path("<int:pk>/", include("projects.printouts.urls")),
    *money,
    *groups,
    *participant_forms,
    *participants,
    *surveys,
    *results,
]
