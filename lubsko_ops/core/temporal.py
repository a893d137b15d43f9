"""Dated rows: every fact of a case has the days on which it is true, both ends included.

``ends_on`` empty means "until further notice". The past can be asked: ``open_on(day)``.
"""

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q


def day_before(day: date) -> date:
    """The last day of a row when its successor begins on ``day``."""
    return day - timedelta(days=1)


def day_before_next(rows, since: date) -> date | None:
    """The last day of a row entered late, among these rows: the day before the next one begins; None when none does."""
    later = rows.filter(starts_on__gt=since).order_by("starts_on").first()
    return day_before(later.starts_on) if later else None


class ValidTimeQuerySet(models.QuerySet):
    """Questions about days, for every dated row."""

    def active_on(self, day: date):
        """Rows true on the day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def active_on_or_after(self, day: date):
        """Rows true on the day or on some later day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day))


class ValidTimeModel(models.Model):
    """A row that is true from a day, and until a day once that is known."""

    starts_on = models.DateField("od")
    ends_on = models.DateField("do", null=True, blank=True)

    objects = ValidTimeQuerySet.as_manager()

    class Meta:
        abstract = True

    def is_active_on(self, day: date) -> bool:
        """Whether the row is true on the day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class InclusiveDateRange(Func):
    """The row's days as a range with both ends included."""

    function = "DATERANGE"
    output_field = DateRangeField()


def date_range(start: str = "starts_on", end: str = "ends_on") -> InclusiveDateRange:
    return InclusiveDateRange(F(start), F(end), RangeBoundary(inclusive_lower=True, inclusive_upper=True))


class AtUtc(Func):
    """An instant without its zone: adding minutes to it never shifts, so an index may stand on it."""

    template = "(%(expressions)s AT TIME ZONE 'UTC')"
    output_field = models.DateTimeField()


class MinutesInterval(Func):
    """A number of minutes as a length of time."""

    template = "make_interval(mins => %(expressions)s)"
    output_field = models.DurationField()


class TimestampRange(Func):
    """From an instant to another, the last one left out: what ends at noon leaves noon to the next."""

    function = "TSRANGE"
    output_field = DateTimeRangeField()


def timestamp_range(begins: str, minutes: str) -> TimestampRange:
    """The time a row takes: from the instant in one field, for the minutes in another."""
    return TimestampRange(AtUtc(F(begins)), AtUtc(F(begins)) + MinutesInterval(F(minutes)))


def end_not_before_start_constraint(name: str, message: str = "Koniec nie może poprzedzać początku."):
    """Check constraint of a dated row."""
    return models.CheckConstraint(
        name=name,
        condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
        violation_error_message=message,
    )


def no_overlap_constraint(name: str, *same: str, message: str, condition: Q | None = None, unlike: str = ""):
    """Exclusion constraint: rows alike in ``same`` (and different in ``unlike``) never share a day."""
    expressions = [(field, RangeOperators.EQUAL) for field in same]
    if unlike:
        expressions.append((unlike, RangeOperators.NOT_EQUAL))
    return ExclusionConstraint(
        name=name,
        expressions=[*expressions, (date_range(), RangeOperators.OVERLAPS)],
        condition=condition,
        violation_error_message=message,
    )
