"""Pages of the participants of a project: the list and one participation."""

from datetime import date
from functools import cached_property

from django.http import Http404

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.base_views import PageView
from lubsko_ops.core.links import reverse
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.permissions import Role, has_permission
from lubsko_ops.core.polish import count_of, join_list
from projects.choices import ActivityKind, ConsentKind, ParticipationStatus
from projects.choices import ParticipationStepKind as Step
from projects.models import Participation
from projects.participants import queries
from projects.participants.access import may_read_therapy, may_record
from projects.participants.details import get_participation, load_details
from projects.participants.index import ALL, GAPS, OVER, REPORTED, RESERVE, TAKING, ParticipantIndex, page_of
from projects.participants.places import full_refusal
from projects.participants.rules import GOING_ON, OPEN, TRANSITIONS, possible_steps
from projects.permissions import PARTICIPANT_ENROL, PROJECTS_AREA
from projects.scope import runs_participants
from projects.views import ProjectMixin

PARTICIPANTS_TAB = "projects:participants"
VIEWS = {
    ALL: "Wszyscy",
    TAKING: "Uczestniczą",
    REPORTED: "Zgłoszeni",
    RESERVE: "Rezerwa",
    OVER: "Zakończyli",
    GAPS: "Braki",
}
NAMED_GROUPS = 3  # in the sentence about places; of more groups the sum
MISSING_WORDS = {
    ConsentKind.DECLARATION: "deklaracji,deklaracji,deklaracji",
    ConsentKind.GUARDIAN: "zgody opiekuna,zgód opiekuna,zgód opiekuna",
}


class ParticipantsView(ProjectMixin, PageView):
    """Uczestnicy: who takes part, waits or has left, group by group, with what is missing."""

    access_area = PROJECTS_AREA
    current_tab = PARTICIPANTS_TAB
    template_name = "projects/participants.html"

    @cached_property
    def index(self) -> ParticipantIndex:
        index = ParticipantIndex(self.edition, self.request.user, self.request.today)
        chosen = parse_int(self.request.GET.get("grupa"))
        index.group = chosen if any(group.pk == chosen for group in index.groups) else None
        return index

    @property
    def view(self) -> str:
        view = self.request.GET.get("widok", ALL)
        return view if view in VIEWS else ALL

    @property
    def runs(self) -> bool:
        """Whether the user decides about the participants; as ``scope.runs_participants``."""
        user = self.request.user
        leads = any(group.is_led for group in self.index.groups)
        return leads or Role.MANAGER in user.roles or user.pk in self.edition.authors

    def list_url(self, view: str, **params) -> str:
        params = {"widok": "" if view == ALL else view, "grupa": self.index.group} | params
        query = "&".join(f"{name}={value}" for name, value in params.items() if value)
        return f"{self.request.path}?{query}" if query else self.request.path

    def get_context_data(self, **kwargs):
        index, view, runs = self.index, self.view, self.runs
        after, before = (parse_int(self.request.GET.get(name)) for name in ("po", "przed"))
        listed = index.listed(view)
        page, next_row, previous_row = page_of(listed, after=after, before=before)
        vacancies = index.vacancies if view in (ALL, RESERVE) else []
        rows = queries.load_rows(index, {*page, *(first for _, _, first in vacancies if first.is_visible)})
        may_enrol = has_permission(self.request.user, PARTICIPANT_ENROL)
        return super().get_context_data(
            summary=summary_text(index),
            sections=queries.sections_of(index, [rows[entry.pk] for entry in page]),
            vacancies=[
                {"group": group, "free": free, "first": rows.get(first.pk), "may_offer": runs}
                for group, free, first in vacancies
            ],
            hidden=index.hidden(view),
            views=self.view_links(),
            view=view,
            is_gaps=view == GAPS,
            group=index.group,
            groups=index.groups,
            total=len(listed),
            anybody=bool(index.all_entries if index.reads_all else index.entries),
            may_print=may_enrol and self.edition.is_approved,
            may_enrol=may_enrol and self.edition.state in GOING_ON,
            runs=runs,
            batches=batch_links(index) if runs else [],
            list_url=self.list_url(view),
            next_url=self.list_url(view, po=next_row) if next_row else "",
            previous_url=self.list_url(view, przed=previous_row) if previous_row else "",
            **kwargs,
        )

    def view_links(self) -> list[dict]:
        counts = {name: len(self.index.listed(name)) for name in VIEWS}
        return [
            {
                "label": label,
                "url": self.list_url(name),
                "current": name == self.view,
                "count": counts[name],
            }
            for name, label in VIEWS.items()
            if name != REPORTED or counts[name] or self.view == name
        ]


BATCH_LINKS = {
    Step.QUALIFY: ("projects:participants-qualify", "Zakwalifikuj zgłoszonych"),
    Step.BEGIN: ("projects:participants-begin", "Rozpocznij udział"),
    Step.FINISH: ("projects:participants-finish", "Zapisz ukończenie"),
}


def batch_links(index: ParticipantIndex) -> list[tuple[str, str]]:
    """Labels and addresses of the steps that several participants can take now."""
    statuses = [entry.status for entry in index.all_entries if entry.is_visible]
    links = []
    for step, (name, label) in BATCH_LINKS.items():
        rule = TRANSITIONS[step]
        if index.edition.state in rule.states and sum(status in rule.sources for status in statuses) > 1:
            links.append((label, reverse(name, args=[index.edition.pk])))
    return links


def summary_text(index: ParticipantIndex) -> str:
    """ "Grupa I 14 z 14 miejsc, 2 osoby na liście rezerwowej. Brakuje 1 deklaracji i 1 zgody opiekuna."."""
    waiting = sum(entry.status == ParticipationStatus.RESERVE for entry in index.entries)
    texts = [places_sentence(index)]
    if waiting:
        texts.append(f"{count_of(waiting, 'osoba,osoby,osób')} na liście rezerwowej")
    text = f"{', '.join(filter(None, texts))}."
    missing = [
        count_of(index.missing_counts[kind], words)
        for kind, words in MISSING_WORDS.items()
        if index.missing_counts[kind]
    ]
    return f"{text} Brakuje {join_list(missing)}." if missing else text


def places_sentence(index: ParticipantIndex) -> str:
    """ "Grupa I 14 z 14 miejsc, Grupa II 9 z 12 miejsc": of the groups that declare places, else of the project."""
    groups = [group for group in index.groups if group.capacity and index.group in (None, group.pk)]
    places = [(group.name, index.taken(group.pk), group.capacity or 0) for group in groups]
    if len(places) > NAMED_GROUPS:
        places = [("W grupach", sum(taken for _, taken, _ in places), sum(number for *_, number in places))]
    if not groups and index.group is None and index.edition.places:
        places = [("", len(index.holders), index.edition.places)]
    if not places:
        taken = len(index.holders) if index.group is None else index.taken(index.group)
        return count_of(taken, "zajęte miejsce,zajęte miejsca,zajętych miejsc")
    return ", ".join(
        f"{name} {taken} z {count_of(number, 'miejsca,miejsc,miejsc')}".strip()
        for name, taken, number in places
    )


# ---- one participation -------------------------------------------------------------------------------
class ParticipationMixin(ProjectMixin):
    """A view about one participation (``self.participation``) of ``self.edition``. 404 for one the user may not see."""

    access_area = PROJECTS_AREA
    current_tab = PARTICIPANTS_TAB
    participation: Participation

    def setup_object(self, pk, row, **kwargs) -> None:
        super().setup_object(pk)
        match = get_participation(self.edition, row, self.request.user, on=self.request.today)
        if match is None:
            raise Http404
        self.participation = match

    def participation_url(self, url_name: str = "projects:participation") -> str:
        return reverse(url_name, args=[self.edition.pk, self.participation.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(participation=self.participation, **kwargs)


class ParticipationView(ParticipationMixin, PageView):
    """Udział: who takes part, the steps so far, answers to the criteria, declarations and consents, contact."""

    template_name = "projects/participation.html"

    def get_context_data(self, **kwargs):
        row, user, today = self.participation, self.request.user, self.request.today
        details = load_details(row, user, on=today)
        return super().get_context_data(
            details=details,
            title=str(row),
            actions=step_links(row, user, on=today),
            links=record_links(row, user, on=today),
            may_print=has_permission(user, PARTICIPANT_ENROL) and self.edition.is_approved,
            **kwargs,
        )


LEADING_ON = (Step.QUALIFY, Step.OFFER, Step.CONFIRM, Step.BEGIN, Step.FINISH)
THERAPY_KINDS = (ActivityKind.CHILDREN, ActivityKind.CONSULTATION)
STEP_LINKS = {
    Step.QUALIFY: ("projects:participation-qualify", "Zakwalifikuj"),
    Step.OFFER: ("projects:participation-offer", "Zaproponuj wolne miejsce"),
    Step.CONFIRM: ("projects:participation-confirm", "Przyjmuje miejsce"),
    Step.DECLINE: ("projects:participation-decline", "Nie przyjmuje"),
    Step.PUT_ON_RESERVE: ("projects:participation-put-on-reserve", "Na listę rezerwową"),
    Step.BEGIN: ("projects:participation-begin", "Rozpocznij udział"),
    Step.FINISH: ("projects:participation-finish", "Zapisz ukończenie"),
    Step.BREAK_OFF: ("projects:participation-break-off", "Przerwanie"),
    Step.REJECT: ("projects:participation-reject", "Nie zakwalifikowano"),
}


def step_links(participation: Participation, user: User, *, on: date) -> list[dict]:
    """Links to the steps the user may take now: ``label``, ``url``, ``main`` for the usual one."""
    if not runs_participants(participation.edition, user, on=on):
        return []
    offered = participation.offered_on is not None
    steps = possible_steps(participation.status, offered=offered, state=participation.edition.state)
    if Step.OFFER in steps and full_refusal(participation):
        steps.remove(Step.OFFER)
    args = [participation.edition_id, participation.pk]
    return [
        {
            "label": STEP_LINKS[step][1],
            "url": reverse(STEP_LINKS[step][0], args=args),
            "main": number == 0 and step in LEADING_ON,
        }
        for number, step in enumerate(steps)
    ]


def record_links(participation: Participation, user: User, *, on: date) -> list[tuple[str, str]]:
    """Labels and addresses of the forms of papers and other data the user may fill in."""
    if not has_permission(user, PARTICIPANT_ENROL) or not may_record(participation, user, on=on):
        return []
    args = [participation.edition_id, participation.pk]
    links = [
        ("Wpisz deklarację albo zgodę", "projects:consent-new"),
        ("Zmień dane", "projects:participation-contact"),
    ]
    if runs_participants(participation.edition, user, on=on):
        if participation.status in OPEN:
            links.append(("Przenieś do innej grupy", "projects:participation-move"))
        is_therapy = participation.group is not None and participation.group.kind in THERAPY_KINDS
        if is_therapy and may_read_therapy(participation, user, on=on):
            links.append(("Powód terapii", "projects:therapy-reason"))
    return [(label, reverse(name, args=args)) for label, name in links]
