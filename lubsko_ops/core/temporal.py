"""Valid time: every fact of a case has the first and the last day on which it is valid.

``ends_on`` empty means "until further notice". ``active_on(day)`` selects the rows valid on a day.
"""

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q


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
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


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
