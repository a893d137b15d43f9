"""When a person was born: a day, or approximately a month or a year."""

from dataclasses import dataclass
from datetime import date

from django.db import models

from lubsko_ops.core.dates import MONTH_NAMES, ONE_DAY, Month, Year, add_months, age_on, full_months
from lubsko_ops.core.polish import DAY_FORMS, MONTH_FORMS, WEEK_FORMS, count_of, short_date


class BirthPrecision(models.TextChoices):
    """Co wiadomo o dacie urodzenia, gdy nie jest znany dzień; empty for an exact date."""

    MONTH = "month", "miesiąc i rok"
    YEAR = "year", "sam rok"


MONTHS_IN_WEEKS = 2  # an infant younger than two months has its age in weeks
MONTHS_COVERED = {BirthPrecision.MONTH: 1, BirthPrecision.YEAR: 12}


@dataclass(frozen=True)
class Birth:
    """A date of birth. ``precision`` empty: born on ``first_day``; otherwise in the month or the year it begins."""

    first_day: date
    precision: str = ""

    @classmethod
    def in_month(cls, year: int, month: int) -> "Birth":
        return cls(Month(year, month).start, BirthPrecision.MONTH)

    @classmethod
    def in_year(cls, year: int) -> "Birth":
        return cls(Year(year).start, BirthPrecision.YEAR)

    @property
    def last_day(self) -> date:
        """The last day on which the person may have been born."""
        months = MONTHS_COVERED.get(self.precision, 0)
        return add_months(self.first_day, months) - ONE_DAY if months else self.first_day

    def age_on(self, day: date) -> int | None:
        """Full years on the day, counted from the last possible day of birth; None before the first possible one."""
        if day < self.first_day:
            return None
        return age_on(self.last_day, day) if day >= self.last_day else 0

    def infant_age_on(self, day: date) -> str:
        """The age of a child under one: "2 dni" in its first week, "3 tygodnie" in its first two months, "5 miesięcy".

        Counted from the last possible day of birth, and no finer than the date is known.
        """
        months = full_months(self.last_day, day) if day >= self.last_day else 0
        if self.precision == BirthPrecision.YEAR:
            return "poniżej roku"
        if months >= (1 if self.precision else MONTHS_IN_WEEKS):
            return count_of(months, MONTH_FORMS)
        if self.precision:
            return "poniżej miesiąca"
        days = (day - self.first_day).days
        return count_of(days // 7, WEEK_FORMS) if days >= 7 else count_of(days, DAY_FORMS)

    def includes(self, other: "Birth") -> bool:
        """Whether the other date lies within this one: May 2015 within 2015."""
        return self.first_day <= other.first_day and other.last_day <= self.last_day

    def agrees_with(self, other: "Birth") -> bool:
        """Whether both may be the birth of one person: days, months and years never overlap in part."""
        return self.includes(other) or other.includes(self)

    def __str__(self):
        """ "30.08.2017", "maj 2015", "2015 (w przybliżeniu)"."""
        if self.precision == BirthPrecision.MONTH:
            return f"{MONTH_NAMES[self.first_day.month - 1]} {self.first_day.year}"
        return f"{self.first_day.year} (w przybliżeniu)" if self.precision else short_date(self.first_day)

    @property
    def as_typed(self) -> str:
        """As a form accepts it: "30.08.2017", "05.2015", "2015"."""
        formats = {BirthPrecision.MONTH: "%m.%Y", BirthPrecision.YEAR: "%Y"}
        return self.first_day.strftime(formats.get(self.precision, "%d.%m.%Y"))
