from collections.abc import Iterator
from datetime import date

from families.base_views import FILE_TABS, FileTab
from families.caseload.assignment_days import ASSIGNMENT_DAYS
from families.caseload.models import WorkPeriod
from families.employees.contract_days import CONTRACT_DAYS
from families.people.duplicates.merge_rules import MERGE_RULES, MergeRule
from families.people.membership_days import MEMBERSHIP_DAYS
from families.plans.editor_context import EDITOR_COUNTS
from families.specialists.days import SPECIALIST_DAYS
from families.visits import history, timeline_events
from families.visits.models import Agreement, Visit, VisitAttendee
from families.visits.permissions import (
    CONTACT_LOG,
    SAFEGUARDING_ACKNOWLEDGE,
    SAFEGUARDING_FOLLOW_UP,
    VISIT_LOG,
    VISIT_VIEW,
    VISITS_AREA,
)
from families.visits.queries import count_open_agreements_of
from lubsko_ops.audit.models import ACCESS_AREAS
from lubsko_ops.core.navigation import NAVIGATION, NavItem
from lubsko_ops.core.permissions import PERMISSIONS


def attendance_days(family: int, person: int) -> Iterator[tuple[date, str]]:
    """The person was present at these visits, or took something upon themselves."""
    for model, what in ((VisitAttendee, "obecność na wizycie"), (Agreement, "ustalenie z wizyty")):
        rows = model.objects.filter(visit__period__family=family, person=person)
        yield from ((day, what) for day in rows.values_list("visit__day", flat=True))


def visit_days(period: WorkPeriod):
    """Days and assistants of all visits, held and failed."""
    return Visit.objects.filter(period=period).values_list("day", "assistant")


def contract_days(assistant: int) -> Iterator[tuple[date, str]]:
    """Days of the assistant's visits, on which a contract is needed."""
    days = Visit.objects.filter(assistant=assistant).values_list("day", flat=True)
    return ((day, "wizyta") for day in days.distinct())


def specialist_days(family: int, specialist: int) -> Iterator[tuple[date, str]]:
    """Days of visits of the family at which the specialist was present."""
    rows = Visit.objects.filter(period__family=family, specialists__contains=[specialist])
    return ((day, "obecność na wizycie") for day in rows.values_list("day", flat=True).distinct())


def register() -> None:
    SPECIALIST_DAYS.register(specialist_days)
    MEMBERSHIP_DAYS.register(attendance_days)
    ASSIGNMENT_DAYS.register(visit_days)
    CONTRACT_DAYS.register(contract_days)
    for permission in (
        VISIT_VIEW,
        VISIT_LOG,
        CONTACT_LOG,
        SAFEGUARDING_FOLLOW_UP,
        SAFEGUARDING_ACKNOWLEDGE,
    ):
        PERMISSIONS.register(permission, order=40)
    ACCESS_AREAS.register(VISITS_AREA)
    history.register()
    timeline_events.register()
    NAVIGATION.register(NavItem("Wizyty", "families:my-visits", VISIT_LOG), order=20)
    FILE_TABS.register(FileTab("Wizyty", "families:case-log", VISIT_VIEW), order=20)
    EDITOR_COUNTS.register(("Otwarte ustalenia", count_open_agreements_of))
    # Present at one visit under both names is present once; whether a child was seen is the same either way.
    MERGE_RULES.register(MergeRule(VisitAttendee, same=("visit",)))
    MERGE_RULES.register(MergeRule(Agreement))
