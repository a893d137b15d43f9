"""A sample letter that shows the letterhead of the centre."""

from lubsko_ops.audit.base_views import AuthenticatedRequest, PermissionRequiredView
from lubsko_ops.centre.models import get_letterhead
from lubsko_ops.centre.permissions import CENTRE_EDIT
from lubsko_ops.output.documents import DocumentResponse, document_html, pdf_response


class LetterheadPreviewView(PermissionRequiredView):
    """The letterhead, the foot and the forms of the name on a letter without content."""

    permission = CENTRE_EDIT
    access_area = None
    makes_document = True

    def get(self, request: AuthenticatedRequest) -> DocumentResponse:
        centre = get_letterhead()
        context = {"centre": centre, "locality": centre.locality, "dated": request.today}
        return pdf_response(document_html("print/letterhead_preview.html", context), "naglowek-pisma.pdf")
