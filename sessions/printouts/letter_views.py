"""Letters about absences: writing one, the list of a group, the paper."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render

from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.audit.base_views import PageView
from lubsko_ops.core.links import reverse
from lubsko_ops.output.issued_papers import IssuedPaperResponse, paper_context, papers_about
from lubsko_ops.output.models import IssuedPaper
from projects.form_views import ProjectFormView
from projects.groups.queries import leaders_of
from projects.groups.views import GROUPS_TAB, GroupMixin
from projects.models import Participation
from projects.participants.access import may_record
from projects.participants.queries import note_participations
from projects.scope import visible_participations
from sessions.attendance.absences import open_runs, watched
from sessions.attendance.sections import absence_rows
from sessions.choices import FollowUpKind
from sessions.models import AbsenceFollowUp
from sessions.permissions import (
    LOCKED,
    MEETING_PAPERS_AREA,
    MEETING_RUN,
    NOT_RUN,
    may_change_meetings,
    runs_group,
)
from sessions.printouts import actions, forms, letters
from sessions.printouts.certificates import threshold_of
from sessions.printouts.register import load_register
from sessions.printouts.schedules import load_meetings

EXPLAINED = "Nie ma teraz dwóch nieobecności z rzędu, których nikt jeszcze nie wyjaśnił."
CONFIRMED = "mimo-to"  # in the query: open a letter although its address is withheld


class AbsenceLetterView(ProjectFormView):
    """A letter to somebody who missed two meetings or more: for who runs the group and works with the family."""

    permission = MEETING_RUN
    access_area = MEETING_PAPERS_AREA
    current_tab = GROUPS_TAB
    form_class = forms.AbsenceLetterForm
    template_name = "meetings/absence_letter.html"
    page_title = "Pismo o nieobecności"
    row: Participation

    def setup_object(self, pk, **kwargs):
        user, today = self.request.user, self.request.today
        related = ("edition__line", "edition__approved_by", "edition__copied_from", "group__place")
        rows = visible_participations(user, on=today).select_related(*related, "person", "child", "family")
        row = rows.filter(pk=pk, group__isnull=False).first()
        if row is None:
            raise Http404
        self.row, self.edition = row, row.edition
        note_participations([row])
        if not may_record(row, user, on=today):
            raise PermissionDenied(NOT_RUN)

    def get_instance(self):
        return None

    def get_refusal(self):
        if not may_change_meetings(self.edition):
            return LOCKED
        return "" if self.runs else EXPLAINED

    def get_cancel_url(self):
        return reverse("groups:group", args=[self.row.group_id])

    @property
    def draft_title(self):
        return f"{self.row.group}: {self.page_title}"

    @cached_property
    def runs(self):
        return open_runs([self.row])

    @cached_property
    def recipients(self) -> dict[str, object]:
        people = letters.recipients_of(self.row, on=self.request.today)
        note_shown(persons=[person.pk for person in people])
        return {str(person.pk): person for person in people}

    @cached_property
    def meeting(self):
        return letters.next_meeting(self.row, self.request.now)

    def get_form_kwargs(self):
        kinds = {code: str(person) for code, person in self.recipients.items()}
        named = self.row.person is None or letters.is_child(self.row, on=self.request.today)
        return super().get_form_kwargs() | {"recipients": kinds, "with_other": named or not kinds}

    def get_initial(self):
        row, user, today = self.row, self.request.user, self.request.today
        people = list(self.recipients.values())
        leaders = leaders_of(row.group)
        return {
            "address": letters.printable_address(row, people, user, on=today),
            "opening": letters.opening_text(row, self.runs, on=today),
            "text": letters.body_text(
                row, leaders, attendance=self.attendance(), threshold=threshold_of(row.group), on=today
            ),
            "signer": str(user),
            "distribution": letters.distribution_text(row, people, user, on=today),
        }

    def attendance(self) -> str:
        """ "5 z 7" of the person the letter is about; empty without a mark."""
        run = letters.main_slot(self.row, self.runs)
        register = load_register(self.row.group, load_meetings(self.row.group))
        lines = [line for line in register.lines if line.slot.key == run]
        return lines[0].score(register.held).text if lines else ""

    def check_rules(self, form):
        if address := form.cleaned_data.get("address"):
            actions.check_address(address, self.row)

    def perform(self, form):
        data = form.cleaned_data
        letter = letters.Letter(
            recipient=self.recipients.get(form.recipient_code()),
            name=data.get("recipient_name", ""),
            **{name: data[name] for name in ("address", "opening", "text", "signer", "distribution")},
        )
        return actions.issue_absence_letter(participation=self.row, letter=letter, by=self.request.user)

    def get_success_url(self):
        return reverse("meetings:absence-letters", args=[self.row.group_id])

    def get_success_message(self):
        return "Wydano pismo. Otwórz je z listy, wydrukuj i daj do podpisu."

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            row=self.row,
            group=self.row.group,
            runs=list(self.runs.values()),
            invitation=letters.invitation_to(self.meeting),
            only_recipient=next(iter(self.recipients.values()), None) if len(self.recipients) == 1 else None,
            **kwargs,
        )


class AbsenceLetterListView(GroupMixin, PageView):
    """The letters about absences that were issued in the group, of the participants the user may see."""

    permission = MEETING_RUN
    access_area = MEETING_PAPERS_AREA
    template_name = "meetings/absence_letters.html"

    def get_context_data(self, **kwargs):
        visible = visible_participations(self.request.user, on=self.request.today).filter(group=self.group)
        rows = AbsenceFollowUp.objects.filter(
            participation__in=visible.values("pk"), kind=FollowUpKind.LETTER, meeting__group=self.group
        )
        people = ("participation__person", "participation__child", "participation__family", "entered_by")
        rows = {row.pk: row for row in rows.select_related(*people).order_by("-day", "-pk")}
        issued = IssuedPaper.objects.filter(subject_kind=letters.SUBJECT, subject_id__in=rows)
        with_paper = set(issued.values_list("subject_id", flat=True))
        shown = [row for row in rows.values() if row.pk in with_paper]
        note_participations(row.participation for row in shown)
        return super().get_context_data(rows=shown, waiting=self.waiting(visible), **kwargs)

    def waiting(self, visible):
        """Those to whom a letter may be written, for who runs the group."""
        runs_it = runs_group(self.edition, leaders_of(self.group), self.request.user, on=self.request.today)
        if not runs_it or not may_change_meetings(self.edition):
            return []
        return absence_rows(open_runs(watched(visible).values("pk")), {})


class AbsenceLetterPdfView(PageView):
    """A letter as issued; one with an address that is withheld by now opens after a warning."""

    permission = MEETING_RUN
    access_area = MEETING_PAPERS_AREA
    makes_document = True
    follow_up: AbsenceFollowUp

    def setup_object(self, pk, **kwargs):
        visible = visible_participations(self.request.user, on=self.request.today).values("pk")
        rows = AbsenceFollowUp.objects.filter(participation__in=visible, kind=FollowUpKind.LETTER)
        follow_up = rows.select_related("participation__group").filter(pk=pk).first()
        if follow_up is None:
            raise Http404
        self.follow_up = follow_up

    def get(self, request, *args, **kwargs):
        row = self.follow_up.participation
        paper = papers_about(letters.SUBJECT, self.follow_up.pk).get(letters.ABSENCE_LETTER.code)
        if paper is None:
            raise Http404
        note_participations([row])
        shown = "\n".join(paper_context(paper)["address"])
        if CONFIRMED not in request.GET and letters.is_withheld(shown, row):
            return render(request, "meetings/withheld_letter.html", {"group": row.group})
        return IssuedPaperResponse(paper, f"pismo-o-nieobecnosci-{self.follow_up.pk}.pdf")
