"""The diary of a case (visits and contacts), and an assistant's own visits."""

from datetime import date

import django_filters
from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.urls import reverse

from families import timeline
from families.dictionaries import VisitResult
from families.people.models import Family
from families.reach import visible_to
from families.views import FamilyPage
from families.visits.models import Contact, DangerReport, DangerStep, Visit
from lubsko_ops.access import Permission, allows
from lubsko_ops.dates import MONTHS, Month
from lubsko_ops.lists import ListPage, Sort
from lubsko_ops.reading import Part

VIEWS = (
    ("", "Wszystko", ("visit", "contact")),
    ("wizyty", "Wizyty", ("visit",)),
    ("kontakty", "Kontakty", ("contact",)),
)
MONTHS_BACK = 24


def open_dangers():
    """Reported dangers no step has closed."""
    over = DangerStep.objects.filter(report=OuterRef("pk"), closes=True)
    return DangerReport.objects.exclude(Exists(over)).select_related(
        "visit__assistant", "visit__period__family"
    )


class Diary(FamilyPage):
    """Wizyty i kontakty of a family, newest first."""

    permission = Permission.VISIT_VIEW
    part = Part.VISITS
    page = "families:diary"
    template_name = "families/visits/diary.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        user, asked = self.request.user, self.request.GET.get("co", "")
        code, _, only = next((view for view in VIEWS if view[0] == asked), VIEWS[0])
        places = {name: self.request.GET.get(name, "") for name in ("starsze", "nowsze")}
        story = timeline.story_of(
            self.family.pk,
            user=user,
            until=self.request.today,
            only=only,
            older=places["starsze"],
            newer=places["nowsze"],
        )
        counts = self.counts()
        views = [
            {
                "label": label,
                "url": f"{self.request.path}?co={each}" if each else self.request.path,
                "current": each == code,
                "count": counts["contacts" if each == "kontakty" else "visits" if each else "all"],
            }
            for each, label, _ in VIEWS
        ]
        begin = f"?co={code}&" if code else "?"
        return context | {
            "page_title": "wizyty i kontakty",
            "story": story,
            "views": views,
            "code": code,
            "counts": counts,
            "dangers": open_dangers().filter(visit__period__family=self.family.pk),
            "newer_link": f"{begin}nowsze={story.newer}" if story.newer else "",
            "older_link": f"{begin}starsze={story.older}" if story.older else "",
            "may_visit": allows(user, Permission.VISIT_LOG),
            "may_call": allows(user, Permission.CONTACT_LOG) and self.family.workable,
        }

    def counts(self) -> dict:
        """Visits held and failed, contacts; two statements."""
        visits = Visit.objects.filter(period__family=self.family.pk).aggregate(
            visits=Count("pk"), held=Count("pk", filter=Q(result=VisitResult.HELD))
        )
        contacts = Contact.objects.filter(period__family=self.family.pk).count()
        failed = visits["visits"] - visits["held"]
        return visits | {"failed": failed, "contacts": contacts, "all": visits["visits"] + contacts}


class VisitFilter(django_filters.FilterSet):
    """Wynik, miesiąc, rodzina; all in the address, none of them names anybody."""

    wynik = django_filters.ChoiceFilter(
        label="Wynik",
        empty_label="każdy",
        choices=[("odbyte", "odbyte"), ("nieudane", "nieudane")],
        method="by_result",
    )
    miesiac = django_filters.ChoiceFilter(label="Miesiąc", empty_label="wszystkie", method="by_month")
    rodzina = django_filters.ChoiceFilter(
        label="Rodzina", empty_label="wszystkie", field_name="period__family"
    )

    class Meta:
        model = Visit
        fields: list[str] = []

    def __init__(self, data, *, months, families, **kwargs):
        super().__init__(data, **kwargs)
        self.filters["miesiac"].extra["choices"] = months
        self.filters["rodzina"].extra["choices"] = families

    def by_result(self, visits, name, value):
        held = Q(result=VisitResult.HELD)
        return visits.filter(held if value == "odbyte" else ~held)

    def by_month(self, visits, name, value):
        year, month = map(int, value.split("-"))
        days = Month(year, month)
        return visits.filter(day__range=(days.start, days.end))


def months_until(today: date) -> list[tuple[str, str]]:
    """The months one may choose from, the present one first: ("2026-10", "październik 2026")."""
    month, choices = Month.of(today), []
    for _ in range(MONTHS_BACK):
        choices.append((f"{month.start:%Y-%m}", f"{MONTHS[month.number - 1]} {month.year}"))
        month = month.previous
    return choices


class MyVisits(ListPage):
    """Moje wizyty: all that this assistant wrote, whichever family, as far as she still reaches it."""

    permission = Permission.VISIT_LOG
    part = Part.LIST
    template_name = "families/visits/mine.html"
    fragment = "families/visits/_mine.html"
    filterset_class = VisitFilter
    sorts = (Sort("data", "od najdawniejszej", "od najnowszej", ("begins",), descending=True),)

    def queryset(self):
        danger = DangerReport.objects.filter(visit=OuterRef("pk"))
        reached = Family.objects.filter(self.reach_of_reading())
        mine = Visit.objects.filter(assistant=self.request.user, period__family__in=reached)
        return mine.select_related("period__family").annotate(in_danger=Exists(danger))

    def reach_of_reading(self) -> Q:
        return Q(pk__in=visible_to(self.request.user, on=self.request.today).values("pk"))

    def filterset_kwargs(self):
        mine = Visit.objects.filter(assistant=self.request.user).values("period__family")
        families = Family.objects.filter(self.reach_of_reading(), pk__in=mine).order_by("name", "pk")
        choices = [(str(pk), name) for pk, name in families.values_list("pk", "name")]
        return {"months": months_until(self.request.today), "families": choices}

    def prepare(self, rows):
        self.shows(sorted({row.period.family_id for row in rows}))
        return rows

    def totals(self, found):
        held = Q(result=VisitResult.HELD)
        return found.order_by().aggregate(
            total=Count("pk"), held=Count("pk", filter=held), minutes=Sum("minutes", filter=held)
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(new_link=reverse("families:visit-choose"), **kwargs)
