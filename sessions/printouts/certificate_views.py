"""Pages of certificates: who has reached the threshold, the threshold, issuing, the paper."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.audit.base_views import PageView
from lubsko_ops.core.polish import count_of, join_list, short_date
from lubsko_ops.output.issued_papers import IssuedPaperResponse, papers_about
from projects.groups.form_views import GroupFormView
from projects.permissions import may_write
from projects.scope import sees_own_groups_only, visible_groups
from sessions.models import Certificate, GroupSchedule
from sessions.permissions import (
    LOCKED,
    MEETING_PAPERS_AREA,
    MEETING_RUN,
    NOT_RUN,
    may_change_meetings,
    runs_group,
)
from sessions.printouts import actions, certificates, forms
from sessions.printouts.register import note_lines
from sessions.printouts.schedules import MEETINGS
from sessions.printouts.views import GroupPaperView

CERTIFICATES = "zaświadczenie,zaświadczenia,zaświadczeń"
ALL, PAGE = "wszystkie", "meetings:certificates"


class CertificateRowsMixin:
    """The rows of a group, noted as shown."""

    @cached_property
    def threshold(self) -> int | None:
        return certificates.threshold_of(self.group)

    @cached_property
    def rows(self) -> list[certificates.CertificateRow]:
        rows = certificates.certificate_rows(self.register, self.threshold)
        note_lines(row.line for row in rows)
        return rows


class CertificateListView(CertificateRowsMixin, GroupPaperView):
    """Zaświadczenia: everybody of the group with the attendance, who reached the threshold and who has one."""

    makes_document = False
    template_name = "meetings/certificates.html"

    def setup_object(self, pk, **kwargs):
        super().setup_object(pk)
        self.check_runs_if_permitted()

    def get_context_data(self, **kwargs):
        due = [row for row in self.rows if row.is_due]
        changes = may_change_meetings(self.edition)
        return super().get_context_data(
            rows=self.rows,
            threshold=self.threshold,
            due=len(due),
            due_text=count_of(len(due), CERTIFICATES),
            issued=sum(row.certificate is not None for row in self.rows),
            held=len(self.register.held),
            held_text=count_of(len(self.register.held), "odbyte spotkanie,odbyte spotkania,odbytych spotkań"),
            coming=len(self.register.planned),
            coming_text=count_of(len(self.register.planned), MEETINGS),
            may_issue=changes,
            may_set=changes and may_write(self.edition, self.request.user),
            takes_families=self.group.takes == "families",
            all_query=f"?kto={ALL}",
            **kwargs,
        )


class CertificateThresholdView(GroupFormView):
    """From how many presences certificates are given, by the authors of the project and the manager."""

    access_area = None
    form_class = forms.CertificateThresholdForm
    template_name = "meetings/certificate_form.html"
    page_title = "Próg zaświadczeń"
    denied = actions.NOT_AUTHOR

    @cached_property
    def schedule(self) -> GroupSchedule | None:
        return GroupSchedule.objects.filter(group=self.group).first()

    def get_instance(self):
        return self.schedule

    def get_refusal(self):
        return "" if may_change_meetings(self.edition) else LOCKED

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "before": self.schedule.certificate_from if self.schedule else None
        }

    def get_initial(self):
        return {"certificate_from": self.schedule.certificate_from if self.schedule else None}

    def get_confirmations(self, form):
        number = form.cleaned_data["certificate_from"]
        standing = self.group.scheduled_meetings.filter(state__in=("planned", "held")).count()
        questions = []
        if number and standing and number > standing:
            questions.append(f"Próg to {number}, a spotkań jest {standing}. Nikt nie dostanie zaświadczenia.")
        given = Certificate.objects.filter(participation__group=self.group).count()
        if given:
            questions.append(f"Wydano już {count_of(given, CERTIFICATES)}. Zostają ważne przy nowym progu.")
        return questions

    def perform(self, form):
        return actions.set_certificate_threshold(
            group=self.group,
            certificate_from=form.cleaned_data["certificate_from"],
            why=form.cleaned_data.get("why", ""),
            version=self.opened_version,
            by=self.request.user,
        )

    def get_cancel_url(self):
        return self.group_url(PAGE)

    def get_success_message(self):
        number = self.result.certificate_from
        return (
            f"Zaświadczenia od {number} obecności." if number else "W tej grupie nie wydaje się zaświadczeń."
        )


class CertificateIssueView(CertificateRowsMixin, GroupFormView, GroupPaperView):
    """Issue certificates: to everybody who has enough presences (``?kto=wszystkie``) or to one (``?kto=<code>``)."""

    permission = MEETING_RUN
    access_area = MEETING_PAPERS_AREA
    makes_document = False
    form_class = forms.CertificateIssueForm
    template_name = "meetings/certificate_form.html"
    page_title = "Wydaj zaświadczenia"
    lede = "Zaświadczenie dostaje kolejny numer w projekcie i roku i zostaje takie, jakie wydano."
    denied = NOT_RUN
    keeps_drafts = False

    def setup_object(self, pk, **kwargs):
        super().setup_object(pk)
        self.check_runs_if_permitted()

    def is_allowed(self):
        return self.runs

    def get_instance(self):
        return None

    @cached_property
    def due(self):
        return {row.code: row for row in self.rows if row.is_due}

    def get_refusal(self):
        if not may_change_meetings(self.edition):
            return LOCKED
        if not self.threshold:
            return actions.NO_THRESHOLD
        return "" if self.due else "Nikt nie czeka teraz na zaświadczenie."

    def get_form_kwargs(self):
        people = {code: f"{row.line.name}, {row.score.text}" for code, row in self.due.items()}
        return super().get_form_kwargs() | {"people": people}

    def get_initial(self):
        chosen = self.request.GET.get("kto", ALL)
        everybody = [code for code, row in self.due.items() if not row.broke_off]
        return {"people": everybody if chosen == ALL else [code for code in self.due if code == chosen]}

    def get_confirmations(self, form):
        questions = []
        if planned := self.register.planned:
            questions.append(
                f"Zajęcia jeszcze trwają, do {short_date(planned[-1].ends_on)} zostało "
                f"{count_of(len(planned), MEETINGS)}. Zaświadczenia będą wydane przed końcem, z obecnościami do dziś."
            )
        if days := [short_date(each.starts_on) for each in self.register.incomplete()]:
            questions.append(f"Nie wszystkim zaznaczono obecność na spotkaniach: {join_list(days)}.")
        return questions

    def perform(self, form):
        return actions.issue_certificates(
            group=self.group,
            chosen=form.chosen(),
            before_end=bool(self.register.planned),
            by=self.request.user,
        )

    def get_cancel_url(self):
        return self.group_url(PAGE)

    def get_success_message(self):
        numbers = [each.number_text for each in self.result]
        span = numbers[0] if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
        return f"Wydano {count_of(len(numbers), CERTIFICATES)}, nr {span}."


class CertificatePdfView(PageView):
    """A certificate as issued, for who runs the group; 404 for one of a group the user may not see."""

    permission = MEETING_RUN
    access_area = MEETING_PAPERS_AREA
    makes_document = True
    certificate: Certificate

    def setup_object(self, pk, **kwargs):
        rows = Certificate.objects.select_related("participation__group__edition")
        if sees_own_groups_only(self.request.user):
            rows = rows.filter(participation__group__in=visible_groups(self.request.user).values("pk"))
        certificate = rows.filter(pk=pk).first()
        if certificate is None:
            raise Http404
        self.certificate = certificate

    def get(self, request, *args, **kwargs):
        group = self.certificate.participation.group
        leaders = group.leaders.all() if group else ()
        if not runs_group(self.certificate.edition, leaders, request.user, on=request.today):
            raise PermissionDenied(NOT_RUN)
        paper = papers_about(certificates.SUBJECT, self.certificate.pk).get(certificates.CERTIFICATE.code)
        if paper is None:
            raise Http404
        note_shown(persons=[self.certificate.person_id])
        return IssuedPaperResponse(paper, f"zaswiadczenie-{self.certificate.pk}.pdf")
