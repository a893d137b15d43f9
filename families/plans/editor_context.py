"""What the editor of a plan knows beforehand: the version before, the remarks, the people, what has happened since."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject

from families.care.models import Placement
from families.caseload.models import WorkPeriod
from families.choices import ActionState, AgreementResult, AssignmentKind, BasisKind, PlanState
from families.people.models import Family, Membership
from families.people.queries import HouseholdMember
from families.plans.models import ActionProgress, Plan, PlanAction, PlanReturn, RowRemark
from families.plans.queries import of_line
from lubsko_ops.core.dates import add_months
from lubsko_ops.core.polish import short_date

FINISHED = {ActionState.DONE, ActionState.DROPPED}
MONTHS_AHEAD = 6
SOON = timedelta(days=45)  # from when the end of the period is a likely reason of a new version
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Known:
    """Everything beside the form. ``before``: the version signed last in this work; ``draft``: the one in hand."""

    today: date
    period: WorkPeriod
    draft: Plan | None
    before: Plan | None
    number: int
    rows: list[PlanAction]  # of the draft
    rows_before: list[PlanAction]
    returned: PlanReturn | None
    returns: list[PlanReturn]
    members: list[HouseholdMember]
    placements: list[Placement]
    reasons: list[str] = field(default_factory=list)

    @property
    def first(self) -> bool:
        """The first plan of this work."""
        return self.before is None

    @property
    def carried(self) -> list[PlanAction]:
        """Rows that go on into a new version."""
        return [row for row in self.rows_before if row.last_state not in FINISHED]

    @cached_property
    def offered(self) -> list[PlanAction]:
        """Rows of the version before that are finished, and those the draft goes without: they may be taken up."""
        if self.draft is None:
            return [row for row in self.rows_before if row.last_state in FINISHED]
        kept = {row.line for row in self.rows}
        return [row for row in self.rows_before if row.line not in kept]

    @cached_property
    def lines(self) -> dict[int, PlanAction]:
        """Rows of the version before by the id of their line."""
        return {row.line: row for row in self.rows_before}

    @cached_property
    def own(self) -> dict[int, PlanAction]:
        return {row.pk: row for row in self.rows}

    @property
    def remarks(self) -> list[RowRemark]:
        """Remarks to rows of the last sending-back."""
        return self.returned.said if self.returned else []

    @cached_property
    def heeded_earlier(self) -> list[int]:
        """Ids of remarks of earlier returns that were heeded: they stay so."""
        earlier = [each for each in self.returns if each is not self.returned]
        return [remark.pk for each in earlier for remark in each.said if remark.heeded]

    @property
    def names(self) -> list[str]:
        """Who may do something: first names of the family, then the others."""
        names = dict.fromkeys(each.person.first_name for each in self.members)
        return [*names, "rodzice", "asystent", "pracownik socjalny"]

    @property
    def in_care(self) -> list[str]:
        """Children in foster care today: "Kacper od 05.09.2026"."""
        return [
            f"{row.person.first_name} od {short_date(row.starts_on)}"
            for row in self.placements
            if row.is_active_on(self.today)
        ]

    @property
    def proposed(self) -> tuple[date, date]:
        """Half a year, from the day after the plan before ends, not from a day that has passed."""
        start = max(self.before.covers_to + ONE_DAY, self.today) if self.before else self.today
        return start, add_months(start, MONTHS_AHEAD) - ONE_DAY


def known_of(
    family: Family, *, standing, plans: list[Plan], draft: Plan | None, on: date, hidden=()
) -> Known:
    """Three statements, whatever the number of rows and versions.

    standing: the case on the day, with its periods, assignments and bases; plans: every version of the family,
    newest first; hidden: kinds of bases this person may not see.
    """
    period = draft.period if draft else standing.period
    signed = [row for row in plans if row.period_id == period.pk and row.state == PlanState.SIGNED]
    before = next((row for row in signed if draft is None or row.number < draft.number), None)
    rows = _rows_of([row for row in (draft, before) if row])
    returns = _returns_of(draft) if draft and draft.drawn_up_on else []
    memberships, placements = _people_of(family)
    here = [row for row in memberships if row.is_active_on(on)]
    members = [HouseholdMember(row, on) for row in here if not row.person.died_on or row.person.died_on > on]
    since = before.accepted_on if before else None
    return Known(
        today=on,
        period=period,
        draft=draft,
        before=before,
        number=draft.number if draft else max([0, *(row.number for row in plans)]) + 1,
        rows=[row for row in rows if draft and row.plan_id == draft.pk],
        rows_before=[row for row in rows if before and row.plan_id == before.pk],
        returned=returns[0] if returns else None,
        returns=returns,
        members=sorted(members, key=lambda each: each.order),
        placements=placements,
        reasons=[
            *_end_of(before, on),
            *_changes_of_work(standing, since, on, hidden),
            *_changes_of_people(memberships, placements, since, on),
        ]
        if since
        else [],
    )


def _people_of(family: Family) -> tuple[list[Membership], list[Placement]]:
    """Everybody who was ever of the family, and the children placed in care. One statement."""
    placed = Placement.objects.filter(family=OuterRef("family"), person=OuterRef("person")).order_by(
        "starts_on"
    )
    facts = JSONObject(**{name: name for name in ("id", "starts_on", "ends_on", "returned")})
    rows = Membership.objects.filter(family=family).annotate(placed=ArraySubquery(placed.values(one=facts)))
    memberships = list(rows.select_related("person").order_by("starts_on", "pk"))
    found = {facts["id"]: _placement(row, facts) for row in memberships for facts in row.placed}
    return memberships, list(found.values())


def _placement(row: Membership, facts: dict) -> Placement:
    days = {name: facts[name] and date.fromisoformat(facts[name]) for name in ("starts_on", "ends_on")}
    return Placement(family_id=row.family_id, person=row.person, **(facts | days))


def _rows_of(plans: list[Plan]) -> list[PlanAction]:
    """Rows in their order with ``last_state`` and ``last_on``: what was last said of their lines."""
    line = of_line(OuterRef(OuterRef("the_line"))).values("pk")
    said = ActionProgress.objects.filter(action__in=line, state__gt="")
    last = said.order_by("-day", "-pk")
    rows = PlanAction.objects.filter(plan__in=plans).annotate(the_line=Coalesce("first_id", "pk"))
    rows = rows.annotate(
        last_state=Subquery(last.values("state")[:1]), last_on=Subquery(last.values("day")[:1])
    )
    return list(rows.order_by("position", "pk"))


def _returns_of(plan: Plan) -> list[PlanReturn]:
    """Every sending-back, newest first, with ``said``: its remarks to rows. One statement."""
    names = ("id", "action_id", "about", "text", "heeded")
    remarks = RowRemark.objects.filter(sent_back=OuterRef("pk")).order_by("pk")
    rows = PlanReturn.objects.filter(plan=plan).select_related("entered_by")
    rows = rows.annotate(
        facts=ArraySubquery(remarks.values(one=JSONObject(**{each: each for each in names})))
    )
    found = list(rows.order_by("-day", "-pk"))
    for each in found:
        each.said = [RowRemark(sent_back=each, **facts) for facts in each.facts]
    return found


def _end_of(before: Plan, on: date) -> list[str]:
    return [f"koniec okresu planu {short_date(before.covers_to)}"] if before.covers_to <= on + SOON else []


def _changes_of_work(standing, since: date, on: date, hidden) -> list[str]:
    """Another leading assistant, a new basis or one that ended, since the plan before was accepted."""
    found = [
        f"zmiana asystenta od {short_date(row.starts_on)}"
        for row in standing.all_assignments
        if row.kind == AssignmentKind.LEADING and since < row.starts_on <= on
    ]
    for row in standing.all_bases:
        if row.kind in hidden:
            continue
        if since < row.starts_on <= on and row.kind == BasisKind.COURT:
            found.append(f"zobowiązanie sądu z {short_date(row.starts_on)}")
        if row.ends_on and since < row.ends_on <= on:
            found.append(f"koniec podstawy ({row.get_kind_display()}) {short_date(row.ends_on)}")
    return found


def _changes_of_people(memberships, placements, since: date, on: date) -> list[str]:
    """Who came and who left, who was placed in care and who returned."""
    found = []
    for row in memberships:
        name = row.person.first_name
        born = row.person.born_on
        if born and since < born <= on:
            found.append(f"urodzenie dziecka ({name}) {short_date(born)}")
        elif since < row.starts_on <= on:
            found.append(f"nowa osoba w rodzinie ({name}) od {short_date(row.starts_on)}")
        if row.ends_on and since < row.ends_on <= on:
            found.append(f"odejście z rodziny ({name}) {short_date(row.ends_on)}")
    for row in placements:
        name = row.person.first_name
        if since < row.starts_on <= on:
            found.append(f"umieszczenie w pieczy ({name}) {short_date(row.starts_on)}")
        if row.returned and row.ends_on and since < row.ends_on <= on:
            found.append(f"powrót z pieczy ({name}) {short_date(row.ends_on)}")
    return found


def open_agreements(period: WorkPeriod) -> int:
    """How many agreements of this work wait; the room of visits comes after this one and is not imported."""
    model = apps.get_model("visits", "Agreement")
    ticks = apps.get_model("visits", "AgreementOutcome").objects.filter(agreement=OuterRef("pk"))
    last = Subquery(ticks.order_by("-visit__begins", "-pk").values("outcome")[:1])
    rows = model.objects.filter(visit__period=period).annotate(outcome=last)
    waiting = Q(outcome=None) | Q(outcome=AgreementResult.MOVED)
    return rows.aggregate(waiting=Count("pk", filter=waiting))["waiting"]
