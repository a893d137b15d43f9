"""Where a case stands on a day: its period of work, basis, assistants, social worker, address."""

from dataclasses import dataclass
from datetime import date

from families.assignments.models import Assignment, SocialWorkerLead, WorkBasis, WorkPeriod
from families.dictionaries import AddressKind, AssignmentKind
from families.people.models import Address, Family


@dataclass(frozen=True)
class Standing:
    """One family on one day. ``period`` is the one that holds or, between periods, the last one."""

    on: date
    period: WorkPeriod | None
    bases: list[WorkBasis]
    assignments: list[Assignment]
    lead: SocialWorkerLead | None
    address: Address | None

    @property
    def working(self) -> bool:
        """Work goes on on the day."""
        return self.period is not None and self.period.holds_on(self.on)

    @property
    def leading(self) -> Assignment | None:
        return next((row for row in self.assignments if row.kind == AssignmentKind.LEADING), None)

    @property
    def helping(self) -> list[Assignment]:
        """Assistants besides the leading one: standing in, accompanying, monitoring."""
        return [row for row in self.assignments if row.kind != AssignmentKind.LEADING]

    @property
    def number(self) -> str:
        return self.period.number if self.period else ""

    @property
    def status(self) -> str:
        """The state of the work in one word."""
        if self.period is None:
            return "nowa"
        if self.working:
            return "aktywna"
        return "zakończona" if self.period.ends_on else "jeszcze nie rozpoczęta"


def standing_of(family: Family, *, on: date) -> Standing:
    """Where the case stands on the day: five statements, whatever its history."""
    period = (
        WorkPeriod.objects.filter(family=family, starts_on__lte=on).order_by("-starts_on").first()
        or WorkPeriod.objects.filter(family=family).order_by("starts_on").first()
    )
    of_period = {"period": period}
    return Standing(
        on=on,
        period=period,
        bases=list(WorkBasis.objects.open_on(on).filter(**of_period).select_related("person").order_by("starts_on", "pk"))
        if period
        else [],
        assignments=list(
            Assignment.objects.open_on(on).filter(**of_period).select_related("assistant").order_by("starts_on", "pk")
        )
        if period
        else [],
        lead=SocialWorkerLead.objects.open_on(on).filter(family=family).select_related("social_worker").first(),
        address=Address.objects.open_on(on)
        .filter(family=family, kind=AddressKind.RESIDENCE)
        .select_related("region")
        .first(),
    )
