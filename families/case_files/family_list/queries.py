"""The list of families: its views, and what a row says, on one day, in one statement however long the list is.

A family in progress is shown as it is today; one whose work has ended, as it was on the last day of the work.
Each fact of a row is a sub-query of its own: joins would multiply people by assistants.
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
    Func,
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
from families.choices import CHILDREN, AddressKind, AssignmentKind, LivingArrangement
from families.people.models import POLISH_COLLATION, Address, FamilyCategory, Membership
from families.permissions import visible_to, workable_condition
from families.sensitive_facts import SENSITIVE_CATEGORIES, hidden_values
from lubsko_ops.accounts.models import Region, RoleGrant, User
from lubsko_ops.centre.norms import get_norm
from lubsko_ops.core.collation import sort_key
from lubsko_ops.core.permissions import Role

LIVING_HERE = [LivingArrangement.HERE, LivingArrangement.ALTERNATE]


def families_in_tab(view: ListTab, *, user, on: date):
    """The families of a view within the person's reach, with the day each is shown as of (``as_of``)."""
    families = visible_to(user, on=on, first=view.ended).filter(tab_filter(view, user=user, on=on))
    # The view of those whose work has ended has joined the last period already.
    return families.annotate(
        as_of=F("periods__ends_on") if view.ended else Value(on, output_field=DateField())
    )


def reference_day(view: ListTab, on: date):
    """The day the facts of a row are asked for: today, or the last day of work of that row."""
    return OuterRef("as_of") if view.ended else on


# ---- sorting -----------------------------------------------------------------------------------------


def with_sort_keys(families, *, view: ListTab, on: date):
    """Keys of the sorts, never NULL: number of the case, first day of the work, name of the leading assistant;
    in a view of those who wait, since when."""
    if view.since:
        families = families.annotate(waits_key=waiting_since(view, on=on))
    return _archive_sort_keys(families) if view.ended else _current_sort_keys(families, on)


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
    """Columns of the last period, joined already: its indexes keep the archive in order. The assistant who led on
    its last day is joined beside it; asking for her family by family takes five times as long."""
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
    """Surname first; a space when there is nobody."""
    return Concat(f"{user}__last_name", Value(" "), f"{user}__first_name", output_field=TextField())


def _polish_collated(name) -> Collate:
    return Collate(Trim(Coalesce(name, Value("", TextField()))), collation=POLISH_COLLATION)


# ---- facts of a row ----------------------------------------------------------------------------------


def with_row_data(families, *, view: ListTab, user, on: date):
    """What a row shows, as of its day."""
    day = reference_day(view, on)
    return with_access_flags(
        families.annotate(
            period=_period(on),
            household=_household(day),
            assistants=_assistants(day),
            basis_kinds=_basis_kinds(day),
            place=_residence(day),
        ),
        user=user,
        on=on,
    )


def _period(on: date):
    """The last period that has begun or, before any, the first to come."""
    of_family = WorkPeriod.objects.filter(family=OuterRef("pk"))
    facts = JSONObject(year="year", serial="serial", starts_on="starts_on", ends_on="ends_on")
    begun = of_family.filter(starts_on__lte=on).order_by("-starts_on").values(facts=facts)[:1]
    to_come = of_family.order_by("starts_on").values(facts=facts)[:1]
    return Coalesce(Subquery(begun), Subquery(to_come))


def _household(day):
    """How many people live here on the day, and how many of them are under eighteen."""
    eighteen_on = Func(F("person__born_on"), template="(%(expressions)s + INTERVAL '18 years')::date")
    young = Q(person__born_on=None, kinship__in=CHILDREN) | Q(eighteen_on__gt=day)
    living = (
        Membership.objects.active_on(day)
        .filter(family=OuterRef("pk"), stay__in=LIVING_HERE)
        .filter(Q(person__died_on=None) | Q(person__died_on__gte=day))
        .annotate(eighteen_on=eighteen_on)
    )
    return Subquery(
        living.order_by()
        .values("family")
        .annotate(facts=JSONObject(people=Count("pk"), children=Count("pk", filter=young)))
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
    """What a sub-query tells of an address: its parts, and from whom it is withheld (a space for nobody)."""
    from_whom = Concat("withheld_from__first_name", Value(" "), "withheld_from__last_name")
    return {"withheld_from": from_whom} | {name: name for name in ADDRESS_PARTS}


def with_export_data(families, *, view: ListTab, user, on: date):
    """What only the workbook tells: the category as far as the person may see it, the leading social worker."""
    day = reference_day(view, on)
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
    """Whether the person may still change the file, and the last day on which she led a family handed over."""
    if Role.MANAGER in user.roles:
        return families.annotate(workable=Value(True), last_own_day=Value(None, output_field=DateField()))
    led = Assignment.objects.filter(period__family=OuterRef("pk"), assistant=user, kind__in=COUNTED_KINDS)
    last_own_day = (
        led.filter(starts_on__lte=on).order_by(F("ends_on").desc(nulls_first=True)).values("ends_on")[:1]
    )
    workable = Case(When(workable_condition(user, on=on), then=Value(True)), default=Value(False))
    return families.annotate(workable=workable, last_own_day=Subquery(last_own_day))


def readable_until(last_own_day: date) -> date:
    """The last day on which the file may still be read after the family was handed over."""
    return last_own_day + timedelta(days=get_norm("read_after_hand_over_days"))


# ---- filters and choices ------------------------------------------------------------------------------


def assigned_to_filter(assistant: str, *, view: ListTab, on: date) -> Q:
    """Families the assistant works with on the day of the row."""
    rows = Assignment.objects.active_on(reference_day(view, on)).filter(assistant=assistant)
    return Q(Exists(rows.filter(period__family=OuterRef("pk"))))


def basis_filter(kind: str, *, view: ListTab, on: date) -> Q:
    rows = LegalBasis.objects.active_on(reference_day(view, on)).filter(kind=kind)
    return Q(Exists(rows.filter(period__family=OuterRef("pk"))))


def get_filter_choices() -> dict[str, list[tuple[str, str]]]:
    """Regions, and everybody who has ever been an assistant, in Polish order; one statement."""
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
