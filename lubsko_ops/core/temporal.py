"""Valid time: every fact of a case has the first and the last day on which it is valid.

``ends_on`` empty means "until further notice". ``active_on(day)`` selects the rows valid on a day.
"""

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from lubsko_ops.core.polish import short_date


def day_before(day: date) -> date:
    """The last day of a row whose successor starts on ``day``."""
    return day - timedelta(days=1)


def day_before_next(rows, since: date) -> date | None:
    """The day before the first of the rows that starts after ``since``; None when none does."""
    later = rows.filter(starts_on__gt=since).order_by("starts_on").first()
    return day_before(later.starts_on) if later else None


class ValidTimeQuerySet(models.QuerySet):
    """Filters by validity."""

    def active_on(self, day: date):
        """Rows valid on the day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def active_on_or_after(self, day: date):
        """Rows valid on the day or on some later day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day))


class ValidTimeModel(models.Model):
    """A row valid from ``starts_on`` to ``ends_on`` (open-ended when empty)."""

    starts_on = models.DateField("od")
    ends_on = models.DateField("do", null=True, blank=True)

    objects = ValidTimeQuerySet.as_manager()

    class Meta:
        abstract = True

    def is_active_on(self, day: date) -> bool:
        """Whether the row is valid on the day."""
        return self.starts_on <= day and self.is_active_on_or_after(day)

    def is_active_on_or_after(self, day: date) -> bool:
        """Whether the row is valid on the day or on some later day."""
        return self.ends_on is None or day <= self.ends_on

    def set_last_day(self, day: date | None) -> None:
        self.ends_on = day

    @property
    def validity(self) -> str:
        """ "od 01.03.2026" or "od 01.03.2026 do 31.05.2026"."""
        until = f" do {short_date(self.ends_on)}" if self.ends_on else ""
        return f"od {short_date(self.starts_on)}{until}"


class EndCause(models.TextChoices):
    """Why a row ended earlier than it would have; undoing the cause lets the row continue."""

    DEATH = "death", "śmierć osoby"
    HANDED_OVER = "handed_over", "przekazanie rodziny innemu asystentowi"
    TAKEN_OVER = "taken_over", "przejęcie prowadzenia rodziny przez tego samego asystenta"
    LEAD_CHANGED = "lead_changed", "zmiana prowadzącego pracownika socjalnego"
    CHANGED = "changed", "zmiana danych członka rodziny"


class ResumableModel(ValidTimeModel):
    """A row that may end early and continue when the cause is undone.

    ``end_cause`` is set as long as ``ends_on`` is the last day given by that cause; ``planned_end`` is then the last
    day the row would have without it (empty: open-ended).
    """

    end_cause = models.CharField(
        "przyczyna końca", max_length=15, choices=EndCause.choices, blank=True, editable=False
    )
    planned_end = models.DateField("planowany ostatni dzień", null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def set_last_day(self, day: date | None) -> None:
        """Another last day for another reason: the cause of an early end no longer holds."""
        if day != self.ends_on:
            self.end_cause, self.planned_end = "", None
        self.ends_on = day

    def end_early(self, day: date, cause: EndCause) -> None:
        """End because of ``cause``, or move the last day of a row that ended so before."""
        if not self.end_cause:
            self.planned_end = self.ends_on
        self.end_cause, self.ends_on = cause, day

    def resume(self) -> None:
        """Give back the last day the row had before it ended early."""
        self.ends_on, self.end_cause, self.planned_end = self.planned_end, "", None

    def copy_end(self, other: "ResumableModel") -> None:
        """End when the other row ends, and for the same cause."""
        self.ends_on, self.end_cause, self.planned_end = other.ends_on, other.end_cause, other.planned_end


class InclusiveDateRange(Func):
    """SQL date range with both ends included."""

    function = "DATERANGE"
    output_field = DateRangeField()


def date_range(start: str = "starts_on", end: str = "ends_on") -> InclusiveDateRange:
    return InclusiveDateRange(F(start), F(end), RangeBoundary(inclusive_lower=True, inclusive_upper=True))


class AtUtc(Func):
    """A timestamp converted to UTC without time zone: immutable arithmetic, so it can be indexed."""

    template = "(%(expressions)s AT TIME ZONE 'UTC')"
    output_field = models.DateTimeField()


class MinutesInterval(Func):
    """A number of minutes as an interval."""

    template = "make_interval(mins => %(expressions)s)"
    output_field = models.DurationField()


class MonthsInterval(Func):
    """A number of months as an interval."""

    template = "make_interval(months => %(expressions)s)"
    output_field = models.DurationField()


class TimestampRange(Func):
    """Timestamp range without its upper end: what ends at noon does not overlap what starts at noon."""

    function = "TSRANGE"
    output_field = DateTimeRangeField()


def timestamp_range(start: str, minutes: str) -> TimestampRange:
    """The time a row takes: from the timestamp in one field, for the minutes in another."""
    return TimestampRange(AtUtc(F(start)), AtUtc(F(start)) + MinutesInterval(F(minutes)))


def end_not_before_start_constraint(name: str, message: str = "Koniec nie może poprzedzać początku."):
    """Check constraint of a ValidTimeModel."""
    return models.CheckConstraint(
        name=name,
        condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
        violation_error_message=message,
    )


def early_end_constraint(name: str, *causes: EndCause):
    """Check constraint of a ResumableModel: an early end has a day, one of the causes and no earlier planned day."""
    early = Q(end_cause__in=causes, ends_on__isnull=False)
    return models.CheckConstraint(
        name=name,
        condition=Q(end_cause="", planned_end=None)
        | early & (Q(planned_end=None) | Q(planned_end__gte=F("ends_on"))),
        violation_error_message="Wcześniejszy koniec ma dzień i przyczynę.",
    )


def no_overlap_constraint(name: str, *same: str, message: str, condition: Q | None = None, unlike: str = ""):
    """Exclusion constraint: rows equal in ``same`` (and different in ``unlike``) never share a day."""
    expressions: list[tuple[str, str]] = [(field, RangeOperators.EQUAL) for field in same]
    if unlike:
        expressions.append((unlike, RangeOperators.NOT_EQUAL))
    return ExclusionConstraint(
        name=name,
        expressions=[*expressions, (date_range(), RangeOperators.OVERLAPS)],
        condition=condition,
        violation_error_message=message,
    )


class LocalMoment(Func):
    """A day and an hour, with an interval or without, as a local timestamp: immutable arithmetic."""

    template, arg_joiner = "(%(expressions)s)", " + "
    output_field = models.DateTimeField()


def local_span(day: str, hour: str, minutes: str) -> Func:
    """SQL range of local time from the hour of the day for so many minutes; empty when one of them is."""
    end = LocalMoment(F(day), F(hour), MinutesInterval(F(minutes)))
    return Func(LocalMoment(F(day), F(hour)), end, function="TSRANGE", output_field=DateTimeRangeField())
