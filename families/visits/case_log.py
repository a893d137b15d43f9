"""What the diary of a case and an assistant's list of visits ask of the database."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, Sum

from families.choices import VisitResult
from families.people.models import Family
from families.permissions import visible_to
from families.visits.models import Contact, SafeguardingConcern, SafeguardingStep, Visit
from lubsko_ops.core.dates import Month

MONTHS_BACK = 24
HELD = Q(result=VisitResult.HELD)


def open_dangers():
    """Reported dangers that go on: no step has closed them, or a later one says they do; the newest first."""
    later = Q(day__gt=OuterRef("day")) | Q(day=OuterRef("day"), pk__gt=OuterRef("pk"))
    again = SafeguardingStep.objects.filter(later, report=OuterRef("report"), reopens=True)
    over = SafeguardingStep.objects.filter(~Exists(again), report=OuterRef("pk"), closes=True)
    still = SafeguardingConcern.objects.exclude(Exists(over)).order_by("-visit__begins", "-pk")
    return still.select_related("visit__assistant", "visit__period__family")


def counts_of(family: Family) -> dict[str, int]:
    """Of the whole case: ``visits`` (``held`` and ``failed``), ``contacts``, ``all``; two statements."""
    visits = Visit.objects.filter(period__family=family)
    told = visits.aggregate(visits=Count("pk"), held=Count("pk", filter=HELD))
    contacts = Contact.objects.filter(period__family=family).count()
    failed = told["visits"] - told["held"]
    return told | {"failed": failed, "contacts": contacts, "all": told["visits"] + contacts}


def visits_by(user, *, on: date):
    """Visits this assistant wrote in families whose files she may still open, with ``in_danger``."""
    danger = SafeguardingConcern.objects.filter(visit=OuterRef("pk"))
    mine = Visit.objects.filter(assistant=user, period__family__in=visible_to(user, on=on))
    return mine.select_related("period__family").annotate(in_danger=Exists(danger))


def families_visited_by(user, *, on: date):
    """Those families, by name."""
    hers = Visit.objects.filter(assistant=user).values("period__family")
    return visible_to(user, on=on).filter(pk__in=hers).order_by("name", "pk")


def totals_of(visits) -> dict[str, int]:
    """``total``, how many of them were ``held``, and their ``minutes``; one statement."""
    return visits.order_by().aggregate(
        total=Count("pk"), held=Count("pk", filter=HELD), minutes=Sum("minutes", filter=HELD, default=0)
    )


def months_until(today: date) -> list[tuple[str, str]]:
    """The months one may choose from, the present one first: ("2026-10", "październik 2026 r.")."""
    month, choices = Month.of(today), []
    for _ in range(MONTHS_BACK):
        choices.append((f"{month.start:%Y-%m}", month.name))
        month = month.previous
    return choices


def in_month(visits, code: str):
    """Of the visits those of the month "2026-10"."""
    year, number = map(int, code.split("-"))
    month = Month(year, number)
    return visits.filter(day__range=(month.start, month.end))
