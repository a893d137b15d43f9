"""What this app registers at start-up."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet

from families.base_views import FILE_TABS, FileTab
from families.caseload import history, timeline_events
from families.caseload.actions import (
    PERSONAL_BASIS_KINDS,
    end_bases_on_death,
    reopen_bases_after_death_undone,
)
from families.caseload.models import (
    COUNTED_KINDS,
    Assignment,
    LeadWorkerAssignment,
    LegalBasis,
    WorkPeriod,
)
from families.caseload.permissions import ASSIGN, ASSIGNMENT_AREA, BASIS_RECORD, REFERENCES_AREA
from families.employees.contract_days import AFTER_CONTRACT, CONTRACT_DAYS
from families.people.actions import DEATH_HANDLERS, DEATH_UNDO_HANDLERS
from families.people.corrections.actions import REMOVAL_BLOCKERS
from families.people.duplicates.merge_rules import MERGE_RULES, MergeRule
from families.people.membership_days import MEMBERSHIP_DAYS
from families.people.models import Family, Person
from families.people.permissions import FAMILY_VIEW
from families.permissions import SCOPES, SENSITIVE_BASES, Scope
from lubsko_ops.accounts.duties import PERSON_DUTIES, DutyKind, PersonDuty
from lubsko_ops.audit.models import ACCESS_AREAS
from lubsko_ops.centre.settings_pages import SETTINGS_PAGES, SettingsPage
from lubsko_ops.core.dates import ONE_DAY
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import PERMISSIONS, Role
from lubsko_ops.core.polish import count_of, short_date

FAMILIES = "rodzina,rodziny,rodzin"


def basis_removal_refusal(family: Family, person: Person, since: date | None) -> str:
    """Polish sentence when a legal basis names the person before ``since`` (None: at any time); empty otherwise."""
    bases = LegalBasis.objects.filter(period__family=family, person=person).order_by("starts_on")
    first = bases.first()
    if first is None or (since and first.starts_on >= since):
        return ""
    return (
        f"Na tej osobie opiera się praca z rodziną ({basis_name(first)} od "
        f"{short_date(first.starts_on)}). Popraw najpierw podstawę pracy."
    )


def basis_name(basis: LegalBasis) -> str:
    """The kind of basis; of a kind that not everybody may see only that it is one."""
    return "podstawa pracy" if basis.kind in SENSITIVE_BASES else basis.get_kind_display()


def basis_days(family: int, person: int) -> list[tuple[date, str]]:
    """First days of the bases that name the person."""
    rows = LegalBasis.objects.filter(period__family=family, person=person)
    return [(row.starts_on, basis_name(row)) for row in rows]


def families_of_assistant(user, on: date, readable_since: date) -> QuerySet:
    """Families assigned to the assistant on the day; those led or stood in for stay readable for a while."""
    running = Q(ends_on=None) | Q(ends_on__gte=on)
    readable = running | Q(kind__in=COUNTED_KINDS, ends_on__gte=readable_since)
    return Assignment.objects.filter(readable, assistant=user, starts_on__lte=on).values("period__family")


def led_families(user, on: date, readable_since: date) -> QuerySet:
    """Families whose leading social worker the user is on the day."""
    return LeadWorkerAssignment.objects.active_on(on).filter(social_worker=user).values("family")


def assigned_duties(person, after: date) -> list[PersonDuty]:
    """Families assigned to the assistant whose work goes on after the day."""
    open_work = WorkPeriod.objects.active_on_or_after(after + ONE_DAY)
    rows = Assignment.objects.active_on_or_after(after + ONE_DAY).filter(assistant=person)
    number = rows.filter(period__in=open_work).values("period__family").distinct().count()
    text = f"{count_of(number, FAMILIES)} z przydzielonym asystentem"
    url = f"{reverse('families:list')}?asystent={person.pk}"
    return [PersonDuty(text, url, FAMILY_VIEW)] if number else []


def led_duties(person, after: date) -> list[PersonDuty]:
    """Families led by the social worker whose work goes on after the day."""
    open_work = WorkPeriod.objects.active_on_or_after(after + ONE_DAY)
    rows = LeadWorkerAssignment.objects.active_on_or_after(after + ONE_DAY).filter(social_worker=person)
    number = rows.filter(family__in=open_work.values("family")).values("family").distinct().count()
    return [PersonDuty(f"{count_of(number, FAMILIES)} z tym prowadzącym")] if number else []


def basis_text(row: LegalBasis) -> str:
    """The basis with its days, reference and the reason of its end."""
    parts = (f"{row.get_kind_display()} {row.validity}", row.reference, row.end_reason)
    return ", ".join(part for part in parts if part)


def assignment_days(assistant: int) -> Iterator[tuple[date, str]]:
    """First days of the assistant's assignments, on which a contract is needed."""
    days = Assignment.objects.filter(assistant=assistant).values_list("starts_on", flat=True)
    return ((day, "przydzielenie rodziny") for day in days.distinct())


def families_after_contract(assistant: int, day: date) -> str:
    """Polish sentence about the families assigned beyond the last day of a contract; empty when there are none."""
    rows = Assignment.objects.active_on_or_after(day + ONE_DAY)
    families = rows.filter(assistant=assistant, kind__in=COUNTED_KINDS).values("period__family").distinct()
    if not (number := families.count()):
        return ""
    return (
        f"Po {short_date(day)} ta osoba ma jeszcze przydzielone {count_of(number, 'rodzinę,rodziny,rodzin')}. "
        "Z umową nic im się nie stanie: przekaż je potem komuś innemu."
    )


def register() -> None:
    for permission in (ASSIGN, BASIS_RECORD):
        PERMISSIONS.register(permission, order=30)
    ACCESS_AREAS.register(ASSIGNMENT_AREA)
    ACCESS_AREAS.register(REFERENCES_AREA)
    SETTINGS_PAGES.register(SettingsPage("Sprawy bez znaku", "missing-references", ASSIGN), order=75)
    PERSON_DUTIES.register(DutyKind("assigned families", Role.ASSISTANT, assigned_duties), order=30)
    PERSON_DUTIES.register(DutyKind("led families", Role.SOCIAL_WORKER, led_duties), order=31)
    history.register()
    SCOPES.register(Scope("assigned families", Role.ASSISTANT, families_of_assistant), order=10)
    SCOPES.register(Scope("led families", Role.SOCIAL_WORKER, led_families), order=20)
    timeline_events.register()
    FILE_TABS.register(FileTab("Prowadzenie", "families:work", FAMILY_VIEW), order=60)
    REMOVAL_BLOCKERS.register(basis_removal_refusal)
    MEMBERSHIP_DAYS.register(basis_days)
    AFTER_CONTRACT.register(families_after_contract)
    CONTRACT_DAYS.register(assignment_days)
    MERGE_RULES.register(
        MergeRule(
            LegalBasis,
            same=("period", "kind"),
            differ=("starts_on", "ends_on", "reference", "end_reason"),
            by_days=True,
            # Several orders of a court about one person may stand side by side; one person consents once.
            only=Q(kind__in=PERSONAL_BASIS_KINDS),
            subject=lambda row: f"{row.get_kind_display()}: rodzina {row.period.family}",
            text=basis_text,
            family="period.family_id",
        )
    )
    DEATH_HANDLERS.register(end_bases_on_death)
    DEATH_UNDO_HANDLERS.register(reopen_bases_after_death_undone)
