"""Forms of the contracts, training and absences of an assistant."""

from families import law
from families.employees import actions, forms
from families.employees.contract_days import sentences_after
from families.employees.models import Absence, Training
from families.employees.queries import get_assistants
from families.employees.views.base import EmployeeFormView, RemoveView
from lubsko_ops.accounts.models import Contract
from lubsko_ops.core.links import reverse
from lubsko_ops.core.polish import count_of, short_date


# ---- contracts ---------------------------------------------------------------------------------------
class ContractFormView(EmployeeFormView):
    """Base of the forms of one contract."""

    model = Contract
    anchor = "umowy"

    def get_form_kwargs(self):
        limit = law.FAMILIES_PER_ASSISTANT.on(self.request.today)
        return super().get_form_kwargs() | {"limit": limit}


class ContractAddView(ContractFormView):
    """A new contract."""

    form_class = forms.ContractEntryForm
    page_title = "Nowa umowa"

    def get_initial(self):
        return {"starts_on": self.request.today, "fraction": 1}

    def perform(self, form):
        return actions.record_contract(user=self.person, contract=form.instance, by=self.request.user)

    def get_success_message(self):
        return f"Zapisano umowę {self.result.validity}."


class ContractCorrectView(ContractFormView):
    """Corrects a contract, or ends it; says what goes on after its last day."""

    form_class = forms.ContractCorrectForm
    template_name = "employees/correct.html"
    page_title = "Zmień albo zakończ umowę"

    def get_context_data(self, **kwargs):
        remove_url = reverse("families:contract-remove", args=[self.person.pk, self.row.pk])
        return super().get_context_data(remove_url=remove_url, **kwargs)

    def get_confirmations(self, form):
        last = form.cleaned_data["ends_on"]
        shorter = last and (self.row.ends_on is None or last < self.row.ends_on)
        later = Contract.objects.filter(user=self.person, starts_on__gt=self.row.starts_on)
        return sentences_after(self.person.pk, last) if shorter and not later.exists() else []

    def perform(self, form):
        return actions.correct_contract(
            contract=self.row,
            values=form.instance,
            why=form.cleaned_data["why"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        return f"Zapisano umowę {self.result.validity}."


class ContractRemoveView(RemoveView):
    """Removes a contract entered by mistake."""

    model = Contract
    page_title = "Usuń umowę"
    anchor = "umowy"

    def perform(self, form):
        return actions.remove_contract(
            contract=self.row,
            why=form.cleaned_data["why"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        return f"Usunięto umowę {self.row.validity}."


# ---- training and absences ---------------------------------------------------------------------------
class TrainingAddView(EmployeeFormView):
    """A training or supervision, for one or several assistants."""

    form_class = forms.TrainingForm
    page_title = "Szkolenie albo superwizja"
    anchor = "szkolenia"

    def get_form_kwargs(self):
        others = [user for user in get_assistants(on=self.request.today) if user.pk != self.person.pk]
        return super().get_form_kwargs() | {"today": self.request.today, "others": others}

    def perform(self, form):
        everyone = [self.person, *form.cleaned_data.get("also", [])]
        return actions.record_training(users=everyone, training=form.instance, by=self.request.user)

    def get_success_message(self):
        people = count_of(len(self.result), "osoby,osób,osób")
        return f"Zapisano szkolenie z {short_date(self.result[0].held_on)} dla {people}."


class TrainingCorrectView(EmployeeFormView):
    """Corrects a training of this person."""

    model = Training
    form_class = forms.TrainingCorrectForm
    template_name = "employees/correct.html"
    page_title = "Popraw szkolenie"
    anchor = "szkolenia"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"today": self.request.today}

    def get_context_data(self, **kwargs):
        remove_url = reverse("families:training-remove", args=[self.person.pk, self.row.pk])
        return super().get_context_data(remove_url=remove_url, **kwargs)

    def perform(self, form):
        return actions.correct_training(
            training=self.row, values=form.instance, version=self.opened_version, by=self.request.user
        )

    def get_success_message(self):
        return "Poprawiono szkolenie."


class TrainingRemoveView(RemoveView):
    """Removes a training entered by mistake."""

    model = Training
    page_title = "Usuń szkolenie"
    anchor = "szkolenia"

    def perform(self, form):
        return actions.remove_training(
            training=self.row,
            why=form.cleaned_data["why"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        return "Usunięto szkolenie."


class AbsenceAddView(EmployeeFormView):
    """A new absence."""

    form_class = forms.AbsenceForm
    page_title = "Nieobecność"
    anchor = "nieobecnosci"

    def perform(self, form):
        return actions.record_absence(user=self.person, absence=form.instance, by=self.request.user)

    def get_success_message(self):
        return f"Zapisano nieobecność {self.result.validity}."


class AbsenceCorrectView(EmployeeFormView):
    """Corrects an absence."""

    model = Absence
    form_class = forms.AbsenceForm
    template_name = "employees/correct.html"
    page_title = "Popraw nieobecność"
    anchor = "nieobecnosci"

    def get_context_data(self, **kwargs):
        remove_url = reverse("families:absence-remove", args=[self.person.pk, self.row.pk])
        return super().get_context_data(remove_url=remove_url, **kwargs)

    def perform(self, form):
        return actions.correct_absence(
            absence=self.row, values=form.instance, version=self.opened_version, by=self.request.user
        )

    def get_success_message(self):
        return f"Zapisano nieobecność {self.result.validity}."


class AbsenceRemoveView(RemoveView):
    """Removes an absence entered by mistake."""

    model = Absence
    page_title = "Usuń nieobecność"
    anchor = "nieobecnosci"

    def perform(self, form):
        return actions.remove_absence(
            absence=self.row,
            why=form.cleaned_data["why"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        return f"Usunięto nieobecność {self.row.validity}."
