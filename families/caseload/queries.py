"""Queries about the work with a family: current period, days without a legal basis, assistants to choose from."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from families import law
from families.caseload.caseload import Caseload, get_caseloads
from families.caseload.models import Assignment, LegalBasis, WorkPeriod
from families.choices import AddressKind, AssignmentKind, BasisKind
from families.employees.queries import get_confirmed_points
from families.employees.rules import unconfirmed_file_refusal
from families.people.models import Address, Family, Membership
from lubsko_ops.accounts.models import Contract, RegionGrant, RoleGrant, User
from lubsko_ops.core import clock
from lubsko_ops.core.dates import ONE_DAY, Period, uncovered_periods
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import number, short_date
from lubsko_ops.core.temporal import day_before
from lubsko_ops.output.chart import slots

FAR_FUTURE = date(2100, 12, 31)


def current_period(periods: Iterable[WorkPeriod], *, on: date) -> WorkPeriod | None:
    """The work period in progress on the day, else the next one to start, else the last one."""
    periods = sorted(periods, key=lambda period: period.starts_on)
    open_ones = [period for period in periods if period.is_active_on_or_after(on)]
    return (open_ones[:1] or periods[-1:] or [None])[0]


def living_members(family: Family, *, on: date, include: int | None = None) -> list[Membership]:
    """Living members of the family on the day, oldest first.

    ``include``: id of a person to add even if they no longer belong to the family.
    """
    rows = Membership.objects.filter(family=family).select_related("person")
    members = list(rows.members_on(on).order_by(F("person__born_on").asc(nulls_first=True), "pk"))
    if include and all(row.person_id != include for row in members):
        members += rows.filter(person=include).order_by("-starts_on")[:1]
    return members


# ---- the basis ---------------------------------------------------------------------------------------
@dataclass(frozen=True)
class BasisGaps:
    """Days of work without any legal basis: past gaps in order, and the first future day without a basis."""

    past: list[Period]
    next_gap_on: date | None

    @property
    def past_days(self) -> int:
        return sum(gap.days for gap in self.past)


def find_basis_gaps(period: WorkPeriod, bases: Iterable[LegalBasis], *, on: date) -> BasisGaps:
    """Days of the work period without a legal basis, as seen on the day."""
    work_days = Period(period.starts_on, period.ends_on or FAR_FUTURE)
    gaps = law.days_without_basis(work_days, [(basis.starts_on, basis.ends_on) for basis in bases])
    past = (
        [part for gap in gaps if (part := gap.intersection(period.starts_on, on))]
        if on >= work_days.start
        else []
    )
    upcoming = [gap.start for gap in gaps if gap.start > on]
    return BasisGaps(past, upcoming[0] if upcoming else None)


def basis_question(basis: LegalBasis, member: Membership | None, *, on: date) -> str:
    """Why a basis that rests on a person is to be asked about on the day; empty when it is not.

    ``member``: the membership of the person on the day. A consent is given by an adult who lives with the family, a
    minor parent is one until majority; what has changed since does not end the basis, but somebody must decide.
    """
    if basis.person_id is None:
        return ""
    if member is None:
        return f"{basis.person} nie należy już do rodziny."
    person = member.person
    if basis.kind == BasisKind.CONSENT and member.is_child_on(basis.starts_on):
        return f"{person}: z daty urodzenia wynika, że w dniu zgody to osoba małoletnia."
    if basis.kind == BasisKind.MINOR_PARENT and member.is_adult_on(on):
        return f"{person} to już osoba pełnoletnia."
    if not member.lives_here and member.starts_on > basis.starts_on:
        return f"{person} nie mieszka z rodziną od {short_date(member.starts_on)}."
    return ""


# ---- who may be assigned -----------------------------------------------------------------------------
@dataclass(frozen=True)
class AssistantOption:
    """An assistant who may be assigned on the day, with caseload, contract and their present row in this family."""

    user: User
    caseload: Caseload
    on: date
    until: date | None
    contract: Contract
    contract_until: date | None
    existing_assignment: Assignment | None

    @property
    def limit(self) -> int:
        return self.caseload.limit_on(self.on)

    @property
    def free_slots(self) -> int:
        """Free slots on the day; negative when the limit was overridden."""
        return self.limit - self.caseload.count_on(self.on)

    @property
    def caseload_label(self) -> str:
        """Slots taken on the day and the limit in force, e.g. "14 z 15"."""
        return f"{self.caseload.count_on(self.on)} z {self.limit}"

    @property
    def full_label(self) -> str:
        """ "brak miejsca" or "od 02.11.2026 brak miejsca"; empty when there is a free slot on every day."""
        full_day = self.caseload.first_full_day(self.on, self.until)
        if full_day is None:
            return ""
        return "brak miejsca" if full_day == self.on else f"od {short_date(full_day)} brak miejsca"

    @property
    def za_zyciem_label(self) -> str:
        """ "w tym 2 Za życiem", or "poza limitem …" when the law does not count them; empty when there are none."""
        families = self.caseload.za_zyciem_on(self.on)
        if not families:
            return ""
        return f"{'w tym' if law.COUNTS_ZA_ZYCIEM.on(self.on) else 'poza limitem'} {families} Za życiem"

    @property
    def notes(self) -> str:
        """Details under the name: part of full time, end of the contract, present role in this family."""
        fraction = f"{number(self.contract.fraction)} etatu" if self.contract.fraction != 1 else ""
        until = f"umowa do {short_date(self.contract_until)}" if self.contract_until else ""
        row = self.existing_assignment
        role = f"w tej rodzinie {row.get_kind_display()}" if row else ""
        return ", ".join(note for note in (fraction, until, role) if note)

    @property
    def chart(self):
        """SVG drawing with one field for each slot."""
        return slots(self.caseload.count_on(self.on), self.limit, title=self.caseload_label)


@dataclass(frozen=True)
class IneligibleAssistant:
    """An assistant who cannot be assigned on the day, and the reason."""

    user: User
    reason: str


def assistant_options(
    family: Family, *, on: date, until: date | None = None, assignments: Iterable[Assignment] = (), kind: str
) -> tuple[list[AssistantOption], list[IneligibleAssistant]]:
    """Assistants who may be assigned on the day, most free slots first, and those who may not.

    ``until`` is the last day of a stand-in; ``assignments`` are the family's rows on those days. Five queries,
    however many assistants.
    """
    grants = RoleGrant.objects.active_on_or_after(on).filter(role=Role.ASSISTANT, user__is_active=True)
    first_days: dict[User, date] = {}
    for grant in grants.select_related("user").order_by("user__last_name", "user__first_name", "starts_on"):
        first_days.setdefault(grant.user, grant.starts_on)
    caseloads = get_caseloads([user.pk for user in first_days], since=on, excluded_family=family.pk)
    contracts: dict[int, list[Contract]] = {}
    for row in Contract.objects.active_on_or_after(on).filter(user__in=first_days).order_by("starts_on"):
        contracts.setdefault(row.user_id, []).append(row)
    confirmed = get_confirmed_points(first_days)
    existing = {
        row.assistant_id: row
        for row in sorted(assignments, key=lambda row: row.kind == AssignmentKind.LEADING)
    }
    options, ineligible = [], []
    for user, since in first_days.items():
        own, row = contracts.get(user.pk, []), existing.get(user.pk)
        if reason := _ineligibility_reason(
            since, own, row, on=on, kind=kind, confirmed=confirmed.get(user.pk, set())
        ):
            ineligible.append(IneligibleAssistant(user, reason))
        else:
            covered_until = _covered_until(own, on)
            caseload = caseloads[user.pk].with_contracts(own)
            options.append(AssistantOption(user, caseload, on, until, own[0], covered_until, row))
    return sorted(options, key=lambda option: -option.free_slots), ineligible


def _ineligibility_reason(
    since: date,
    contracts: list[Contract],
    row: Assignment | None,
    *,
    on: date,
    kind: str,
    confirmed: Collection[str],
) -> str:
    """Why an assistant cannot be assigned, in a few Polish words; empty when they can."""
    if since > on:
        return f"asystent rodziny dopiero od {short_date(since)}"
    if not contracts or contracts[0].starts_on > on:
        later = f", umowa od {short_date(contracts[0].starts_on)}" if contracts else ""
        return f"bez umowy w dniu {short_date(on)}{later}"
    if row and row.kind == AssignmentKind.LEADING:
        return f"prowadzi tę rodzinę od {short_date(row.starts_on)}"
    if row and kind != AssignmentKind.LEADING:
        return f"już {row.get_kind_display()} w tej rodzinie"
    if unconfirmed_file_refusal(confirmed=confirmed, on=clock.today()):
        return "teczka bez potwierdzenia kierownika"
    return ""


def _covered_until(contracts: list[Contract], on: date) -> date | None:
    """The last day covered by contracts without a break from the day on; None when open-ended."""
    gaps = uncovered_periods(Period(on, FAR_FUTURE), [(row.starts_on, row.ends_on) for row in contracts])
    return day_before(gaps[0].start) if gaps else None


# ---- the region --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class DatedValue:
    """A value with its first and last day."""

    value: object
    starts_on: date
    ends_on: date | None


def region_history(family: Family) -> list[DatedValue]:
    """Regions in which the family lived, with days, newest first; moves within one region are joined."""
    addresses = Address.objects.filter(family=family, kind=AddressKind.RESIDENCE).select_related("region")
    history: list[DatedValue] = []
    for row in addresses.order_by("starts_on"):
        last = history[-1] if history else None
        follows = (
            last and last.value == row.region and last.ends_on and last.ends_on + ONE_DAY == row.starts_on
        )
        if follows:
            history[-1] = DatedValue(row.region, last.starts_on, row.ends_on)
        else:
            history.append(DatedValue(row.region, row.starts_on, row.ends_on))
    return history[::-1]


def social_workers(*, on: date) -> list[tuple[User, str]]:
    """Social workers on the day or later, each with the names of their regions on the day."""
    grants = RoleGrant.objects.active_on_or_after(on).filter(role=Role.SOCIAL_WORKER, user__is_active=True)
    people = {
        grant.user: []
        for grant in grants.select_related("user").order_by("user__last_name", "user__first_name")
    }
    for row in RegionGrant.objects.active_on(on).filter(user__in=people).select_related("region"):
        people[row.user].append(str(row.region))
    return [(user, ", ".join(sorted(regions))) for user, regions in people.items()]


def rows_of_all_periods(model, family: int) -> QuerySet:
    """Rows of a model with a ``period`` foreign key, of every work period of the family (an id)."""
    return model.objects.filter(period__in=WorkPeriod.objects.filter(family=family).values("pk"))
