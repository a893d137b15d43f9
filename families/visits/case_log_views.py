"""The diary of a case (visits and contacts), and an assistant's own visits."""

import django_filters
from django.urls import reverse

from families.base_views import FamilyPageView
from families.timeline import events as timeline
from families.visits import case_log
from families.visits.models import Visit
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.dates import Month
from lubsko_ops.core.keyset_list import KeysetListView, Sort
from lubsko_ops.core.permissions import Permission, has_permission

# What the address says, what the person reads, the sources of the story, and whose count stands beside.
VIEWS = (
    ("", "Wszystko", ("visit", "contact"), "all"),
    ("wizyty", "Wizyty", ("visit",), "visits"),
    ("kontakty", "Kontakty", ("contact",), "contacts"),
)


class Diary(FamilyPageView):
    """Wizyty i kontakty of a family, newest first, month by month."""

    permission = Permission.VISIT_VIEW
    access_area = AccessArea.VISITS
    page = "families:diary"
    template_name = "families/visits/diary.html"

    def get_context_data(self, **kwargs):
        user, asked = self.request.user, self.request.GET
        view = next((view for view in VIEWS if view[0] == asked.get("co", "")), VIEWS[0])
        story = timeline.get_timeline(
            self.family.pk,
            user=user,
            until=self.request.today,
            only=view[2],
            older=asked.get("starsze", ""),
            newer=asked.get("nowsze", ""),
        )
        counts = case_log.counts_of(self.family)
        context = super().get_context_data(
            page_title="wizyty i kontakty",
            entries=[self.entry(event) for event in story.events],
            views=[self.tab(each, counts, current=each == view) for each in VIEWS],
            counts=counts,
            dangers=case_log.open_dangers().filter(visit__period__family=self.family),
            newer_link=self.get_url(co=view[0], nowsze=story.newer) if story.newer else "",
            older_link=self.get_url(co=view[0], starsze=story.older) if story.older else "",
            **kwargs,
        )
        return context | self.deeds(begun=bool(context["bar"]["standing"].period))

    def entry(self, event: timeline.TimelineEvent) -> dict:
        """What happened, its month, and whether this person may correct it here: one's own contact only."""
        own = event.author == self.request.user.pk and self.may(Permission.CONTACT_LOG)
        return {"event": event, "month": Month.of(event.day).name, "own": own}

    def deeds(self, *, begun: bool) -> dict:
        """A visit of days gone by may still be written by the assistant they were hers."""
        late = has_permission(self.request.user, Permission.VISIT_LOG) and not self.family.workable
        return {
            "may_visit_late": late,
            "may_call": begun and self.may(Permission.CONTACT_LOG),
            "may_follow": self.may(Permission.DANGER_FOLLOW),
            "logs_visits": has_permission(self.request.user, Permission.VISIT_LOG),
        }

    def may(self, permission: Permission) -> bool:
        return self.family.workable and has_permission(self.request.user, permission)

    def tab(self, view, counts: dict, *, current: bool) -> dict:
        code, label, _, counted = view
        return {"label": label, "url": self.get_url(co=code), "current": current, "count": counts[counted]}

    def get_url(self, **asked) -> str:
        query = "&".join(f"{name}={value}" for name, value in asked.items() if value)
        return f"{self.request.path}?{query}" if query else self.request.path


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
        return visits.filter(case_log.HELD if value == "odbyte" else ~case_log.HELD)

    def by_month(self, visits, name, value):
        return case_log.in_month(visits, value)


class MyVisits(KeysetListView):
    """Moje wizyty: all that this assistant wrote, whichever family, as far as she still reaches it."""

    permission = Permission.VISIT_LOG
    access_area = AccessArea.LIST
    template_name = "families/visits/mine.html"
    fragment = "families/visits/_mine.html"
    filterset_class = VisitFilter
    sorts = (Sort("data", "od najdawniejszej", "od najnowszej", ("begins",), descending=True),)

    def get_queryset(self):
        return case_log.visits_by(self.request.user, on=self.request.today)

    def filterset_kwargs(self):
        families = case_log.families_visited_by(self.request.user, on=self.request.today)
        choices = [(str(pk), name) for pk, name in families.values_list("pk", "name")]
        return {"months": case_log.months_until(self.request.today), "families": choices}

    def prepare_rows(self, rows):
        self.log_access(row.period.family_id for row in rows)
        return rows

    def get_counts(self, found):
        return case_log.totals_of(found)

    def get_context_data(self, **kwargs):
        return super().get_context_data(new_link=reverse("families:visit-choose"), **kwargs)
