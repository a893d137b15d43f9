"""After a date has changed: whom to call, and a notice for the door and the participants."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F, Q
from django.http import Http404

from families.people.models import Family, Phone
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.base_views import PageView
from lubsko_ops.centre.models import get_letterhead
from lubsko_ops.core.phones import tel_url
from lubsko_ops.core.polish import NBSP, WEEKDAYS, count_of, long_date
from lubsko_ops.output.documents import document_html, pdf_response
from projects.models import Participation
from projects.participants.queries import note_participations
from projects.permissions import PARTICIPANTS_AREA
from projects.scope import visible_participations
from sessions.choices import MeetingChangeKind, MeetingState
from sessions.models import Meeting, MeetingChange
from sessions.permissions import MEETING_RUN, NOT_RUN
from sessions.running.queries import enrolled
from sessions.running.views import MeetingMixin
from sessions.schedule.hours import TimeSlot

TEMPLATE = "print/meetings/notice.html"
KINDS = {
    MeetingChangeKind.MOVE: "Zmiana terminu spotkania",
    MeetingChangeKind.CANCEL: "Spotkanie odwołane",
    MeetingChangeKind.RESTORE: "Spotkanie odbędzie się",
}


# ---- whom to call ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ParticipantContact:
    """A participant with the telephones the user may see: number and what is noted beside it."""

    participation: Participation
    phones: list[tuple[str, str]]

    @property
    def links(self) -> list[tuple[str, str, str]]:
        return [(number, tel_url(number), note) for number, note in self.phones]


def contacts_of(meeting: Meeting, user: User, *, on: date) -> tuple[list[ParticipantContact], int]:
    """Participants the user may see, noted as shown, and how many others are to be notified. Three statements.

    The telephone is that of the enrolment; without one, those in the file of the family, if the user may open it.
    """
    openable = Family.objects.visible_to(user, on=on).values("pk")
    visible = visible_participations(user, on=on).filter(pk__in=enrolled(meeting.group).values("pk"))
    visible = visible.select_related("person", "child", "family").annotate(
        opens_family=Q(family__in=openable)
    )
    rows = list(
        visible.order_by(
            F("person__last_name").asc(nulls_last=True), "person__first_name", "family__name", "pk"
        )
    )
    numbers = family_phones([row for row in rows if not row.contact_phone and row.opens_family], on=on)
    note_participations(rows)
    contacts = [
        ParticipantContact(row, [(row.contact_phone, "")] if row.contact_phone else numbers.get(row.pk, []))
        for row in rows
    ]
    return contacts, enrolled(meeting.group).count() - len(rows)


def family_phones(rows: list[Participation], *, on: date) -> dict[int, list[tuple[str, str]]]:
    """Telephones by the id of the participation: of the person, else those of the whole family."""
    by_family: dict[int, list[Phone]] = defaultdict(list)
    families = {row.family_id for row in rows if row.family_id}
    for phone in (
        Phone.objects.active_on(on).filter(family__in=families).select_related("person").order_by("pk")
    ):
        by_family[phone.family_id].append(phone)
    result = {}
    for row in rows:
        phones = by_family.get(row.family_id or 0, [])
        own = [each for each in phones if each.person_id and each.person_id in (row.person_id, row.child_id)]
        chosen = own or [each for each in phones if each.person_id is None] or phones
        result[row.pk] = [(each.number, each.note) for each in chosen]
    return result


class NotifyView(MeetingMixin, PageView):
    """Powiadom uczestników: the telephones, and the notice."""

    permission = MEETING_RUN
    access_area = PARTICIPANTS_AREA
    template_name = "meetings/notify.html"

    def setup_object(self, pk, **kwargs) -> None:
        super().setup_object(pk)
        if not self.runs:
            raise PermissionDenied(NOT_RUN)

    def get_context_data(self, **kwargs):
        contacts, others = contacts_of(self.meeting, self.request.user, on=self.request.today)
        change = last_change(self.meeting)
        return super().get_context_data(
            contacts=contacts,
            others=count_of(others, "osoba,osoby,osób") if others else "",
            change=change,
            sentences=notice_sentences(self.meeting, change) if change else [],
            **kwargs,
        )


# ---- the notice --------------------------------------------------------------------------------------
def last_change(meeting: Meeting) -> MeetingChange | None:
    return meeting.changes.order_by("-pk").first()


def moment_text(first: date, last: date, slot: TimeSlot) -> str:
    """ "środa, 11 listopada 2026 r., 9:00–11:00"."""
    day = f"{WEEKDAYS[first.weekday()]}, {bound(first)}"
    if last != first:
        day = f"od {bound(first)} do {bound(last)}"
    return f"{day}, godz. {slot.text}" if slot.text else day


def bound(day: date) -> str:
    return long_date(day).replace(" ", NBSP)


def notice_sentences(meeting: Meeting, change: MeetingChange) -> list[tuple[str, str]]:
    """What the notice says: (term, value). It names nobody."""
    was = moment_text(change.from_on, change.from_until, TimeSlot(change.from_at, change.from_minutes))
    if meeting.state == MeetingState.CANCELLED:
        return [("Nie odbędzie się", was)]
    now = moment_text(meeting.starts_on, meeting.ends_on, meeting.slot)
    lines = [("Nowy termin" if now != was else "Termin", now)]
    if meeting.place_text:
        lines.append(("Miejsce", meeting.place_text))
    if now != was:
        lines.insert(0, ("Zamiast", was))
    return lines


def notice_html(meeting: Meeting, change: MeetingChange, *, with_reason: bool) -> str:
    context: dict[str, Any] = {
        "heading": KINDS[MeetingChangeKind(change.kind)],
        "project": meeting.group.edition.title,
        "group": meeting.group.name,
        "lines": notice_sentences(meeting, change),
        "reason": change.reason if with_reason else "",
        "centre": get_letterhead(),
        "case_reference": meeting.group.edition.case_reference,
    }
    return document_html(TEMPLATE, context)


class NoticePdfView(MeetingMixin, PageView):
    """Zawiadomienie about the last change of the date; with ``?powod=1`` also why."""

    permission = MEETING_RUN
    makes_document = True

    def setup_object(self, pk, **kwargs) -> None:
        super().setup_object(pk)
        change = last_change(self.meeting)
        if change is None:
            raise Http404
        self.change = change
        if not self.runs:
            raise PermissionDenied(NOT_RUN)

    def get(self, request, *args, **kwargs):
        html = notice_html(self.meeting, self.change, with_reason=request.GET.get("powod") == "1")
        return pdf_response(html, f"zawiadomienie-{self.meeting.pk}.pdf")
