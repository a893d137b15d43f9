"""What an assistant has on her hands, day by day, as art. 15 ust. 4 counts it.

Leading and standing in take a place, accompanying and monitoring do not; a family takes one place however
many rows it has. Whether a family helped only under "Za życiem" takes one is a dated value of the law.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from families import law
from families.caseload.models import COUNTED_KINDS, Assignment, LegalBasis
from families.choices import BasisKind
from lubsko_ops.accounts.models import User
from lubsko_ops.core.dates import ONE_DAY, Range
from lubsko_ops.core.polish import short_date


def _is_active(days: Range, on: date) -> bool:
    return days[0] <= on and (days[1] is None or on <= days[1])


@dataclass(frozen=True)
class Slot:
    """One family in one row of assignment: its days, and the days of the bases of its work."""

    family: int
    days: Range
    za_zyciem: list[Range]
    other_bases: list[Range]

    def only_za_zyciem(self, on: date) -> bool:
        """ "Za życiem" is the only basis of the day; with a consent or an order beside it the family counts."""
        return any(_is_active(days, on) for days in self.za_zyciem) and not any(
            _is_active(days, on) for days in self.other_bases
        )

    def turns(self) -> set[date]:
        """Days on which something about the place may change."""
        ranges = [self.days, *self.za_zyciem, *self.other_bases]
        return {start for start, _ in ranges} | {end + ONE_DAY for _, end in ranges if end and end < date.max}


@dataclass(frozen=True)
class Caseload:
    """The families of one assistant from a day on."""

    places: list[Slot] = field(default_factory=list)

    def families(self, on: date) -> int:
        """How many families she leads or stands in for on the day."""
        return len({place.family for place in self.places if _is_active(place.days, on)})

    def za_zyciem(self, on: date) -> int:
        """How many of them are helped only under "Za życiem"."""
        return len(
            {place.family for place in self.places if _is_active(place.days, on) and place.only_za_zyciem(on)}
        )

    def counted(self, on: date) -> int:
        """How many places they take on the day."""
        left_out = 0 if law.COUNTS_ZA_ZYCIEM.on(on) else self.za_zyciem(on)
        return self.families(on) - left_out

    def turns(self, since: date, until: date | None) -> list[date]:
        """The days from ``since`` to ``until`` on which the number of places or the law may change."""
        days = {since, *(day for place in self.places for day in place.turns())}
        for rule in (law.FAMILIES_PER_ASSISTANT, law.COUNTS_ZA_ZYCIEM):
            days |= {day for day, _ in rule.values}
        return sorted(day for day in days if since <= day and (until is None or day <= until))

    def full_on(self, since: date, until: date | None) -> date | None:
        """The first day on which she may not take one more family; None when there is a place on every day."""
        return next(
            (
                day
                for day in self.turns(since, until)
                if law.caseload_limit_refusal(self.counted(day), on=day)
            ),
            None,
        )

    def why_no_place(self, since: date, until: date | None) -> str:
        """May she take one more family on these days? A later day without a place is named."""
        day = self.full_on(since, until)
        if day is None:
            return ""
        sentence = law.caseload_limit_refusal(self.counted(day), on=day)
        return sentence if day == since else f"{sentence} Tak będzie od dnia {short_date(day)}."


def get_caseloads(
    assistants: Iterable[int], *, since: date, leaving_out: int | None = None
) -> dict[int, Caseload]:
    """The load of each of the assistants (ids) from the day on, without the family (id) that is being assigned.

    One statement, however many assistants.
    """
    bases = (
        LegalBasis.objects.active_on_or_after(since)
        .filter(period=OuterRef("period"))
        .order_by("starts_on", "pk")
    )
    said = JSONObject(kind="kind", starts_on="starts_on", ends_on="ends_on")
    rows = (
        Assignment.objects.active_on_or_after(since)
        .filter(assistant__in=assistants, kind__in=COUNTED_KINDS)
        .exclude(period__family=leaving_out)
        .annotate(bases=ArraySubquery(bases.values(one=said)))
        .values_list("assistant", "period__family", "starts_on", "ends_on", "bases")
    )
    loads = {assistant: Caseload() for assistant in assistants}
    for assistant, family, start, end, told in rows:
        za_zyciem, others = [], []
        for basis in told:
            (za_zyciem if basis["kind"] == BasisKind.ZA_ZYCIEM else others).append(_days_of(basis))
        loads[assistant].places.append(Slot(family, (start, end), za_zyciem, others))
    return loads


def _days_of(basis: dict) -> Range:
    start, end = basis["starts_on"], basis["ends_on"]
    return date.fromisoformat(start), date.fromisoformat(end) if end else None


def peak_caseload(assistant: User, *, since: date, until: date | None = None) -> int:
    """The greatest number of places the assistant's families take on one day from ``since`` to ``until``."""
    load = get_caseloads([assistant.pk], since=since)[assistant.pk]
    return max(load.counted(day) for day in load.turns(since, until))
