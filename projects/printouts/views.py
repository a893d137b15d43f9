"""The papers for use as files."""

from lubsko_ops.audit.base_views import PageView
from lubsko_ops.output.documents import pdf_response
from projects.printouts.notice import notice_html
from projects.views import ProjectMixin


class NoticeView(ProjectMixin, PageView):
    """Ogłoszenie o naborze."""

    makes_document = True

    def get(self, request, *args, **kwargs):
        return pdf_response(notice_html(self.edition), f"ogloszenie-{self.edition.pk}.pdf")
