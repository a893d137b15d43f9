"""Queries of the list of families: one statement for a page of rows.

A family in progress is shown as of today, one whose work has ended as of the last day of the work. Each column is a
sub-query: joins would multiply people by assistants and deadlines.
"""

from datetime import date, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Collate, Concat, JSONObject, Trim

from families.case_files.family_list.tabs import ListTab, tab_filter, waiting_since
from families.caseload.models import COUNTED_KINDS, Assignment, LeadWorkerAssignment, LegalBasis, WorkPeriod
from families.choices import (
    AddressKind,
    AssignmentKind,
    DeadlineKind,
    VisitResult,
)
from families.deadlines.models import Deadline
from families.people.definitions import child_on
from families.people.models import POLISH_COLLATION, Address, Family, FamilyCategory, Membership
from families.permissions import SENSITIVE_CATEGORIES, hidden_values, workable_condition
from families.visits.models import Visit
from families.visits.permissions import VISIT_VIEW
from lubsko_ops.accounts.models import Region, RoleGrant, User
from lubsko_ops.centre.norms import get_norm
from lubsko_ops.core.collation import sort_key
from lubsko_ops.core.permissions import Role, has_permission


def families_in_tab(tab: ListTab, *, user, on: date):
    """Families of a tab visible to the user, annotated with the day they are shown as of (``as_of``)."""
    families = Family.objects.visible_to(user, on=on, as_array=tab.ended).filter(
        tab_filter(tab, user=user, on=on)
    )
    # The filter of ended families has already joined the last period.
    return families.annotate(
        as_of=F("periods__ends_on") if tab.ended else Value(on, output_field=DateField())
    )


def reference_day(tab: ListTab, on: date):
    """The day the columns of a row are valid on: today, or the last day of the work of that row."""
    return OuterRef("as_of") if tab.ended else on


# ---- sorting -----------------------------------------------------------------------------------------


def with_sort_keys(families, *, tab: ListTab, on: date):
    """Sort keys, never NULL: case number, first day of the work, leading assistant, and since when a family waits."""
    if tab.waiting_for:
        families = families.annotate(waiting_since=waiting_since(tab, on=on))
    return _archive_sort_keys(families) if tab.ended else _current_sort_keys(families, on)


def _current_sort_keys(families, on: date):
    last = WorkPeriod.objects.filter(family=OuterRef("pk")).order_by("-starts_on")
    leading = Assignment.objects.active_on(on).filter(
        period__family=OuterRef("pk"), kind=AssignmentKind.LEADING
    )
    return families.annotate(
        year_key=Coalesce(Subquery(last.values("year")[:1]), 0),
        serial_key=Coalesce(Subquery(last.values("serial")[:1]), 0),
        since_key=Coalesce(Subquery(last.values("starts_on")[:1]), date.max),
        assistant_key=_polish_collated(Subquery(leading.values(key=_user_sort_name("assistant"))[:1])),
    )


def _archive_sort_keys(families):
    """Columns of the last period, which the filter has joined; its indexes serve the order.

    The assistant who led on the last day is joined too: a sub-query per family takes five times as long.
    """
    last_day = F("periods__ends_on")
    led = Q(periods__assignments__kind=AssignmentKind.LEADING)
    led &= Q(periods__assignments__starts_on__lte=last_day)
    led &= Q(periods__assignments__ends_on=None) | Q(periods__assignments__ends_on__gte=last_day)
    return families.annotate(
        led_then=FilteredRelation("periods__assignments", condition=led),
        year_key=F("periods__year"),
        serial_key=F("periods__serial"),
        since_key=F("periods__starts_on"),
        assistant_key=_polish_collated(_user_sort_name("led_then__assistant")),
    )


def _user_sort_name(user: str) -> Concat:
    """Surname first; a single space without a user."""
    return Concat(f"{user}__last_name", Value(" "), f"{user}__first_name", output_field=TextField())


def _polish_collated(name) -> Collate:
    return Collate(Trim(Coalesce(name, Value("", TextField()))), collation=POLISH_COLLATION)


# ---- columns of a row ----------------------------------------------------------------------------------


def with_row_data(families, *, tab: ListTab, user, on: date):
    """Annotations that ``FamilyRow`` needs."""
    day = reference_day(tab, on)
    return with_access_flags(
        families.annotate(
            period=_period(on),
            household=_household(day),
            assistants=_assistants(day),
            basis_kinds=_basis_kinds(day),
            residence=_residence(day),
        ),
        user=user,
        on=on,
    )


def _period(on: date):
    """The last period that has begun or, without one, the first to come."""
    of_family = WorkPeriod.objects.filter(family=OuterRef("pk"))
    facts = JSONObject(year="year", serial="serial", starts_on="starts_on", ends_on="ends_on")
    begun = of_family.filter(starts_on__lte=on).order_by("-starts_on").values(facts=facts)[:1]
    to_come = of_family.order_by("starts_on").values(facts=facts)[:1]
    return Coalesce(Subquery(begun), Subquery(to_come))


def _household(day):
    """Number of people living with the family on the day, and of those under eighteen."""
    household = Membership.objects.members_on(day).living_here().filter(family=OuterRef("pk"))
    return Subquery(
        household.order_by()
        .values("family")
        .annotate(facts=JSONObject(people=Count("pk"), children=Count("pk", filter=child_on(day))))
        .values("facts")
    )


def _assistants(day):
    rows = Assignment.objects.active_on(day).filter(period__family=OuterRef("pk"))
    facts = JSONObject(
        who="assistant_id",
        first_name="assistant__first_name",
        last_name="assistant__last_name",
        kind="kind",
        ends_on="ends_on",
    )
    return ArraySubquery(rows.order_by("starts_on", "pk").values(facts=facts))


def _basis_kinds(day):
    rows = LegalBasis.objects.active_on(day).filter(period__family=OuterRef("pk"))
    return ArraySubquery(rows.order_by("kind").values("kind").distinct())


def _residence(day):
    rows = Address.objects.active_on(day).filter(family=OuterRef("pk"), kind=AddressKind.RESIDENCE)
    return Subquery(rows.values(facts=JSONObject(region="region__name", **address_json()))[:1])


ADDRESS_PARTS = ("street", "house", "flat", "postal_code", "locality")


def address_json() -> dict:
    """Fields of an address for JSONObject: its parts, and whom it is withheld from (a single space for nobody)."""
    from_whom = Concat("withheld_from__first_name", Value(" "), "withheld_from__last_name")
    return {"withheld_from": from_whom} | {name: name for name in ADDRESS_PARTS}


def with_export_data(families, *, tab: ListTab, user, on: date):
    """Columns of the XLSX file only: the category if the user may see it, the lead social worker."""
    day = reference_day(tab, on)
    hidden = hidden_values(user, SENSITIVE_CATEGORIES)
    category = (
        FamilyCategory.objects.active_on(day).filter(family=OuterRef("pk")).exclude(category__in=hidden)
    )
    lead = LeadWorkerAssignment.objects.active_on(day).filter(family=OuterRef("pk"))
    name = Concat(
        "social_worker__first_name", Value(" "), "social_worker__last_name", output_field=TextField()
    )
    return families.annotate(
        category=Subquery(category.values("category")[:1]), social_worker=Subquery(lead.values(name=name)[:1])
    )


def with_access_flags(families, *, user, on: date):
    """``workable``: the user may change the file; ``last_own_day``: last day on which they led the family."""
    if Role.MANAGER in user.roles:
        return families.annotate(workable=Value(True), last_own_day=Value(None, output_field=DateField()))
    led = Assignment.objects.filter(period__family=OuterRef("pk"), assistant=user, kind__in=COUNTED_KINDS)
    last_own_day = (
        led.filter(starts_on__lte=on).order_by(F("ends_on").desc(nulls_first=True)).values("ends_on")[:1]
    )
    workable = Case(When(workable_condition(user, on=on), then=Value(True)), default=Value(False))
    return families.annotate(workable=workable, last_own_day=Subquery(last_own_day))


def readable_until(last_own_day: date) -> date:
    """Last day on which the file may be read after the family was handed over."""
    return last_own_day + timedelta(days=get_norm("read_after_hand_over_days"))


# ---- filters and choices ------------------------------------------------------------------------------


def assigned_to_filter(assistant: str, *, tab: ListTab, on: date) -> Q:
    """Families the assistant works with on the day of the row."""
    rows = Assignment.objects.active_on(reference_day(tab, on)).filter(assistant=assistant)
    return Q(Exists(rows.filter(period__family=OuterRef("pk"))))


def basis_filter(kind: str, *, tab: ListTab, on: date) -> Q:
    rows = LegalBasis.objects.active_on(reference_day(tab, on)).filter(kind=kind)
    return Q(Exists(rows.filter(period__family=OuterRef("pk"))))


def get_filter_choices() -> dict[str, list[tuple[str, str]]]:
    """Regions, and all users who have ever been assistants, in Polish order; one statement."""
    ever = RoleGrant.objects.filter(role=Role.ASSISTANT).values("user")
    assistants = User.objects.filter(pk__in=ever).values_list(
        Value("asystent"), "pk", "last_name", "first_name"
    )
    regions = Region.objects.order_by().values_list(Value("rejon"), "pk", "name", Value(""))
    choices = {"asystent": [], "rejon": []}
    for name, pk, *words in sorted(
        assistants.union(regions, all=True), key=lambda row: sort_key(" ".join(row[2:]))
    ):
        choices[name].append((str(pk), " ".join(reversed(words)).strip()))
    return choices


# ---- deadlines -------------------------------------------------------------------------------------
# Only for users who may read visits: a deadline reveals when the last visit was.

OVERDUE, WEEK, MONTH = "po-terminie", "7-dni", "30-dni"
DUE_CHOICES = [(OVERDUE, "po terminie"), (WEEK, "najdalej za 7 dni"), (MONTH, "najdalej za 30 dni")]
DAYS_AHEAD = {OVERDUE: -1, WEEK: 7, MONTH: 30}


def can_see_deadlines(user, *, tab: ListTab) -> bool:
    """Whether the list in this tab shows deadlines to the user."""
    return tab.has_deadlines and has_permission(user, VISIT_VIEW)


def deadline_label(kind: str) -> str:
    """Label of the kind with a capital letter: "Okresowa ocena"."""
    label = DeadlineKind(kind).label
    return label[:1].upper() + label[1:]


def row_deadlines(kind: str = ""):
    """Open deadlines of the row's family, of one kind or of all, the nearest first."""
    rows = Deadline.objects.filter(family=OuterRef("pk"), done_on=None)
    return (rows.filter(kind=kind) if kind else rows).order_by("due_on", "pk")


def with_due_sort_key(families, *, kind: str = ""):
    """Sort key of the nearest deadline, never NULL: families without one come last."""
    return families.annotate(due_key=Coalesce(Subquery(row_deadlines(kind).values("due_on")[:1]), date.max))


def with_nearest_deadline(families, *, on: date, kind: str = ""):
    """The nearest deadline (of the kind) and the day of the last visit held in the last begun period."""
    facts = JSONObject(kind="kind", due_on="due_on")
    work = WorkPeriod.objects.filter(family=OuterRef(OuterRef("pk")), starts_on__lte=on).order_by(
        "-starts_on"
    )
    held = Visit.objects.filter(period=Subquery(work.values("pk")[:1]), result=VisitResult.HELD)
    return families.annotate(
        nearest_deadline=Subquery(row_deadlines(kind).values(facts=facts)[:1]),
        last_visit_on=Subquery(held.order_by("-started_at", "-pk").values("day")[:1]),
    )


def due_within(choice: str, *, on: date, kind: str = "") -> Q:
    """Families with an open deadline (of the kind) within the choice; overdue ones are included."""
    return Q(Exists(row_deadlines(kind).filter(due_on__lte=on + timedelta(days=DAYS_AHEAD[choice]))))


def has_deadline(kind: str) -> Q:
    return Q(Exists(row_deadlines(kind)))
