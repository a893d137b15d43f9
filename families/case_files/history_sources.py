"""Whose history makes up the history of a family's file. Later rooms add theirs with ``register_source``."""

from django.db.models import Exists, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat

from families import sensitive_facts
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

SOURCES: list[HistorySource] = []


def register_source(source: HistorySource) -> None:
    """A room tells its part of the history; once for each model."""
    if all(each.model != source.model for each in SOURCES):
        SOURCES.append(source)


def register() -> None:
    NAME_SELECT_RELATED[Membership] = ("person",)
    NAME_SELECT_RELATED[SafeguardingConcern] = ("visit",)
    for source in (*_of_people(), *_of_work(), *_of_visits(), *_of_plans()):
        register_source(source)


def of_family(family: int) -> Q:
    return Q(family=family)


def of_work(family: int) -> Q:
    return Q(period__in=WorkPeriod.objects.filter(family=family).values("pk"))


def of_members(family: int) -> Q:
    """People who belong or belonged to the family: a change of a person shows in each of her families.

    Also those entered here by mistake and taken back, once they are nowhere else.
    """
    here = Membership.objects.filter(family=family)
    nowhere = ~Exists(Person.objects.filter(pk=OuterRef("person_id")))
    gone = Membership.history.filter(nowhere, family=family)
    return Q(id__in=here.values("person").union(gone.order_by().values("person")))


def of_addresses(family: int) -> Q:
    """Addresses of the family and of its members, taken back ones too, each kind by its own index."""
    members = Membership.history.filter(family=family).order_by()
    own = Address.history.filter(family=family).order_by()
    of_a_member = Address.history.filter(membership__in=members.values("id")).order_by()
    return Q(id__in=own.values("id").union(of_a_member.values("id")))


ADDRESS = "{membership} {street} {house} {flat} {postal_code} {locality}"


def address_in_words(membership: str, **parts: str) -> str:
    """The address as it is written everywhere; that of one member says whose it is."""
    line = Address(**parts).line
    return f"{line} ({membership})" if membership else line


def withheld_from() -> Coalesce:
    """From whom the address is withheld, now or in the end: what was written before anybody knew stays off paper as
    well, and so does an address taken back."""
    name = Concat(
        "withheld_from__first_name", Value(" "), "withheld_from__last_name", output_field=TextField()
    )
    last = Address.history.filter(id=OuterRef("id"), withheld_from__isnull=False).order_by("-history_id")
    return Coalesce(Subquery(last.values(words=name)[:1]), Value(""), output_field=TextField())


def hiding(field: str, table: dict):
    """Rows of a narrower circle, for those who do not stand in it."""
    return lambda user: Q(**{f"{field}__in": sensitive_facts.hidden_values(user, table)})


# The file itself says whose rows they are; the days say in which period of work.
FAMILY, PERIOD = frozenset({"family"}), frozenset({"period"})


def _of_people() -> list[HistorySource]:
    problems = hiding("problem", sensitive_facts.SENSITIVE_PROBLEMS)
    categories = hiding("category", sensitive_facts.SENSITIVE_CATEGORIES)
    return [
        HistorySource(Family, lambda family: Q(id=family), "{name}"),
        HistorySource(Person, of_members, "{first_name} {last_name}"),
        HistorySource(Membership, of_family, "{person}", FAMILY),
        HistorySource(Address, of_addresses, ADDRESS, FAMILY, named=address_in_words, withheld=withheld_from),
        HistorySource(Phone, of_family, "{number}", FAMILY),
        HistorySource(FamilyProblem, of_family, "{problem}", FAMILY, problems),
        HistorySource(FamilyCategory, of_family, "{category}", FAMILY, categories),
    ]


def _of_work() -> list[HistorySource]:
    return [
        HistorySource(WorkPeriod, of_family, "{year}/{serial:0>3}", FAMILY),
        HistorySource(LegalBasis, of_work, "{kind}", PERIOD, hiding("kind", sensitive_facts.SENSITIVE_BASES)),
        HistorySource(Assignment, of_work, "{assistant}", PERIOD),
        HistorySource(LeadWorkerAssignment, of_family, "{social_worker}", FAMILY),
    ]


def unless(permission: Permission):
    """All rows, for those without this right."""
    return lambda user: Q(id__in=[]) if has_permission(user, permission) else Q(id__isnull=False)


def of_visits(family: int) -> Q:
    visits = Visit.objects.filter(period__in=WorkPeriod.objects.filter(family=family).values("pk"))
    return Q(visit__in=visits.values("pk"))


def of_reports(family: int) -> Q:
    reports = SafeguardingConcern.objects.filter(
        visit__period__in=WorkPeriod.objects.filter(family=family).values("pk")
    )
    return Q(report__in=reports.values("pk"))


def _of_visits() -> list[HistorySource]:
    hidden = unless(Permission.VISIT_VIEW)
    author, writer = frozenset({"period", "assistant"}), frozenset({"period", "author"})
    return [
        HistorySource(Visit, of_work, "{day}", author, hidden),
        HistorySource(VisitAttendee, of_visits, "{person}", hidden_from=hidden),
        HistorySource(Agreement, of_visits, "{what}", hidden_from=hidden),
        HistorySource(AgreementOutcome, of_visits, "{agreement}", hidden_from=hidden),
        HistorySource(SafeguardingConcern, of_visits, hidden_from=hidden),
        HistorySource(SafeguardingStep, of_reports, "{day}", hidden_from=hidden),
        HistorySource(Contact, of_work, "{day}", writer, hidden),
        HistorySource(Assessment, of_work, "{handed_over_on}", writer),
    ]


def of_plans(family: int) -> Q:
    """Rows of the family's plans, also of a draft thrown away."""
    return Q(plan__in=_plans(family))


def of_actions(family: int) -> Q:
    actions = PlanAction.history.filter(plan__in=_plans(family)).order_by()
    return Q(action__in=actions.values("id"))


def of_returns(family: int) -> Q:
    return Q(sent_back__in=PlanReturn.objects.filter(plan__in=_plans(family)).values("pk"))


def _plans(family: int):
    return Plan.history.filter(of_work(family)).order_by().values("id")


def _of_plans() -> list[HistorySource]:
    hidden = unless(Permission.PLAN_VIEW)
    plan = frozenset({"plan"})
    return [
        HistorySource(Plan, of_work, "wersja {number}", frozenset({"period", "author"}), hidden),
        HistorySource(PlanAction, of_plans, "{goal}", plan | {"first", "position"}, hidden),
        HistorySource(PlanSignature, of_plans, "{person}", plan, hidden),
        HistorySource(PlanReturn, of_plans, "{day}", plan, hidden),
        HistorySource(RowRemark, of_returns, "{about}", frozenset({"sent_back", "action"}), hidden),
        HistorySource(PlanReview, of_work, "{day}", PERIOD, hidden),
        HistorySource(ActionProgress, of_actions, "{action}", hidden_from=hidden),
        HistorySource(Placement, of_family, "{person}", FAMILY, unless(Permission.PLAN_VIEW)),
    ]
