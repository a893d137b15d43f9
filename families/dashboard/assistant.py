"""Dashboard of an assistant: agenda of the day, overdue deadlines, own families by deadline, figures of the month."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cached_property

from django.db.models import Case, F, Func, JSONField, Q, QuerySet, Value, When
from django.db.models.functions import JSONObject

from families.case_files.family_list import queries
from families.case_files.family_list.presenters import FamilyListRow
from families.case_files.family_list.tabs import HANDED_OVER, RUNNING, sees_handed_over
from families.case_files.models import CaseSummary
from families.case_files.task_list import deadline_url, plan_deadline_url
from families.caseload.caseload import get_caseloads
from families.choices import DeadlineKind, WorkStatus
from families.deadlines.models import Deadline
from families.permissions import ScopedQuery
from families.visits.models import Visit
from families.visits.permissions import VISIT_LOG
from families.visits.queries import ARRANGED, count_open_agreements
from lubsko_ops.accounts.models import Contract
from lubsko_ops.centre.norms import get_norm
from lubsko_ops.core import clock
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.dashboard import DashboardAction, Panel, url_for
from lubsko_ops.core.dates import MONTH_NAMES, ONE_DAY, Month, working_days_between
from lubsko_ops.core.links import reverse
from lubsko_ops.core.lookups import is_among
from lubsko_ops.core.permissions import Role, has_permission
from lubsko_ops.core.polish import count_of, number, plural_form, short_date
from lubsko_ops.submissions.drafts import active_drafts, draft_url
from lubsko_ops.submissions.models import Draft

FAMILIES_SHOWN = 15
OVERDUE_SHOWN = 8
NO_WORDS = queries.Words({}, {}, set())  # the rows name no colleagues and no regions


@dataclass(frozen=True)
class AssistantFamilyRow(FamilyListRow):
    """A row of the list with the open deadlines of the family (by date) and the next arranged visit."""

    open_deadlines: list[Deadline] = field(default_factory=list)

    @cached_property
    def deadlines(self) -> list[dict]:
        """Open deadlines by date: name, due, mine, responsible, url (page where it is met, if it has one)."""
        return [
            {
                "name": DeadlineKind(each.kind).label,
                "due": each.due_on,
                "mine": each.responsible_id == self.user.pk,
                "responsible": str(each.responsible or "kierownik"),
                "url": deadline_url(each.kind, family=self.pk, subject_id=each.subject_id, user=self.user),
            }
            for each in self.open_deadlines
        ]

    @property
    def plans(self) -> list[dict]:
        """Own plans returned for correction or waiting for signatures: version, url, since, text."""
        texts = {DeadlineKind.PLAN_FIX: "do poprawy od", DeadlineKind.PLAN_SIGN: "do podpisu od"}
        return [
            {
                "version": each.subject_id,
                "url": plan_deadline_url(each.kind, self.pk, each.subject_id),
                "since": each.since,
                "text": texts[DeadlineKind(each.kind)],
            }
            for each in self.open_deadlines
            if each.kind in texts and each.responsible_id == self.user.pk
        ]

    @property
    def deadline(self) -> dict | None:
        """The nearest own deadline; without one, the nearest of somebody else."""
        return next((each for each in self.deadlines if each["mine"]), next(iter(self.deadlines), None))

    @property
    def next_due_on(self) -> date | None:
        return self.deadline["due"] if self.deadline else None

    @property
    def overdue_deadlines(self) -> list[dict]:
        """Own overdue deadlines."""
        return [each for each in self.deadlines if each["mine"] and each["due"] < self.on]

    @property
    def next_visit_on(self) -> date | None:
        """The day arranged at the last visit, held or failed."""
        return self.summary.next_visit_on

    @property
    def next_visit_text(self) -> str:
        """ "dziś, 13:30", "16.10.2026"."""
        if not self.next_visit_on:
            return ""
        day = "dziś" if self.next_visit_on == self.on else short_date(self.next_visit_on)
        at = self.summary.next_visit_at
        return f"{day}, {at:%H:%M}" if at else day

    @property
    def next_visit_missed(self) -> bool:
        """Whether the arranged day has passed and no visit was entered."""
        return bool(self.next_visit_on and self.next_visit_on < self.on)

    @property
    def street(self) -> str:
        """Address to go to: "ul. Długa 14 m. 2", "Chocicz 21"."""
        return self.summary.address.street_line if self.summary.address else ""


@dataclass
class AgendaItem:
    """A visit of today: arranged (``visit`` is None) or already entered."""

    family: AssistantFamilyRow
    at: time | None
    visit: Visit | None = None
    draft: Draft | None = None
    today: date | None = None
    is_next: bool = False  # the first one not entered yet

    @property
    def agreements_to_check(self) -> int:
        """Number of open agreements; 0 once the visit is entered."""
        return 0 if self.visit else self.family.summary.agreements_to_check

    @property
    def url(self) -> str:
        """The form of the visit, or its draft."""
        return draft_url(self.draft) if self.draft else f"{_visit_form_url(self.family)}?{ARRANGED}=1"

    @property
    def action_label(self) -> str:
        """ "Zapisz wizytę"; with a draft "Dokończ szkic z 14:32" or "Dokończ szkic z 12.10.2026"."""
        if not self.draft:
            return "Zapisz wizytę"
        saved = self.draft.saved_at.astimezone(clock.WARSAW)
        when = f"{saved:%H:%M}" if saved.date() == self.today else short_date(saved.date())
        return f"Dokończ szkic z {when}"


def get_agenda(
    mine: list[AssistantFamilyRow], visits: list[Visit], *, day: date, drafts: list[Draft]
) -> list[AgendaItem]:
    """Visits of the day by hour, those without an hour at the end."""
    by_id, draft_by_url = {each.pk: each for each in mine}, {}
    for draft in drafts:  # newest first
        draft_by_url.setdefault(draft.address, draft)
    agenda = [
        AgendaItem(by_id[visit.period.family_id], visit.starts_at, visit)
        for visit in visits
        if visit.day == day and visit.period.family_id in by_id
    ]
    agenda += [
        AgendaItem(each, each.summary.next_visit_at, draft=draft_by_url.get(_visit_form_url(each)), today=day)
        for each in mine
        if each.next_visit_on == day
    ]
    agenda.sort(key=lambda each: (each.at is None, each.at or time.min, each.family.name))
    if first := next((each for each in agenda if not each.visit), None):
        first.is_next = True
    return agenda


def agenda_text(agenda: list[AgendaItem]) -> str:
    """ "Dziś 2 wizyty."."""
    if not agenda:
        return "Na dziś nie ma umówionych wizyt."
    return f"Dziś {count_of(len(agenda), 'wizyta,wizyty,wizyt')}."


def _visit_form_url(family: AssistantFamilyRow) -> str:
    return reverse("families:visit-new", args=[family.pk])


def get_assistant_panels(request) -> list[Panel]:
    """Panels of an assistant: agenda, overdue deadlines, plans, own families, figures of the month.

    Four statements: families, their deadlines, slots, visits.
    """
    user, day = request.user, request.today
    mine, handed_over = get_families(user, day)
    visits = get_visits_of_month(user, day)
    agenda = get_agenda(mine, visits, day=day, drafts=active_drafts(request))
    overdue = [(family, deadline) for family in mine for deadline in family.overdue_deadlines]
    overdue.sort(key=lambda each: each[1]["due"])
    plans = [(family, plan) for family in mine for plan in family.plans]
    plans.sort(key=lambda each: each[1]["since"])
    families = {
        "families": mine[:FAMILIES_SHOWN],
        "total": len(mine),
        "handed_over": handed_over,
        "slots": slots_text(request),
    }
    return [
        Panel(
            "dashboard/_agenda.html",
            {"agenda": agenda, "families": len(mine)},
            lede=f"{agenda_text(agenda)} {overdue_text(len(overdue))}",
            actions=dashboard_actions(user),
        ),
        Panel("dashboard/_overdue.html", overdue_context(overdue, user), side=True),
        *([Panel("dashboard/_my_plans.html", {"plans": plans}, side=True)] if plans else []),
        Panel("dashboard/_my_families.html", families, wide=True),
        Panel("dashboard/_month.html", month_figures(visits, day), wide=True),
    ]


def overdue_context(overdue: list, user) -> dict:
    """For a manager who is also an assistant the title distinguishes own deadlines from everybody's."""
    title = "Moje po terminie" if Role.MANAGER in user.roles else "Po terminie"
    return {"overdue": overdue[:OVERDUE_SHOWN], "total": len(overdue), "title": title}


def dashboard_actions(user) -> tuple[DashboardAction, ...]:
    if not has_permission(user, VISIT_LOG):
        return ()
    return (
        DashboardAction("Zapisz wizytę", reverse("families:visit-choose"), "plus-lg"),
        DashboardAction("Zapisz kontakt", reverse("families:contact-choose"), "plus-lg"),
    )


def overdue_text(count: int) -> str:
    """ "Po terminie są 2 sprawy."."""
    if not count:
        return "Nic nie jest po terminie."
    return f"Po terminie {plural_form(count, 'jest,są,jest')} {count_of(count, 'sprawa,sprawy,spraw')}."


def slots_text(request) -> str:
    """ "12 z 15": slots taken by the assistant's families and the limit of the Act, or a lower one of the contract."""
    user, day = request.user, request.today
    # For a manager who is also an assistant the caseload board has been computed already.
    rows = request.caseload_board.rows if hasattr(request, "caseload_board") else []
    if row := next((row for row in rows if row.user.pk == user.pk), None):
        return f"{row.taken} z {row.limit}"
    contracts = Contract.objects.active_on(day).filter(user=user)
    caseload = get_caseloads([user.pk], since=day)[user.pk].with_contracts(contracts)
    return f"{caseload.count_on(day)} z {caseload.limit_on(day)}"


def _assigned_to(user) -> Q:
    """Condition on summaries: the user is assigned on their day."""
    own_entry = Func(JSONObject(user=Value(user.pk)), function="JSONB_BUILD_ARRAY", output_field=JSONField())
    return Q(assistants__contains=own_entry)


def _own_families(user, on: date) -> QuerySet[CaseSummary]:
    summaries = CaseSummary.objects.visible_to(user, on=on).filter(status=WorkStatus.RUNNING)
    # Counted only for families to be visited today.
    agreements = Case(When(next_visit_on=on, then=count_open_agreements()), default=0)
    summaries = queries.with_list_data(summaries, user=user, on=on).annotate(agreements_to_check=agreements)
    assigned = _assigned_to(user)  # other roles open more families than their own
    summaries = summaries.filter(assigned | Q(workable=False) if sees_handed_over(user) else assigned)
    return summaries.order_by("sort_name", "pk")


OWN_FAMILIES = ScopedQuery(_own_families)
OPEN_DEADLINES = CompiledQuery(
    lambda families: (
        Deadline.objects.filter(is_among(families, "family_id"), done_on=None)
        .select_related("responsible")
        .order_by("due_on", "pk")
    ),
    families=[-1],
)


def get_families(user, day: date) -> tuple[list[AssistantFamilyRow], list[FamilyListRow]]:
    """Families the user works with today, the nearest deadline first, and those they may only read now.

    Two statements.
    """
    own, handed_over = [], []
    for each in OWN_FAMILIES.all(user, on=day):
        if each.workable:
            own.append(each)
        else:
            handed_over.append(FamilyListRow(each, user, HANDED_OVER, day, NO_WORDS))
    deadlines = defaultdict(list)
    for each in OPEN_DEADLINES.all(families=[each.pk for each in own]):
        deadlines[each.family_id].append(each)
    mine = [
        AssistantFamilyRow(each, user, RUNNING, day, NO_WORDS, open_deadlines=deadlines[each.pk])
        for each in own
    ]
    return sorted(mine, key=lambda each: each.next_due_on or date.max), handed_over


def _to_visit_today(user, on: date) -> QuerySet[CaseSummary]:
    summaries = queries.summaries_in_tab(RUNNING, user=user, on=on).filter(
        _assigned_to(user), next_visit_on=on
    )
    summaries = queries.with_list_data(summaries, user=user, on=on, tab=RUNNING)
    return summaries.order_by(F("next_visit_at").asc(nulls_last=True), "sort_name", "pk")[:1]


TO_VISIT_TODAY = ScopedQuery(_to_visit_today)


def get_next_visit(user, *, on: date) -> AgendaItem | None:
    """The first visit arranged for the day and not entered yet; one statement."""
    summary = TO_VISIT_TODAY.first(user, on=on)
    if summary is None:
        return None
    family = AssistantFamilyRow(summary, user, RUNNING, on, NO_WORDS)
    return AgendaItem(family, summary.next_visit_at, today=on)


def get_visits_of_month(user, day: date) -> list[Visit]:
    """Visits of the user in the current month until today, in order; one statement."""
    first = Month.of(day).start
    bounds = clock.to_instant(first, time.min), clock.to_instant(day + ONE_DAY, time.min)
    return VISITS_BETWEEN.all(user=user.pk, since=bounds[0], until=bounds[1])


VISITS_BETWEEN = CompiledQuery(
    lambda user, since, until: (
        Visit.objects.filter(assistant=user, started_at__gte=since, started_at__lt=until)
        .select_related("period")
        .order_by("started_at", "pk")
    ),
    user=-1,
    since=datetime(1, 1, 2, tzinfo=UTC),
    until=datetime(1, 1, 3, tzinfo=UTC),
)


def month_figures(visits: list[Visit], day: date) -> dict:
    """Four figures: visits held, failed attempts, hours in families, entries later than the norm of the centre."""
    held = [visit for visit in visits if visit.held]
    days = get_norm("late_entry_working_days", on=day)
    late = sum(
        working_days_between(visit.day, clock.local_date(visit.entered_at))
        > get_norm("late_entry_working_days", on=visit.day)
        for visit in visits
    )
    hours = round(sum(visit.minutes for visit in held) / 60, 1)
    failed = len(visits) - len(held)
    figures = [
        (len(held), "wizyta odbyta,wizyty odbyte,wizyt odbytych"),
        (failed, "wizyta nieudana,wizyty nieudane,wizyt nieudanych"),
        (hours, "godzina w rodzinach,godziny w rodzinach,godzin w rodzinach"),
        (late, ",".join(f"{word} po {days} dniach roboczych" for word in ("wpis", "wpisy", "wpisów"))),
    ]
    return {
        "title": f"{MONTH_NAMES[day.month - 1].capitalize()} do dziś",
        "report": url_for("quarterly report", day),
        "figures": [{"value": number(value), "unit": plural_form(value, forms)} for value, forms in figures],
    }
