"""Bases of the forms of an assistant's file."""

from django.shortcuts import get_object_or_404

from families.employees.forms import ReasonForm
from families.employees.permissions import EMPLOYEE_FILE
from lubsko_ops.accounts.base_views import PersonFormView

FILE_TAB = "families:employee-file"


class EmployeeFormView(PersonFormView):
    """A form of the file; it leads back to the file. Rows (``row`` in the URL) belong to the person."""

    permission = EMPLOYEE_FILE
    current_tab = FILE_TAB
    anchor = ""
    model: type | None = None  # of the row named in the URL
    row = None

    def setup_object(self, pk, row=None, **kwargs) -> None:
        super().setup_object(pk=pk)
        if row is not None and self.model is not None:
            self.row = get_object_or_404(self.model.objects.select_related("user"), pk=row, user=self.person)

    def get_instance(self):
        return self.row

    def get_initial(self):
        return self.row.entered_values() if self.row else {}

    def get_success_url(self) -> str:
        return self.get_cancel_url() + (f"#{self.anchor}" if self.anchor else "")

    @property
    def draft_title(self) -> str:
        return f"{self.page_title}: {self.person}"


class RemoveView(EmployeeFormView):
    """Removes a row that was entered by mistake."""

    form_class = ReasonForm
    template_name = "employees/remove.html"
    keeps_drafts = False

    def get_initial(self):
        return {}

    def get_context_data(self, **kwargs):
        return super().get_context_data(row=self.row, **kwargs)
