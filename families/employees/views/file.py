"""Pages of the file of an assistant as an employee: what is there and what is missing, documents, confirmation."""

from django.http import Http404

from families.employees import actions, forms, rules
from families.employees.models import EmployeeDocument, EmployeeFile
from families.employees.permissions import EMPLOYEE_FILE
from families.employees.queries import (
    get_absences,
    get_assistants,
    get_file,
    get_files,
    get_training,
)
from families.employees.views.base import FILE_TAB, EmployeeFormView, RemoveView
from lubsko_ops.accounts.base_views import PersonPageView
from lubsko_ops.accounts.models import Contract
from lubsko_ops.audit.base_views import PageView
from lubsko_ops.core.links import reverse
from lubsko_ops.core.polish import count_of


class EmployeeFilesView(PageView):
    """Teczki asystentów: of every assistant what is missing and what is confirmed."""

    permission = EMPLOYEE_FILE
    access_area = None
    template_name = "employees/files.html"

    def get_context_data(self, **kwargs):
        assistants = get_assistants(on=self.request.today)
        states = get_files(assistants, on=self.request.today)
        rows = [states[user.pk] for user in assistants]
        rows.sort(key=lambda state: state.is_confirmed)  # those that wait first, each group by surname
        waiting = sum(not state.is_confirmed for state in rows)
        return super().get_context_data(rows=rows, waiting=waiting, **kwargs)


class EmployeeFileView(PersonPageView):
    """Teczka pracownika: one list of what is there and what is missing, contracts, training, absences."""

    permission = EMPLOYEE_FILE
    current_tab = FILE_TAB
    template_name = "employees/file.html"

    def get_context_data(self, **kwargs):
        on = self.request.today
        contracts = list(Contract.objects.filter(user=self.person).order_by("-starts_on"))
        first = min((row.starts_on for row in contracts), default=None)
        return super().get_context_data(
            state=get_file(self.person, on=on),
            contracts=contracts,
            training=get_training(self.person, employed_from=first, on=on),
            absences=get_absences(self.person),
            **kwargs,
        )


class EmployeeFileEditView(EmployeeFormView):
    """Variant of qualifications, other roles, languages."""

    form_class = forms.EmployeeFileForm
    page_title = "Kwalifikacje i inne dane"
    anchor = "punkty"

    def setup_object(self, pk, **kwargs) -> None:
        super().setup_object(pk=pk)
        self.row = EmployeeFile.objects.filter(user=self.person).first()

    def get_form_kwargs(self):
        state = get_file(self.person, on=self.request.today)
        return super().get_form_kwargs() | {"is_assistant": state.is_assistant}

    def perform(self, form):
        return actions.save_employee_file(
            user=self.person, values=form.instance, version=self.opened_version, by=self.request.user
        )

    def get_success_message(self):
        return "Zapisano dane teczki." + actions.confirmation_lost_text(self.result)


class DocumentFormView(EmployeeFormView):
    """Base of the forms of one document."""

    model = EmployeeDocument
    form_class = forms.DocumentForm
    anchor = "punkty"
    kind = ""

    @property
    def page_title(self):  # type: ignore[override]
        name = rules.DOCUMENT_NAMES[self.kind]
        return name[0].upper() + name[1:]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"kind": self.kind, "today": self.request.today}


class DocumentAddView(DocumentFormView):
    """Adds a document of the kind named in the URL."""

    def setup_object(self, pk, kind, **kwargs) -> None:
        super().setup_object(pk=pk)
        if kind not in rules.DOCUMENT_NAMES:
            raise Http404
        self.kind = kind

    def perform(self, form):
        return actions.add_document(user=self.person, document=form.instance, by=self.request.user)

    def get_success_message(self):
        return f"Dodano: {rules.DOCUMENT_NAMES[self.kind]}.{actions.confirmation_lost_text(self.result)}"


class DocumentCorrectView(DocumentFormView):
    """Corrects a document."""

    template_name = "employees/correct.html"

    def setup_object(self, pk, row, **kwargs) -> None:
        super().setup_object(pk=pk, row=row)
        self.kind = self.row.kind

    def get_context_data(self, **kwargs):
        remove_url = reverse("families:employee-document-remove", args=[self.person.pk, self.row.pk])
        return super().get_context_data(remove_url=remove_url, **kwargs)

    def perform(self, form):
        return actions.correct_document(
            document=self.row, values=form.instance, version=self.opened_version, by=self.request.user
        )

    def get_success_message(self):
        return f"Poprawiono: {rules.DOCUMENT_NAMES[self.kind]}.{actions.confirmation_lost_text(self.result)}"


class DocumentRemoveView(RemoveView):
    """Removes a document entered by mistake."""

    model = EmployeeDocument
    page_title = "Usuń dokument z teczki"
    anchor = "punkty"

    def perform(self, form):
        return actions.remove_document(
            document=self.row,
            why=form.cleaned_data["why"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        return f"Usunięto z teczki: {self.row}.{actions.confirmation_lost_text(self.result)}"


class ConfirmView(EmployeeFormView):
    """The manager confirms the file, whole or by point, after a list of what is missing."""

    form_class = forms.ConfirmationForm
    template_name = "employees/confirm.html"
    page_title = "Potwierdź teczkę"
    anchor = "punkty"

    def setup_object(self, pk, **kwargs) -> None:
        super().setup_object(pk=pk)
        self.state = get_file(self.person, on=self.request.today)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"state": self.state}

    def get_initial(self):
        return {"confirmed_on": self.request.today}

    def get_context_data(self, **kwargs):
        return super().get_context_data(state=self.state, **kwargs)

    def check_rules(self, form):
        data = form.cleaned_data
        if data.get("confirmed_on"):
            actions.validate_confirmation(
                self.state,
                confirmed_on=data["confirmed_on"],
                points=form.points,
                notes=form.notes,
            )

    def perform(self, form):
        data = form.cleaned_data
        return actions.confirm_file(
            user=self.person,
            confirmed_on=data["confirmed_on"],
            points=form.points,
            notes=form.notes,
            by=self.request.user,
        )

    def get_success_message(self):
        state = get_file(self.person, on=self.request.today)
        if state.is_confirmed:
            return f"Teczka jest potwierdzona: {self.person} może prowadzić rodziny."
        left = count_of(len(state.unconfirmed), "punkt,punkty,punktów")
        return f"Potwierdzono {count_of(len(self.result), 'punkt,punkty,punktów')}, zostaje {left}."


class WithdrawView(EmployeeFormView):
    """Withdraws the confirmation of the file."""

    form_class = forms.WithdrawalForm
    page_title = "Cofnij potwierdzenie teczki"
    keeps_drafts = False
    anchor = "punkty"

    def perform(self, form):
        return actions.withdraw_confirmation(
            user=self.person, why=form.cleaned_data["why"], by=self.request.user
        )

    def get_success_message(self):
        return "Cofnięto potwierdzenie. Nowej rodziny nie można przydzielić; dotychczasowe zostają."
