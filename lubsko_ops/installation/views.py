"""First steps, health of the installation, help, declaration of accessibility."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.mail import send_mail
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from lubsko_ops.accounts.link_mail import can_send_mail
from lubsko_ops.audit.base_views import PermissionRequiredView
from lubsko_ops.centre.models import get_centre
from lubsko_ops.centre.settings_pages import SETUP_STEPS, SettingsFormView, SettingsPageView
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import Role
from lubsko_ops.installation import health
from lubsko_ops.installation.actions import finish_setup, record_download, request_export, skip_step
from lubsko_ops.installation.confirmation import confirmation_url, has_confirmation, use_confirmation
from lubsko_ops.installation.export import read_parts
from lubsko_ops.installation.forms import DataExportForm
from lubsko_ops.installation.models import PROGRESS, DataExport, DataExportDownload, SetupProgress
from lubsko_ops.installation.permissions import DATA_EXPORT, FIRST_STEPS, HEALTH_VIEW
from lubsko_ops.installation.setup import get_steps, next_step, steps_lede
from lubsko_ops.output.file_store import StoredFileError

EXPORTS_SHOWN = 20


class FirstStepsView(SettingsPageView):
    """Pierwsze kroki: the steps of a new installation with what is missing; gone once it is finished."""

    permission = FIRST_STEPS
    current_page = "first-steps"
    template_name = "installation/first_steps.html"

    def get_context_data(self, **kwargs):
        progress = PROGRESS.get() or SetupProgress(skipped=[])
        rows = get_steps(self.request.user, progress, day=self.request.today)
        return super().get_context_data(
            rows=rows,
            next_step=next_step(rows),
            lede=steps_lede(rows),
            is_finished=progress.finished_at is not None or progress.pk is None,
            is_admin=Role.ADMIN in self.request.user.roles,
            installation=health.installation_facts(),
            **kwargs,
        )


class StepSkipView(PermissionRequiredView):
    """Skips a step for now, takes it back, or ends the guide."""

    permission = FIRST_STEPS
    access_area = None
    http_method_names = ["post"]

    def post(self, request):
        if "finish" in request.POST:
            finish_setup()
            messages.success(request, "Pierwsze kroki zakończone. Wszystko znajdziesz w Ustawieniach.")
            return redirect("start")
        key = request.POST.get("step", "")
        if key in SETUP_STEPS:
            skip_step(key=key, skipped=request.POST.get("skip") == "1")
        return redirect("first-steps")


class HealthView(SettingsPageView):
    """Stan aplikacji, for the administrator."""

    permission = HEALTH_VIEW
    current_page = "installation-health"
    template_name = "installation/health.html"

    def get_context_data(self, **kwargs):
        facts, nights = health.get_facts(), health.nightly_facts()
        late = sum(fact.kind == "late" for fact in facts + nights)
        return super().get_context_data(
            facts=facts, nights=nights, late=late, has_email=can_send_mail(), **kwargs
        )


class EmailTestView(PermissionRequiredView):
    """Sends a test e-mail to the administrator's own address."""

    permission = HEALTH_VIEW
    access_area = None
    http_method_names = ["post"]

    def post(self, request):
        if not can_send_mail():
            raise Http404
        if not request.user.email:
            messages.error(
                request, "Twoje konto nie ma adresu e-mail. Wpisz go na stronie Pracownicy, w danych konta."
            )
            return redirect("installation-health")
        try:
            send_mail("Lubsko OPS: próba poczty", "Poczta działa.", None, [request.user.email])
        except OSError as error:  # SMTP errors are OSErrors; nothing of them is logged but their class
            messages.error(request, f"Listu nie wysłano ({type(error).__name__}). Sprawdź EMAIL_URL.")
        else:
            messages.success(request, f"Wysłano list na adres {request.user.email}.")
        return redirect("installation-health")


class DataExportsView(SettingsFormView):
    """Eksport: asks for a file with all data of the centre, and lists those asked for."""

    permission = DATA_EXPORT
    current_page = "data-exports"
    form_class = DataExportForm
    template_name = "installation/data_exports.html"
    page_title = "Eksport danych"

    def get_context_data(self, **kwargs):
        exports = list(DataExport.objects.select_related("requested_by").order_by("-pk")[:EXPORTS_SHOWN])
        prefetch_related_objects(
            exports, Prefetch("downloads", DataExportDownload.objects.select_related("user").order_by("at"))
        )
        waiting = any(each.state == DataExport.State.WAITING for each in exports)
        confirmed = has_confirmation(self.request)
        return super().get_context_data(
            exports=exports, waiting=waiting, confirmed=confirmed, now=self.request.now, **kwargs
        )

    def perform(self, form):
        return request_export(reason=form.cleaned_data["reason"], by=self.request.user)

    def get_success_message(self):
        return "Plik powstaje. Gdy będzie gotowy, pojawi się tu przycisk Pobierz."


class DataExportDownloadView(PermissionRequiredView):
    """The file of an export, after a fresh confirmation; each download is recorded."""

    permission = DATA_EXPORT
    access_area = None
    http_method_names = ["get"]

    def get(self, request, pk):
        rows = DataExport.objects.filter(state=DataExport.State.READY, expires_at__gt=request.now)
        export = get_object_or_404(rows, pk=pk)
        try:
            content = read_parts(export)  # before the download is recorded
        except StoredFileError:
            messages.error(request, "Część tego pliku zginęła z dysku. Zamów eksport jeszcze raz.")
            return redirect("data-exports")
        confirmed_at = use_confirmation(request)
        if not confirmed_at or not record_download(export=export, by=request.user, confirmed_at=confirmed_at):
            return HttpResponseRedirect(confirmation_url(request, next_url=reverse("data-exports")))
        response = StreamingHttpResponse(content, content_type="application/zip")
        response["Content-Length"] = str(export.size)
        response["Content-Disposition"] = f'attachment; filename="{export.filename}"'
        response["Cache-Control"] = "private, no-store"
        return response


@method_decorator(login_not_required, name="dispatch")
class HelpView(TemplateView):
    """Pomoc: how to begin, words, whom to ask. Open to everybody, also to who cannot log in."""

    template_name = "installation/help.html"


@method_decorator(login_not_required, name="dispatch")
class AccessibilityView(TemplateView):
    """Deklaracja dostępności, open to everybody."""

    template_name = "installation/accessibility.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(centre=get_centre(), version=health.get_version(), **kwargs)
