"""Context of the plan editor: the previous version, the remarks, the people and what has changed since."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django.db.models import OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce

from families.care.models import Placement
from families.caseload.models import WorkPeriod
from families.choices import FINISHED_STATES, AssignmentKind, BasisKind, PlanState
from families.people.models import Family, Membership
from families.people.queries import HouseholdMember
from families.plans.models import ActionProgress, Plan, PlanAction, PlanReturn, RowRemark
from families.plans.queries import actions_of_lineage
from families.plans.review_triggers import TriggerKind, review_reasons
from families.specialists.queries import distinct_specialists
from lubsko_ops.accounts.models import User
from lubsko_ops.core.dates import ONE_DAY, add_months
from lubsko_ops.core.polish import short_date
from lubsko_ops.core.registry import Registry

MONTHS_AHEAD = 6
# This long before its end the period itself is a likely reason for a new version.
PERIOD_END_MARGIN = timedelta(days=45)

# Registered by other apps: (term, function counting something of the work period), shown beside the editor.
EDITOR_COUNTS: Registry[tuple[str, Callable[[WorkPeriod], int]]] = Registry("counts beside the plan editor")


@dataclass(frozen=True)
class PlanEditorContext:
    """What the editor shows beside the form. ``previous``: last signed version; ``draft``: the one being written."""

    today: date
    period: WorkPeriod
    draft: Plan | None
    previous: Plan | None
    number: int
    rows: list[PlanAction]  # of the draft
    previous_rows: list[PlanAction]
    last_return: PlanReturn | None
    returns: list[PlanReturn]
    members: list[HouseholdMember]
    placements: list[Placement]
    specialists: list[User]  # of the family, now, earlier or later
    reasons: list[str] = field(default_factory=list)

    @property
    def is_first(self) -> bool:
        """Whether this is the first plan of the work period."""
        return self.previous is None

    @property
    def continued_rows(self) -> list[PlanAction]:
        """Rows that continue in a new version."""
        return [row for row in self.previous_rows if row.last_state not in FINISHED_STATES]

    @cached_property
    def reusable_rows(self) -> list[PlanAction]:
        """Rows of the previous version that may be added: finished ones, or those the draft does without."""
        if self.draft is None:
            return [row for row in self.previous_rows if row.last_state in FINISHED_STATES]
        kept = {row.lineage_id for row in self.rows}
        return [row for row in self.previous_rows if row.lineage_id not in kept]

    @cached_property
    def previous_by_lineage(self) -> dict[int, PlanAction]:
        """Rows of the previous version by lineage id."""
        return {row.lineage_id: row for row in self.previous_rows}

    @cached_property
    def rows_by_id(self) -> dict[int, PlanAction]:
        return {row.pk: row for row in self.rows}

    @property
    def remarks(self) -> list[RowRemark]:
        """Remarks on rows of the last return."""
        return self.last_return.row_remarks if self.last_return else []

    @cached_property
    def addressed_earlier(self) -> list[int]:
        """Ids of addressed remarks of earlier returns, which stay addressed."""
        earlier = [each for each in self.returns if each is not self.last_return]
        return [remark.pk for each in earlier for remark in each.row_remarks if remark.addressed]

    @property
    def names(self) -> list[str]:
        """Suggestions for who does an action: first names of the family, then the professionals."""
        names = dict.fromkeys(each.person.first_name for each in self.members)
        return [*names, "rodzice", "asystent", "pracownik socjalny"]

    @property
    def specialist_choices(self) -> list[tuple[str, str]]:
        return [(str(user.pk), str(user)) for user in self.specialists]

    @property
    def in_care(self) -> list[str]:
        """Children in foster care today: "Kacper od 05.09.2026"."""
        return [
            f"{row.person.first_name} od {short_date(row.starts_on)}"
            for row in self.placements
            if row.is_active_on(self.today)
        ]

    @property
    def proposed_period(self) -> tuple[date, date]:
        """Half a year from the day after the previous plan ends, but not from a past day."""
        start = max(self.previous.covers_to + ONE_DAY, self.today) if self.previous else self.today
        return start, add_months(start, MONTHS_AHEAD) - ONE_DAY


def get_editor_context(
    family: Family, *, case_state, plans: list[Plan], draft: Plan | None, on: date, hidden=()
) -> PlanEditorContext:
    """Collect the context in seven statements, whatever the number of rows and versions.

    case_state: the case on the day, with its periods, assignments and bases; plans: every version of the family,
    newest first; hidden: kinds of bases the user may not see.
    """
    period = draft.period if draft else case_state.period
    signed = [row for row in plans if row.period_id == period.pk and row.state == PlanState.SIGNED]
    previous = next((row for row in signed if draft is None or row.number < draft.number), None)
    rows = load_rows([row for row in (draft, previous) if row])
    returns = _load_returns(draft) if draft and draft.drawn_up_on else []
    memberships, placements = _load_people(family)
    members = [HouseholdMember(row, on) for row in memberships if row.is_member_on(on)]
    since = previous.accepted_on if previous else None
    return PlanEditorContext(
        today=on,
        period=period,
        draft=draft,
        previous=previous,
        number=draft.number if draft else max([0, *(row.number for row in plans)]) + 1,
        rows=[row for row in rows if draft and row.plan_id == draft.pk],
        previous_rows=[row for row in rows if previous and row.plan_id == previous.pk],
        last_return=returns[0] if returns else None,
        returns=returns,
        members=sorted(members, key=lambda each: each.sort_order),
        placements=placements,
        specialists=distinct_specialists(family),
        reasons=[
            *_period_end_reasons(previous, on),
            *_work_change_reasons(case_state, since, on, hidden),
            *_people_change_reasons(memberships, placements, since, on),
            *_late_reasons(family, since, on, hidden),
        ]
        if since
        else [],
    )


def _load_people(family: Family) -> tuple[list[Membership], list[Placement]]:
    """All memberships ever of the family, and placements of its children in care. Two statements."""
    memberships = family.memberships.select_related("person").order_by("starts_on", "pk")
    placements = family.placements.select_related("person").order_by("starts_on", "pk")
    return list(memberships), list(placements)


def load_rows(plans: list[Plan]) -> list[PlanAction]:
    """Rows in their order with ``last_state`` and ``last_on``: the last recorded state of their lineage and its day."""
    lineage = actions_of_lineage(OuterRef(OuterRef("lineage"))).values("pk")
    last = ActionProgress.objects.filter(action__in=lineage, state__gt="").order_by("-day", "-pk")
    rows = PlanAction.objects.filter(plan__in=plans).annotate(lineage=Coalesce("origin_id", "pk"))
    rows = rows.annotate(
        last_state=Subquery(last.values("state")[:1]), last_on=Subquery(last.values("day")[:1])
    )
    return list(rows.order_by("position", "pk"))


def _load_returns(plan: Plan) -> list[PlanReturn]:
    """Every return, newest first, with ``row_remarks``: its remarks on rows. Two statements."""
    remarks = Prefetch("remarks", RowRemark.objects.order_by("pk"), to_attr="row_remarks")
    rows = plan.returns.select_related("entered_by").prefetch_related(remarks)
    return list(rows.order_by("-day", "-pk"))


def _period_end_reasons(previous: Plan, on: date) -> list[str]:
    return (
        [f"koniec okresu planu {short_date(previous.covers_to)}"]
        if previous.covers_to <= on + PERIOD_END_MARGIN
        else []
    )


def _work_change_reasons(case_state, since: date, on: date, hidden) -> list[str]:
    """Changes of the leading assistant and of legal bases since the previous plan was accepted."""
    reasons = [
        f"zmiana asystenta od {short_date(row.starts_on)}"
        for row in case_state.all_assignments
        if row.kind == AssignmentKind.LEADING and since < row.starts_on <= on
    ]
    for row in case_state.all_bases:
        if row.kind in hidden:
            continue
        if since < row.starts_on <= on and row.kind == BasisKind.COURT:
            reasons.append(f"zobowiązanie sądu z {short_date(row.starts_on)}")
        if row.ends_on and since < row.ends_on <= on:
            reasons.append(f"koniec podstawy ({row.get_kind_display()}) {short_date(row.ends_on)}")
    return reasons


def _people_change_reasons(memberships, placements, since: date, on: date) -> list[str]:
    """Members who joined or left, children placed in care or returned from it."""
    reasons = []
    for row in memberships:
        name = row.person.first_name
        birth = row.person.birth
        if birth and not birth.precision and since < birth.first_day <= on:
            reasons.append(f"urodzenie dziecka ({name}) {birth}")
        elif since < row.starts_on <= on:
            reasons.append(f"nowa osoba w rodzinie ({name}) od {short_date(row.starts_on)}")
        if row.ends_on and since < row.ends_on <= on:
            reasons.append(f"odejście z rodziny ({name}) {short_date(row.ends_on)}")
    for row in placements:
        name = row.person.first_name
        if since < row.starts_on <= on:
            reasons.append(f"umieszczenie w pieczy ({name}) {short_date(row.starts_on)}")
        if row.returned and row.ends_on and since < row.ends_on <= on:
            reasons.append(f"powrót z pieczy ({name}) {short_date(row.ends_on)}")
    return reasons


def _late_reasons(family: Family, since: date, on: date, hidden) -> list[str]:
    """Events before the previous plan was accepted that its writer could not know: recorded after it was sent."""
    return [
        str(each)
        for each in review_reasons(family, on=on)
        if each.day <= since and each.kind != TriggerKind.END_OF_PERIOD
        if each.kind != TriggerKind.COURT_ORDER or BasisKind.COURT not in hidden
    ]
