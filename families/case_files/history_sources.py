"""Sources of the history page of a case file. Apps above register theirs in ``HISTORY_SOURCES``."""

from django.db.models import Exists, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat

from families.assessments.models import Assessment
from families.care.models import Placement
from families.caseload.models import Assignment, LeadWorkerAssignment, LegalBasis, WorkPeriod
from families.people.models import (
    Address,
    Family,
    FamilyCategory,
    FamilyProblem,
    Membership,
    Person,
    Phone,
)
from families.permissions import SENSITIVE_BASES, SENSITIVE_CATEGORIES, SENSITIVE_PROBLEMS, hidden_values
from families.plans.models import (
    ActionProgress,
    Plan,
    PlanAction,
    PlanReturn,
    PlanReview,
    PlanSignature,
    RowRemark,
)
from families.visits.models import (
    Agreement,
    AgreementOutcome,
    Contact,
    SafeguardingConcern,
    SafeguardingStep,
    Visit,
    VisitAttendee,
)
from lubsko_ops.audit.changes import NAME_SELECT_RELATED, HistorySource
from lubsko_ops.core.permissions import Permission, has_permission
from lubsko_ops.core.registry import Registry

HISTORY_SOURCES: Registry[HistorySource] = Registry("history sources", key=lambda source: source.model)


def register() -> None:
    NAME_SELECT_RELATED[Membership] = ("person",)
    NAME_SELECT_RELATED[SafeguardingConcern] = ("visit",)
    for source in (*_people_sources(), *_work_sources(), *_visit_sources(), *_plan_sources()):
        HISTORY_SOURCES.register(source)


def by_family(family: int) -> Q:
    return Q(family=family)


def by_work_period(family: int) -> Q:
    return Q(period__in=WorkPeriod.objects.filter(family=family).values("pk"))


def by_membership(family: int) -> Q:
    """People who belong or belonged to the family: a change of a person is shown in each of their families.

    Also people entered here by mistake and deleted, unless they are still in another family.
    """
    current = Membership.objects.filter(family=family)
    deleted = ~Exists(Person.objects.filter(pk=OuterRef("person_id")))
    former = Membership.history.filter(deleted, family=family)
    return Q(id__in=current.values("person").union(former.order_by().values("person")))


def by_address(family: int) -> Q:
    """Addresses of the family and of its members, deleted ones too; each part uses its own index."""
    members = Membership.history.filter(family=family).order_by()
    own = Address.history.filter(family=family).order_by()
    of_members = Address.history.filter(membership__in=members.values("id")).order_by()
    return Q(id__in=own.values("id").union(of_members.values("id")))


ADDRESS = "{membership} {street} {house} {flat} {postal_code} {locality}"


def address_text(membership: str, **parts: str) -> str:
    """The address in one line, with the member for an address of one member."""
    line = Address(**parts).line
    return f"{line} ({membership})" if membership else line


def withheld_from_name() -> Coalesce:
    """Expression: whom the address is withheld from, now or last: earlier versions stay withheld too."""
    name = Concat(
        "withheld_from__first_name", Value(" "), "withheld_from__last_name", output_field=TextField()
    )
    last = Address.history.filter(id=OuterRef("id"), withheld_from__isnull=False).order_by("-history_id")
    return Coalesce(Subquery(last.values(words=name)[:1]), Value(""), output_field=TextField())


def hide_sensitive(field: str, table: dict):
    """Condition of sensitive rows that the user may not see."""
    return lambda user: Q(**{f"{field}__in": hidden_values(user, table)})


# Fields left out of the changes: they are obvious inside the file.
FAMILY, PERIOD = frozenset({"family"}), frozenset({"period"})


def _people_sources() -> list[HistorySource]:
    problems = hide_sensitive("problem", SENSITIVE_PROBLEMS)
    categories = hide_sensitive("category", SENSITIVE_CATEGORIES)
    return [
        HistorySource(Family, lambda family: Q(id=family), "{name}"),
        HistorySource(Person, by_membership, "{first_name} {last_name}"),
        HistorySource(Membership, by_family, "{person}", FAMILY),
        HistorySource(
            Address, by_address, ADDRESS, FAMILY, get_name=address_text, withheld_from=withheld_from_name
        ),
        HistorySource(Phone, by_family, "{number}", FAMILY),
        HistorySource(FamilyProblem, by_family, "{problem}", FAMILY, problems),
        HistorySource(FamilyCategory, by_family, "{category}", FAMILY, categories),
    ]


def _work_sources() -> list[HistorySource]:
    return [
        HistorySource(WorkPeriod, by_family, "{year}/{serial:0>3}", FAMILY),
        HistorySource(LegalBasis, by_work_period, "{kind}", PERIOD, hide_sensitive("kind", SENSITIVE_BASES)),
        HistorySource(Assignment, by_work_period, "{assistant}", PERIOD),
        HistorySource(LeadWorkerAssignment, by_family, "{social_worker}", FAMILY),
    ]


def hide_without(permission: Permission):
    """Condition of all rows for users without the permission."""
    return lambda user: Q(id__in=[]) if has_permission(user, permission) else Q(id__isnull=False)


def by_visit(family: int) -> Q:
    visits = Visit.objects.filter(period__in=WorkPeriod.objects.filter(family=family).values("pk"))
    return Q(visit__in=visits.values("pk"))


def by_concern(family: int) -> Q:
    concerns = SafeguardingConcern.objects.filter(
        visit__period__in=WorkPeriod.objects.filter(family=family).values("pk")
    )
    return Q(concern__in=concerns.values("pk"))


def _visit_sources() -> list[HistorySource]:
    hidden = hide_without(Permission.VISIT_VIEW)
    author, writer = frozenset({"period", "assistant"}), frozenset({"period", "author"})
    return [
        HistorySource(Visit, by_work_period, "{day}", author, hidden),
        HistorySource(VisitAttendee, by_visit, "{person}", hidden_from=hidden),
        HistorySource(Agreement, by_visit, "{what}", hidden_from=hidden),
        HistorySource(AgreementOutcome, by_visit, "{agreement}", hidden_from=hidden),
        HistorySource(SafeguardingConcern, by_visit, hidden_from=hidden),
        HistorySource(SafeguardingStep, by_concern, "{day}", hidden_from=hidden),
        HistorySource(Contact, by_work_period, "{day}", writer, hidden),
        HistorySource(Assessment, by_work_period, "{handed_over_on}", writer),
    ]


def by_plan(family: int) -> Q:
    """Rows of the family's plans, also of deleted drafts."""
    return Q(plan__in=_plan_ids(family))


def by_plan_action(family: int) -> Q:
    actions = PlanAction.history.filter(plan__in=_plan_ids(family)).order_by()
    return Q(action__in=actions.values("id"))


def by_plan_return(family: int) -> Q:
    return Q(plan_return__in=PlanReturn.objects.filter(plan__in=_plan_ids(family)).values("pk"))


def _plan_ids(family: int):
    return Plan.history.filter(by_work_period(family)).order_by().values("id")


def _plan_sources() -> list[HistorySource]:
    hidden = hide_without(Permission.PLAN_VIEW)
    plan = frozenset({"plan"})
    return [
        HistorySource(
            Plan, by_work_period, "wersja {number}", frozenset({"period", "author", "writers"}), hidden
        ),
        HistorySource(PlanAction, by_plan, "{goal}", plan | {"origin", "position"}, hidden),
        HistorySource(PlanSignature, by_plan, "{person}", plan, hidden),
        HistorySource(PlanReturn, by_plan, "{day}", plan, hidden),
        HistorySource(RowRemark, by_plan_return, "{about}", frozenset({"plan_return", "action"}), hidden),
        HistorySource(PlanReview, by_work_period, "{day}", PERIOD, hidden),
        HistorySource(ActionProgress, by_plan_action, "{action}", hidden_from=hidden),
        HistorySource(Placement, by_family, "{person}", FAMILY, hide_without(Permission.PLAN_VIEW)),
    ]
