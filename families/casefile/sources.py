"""Whose history makes up the history of a family's file. Later rooms add theirs with ``register_source``."""

from django.db.models import Q

from families import sensitive
from families.assessments.models import Assessment
from families.assignments.models import Assignment, SocialWorkerLead, WorkBasis, WorkPeriod
from families.people.models import (
    Address,
    Family,
    FamilyCategory,
    FamilyProblem,
    Membership,
    Person,
    Phone,
)
from families.visits.models import (
    Agreement,
    AgreementTick,
    Contact,
    DangerReport,
    DangerStep,
    Presence,
    Visit,
)
from lubsko_ops.access import Permission, allows
from lubsko_ops.history import NAMED_WITH, Source

SOURCES: list[Source] = []


def register_source(source: Source) -> None:
    """A room tells its part of the history; once for each model."""
    if all(each.model != source.model for each in SOURCES):
        SOURCES.append(source)


def register() -> None:
    NAMED_WITH[Membership] = ("person",)
    NAMED_WITH[DangerReport] = ("visit",)
    for source in (*_of_people(), *_of_work(), *_of_visits()):
        register_source(source)


def of_family(family: int) -> Q:
    return Q(family=family)


def of_work(family: int) -> Q:
    return Q(period__in=WorkPeriod.objects.filter(family=family).values("pk"))


def of_members(family: int) -> Q:
    """People who belong or belonged to the family: a change of a person shows in each of her families."""
    return Q(id__in=Membership.objects.filter(family=family).values("person"))


def of_addresses(family: int) -> Q:
    """Addresses of the family and of its members, each kind by its own index."""
    own, of_a_member = (
        Address.objects.filter(family=family),
        Address.objects.filter(membership__family=family),
    )
    return Q(id__in=own.values("pk").union(of_a_member.values("pk")))


def hiding(field: str, table: dict):
    """Rows of a narrower circle, for those who do not stand in it."""
    return lambda user: Q(**{f"{field}__in": sensitive.hidden_from(user, table)})


# The file itself says whose rows they are; the days say in which period of work.
FAMILY, PERIOD = frozenset({"family"}), frozenset({"period"})


def _of_people() -> list[Source]:
    problems = hiding("problem", sensitive.PROBLEMS)
    categories = hiding("category", sensitive.CATEGORIES)
    return [
        Source(Family, lambda family: Q(id=family), "{name}"),
        Source(Person, of_members, "{first_name} {last_name}"),
        Source(Membership, of_family, "{person}", FAMILY),
        Source(Address, of_addresses, "{street} {house} {locality}", FAMILY),
        Source(Phone, of_family, "{number}", FAMILY),
        Source(FamilyProblem, of_family, "{problem}", FAMILY, problems),
        Source(FamilyCategory, of_family, "{category}", FAMILY, categories),
    ]


def _of_work() -> list[Source]:
    return [
        Source(WorkPeriod, of_family, "{year}/{serial:0>3}", FAMILY),
        Source(WorkBasis, of_work, "{kind}", PERIOD, hiding("kind", sensitive.BASES)),
        Source(Assignment, of_work, "{assistant}", PERIOD),
        Source(SocialWorkerLead, of_family, "{social_worker}", FAMILY),
    ]


def unless(permission: Permission):
    """All rows, for those without this right."""
    return lambda user: Q(id__in=[]) if allows(user, permission) else Q(id__isnull=False)


def of_visits(family: int) -> Q:
    visits = Visit.objects.filter(period__in=WorkPeriod.objects.filter(family=family).values("pk"))
    return Q(visit__in=visits.values("pk"))


def of_reports(family: int) -> Q:
    reports = DangerReport.objects.filter(
        visit__period__in=WorkPeriod.objects.filter(family=family).values("pk")
    )
    return Q(report__in=reports.values("pk"))


def _of_visits() -> list[Source]:
    hidden = unless(Permission.VISIT_VIEW)
    author, writer = frozenset({"period", "assistant"}), frozenset({"period", "author"})
    return [
        Source(Visit, of_work, "{day}", author, hidden),
        Source(Presence, of_visits, "{person}", hidden_from=hidden, part_of="visit"),
        Source(Agreement, of_visits, "{what}", hidden_from=hidden, part_of="visit"),
        Source(AgreementTick, of_visits, "{agreement}", hidden_from=hidden, part_of="visit"),
        Source(DangerReport, of_visits, hidden_from=hidden),
        Source(DangerStep, of_reports, "{day}", hidden_from=hidden),
        Source(Contact, of_work, "{day}", writer, hidden),
        Source(Assessment, of_work, "{handed_over_on}", writer),
    ]
