"""The papers for use as files.

The notice and blank forms are for everybody who reads projects. A paper with names has only participants the user may
see, and notes whom it showed.
"""

from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect

from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.audit.base_views import PageView
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.output.documents import pdf_response, xlsx_response
from projects.choices import ConsentKind
from projects.models import HOLDING_PLACE, Participation
from projects.participants.people import people_of
from projects.permissions import PARTICIPANT_ENROL, PRINTOUTS_AREA
from projects.printouts import declarations, lists
from projects.printouts.notice import notice_html
from projects.printouts.people import visible_in
from projects.scope import reads_all_groups, runs_participants, visible_groups
from projects.views import ProjectMixin

NOT_RUNNING = "Listę uczestników drukują autorzy projektu, prowadzący grupy i kierownik."
ALL_SIGNED = "Nikt, kogo widzisz, nie czeka na deklarację ani na zgodę opiekuna."


# ---- for everybody who reads projects ----------------------------------------------------------------
class NoticeView(ProjectMixin, PageView):
    """Ogłoszenie o naborze."""

    makes_document = True

    def get(self, request, *args, **kwargs):
        return pdf_response(notice_html(self.edition), f"ogloszenie-{self.edition.pk}.pdf")


class BlankDeclarationView(ProjectMixin, PageView):
    """Deklaracja uczestnictwa, to fill in by hand."""

    makes_document = True
    kind = ConsentKind.DECLARATION
    file_kind = "deklaracja"

    def get(self, request, *args, **kwargs):
        html = declarations.declarations_html(self.edition, [declarations.blank(self.kind)])
        return pdf_response(html, f"{self.file_kind}-{self.edition.pk}.pdf")


class BlankGuardianConsentView(BlankDeclarationView):
    """Zgoda opiekuna, to fill in by hand."""

    kind = ConsentKind.GUARDIAN
    file_kind = "zgoda-opiekuna"


# ---- with names --------------------------------------------------------------------------------------
class NamesMixin(ProjectMixin):
    """A paper with names of participants of one project."""

    permission = PARTICIPANT_ENROL
    access_area = PRINTOUTS_AREA
    makes_document = True

    @property
    def visible(self):
        """Participants of the project, or of the group in the query, that the user may see."""
        rows = visible_in(self.edition, self.request.user, on=self.request.today)
        return rows.filter(group=self.group) if self.group else rows

    @cached_property
    def group(self):
        """The group of the query (``?grupa=<id>``); None without one, 404 for one of another project."""
        if "grupa" not in self.request.GET:
            return None
        group = (
            visible_groups(self.request.user)
            .filter(edition=self.edition, pk=parse_int(self.request.GET["grupa"]) or 0)
            .first()
        )
        if group is None:
            raise Http404
        return group

    def count_hidden(self, seen: int, **filters) -> int:
        """How many participants there are besides those seen."""
        rows = Participation.objects.filter(edition=self.edition, **filters)
        if not reads_all_groups(self.edition, self.request.user):
            rows = rows.filter(group__in=visible_groups(self.request.user).values("pk"))
        return (rows.filter(group=self.group) if self.group else rows).count() - seen

    def note(self, rows: list[Participation], families=()) -> None:
        whole = [row.family_id for row in rows if row.person_id is None]
        note_shown([*whole, *families], persons=[person.pk for person in people_of(rows)])


class UnsignedDeclarationsView(NamesMixin, PageView):
    """Everything that is still to be signed; of more than one file can hold, the list of files (``?od=<number>``)."""

    template_name = "projects/declaration_files.html"

    def get(self, request, *args, **kwargs):
        sheets = declarations.unsigned_sheets(self.edition, self.visible, on=request.today)
        first = parse_int(request.GET.get("od")) or 0
        if not sheets[max(first - 1, 0) :]:
            messages.info(request, ALL_SIGNED)
            return HttpResponseRedirect(self.project_url())
        if not first and len(sheets) > declarations.BATCH:
            files = self.files(len(sheets))
            return self.render_to_response(
                self.get_context_data(files=files, batch=declarations.BATCH, group=self.group)
            )
        sheets = sheets[max(first - 1, 0) :][: declarations.BATCH]
        self.note([row for row, _ in sheets])
        html = declarations.declarations_html(self.edition, [sheet for _, sheet in sheets])
        return pdf_response(html, f"deklaracje-{self.edition.pk}.pdf")

    @staticmethod
    def files(number: int) -> list[tuple[int, int]]:
        """The first and the last sheet of each file."""
        starts = range(1, number + 1, declarations.BATCH)
        return [(first, min(first + declarations.BATCH - 1, number)) for first in starts]


class DeclarationView(NamesMixin, PageView):
    """The declaration of one participant."""

    participation: Participation
    file_kind = "deklaracja"

    def setup_object(self, pk, participation, **kwargs):
        super().setup_object(pk)
        if (row := self.visible.filter(pk=participation).first()) is None:
            raise Http404
        self.participation = row

    def get_sheet(self):
        return declarations.declaration_of(self.participation)

    def get(self, request, *args, **kwargs):
        if (sheet := self.get_sheet()) is None:
            raise Http404
        self.note([self.participation])
        html = declarations.declarations_html(self.edition, [sheet])
        return pdf_response(html, f"{self.file_kind}-{self.participation.pk}.pdf")


class GuardianConsentView(DeclarationView):
    """The consent for a child who takes part."""

    file_kind = "zgoda-opiekuna"

    def get_sheet(self):
        return declarations.guardian_consent_of(self.participation, on=self.request.today)


class ParticipantListView(NamesMixin, PageView):
    """Lista uczestników; ``?grupa=<id>`` of a group, ``?podpisy=1`` with a column to sign in."""

    def setup_object(self, pk, **kwargs):
        super().setup_object(pk)
        if not runs_participants(self.edition, self.request.user, on=self.request.today):
            raise PermissionDenied(NOT_RUNNING)

    def get(self, request, *args, **kwargs):
        rows = list(self.visible)
        seen = sum(row.status in HOLDING_PLACE for row in rows)
        html = lists.list_html(
            self.edition,
            rows,
            group=self.group,
            hidden=self.count_hidden(seen, status__in=HOLDING_PLACE),
            signatures="podpisy" in request.GET,
            today=request.today,
        )
        self.note(rows)
        return pdf_response(html, f"lista-uczestnikow-{self.edition.pk}.pdf")


class ParticipantsDownloadView(NamesMixin, PageView):
    """The participants within the scope of the user as a workbook."""

    def get(self, request, *args, **kwargs):
        rows = list(self.visible)
        families = lists.visible_families(rows, request.user, on=request.today)
        sheet = lists.participants_sheet(
            self.edition,
            rows,
            families=families,
            hidden=self.count_hidden(len(rows)),
            user=request.user,
            today=request.today,
        )
        self.note(rows, families)
        return xlsx_response([sheet], f"uczestnicy-{self.edition.pk}.xlsx")
