"""Questions of the pages about work: which period is meant, where days without a basis lie, who may be assigned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from families import law
from families.caseload.caseload import Caseload, get_caseloads
from families.caseload.models import Assignment, LegalBasis, WorkPeriod
from families.choices import AddressKind, AssignmentKind
from families.people.models import Address, Family, Membership
from lubsko_ops.accounts.models import Contract, RegionGrant, RoleGrant, User
from lubsko_ops.core.dates import ONE_DAY, Period, uncovered_periods
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import number, short_date
from lubsko_ops.core.temporal import day_before
from lubsko_ops.output.chart import slots

FAR_FUTURE = date(2100, 12, 31)


def current_period(periods: Iterable[WorkPeriod], *, on: date) -> WorkPeriod | None:
    """The period a deed of the day is about: the one that goes on, else the next to begin, else the last one."""
    periods = sorted(periods, key=lambda period: period.starts_on)
    open_ones = [period for period in periods if period.ends_on is None or on <= period.ends_on]
    return (open_ones[:1] or periods[-1:] or [None])[0]


def living_members(family: Family, *, on: date, also: int | None = None) -> list[Membership]:
    """Living members of the family on the day, oldest first: whose consent it may be.

    ``also``: a person (id) who is named already, even if she does not belong to the family any more.
    """
    rows = Membership.objects.filter(family=family).select_related("person")
    alive = rows.active_on(on).exclude(person__died_on__lte=on)
    found = list(alive.order_by(F("person__born_on").asc(nulls_first=True), "pk"))
    if also and all(row.person_id != also for row in found):
        found += rows.filter(person=also).order_by("-starts_on")[:1]
    return found


# ---- the basis ---------------------------------------------------------------------------------------
@dataclass(frozen=True)
class BasisGaps:
    """Days of work without any basis: those gone by, in order, and the day from which there will be none."""

    past: list[Period]
    from_day: date | None

    @property
    def days(self) -> int:
        return sum(gap.days for gap in self.past)


def find_basis_gaps(period: WorkPeriod, bases: Iterable[LegalBasis], *, on: date) -> BasisGaps:
    """Where the work lacks its basis, seen from the day."""
    whole = Period(period.starts_on, period.ends_on or FAR_FUTURE)
    gaps = law.days_without_basis(whole, [(basis.starts_on, basis.ends_on) for basis in bases])
    until_now = (
        [part for gap in gaps if (part := gap.clip(period.starts_on, on))] if on >= whole.start else []
    )
    coming = [gap.start for gap in gaps if gap.start > on]
    return BasisGaps(until_now, coming[0] if coming else None)


# ---- who may be assigned -----------------------------------------------------------------------------
@dataclass(frozen=True)
class AssistantOption:
    """An assistant who may be chosen on the day, with what there is to know before choosing."""

    user: User
    load: Caseload
    on: date
    until: date | None
    contract: Contract
    contract_until: date | None
    beside: Assignment | None

    @property
    def limit(self) -> int:
        return law.FAMILIES_PER_ASSISTANT.on(self.on)

    @property
    def places_left(self) -> int:
        """Free places on the day; below zero when the limit was overridden."""
        return self.limit - self.load.counted(self.on)

    @property
    def load_words(self) -> str:
        """ "14 z 15": places taken on the day, and the limit in force."""
        return f"{self.load.counted(self.on)} z {self.limit}"

    @property
    def full_words(self) -> str:
        """ "brak miejsca", "od 02.11.2026 brak miejsca"; empty when there is a place on every day."""
        full_on = self.load.full_on(self.on, self.until)
        if full_on is None:
            return ""
        return "brak miejsca" if full_on == self.on else f"od {short_date(full_on)} brak miejsca"

    @property
    def za_zyciem_words(self) -> str:
        """ "w tym 2 Za życiem", or beside the limit when the law does not count them; empty for none."""
        families = self.load.za_zyciem(self.on)
        if not families:
            return ""
        return f"{'w tym' if law.COUNTS_ZA_ZYCIEM.on(self.on) else 'poza limitem'} {families} Za życiem"

    @property
    def notes(self) -> str:
        """What stands under the name: part of full time, the end of the contract, what she does in this family."""
        fraction = f"{number(self.contract.fraction)} etatu" if self.contract.fraction != 1 else ""
        until = f"umowa do {short_date(self.contract_until)}" if self.contract_until else ""
        beside = f"w tej rodzinie {self.beside.get_kind_display()}" if self.beside else ""
        return ", ".join(words for words in (fraction, until, beside) if words)

    @property
    def picture(self):
        """One field for each place."""
        return slots(self.load.counted(self.on), self.limit, title=self.load_words)


@dataclass(frozen=True)
class IneligibleAssistant:
    """An assistant who cannot be chosen on the day, and why."""

    user: User
    why: str


def assistant_options(
    family: Family, *, on: date, until: date | None = None, busy: Iterable[Assignment] = (), kind: str
) -> tuple[list[AssistantOption], list[IneligibleAssistant]]:
    """Assistants to choose from on the day, most free places first, and those who cannot be chosen.

    ``until`` is the last day of a stand-in; ``busy``: rows of the family on those days. Four statements,
    however many assistants.
    """
    grants = RoleGrant.objects.active_on_or_after(on).filter(role=Role.ASSISTANT, user__is_active=True)
    first_days: dict[User, date] = {}
    for grant in grants.select_related("user").order_by("user__last_name", "user__first_name", "starts_on"):
        first_days.setdefault(grant.user, grant.starts_on)
    loads = get_caseloads([user.pk for user in first_days], since=on, leaving_out=family.pk)
    contracts: dict[int, list[Contract]] = {}
    for row in Contract.objects.active_on_or_after(on).filter(user__in=first_days).order_by("starts_on"):
        contracts.setdefault(row.user_id, []).append(row)
    beside = {
        row.assistant_id: row for row in sorted(busy, key=lambda row: row.kind == AssignmentKind.LEADING)
    }
    able, unable = [], []
    for user, since in first_days.items():
        hers, row = contracts.get(user.pk, []), beside.get(user.pk)
        if why := _ineligibility_reason(since, hers, row, on=on, kind=kind):
            unable.append(IneligibleAssistant(user, why))
        else:
            able.append(
                AssistantOption(user, loads[user.pk], on, until, hers[0], _covered_until(hers, on), row)
            )
    return sorted(able, key=lambda candidate: -candidate.places_left), unable


def _ineligibility_reason(
    since: date, contracts: list[Contract], row: Assignment | None, *, on: date, kind: str
) -> str:
    """Why somebody with the role cannot be chosen, in a few words; the deed says it at length."""
    if since > on:
        return f"asystent rodziny dopiero od {short_date(since)}"
    if not contracts or contracts[0].starts_on > on:
        later = f", umowa od {short_date(contracts[0].starts_on)}" if contracts else ""
        return f"bez umowy w dniu {short_date(on)}{later}"
    if row and row.kind == AssignmentKind.LEADING:
        return f"prowadzi tę rodzinę od {short_date(row.starts_on)}"
    if row and kind != AssignmentKind.LEADING:
        return f"już {row.get_kind_display()} w tej rodzinie"
    return ""


def _covered_until(contracts: list[Contract], on: date) -> date | None:
    """The last day of the contracts that follow one another without a break; None without an end."""
    gaps = uncovered_periods(Period(on, FAR_FUTURE), [(row.starts_on, row.ends_on) for row in contracts])
    return day_before(gaps[0].start) if gaps else None


# ---- the region --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class DatedValue:
    """A value with its days."""

    value: object
    starts_on: date
    ends_on: date | None


def region_history(family: Family) -> list[DatedValue]:
    """In which region the family lived and when, newest first; removals within one region are one stretch."""
    addresses = Address.objects.filter(family=family, kind=AddressKind.RESIDENCE).select_related("region")
    found: list[DatedValue] = []
    for row in addresses.order_by("starts_on"):
        last = found[-1] if found else None
        follows = (
            last and last.value == row.region and last.ends_on and last.ends_on + ONE_DAY == row.starts_on
        )
        if follows:
            found[-1] = DatedValue(row.region, last.starts_on, row.ends_on)
        else:
            found.append(DatedValue(row.region, row.starts_on, row.ends_on))
    return found[::-1]


def social_workers(*, on: date) -> list[tuple[User, str]]:
    """Social workers of the day and of the days to come, with the names of their regions of the day."""
    grants = RoleGrant.objects.active_on_or_after(on).filter(role=Role.SOCIAL_WORKER, user__is_active=True)
    people = {
        grant.user: []
        for grant in grants.select_related("user").order_by("user__last_name", "user__first_name")
    }
    for row in RegionGrant.objects.active_on(on).filter(user__in=people).select_related("region"):
        people[row.user].append(str(row.region))
    return [(user, ", ".join(sorted(regions))) for user, regions in people.items()]


def period_rows(model):
    """Rows of a model that hangs on periods of work: a function of the family (id) and the person who asks."""
    return lambda family, user: model.objects.filter(
        period__in=WorkPeriod.objects.filter(family=family).values("pk")
    )
