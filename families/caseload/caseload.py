"""The caseload of an assistant, day by day, as art. 15 ust. 4 counts it.

Leading and stand-in assignments take a slot, accompanying and monitoring do not; a family takes one slot
however many rows it has. Whether a family helped only under "Za życiem" takes a slot is a dated value of the law.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from families import law
from families.caseload.models import COUNTED_KINDS, Assignment, LegalBasis
from families.choices import BasisKind
from lubsko_ops.accounts.models import Contract, User
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.dates import ONE_DAY, Range
from lubsko_ops.core.lookups import is_among
from lubsko_ops.core.polish import count_of, short_date


def _is_active(days: Range, on: date) -> bool:
    return days[0] <= on and (days[1] is None or on <= days[1])


@dataclass(frozen=True)
class Slot:
    """One assignment of a family: its days, and the days of the legal bases of the work."""

    family: int
    days: Range
    za_zyciem: list[Range]
    other_bases: list[Range]

    def only_za_zyciem(self, on: date) -> bool:
        """Whether "Za życiem" is the only basis on the day; with another basis beside it the family counts."""
        return any(_is_active(days, on) for days in self.za_zyciem) and not any(
            _is_active(days, on) for days in self.other_bases
        )

    def change_days(self) -> set[date]:
        """Days on which the slot may start or stop counting."""
        ranges = [self.days, *self.za_zyciem, *self.other_bases]
        return {start for start, _ in ranges} | {end + ONE_DAY for _, end in ranges if end and end < date.max}


@dataclass(frozen=True)
class Caseload:
    """The families of one assistant from a given day on."""

    slots: list[Slot] = field(default_factory=list)
    # Days of contracts that agree on fewer families than the law, each with their number.
    contract_limits: list[tuple[Range, int]] = field(default_factory=list)

    def with_contracts(self, contracts: Iterable[Contract]) -> "Caseload":
        """The caseload with the lower limits of these contracts of the assistant."""
        limits = [
            ((row.starts_on, row.ends_on), row.family_limit)
            for row in contracts
            if row.family_limit is not None
        ]
        return replace(self, contract_limits=limits)

    def limit_on(self, on: date) -> int:
        """The most families on the day: by law, or fewer by contract."""
        own = [limit for days, limit in self.contract_limits if _is_active(days, on)]
        return min([law.FAMILIES_PER_ASSISTANT.on(on), *own])

    def refusal_on(self, on: date) -> str:
        """Polish sentence when one more family would exceed the limit on the day; empty otherwise."""
        if refusal := law.caseload_limit_refusal(self.count_on(on), on=on):
            return refusal
        limit = self.limit_on(on)
        if self.count_on(on) < limit:
            return ""
        has = count_of(self.count_on(on), law.FAMILIES)
        return f"Asystent prowadzi już {has}, a jego umowa przewiduje najwyżej {limit}."

    def family_ids_on(self, on: date) -> set[int]:
        """The families the assistant leads or stands in for on the day."""
        return {slot.family for slot in self.slots if _is_active(slot.days, on)}

    def families_on(self, on: date) -> int:
        """Number of families the assistant leads or stands in for on the day."""
        return len(self.family_ids_on(on))

    def _only_za_zyciem_on(self, on: date) -> set[int]:
        return {slot.family for slot in self.slots if _is_active(slot.days, on) and slot.only_za_zyciem(on)}

    def za_zyciem_on(self, on: date) -> int:
        """Number of those families helped only under "Za życiem"."""
        return len(self._only_za_zyciem_on(on))

    def counted_on(self, on: date) -> set[int]:
        """The families that take a slot on the day."""
        excluded = set() if law.COUNTS_ZA_ZYCIEM.on(on) else self._only_za_zyciem_on(on)
        return self.family_ids_on(on) - excluded

    def count_on(self, on: date) -> int:
        """Number of slots taken on the day."""
        return len(self.counted_on(on))

    def change_days(self, since: date, until: date | None) -> list[date]:
        """Days from ``since`` to ``until`` on which the number of slots taken or the law may change."""
        days = {since, *(day for slot in self.slots for day in slot.change_days())}
        for rule in (law.FAMILIES_PER_ASSISTANT, law.COUNTS_ZA_ZYCIEM):
            days |= {day for day, _ in rule.values}
        for (start, end), _ in self.contract_limits:
            days |= {start} | ({end + ONE_DAY} if end and end < date.max else set())
        return sorted(day for day in days if since <= day and (until is None or day <= until))

    def first_full_day(self, since: date, until: date | None) -> date | None:
        """The first day on which one more family would exceed the limit; None when none of them is full."""
        return next(
            (day for day in self.change_days(since, until) if self.refusal_on(day)),
            None,
        )

    def limit_refusal(self, since: date, until: date | None) -> str:
        """Polish sentence when one more family would exceed the limit on these days; empty when there is a free slot.

        When only a later day is full, the sentence names it.
        """
        day = self.first_full_day(since, until)
        if day is None:
            return ""
        sentence = self.refusal_on(day)
        return sentence if day == since else f"{sentence} Tak będzie od dnia {short_date(day)}."


NO_FAMILY = 0  # an id that no family has


def _slots(assistants: list[int], since: date, excluded_family: int) -> QuerySet:
    """Assistant, family, first and last day, bases as JSON."""
    bases = LegalBasis.objects.active_on_or_after(since).filter(period=OuterRef("period"))
    basis_json = JSONObject(kind="kind", starts_on="starts_on", ends_on="ends_on")
    return (
        Assignment.objects.active_on_or_after(since)
        .filter(is_among(assistants, "assistant_id"), kind__in=COUNTED_KINDS)
        .exclude(period__family=excluded_family)
        .annotate(bases=ArraySubquery(bases.order_by("starts_on", "pk").values(json=basis_json)))
        .values_list("assistant", "period__family", "starts_on", "ends_on", "bases")
    )


SLOTS: CompiledQuery = CompiledQuery(_slots, assistants=[-1], since=date.min, excluded_family=-2)


def get_caseloads(
    assistants: Iterable[int], *, since: date, excluded_family: int | None = None
) -> dict[int, Caseload]:
    """Caseloads by assistant id from the day on, without ``excluded_family`` (id), e.g. the one being assigned.

    One query, however many assistants.
    """
    caseloads = {assistant: Caseload() for assistant in assistants}
    rows = SLOTS.rows(assistants=list(caseloads), since=since, excluded_family=excluded_family or NO_FAMILY)
    for assistant, family, start, end, basis_rows in rows:
        za_zyciem, others = [], []
        for basis in basis_rows:
            (za_zyciem if basis["kind"] == BasisKind.ZA_ZYCIEM else others).append(_days_of(basis))
        caseloads[assistant].slots.append(Slot(family, (start, end), za_zyciem, others))
    return caseloads


def _days_of(basis: dict) -> Range:
    start, end = basis["starts_on"], basis["ends_on"]
    return date.fromisoformat(start), date.fromisoformat(end) if end else None


def peak_caseload(assistant: User, *, since: date, until: date | None = None) -> int:
    """The highest number of slots taken on one day from ``since`` to ``until``."""
    caseload = get_caseloads([assistant.pk], since=since)[assistant.pk]
    return max(caseload.count_on(day) for day in caseload.change_days(since, until))
