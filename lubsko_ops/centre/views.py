"""The pages of the settings: the centre's data, its coat of arms and its norms."""

from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect

from lubsko_ops.audit.base_views import PermissionRequiredView
from lubsko_ops.centre import actions, queries
from lubsko_ops.centre.forms import (
    CentreForm,
    CoatOfArmsForm,
    CoatOfArmsRemoveForm,
    NormForm,
    NormsConfirmForm,
    NormWithdrawForm,
)
from lubsko_ops.centre.models import Centre, NormValue
from lubsko_ops.centre.norms import NORM_DEPENDENTS, NORMS, Norm
from lubsko_ops.centre.permissions import CENTRE_EDIT, NORMS_EDIT, SETTINGS_VIEW
from lubsko_ops.centre.settings_pages import SettingsFormView, SettingsPageView, get_settings_pages
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import count_of, short_date


class SettingsView(PermissionRequiredView):
    """Leads to the first page of the settings that the user may open."""

    permission = SETTINGS_VIEW
    access_area = None

    def get(self, request, *args, **kwargs):
        return HttpResponseRedirect(get_settings_pages(request.user)[0]["url"])


# ---- the centre ----------------------------------------------------------------------------------------
class CentreView(SettingsFormView):
    """The centre's data, beside the letterhead that they make."""

    permission = CENTRE_EDIT
    current_page = "centre"
    form_class = CentreForm
    template_name = "centre/centre.html"
    page_title = "Dane ośrodka i nagłówek pism"

    def setup_object(self, **kwargs):
        self.centre = Centre.objects.order_by("pk").first()

    def get_instance(self):
        return self.centre

    def get_initial(self):
        return self.centre.entered_values() if self.centre else {}

    def perform(self, form):
        return actions.save_centre(by=self.request.user, version=self.opened_version, **form.cleaned_data)

    def get_success_message(self):
        return "Zapisano dane ośrodka. Nowe pisma mają już ten nagłówek."

    def get_context_data(self, **kwargs):
        return super().get_context_data(stored=self.centre, **kwargs)


class CoatOfArmsView(SettingsFormView):
    """Another coat of arms."""

    permission = CENTRE_EDIT
    current_page = "centre"
    form_class = CoatOfArmsForm
    template_name = "centre/coat_of_arms.html"
    page_title = "Herb w nagłówku pism"
    keeps_drafts = False  # a draft keeps no files

    def perform(self, form):
        return actions.save_coat_of_arms(
            content=form.cleaned_data["picture"].read(),
            label=form.cleaned_data["label"],
            by=self.request.user,
        )

    def get_success_message(self):
        return "Zapisano herb. Nowe pisma mają go w nagłówku."


class CoatOfArmsRemoveView(SettingsFormView):
    """Papers without a coat of arms from now on."""

    permission = CENTRE_EDIT
    current_page = "centre"
    form_class = CoatOfArmsRemoveForm
    template_name = "centre/coat_of_arms_remove.html"
    page_title = "Pisma bez herbu"
    keeps_drafts = False

    def perform(self, form):
        return actions.remove_coat_of_arms(by=self.request.user)

    def get_success_message(self):
        return "Nowe pisma nie mają już herbu."


# ---- norms ---------------------------------------------------------------------------------------------
class NormsView(SettingsPageView):
    """All norms: the value of today, since when, by whose decision, what is announced."""

    permission = NORMS_EDIT
    current_page = "norms"
    template_name = "centre/norms.html"
    fragment = "centre/_recalculation.html"

    def get_context_data(self, **kwargs):
        rows = queries.norm_rows(on=self.request.today)
        groups = [
            (group, list(of_group)) for group, of_group in groupby(rows, key=lambda row: row.norm.group)
        ]
        return super().get_context_data(
            page_title="Normy ośrodka",
            groups=groups,
            undecided=sum(row.current is None and row.announced is None for row in rows),
            progress=queries.get_progress(),
            is_manager=Role.MANAGER in self.request.user.roles,
            **kwargs,
        )


class NormsConfirmView(SettingsFormView):
    """Standard values, checked and confirmed as they are."""

    permission = NORMS_EDIT
    current_page = "norms"
    form_class = NormsConfirmForm
    template_name = "centre/norms_confirm.html"
    page_title = "Zatwierdzenie wartości standardowych"
    keeps_drafts = False

    def perform(self, form):
        self.confirmed_norms = len(actions.confirm_norms(by=self.request.user))

    def get_success_message(self):
        return f"Zatwierdzono {count_of(self.confirmed_norms, 'wartość,wartości,wartości')}."

    def get_context_data(self, **kwargs):
        rows = queries.norm_rows(on=self.request.today)
        undecided = [row for row in rows if row.current is None and row.announced is None]
        return super().get_context_data(rows=undecided, **kwargs)


class OneNormView(SettingsFormView):
    """Base of the forms about one norm (``self.norm``, its key in the URL)."""

    permission = NORMS_EDIT
    current_page = "norms"
    norm: Norm

    def setup_object(self, **kwargs):
        self.name = kwargs["name"]
        if self.name not in NORMS:
            raise Http404
        self.norm = NORMS[self.name]
        if self.norm.manager_only and Role.MANAGER not in self.request.user.roles:
            raise PermissionDenied(
                "Tę normę zmienia kierownik: od niej zależy, kto czyta teczki i przyjmuje plany."
            )

    def get_context_data(self, **kwargs):
        return super().get_context_data(norm=self.norm, **kwargs)


class NormChangeView(OneNormView):
    """A norm from another day on, beside all its values."""

    form_class = NormForm
    template_name = "centre/norm_change.html"

    def setup_object(self, **kwargs):
        super().setup_object(**kwargs)
        self.page_title = f"{self.norm.label[0].upper()}{self.norm.label[1:]}: nowa wartość"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"norm": self.norm}

    def get_initial(self):
        return {"starts_on": self.request.today}

    def perform(self, form):
        self.row = actions.change_norm(name=self.name, by=self.request.user, **form.cleaned_data)

    def get_confirmations(self, form):
        """A value that is replaced, and one announced for later, which ends the new one."""
        day, values = form.cleaned_data["starts_on"], queries.values_of(self.name)
        sentences = [
            f"Od {short_date(day)} jest już {self.norm.text(row.value)} ({row.decided_by}). "
            "Nowa wartość ją zastąpi."
            for row in values
            if row.starts_on == day
        ]
        if later := [row for row in values if row.starts_on > day]:
            sentences.append(
                f"Od {short_date(later[-1].starts_on)} zapowiedziano {self.norm.text(later[-1].value)} "
                f"({later[-1].decided_by}). Nowa wartość obowiązuje tylko do tego dnia."
            )
        return sentences

    def get_success_message(self):
        return f"Od {short_date(self.row.starts_on)}: {self.norm.label}, {self.norm.text(self.row.value)}."

    def get_context_data(self, **kwargs):
        previews = [each.preview(self.name) for each in NORM_DEPENDENTS if self.name in each.norms]
        return super().get_context_data(
            values=queries.described_values(self.name, on=self.request.today), previews=previews, **kwargs
        )


class NormWithdrawView(OneNormView):
    """A value announced for a later day, withdrawn with a reason."""

    form_class = NormWithdrawForm
    template_name = "centre/norm_withdraw.html"
    page_title = "Wycofanie zapowiedzi"

    def setup_object(self, **kwargs):
        super().setup_object(**kwargs)
        row = NormValue.objects.filter(name=self.name, pk=kwargs["pk"]).first()
        if row is None:
            raise Http404
        self.row: NormValue = row

    def get_instance(self):
        return self.row

    def perform(self, form):
        actions.withdraw_norm(
            row=self.row, by=self.request.user, version=self.opened_version, **form.cleaned_data
        )

    def get_success_message(self):
        return f"Wycofano zapowiedź: {self.norm.label}, {self.norm.text(self.row.value)}."

    def get_success_url(self):
        return reverse("norms")

    def get_context_data(self, **kwargs):
        return super().get_context_data(row=self.row, value=self.norm.text(self.row.value), **kwargs)
