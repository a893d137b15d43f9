"""Pages of the import: upload, state with preview and problems, start, cancel, undo; the template workbook."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django_htmx.http import HttpResponseClientRefresh

from families.people.models import Family
from families.register_import import storage
from families.register_import.actions import cancel_import, start_import, undo_import, upload_register
from families.register_import.forms import (
    ImportCancelForm,
    ImportStartForm,
    ImportUndoForm,
    RegisterUploadForm,
)
from families.register_import.models import CHECKED, ImportState, RegisterImport
from families.register_import.permissions import IMPORT_AREA, REGISTER_IMPORT
from families.register_import.presenters import import_context
from families.register_import.reading import UnreadableFile, read_sheets
from families.register_import.workbook import all_files, corrected_sheets, template_sheets
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.audit.base_views import PermissionRequiredView
from lubsko_ops.centre.settings_pages import SettingsFormView, SettingsMixin, SettingsPageView
from lubsko_ops.core.links import reverse
from lubsko_ops.output.documents import xlsx_response

SHOWN_IMPORTS = 10


class RegisterUploadView(SettingsFormView):
    """The page of the import: upload of a file, and the earlier uploads."""

    permission = REGISTER_IMPORT
    current_page = "register-import"
    form_class = RegisterUploadForm
    page_title = "Wczytanie dotychczasowego rejestru"
    template_name = "register_import/upload.html"
    keeps_drafts = False

    def get_cancel_url(self) -> str:
        return reverse("start")

    def perform(self, form):
        return upload_register(by=self.request.user, **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("register-import-detail", args=[self.result.pk])

    def get_success_message(self) -> str:
        return "Przesłano plik. Sprawdzamy go."

    def get_context_data(self, **kwargs):
        imports = RegisterImport.objects.select_related("entered_by").order_by("-pk")[:SHOWN_IMPORTS]
        return super().get_context_data(imports=imports, **kwargs)


class ImportMixin(SettingsMixin):
    """A view of one import."""

    permission = REGISTER_IMPORT
    access_area = IMPORT_AREA
    current_page = "register-import"

    def setup_object(self, pk: int) -> None:
        rows = RegisterImport.objects.select_related("entered_by", "started_by", "progress")
        self.register_import = get_object_or_404(rows, pk=pk)


class ImportView(ImportMixin, SettingsPageView):
    """The state of an import. While a job runs, the page asks for its progress by itself."""

    template_name = "register_import/detail.html"
    fragment = "register_import/_progress.html"

    def get(self, request, *args, **kwargs):
        if request.htmx and not self.register_import.is_running:
            return HttpResponseClientRefresh()  # the job has ended: the whole page is another
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**import_context(self.register_import), **kwargs)


class ImportFormView(ImportMixin, SettingsFormView):
    """A form about one import."""

    access_area = IMPORT_AREA
    keeps_drafts = False
    template_name = "register_import/form_page.html"

    def get_instance(self):
        return self.register_import

    def get_cancel_url(self) -> str:
        return reverse("register-import-detail", args=[self.register_import.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(register_import=self.register_import, **kwargs)


class ImportStartView(ImportFormView):
    """Starts the import of a checked register; what was interrupted is begun again."""

    form_class = ImportStartForm
    page_title = "Wczytaj rejestr"

    def get_form_kwargs(self) -> dict:
        waits = self.register_import.state in CHECKED
        return super().get_form_kwargs() | {"has_remarks": waits and bool(self.register_import.warnings)}

    def perform(self, form):
        return start_import(
            register_import=self.register_import, version=self.opened_version, by=self.request.user
        )

    def get_success_message(self) -> str:
        return "Praca się zaczęła."


class ImportCancelView(ImportFormView):
    """Stops an import before anything is saved, or removes a checked file that nobody imports."""

    form_class = ImportCancelForm

    @property
    def page_title(self) -> str:  # type: ignore[override]  # an attribute in the base; only read
        return "Przerwij wczytywanie" if self.register_import.is_running else "Usuń plik"

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"is_running": self.register_import.is_running}

    def perform(self, form):
        return cancel_import(register_import=self.register_import, by=self.request.user)

    def get_success_message(self) -> str:
        if self.result.state == ImportState.CANCELLED:
            return "Plik usunięto. Nic z niego nie wczytano."
        return "Poproszono o przerwanie. Praca zatrzyma się za chwilę."


class ImportUndoView(ImportFormView):
    """Takes a whole import back."""

    form_class = ImportUndoForm
    page_title = "Cofnij wczytanie"
    keeps_drafts = True

    def perform(self, form):
        return undo_import(
            register_import=self.register_import,
            version=self.opened_version,
            by=self.request.user,
            **form.cleaned_data,
        )

    def get_success_message(self) -> str:
        return "Cofnięto. Wczytanych rodzin już nie ma."


class TemplateWorkbookView(PermissionRequiredView):
    """The template workbook."""

    permission = REGISTER_IMPORT
    access_area = None
    makes_document = True

    def get(self, request) -> HttpResponse:
        return xlsx_response(template_sheets(), "szablon-rejestru.xlsx")


class CorrectedWorkbookView(ImportMixin, PermissionRequiredView):
    """The uploaded workbook with a column that says what to mend."""

    makes_document = True

    def get(self, request, *args, **kwargs) -> HttpResponse:
        row = self.register_import
        report, files = storage.load_report(row), storage.load_files(row)
        if report is None or not files:
            raise Http404
        try:
            sheets = read_sheets(files)
        except UnreadableFile:
            raise Http404 from None
        shown = dict(Family.objects.filter(pk__in=set(all_files(report))).values_list("pk", "name"))
        note_shown(shown)
        return xlsx_response(corrected_sheets(sheets, report, shown), f"co-poprawic-{row.pk}.xlsx")
