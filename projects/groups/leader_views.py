"""Form pages of the leaders of a group."""

from django.shortcuts import get_object_or_404

from lubsko_ops.core.links import reverse
from projects.groups import actions, forms
from projects.groups.form_views import GroupFormView
from projects.models import GroupLeader
from projects.queries import possible_authors


class LeaderFormView(GroupFormView):
    """A form about a leader of the group (``row`` in the URL)."""

    row: GroupLeader | None = None

    def setup_object(self, pk, row=None, **kwargs):
        super().setup_object(pk)
        if row is not None:
            rows = GroupLeader.objects.select_related("user", "group__edition")
            self.row = get_object_or_404(rows, pk=row, group=self.group)

    def get_instance(self):
        return self.row

    def get_form_kwargs(self):
        chosen = [self.row.user_id] if self.row and self.row.user_id else []
        staff = list(possible_authors(self.request.today, chosen))
        return super().get_form_kwargs() | {"staff": staff}

    def get_initial(self):
        return self.row.entered_values() if self.row else {}


class LeaderAddView(LeaderFormView):
    """Somebody leads from a day on, beside the others or instead of one of them."""

    form_class = forms.LeaderAddForm
    page_title = "Dodaj prowadzącego"

    def get_form_kwargs(self):
        current = [each for each in self.leaders if each.is_active_on_or_after(self.request.today)]
        return super().get_form_kwargs() | {"leaders": current, "group": self.group}

    def get_initial(self):
        return {"starts_on": self.group.starts_on if not self.leaders else None}

    def perform(self, form):
        return actions.add_leader(
            group=self.group,
            data=form.instance,
            replaces=form.cleaned_data.get("replaces"),
            by=self.request.user,
        )

    def get_success_message(self):
        return f"{self.result} prowadzi {self.result.validity}."


class LeaderUpdateView(LeaderFormView):
    """From when to when somebody leads."""

    form_class = forms.LeaderForm
    template_name = "groups/leader.html"
    page_title = "Zmień prowadzącego"

    def perform(self, form):
        return actions.update_leader(
            leader=self.row, data=form.instance, version=self.opened_version, by=self.request.user
        )

    def get_success_message(self):
        return f"{self.result} prowadzi {self.result.validity}."

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            remove_url=reverse("groups:leader-remove", args=[self.group.pk, self.row.pk]), **kwargs
        )


class LeaderRemoveView(LeaderFormView):
    """Remove a leader entered by mistake."""

    form_class = forms.GroupReasonForm
    page_title = "Usuń prowadzącego"
    keeps_drafts = False
    lede = (
        "Tylko wpis przez pomyłkę. Kto prowadził, a już nie prowadzi, ma ostatni dzień w polu „Prowadzi do”."
    )

    def get_form_kwargs(self):
        return {name: value for name, value in super().get_form_kwargs().items() if name != "staff"}

    def get_initial(self):
        return {}

    def perform(self, form):
        return actions.remove_leader(
            leader=self.row, why=form.cleaned_data["why"], version=self.opened_version, by=self.request.user
        )

    def get_success_message(self):
        return f"Usunięto prowadzącego: {self.row}."
