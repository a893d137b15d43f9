"""Sample forms and failing views beside the real URLs, for tests of the base views and the middleware."""

from django import forms
from django.db import OperationalError, connection
from django.http import Http404, HttpResponse
from django.urls import include, path

from families.base_views import FamilyFormView, FamilyPageView
from families.case_files.permissions import OVERVIEW_AREA
from families.intake.permissions import FAMILY_OPEN
from families.people.actions import open_family, rename_family
from families.people.permissions import BASICS_AREA, FAMILY_EDIT, FAMILY_VIEW
from lubsko_ops.audit.base_views import PermissionRequiredView
from lubsko_ops.core.forms import BaseForm
from lubsko_ops.submissions.base_views import ActionFormView


class NameForm(BaseForm):
    error_title = "Nazwy nie zapisano."

    name = forms.CharField(
        label="Nazwa rodziny", max_length=160, error_messages={"required": "Wpisz nazwę rodziny."}
    )
    note = forms.CharField(label="Notatka", required=False, widget=forms.Textarea)


class FamilyRenameView(FamilyFormView):
    permission = FAMILY_EDIT
    access_area = BASICS_AREA
    form_class = NameForm
    page_title = "Nazwa rodziny"

    def get_instance(self):
        return self.family

    def get_initial(self):
        return {"name": self.family.name}

    def perform(self, form):
        return rename_family(
            family=self.family, name=form.cleaned_data["name"], version=self.opened_version,
            by=self.request.user,
        )  # fmt: skip

    def get_success_url(self):
        return f"/rodziny/{self.result.pk}/"

    def get_success_message(self):
        return f"Zapisano nazwę: {self.result.name}."


class FamilyOpenView(ActionFormView):
    """Makes a record each time it is saved."""

    permission = FAMILY_OPEN
    access_area = None
    form_class = NameForm
    page_title = "Nowa teczka"

    @classmethod
    def draft_summary(cls, content):
        return content.get("name", [""])[0]

    def perform(self, form):
        return open_family(name=form.cleaned_data["name"], on=self.request.today, by=self.request.user)

    def get_success_url(self):
        return "/"

    def get_success_message(self):
        return f"Założono: {self.result.name}."


class FailingView(PermissionRequiredView):
    """Fails after it has written."""

    permission = FAMILY_OPEN
    access_area = None

    def get(self, request, how):
        open_family(name="Połowicznie", on=request.today, by=request.user)
        if how == "missing":
            raise Http404
        if how == "lock":
            raise OperationalError from _with_state("55P03")
        if how == "slow":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = '10ms'; SELECT pg_sleep(1)")
        if how == "sql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM nie_ma_takiej_tabeli")
        raise RuntimeError("umyślnie")


class FileView(PermissionRequiredView):
    """Opens a family named by the content of a file."""

    permission = FAMILY_OPEN
    access_area = None

    def post(self, request):
        name = request.FILES["file"].read().decode()
        return HttpResponse(open_family(name=name, on=request.today, by=request.user).name)


class FailingTemplateView(FamilyPageView):
    """Fails while its page is rendered."""

    permission = FAMILY_VIEW
    access_area = OVERVIEW_AREA
    template_name = "brakujacy.html"


def _with_state(code):
    error = Exception()
    error.sqlstate = code
    return error


urlpatterns = [
    path("proba/<int:pk>/nazwa/", FamilyRenameView.as_view(), name="sample-rename"),
    path("proba/nowa/", FamilyOpenView.as_view(), name="sample-open"),
    path("proba/plik/", FileView.as_view(), name="sample-file"),
    path("proba/blad/<str:how>/", FailingView.as_view(), name="sample-failing"),
    path("proba/<int:pk>/szablon/", FailingTemplateView.as_view(), name="sample-template"),
    path("", include("lubsko_ops.urls")),
]
handler500 = "lubsko_ops.error_views.server_error"
