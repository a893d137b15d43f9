"""Form pages of what is written about a meeting: journal, leaders, files; and the files themselves."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from lubsko_ops.audit.base_views import PageView
from lubsko_ops.output import file_store
from lubsko_ops.output.documents import DocumentResponse
from projects.queries import possible_authors
from sessions.choices import MeetingState
from sessions.conflicts import WantedMeeting, conflicts_of
from sessions.models import MeetingFile, MeetingLeader
from sessions.permissions import NOT_RUN
from sessions.running import forms, record_actions, rules
from sessions.running.files import file_name
from sessions.running.form_views import MeetingFormView, RecordFormView
from sessions.running.views import MeetingMixin


# ---- the journal -------------------------------------------------------------------------------------
class JournalView(RecordFormView):
    """Dziennik of one meeting: topic, course, materials, homework, remarks, parts."""

    form_class = forms.JournalForm
    template_name = "meetings/journal.html"
    page_title = "Dziennik spotkania"

    @property
    def lede(self):
        return str(self.meeting)

    def get_form_kwargs(self):
        parts = list(self.meeting.parts.order_by("position", "pk"))
        asks_held = record_actions.may_mark_held(self.meeting)
        return super().get_form_kwargs() | {"parts": parts, "asks_held": asks_held}

    def get_initial(self):
        return self.meeting.entered_values() | {"held": self.meeting.state == MeetingState.HELD}

    def perform(self, form):
        return record_actions.write_journal(
            meeting=self.meeting,
            data=form.instance,
            parts=form.entered_parts(),
            held=form.cleaned_data.get("held"),
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_url(self):
        return f"{self.meeting_url()}#dziennik"

    def get_success_message(self):
        return "Zapisano dziennik."


# ---- leaders -----------------------------------------------------------------------------------------
class MeetingLeaderAddView(MeetingFormView):
    """A replacement or an additional leader for one meeting."""

    form_class = forms.MeetingLeaderForm
    page_title = "Zastępstwo albo druga osoba"

    @property
    def lede(self):
        return f"Tylko to spotkanie: {self.meeting}. Na stałe prowadzącego zmienia się na stronie grupy."

    def get_instance(self):
        return None

    def get_refusal(self):
        return super().get_refusal() or rules.record_refusal(self.meeting)

    def get_form_kwargs(self):
        day = self.meeting.starts_on
        replaced = {each.instead_of_id for each in self.own_leaders}
        leaders = [each for each in self.leaders if each.is_active_on(day) and each.pk not in replaced]
        return super().get_form_kwargs() | {"staff": list(possible_authors(day)), "leaders": leaders}

    def get_confirmations(self, form):
        leader, meeting = form.instance, self.meeting
        if leader.user_id is None:
            return []
        wanted = WantedMeeting(meeting.starts_on, meeting.ends_on, meeting.starts_at, meeting.minutes, None)
        return conflicts_of(
            self.group,
            [wanted],
            skip=(meeting.pk,),
            own=[leader],
            only_leader=leader.user_id,
            user=self.request.user,
            on=self.request.today,
        )[0]

    def perform(self, form):
        return record_actions.add_meeting_leader(
            meeting=self.meeting, data=form.instance, by=self.request.user
        )

    def get_success_url(self):
        return f"{self.meeting_url()}#prowadzi"

    def get_success_message(self):
        return f"Zapisano: to spotkanie prowadzi {self.result}."


class MeetingLeaderRemoveView(MeetingFormView):
    """Remove who was named for one meeting."""

    form_class = forms.MeetingReasonForm
    page_title = "Usuń prowadzącego tego spotkania"
    keeps_drafts = False
    row: MeetingLeader

    def setup_object(self, pk, row, **kwargs):
        super().setup_object(pk)
        rows = MeetingLeader.objects.select_related("user", "instead_of__user", "meeting__group__edition")
        self.row = get_object_or_404(rows, pk=row, meeting=self.meeting)

    @property
    def lede(self):
        if self.row.instead_of:
            return f"{self.row} nie poprowadzi tego spotkania. Prowadzi je znów: {self.row.instead_of}."
        return f"{self.row} nie poprowadzi tego spotkania."

    def get_instance(self):
        return self.row

    def perform(self, form):
        return record_actions.remove_meeting_leader(
            leader=self.row, why=form.cleaned_data["why"], version=self.opened_version, by=self.request.user
        )

    def get_success_url(self):
        return f"{self.meeting_url()}#prowadzi"

    def get_success_message(self):
        return f"Usunięto z tego spotkania: {self.row}."


# ---- files -------------------------------------------------------------------------------------------
class MeetingFileAddView(RecordFormView):
    """Attach the plan of the class or a handout."""

    form_class = forms.MeetingFileForm
    page_title = "Dołącz plik"
    keeps_drafts = False  # a draft keeps no files

    @property
    def lede(self):
        return f"Spotkanie: {self.meeting}. Plik zobaczą prowadzący, autorzy projektu i kierownik."

    def get_instance(self):
        return None

    def perform(self, form):
        return record_actions.add_file(
            meeting=self.meeting,
            title=form.cleaned_data["title"],
            content=form.cleaned_data["content"].read(),
            by=self.request.user,
        )

    def get_success_url(self):
        return f"{self.meeting_url()}#pliki"

    def get_success_message(self):
        return f"Dołączono plik: {self.result}."


class MeetingFileRemoveView(RecordFormView):
    """Remove a file; its history stays."""

    form_class = forms.MeetingReasonForm
    page_title = "Usuń plik"
    keeps_drafts = False
    row: MeetingFile

    def setup_object(self, pk, row, **kwargs):
        super().setup_object(pk)
        rows = MeetingFile.objects.select_related("meeting__group__edition")
        self.row = get_object_or_404(rows, pk=row, meeting=self.meeting)

    @property
    def lede(self):
        return f"{self.row}. Pliku nie da się potem odzyskać; w historii zostanie, kto go usunął i dlaczego."

    def get_instance(self):
        return self.row

    def perform(self, form):
        return record_actions.remove_file(
            file=self.row, why=form.cleaned_data["why"], version=self.opened_version, by=self.request.user
        )

    def get_success_url(self):
        return f"{self.meeting_url()}#pliki"

    def get_success_message(self):
        return f"Usunięto plik: {self.row}."


class MeetingFileView(MeetingMixin, PageView):
    """A file of a meeting as a download, for those who run it."""

    makes_document = True
    row: MeetingFile

    def setup_object(self, pk, row, **kwargs):
        super().setup_object(pk)
        if not self.records:
            raise PermissionDenied(NOT_RUN)
        self.row = get_object_or_404(MeetingFile, pk=row, meeting=self.meeting)

    def get(self, request, *args, **kwargs):
        return StoredFileResponse(self.row)


class StoredFileResponse(DocumentResponse):
    """The bytes of a file as they were stored, read after the commit."""

    def __init__(self, row: MeetingFile) -> None:
        super().__init__(file_name(row), row.content_type, file_store.read, row.stored_as, row.checksum)

    def make_content(self) -> None:
        self.content = self.function(*self.args)
        self["Content-Length"] = str(len(self.content))
