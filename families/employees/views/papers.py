"""Papers for the personal file of a worker, to be signed."""

from families import law
from families.employees import rules
from families.employees.permissions import EMPLOYEE_FILE
from lubsko_ops.accounts.base_views import PersonMixin
from lubsko_ops.audit.base_views import PermissionRequiredView
from lubsko_ops.centre.citations import get_added_journals
from lubsko_ops.centre.models import get_letterhead
from lubsko_ops.output.documents import document_html, pdf_response


class EmployeePdfView(PersonMixin, PermissionRequiredView):
    """A paper for the personal file, to be signed."""

    permission = EMPLOYEE_FILE
    makes_document = True
    template = ""
    filename = ""
    requirement: rules.Requirement

    def get(self, request, pk):
        on = request.today
        # A provision that nobody has read in the text of the act is not printed as the basis of a paper.
        provision = self.requirement.provision if self.requirement.verified else ""
        context = {
            "centre": get_letterhead(),
            "locality": get_letterhead().locality,
            "dated": on,
            "person": self.person,
            "role": self.person.roles_display,
            "provision": provision,
            "journal": law.SUPPORT.journal_on(on, get_added_journals(law.SUPPORT.short)),
        }
        return pdf_response(document_html(self.template, context), f"{self.filename}-{self.person.pk}.pdf")


class AuthorisationPdfView(EmployeePdfView):
    """Upoważnienie do przetwarzania danych osobowych."""

    template = "print/employee/authorisation.html"
    filename = "upowaznienie"
    requirement = rules.REQUIREMENTS_BY_CODE["data_authorisation"]


class PledgePdfView(EmployeePdfView):
    """Zobowiązanie do zachowania tajemnicy."""

    template = "print/employee/pledge.html"
    filename = "zobowiazanie"
    requirement = rules.REQUIREMENTS_BY_CODE["secrecy_pledge"]
