"""Queries of the case log (visits and contacts of a family) and of the user's own visits."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from families.choices import VisitResult
from families.people.models import Family
from families.visits.models import Contact, SafeguardingConcern, SafeguardingStep, Visit
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.dates import Month

MONTHS_BACK = 24
HELD = Q(result=VisitResult.HELD)


def open_concerns():
    """Concerns not closed by a step, or reopened by a later one; the newest first."""
    later = Q(day__gt=OuterRef("day")) | Q(day=OuterRef("day"), pk__gt=OuterRef("pk"))
    reopened = SafeguardingStep.objects.filter(later, concern=OuterRef("concern"), reopens=True)
    closing = SafeguardingStep.objects.filter(~Exists(reopened), concern=OuterRef("pk"), closes=True)
    concerns = SafeguardingConcern.objects.exclude(Exists(closing)).order_by("-visit__started_at", "-pk")
    return concerns.select_related("visit__assistant", "visit__period__family")


def _counts(family: int) -> QuerySet:
    """Visits, those held, and contacts of the family."""
    visits = Visit.objects.filter(period__family=family).order_by()
    contacts = Contact.objects.filter(period__family=family).order_by()
    return Family.objects.filter(pk=family).values_list(
        Coalesce(Subquery(visits.values("period__family").annotate(n=Count("*")).values("n")), 0),
        Coalesce(
            Subquery(visits.filter(HELD).values("period__family").annotate(n=Count("*")).values("n")), 0
        ),
        Coalesce(Subquery(contacts.values("period__family").annotate(n=Count("*")).values("n")), 0),
    )


COUNTS: CompiledQuery = CompiledQuery(_counts, family=-1)
CONCERNS = CompiledQuery(lambda family: open_concerns().filter(visit__period__family=family), family=-1)


def count_entries(family: Family) -> dict[str, int]:
    """Number of ``visits`` (``held`` and ``failed``), ``contacts`` and ``all`` entries. One statement."""
    [(visits, held, contacts)] = COUNTS.rows(family=family.pk)
    entries = {"contacts": contacts, "all": visits + contacts}
    return {"visits": visits, "held": held, "failed": visits - held, **entries}


def visits_by(user, *, on: date):
    """Visits entered by the user in families they can still see, with ``in_danger``."""
    concerns = SafeguardingConcern.objects.filter(visit=OuterRef("pk"))
    visits = Visit.objects.filter(assistant=user, period__family__in=Family.objects.visible_to(user, on=on))
    return visits.select_related("period__family").annotate(in_danger=Exists(concerns))


def families_visited_by(user, *, on: date):
    """Families of these visits, by name."""
    families = Visit.objects.filter(assistant=user).values("period__family")
    return Family.objects.visible_to(user, on=on).filter(pk__in=families).order_by("name", "pk")


def visit_totals(visits) -> dict[str, int]:
    """``total`` and ``held`` visits, and ``minutes`` of held ones; one statement."""
    return visits.order_by().aggregate(
        total=Count("pk"), held=Count("pk", filter=HELD), minutes=Sum("minutes", filter=HELD, default=0)
    )


def month_choices(today: date) -> list[tuple[str, str]]:
    """Choices of recent months, the current one first: ("2026-10", "październik 2026 r.")."""
    month, choices = Month.of(today), []
    for _ in range(MONTHS_BACK):
        choices.append((f"{month.start:%Y-%m}", month.name))
        month = month.previous
    return choices


def in_month(visits, code: str):
    """Visits of a month given as "2026-10"."""
    year, number = map(int, code.split("-"))
    month = Month(year, number)
    return visits.filter(day__range=(month.start, month.end))
