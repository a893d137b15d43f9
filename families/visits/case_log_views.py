"""The case log of a family (visits and contacts), and the user's own visits."""

import django_filters

from families.base_views import FamilyPageView
from families.people.permissions import FAMILY_LIST_AREA
from families.timeline.queries import TimelineEvent, get_timeline
from families.visits import case_log
from families.visits.models import Visit
from families.visits.permissions import (
    CONTACT_LOG,
    SAFEGUARDING_FOLLOW_UP,
    VISIT_LOG,
    VISIT_VIEW,
    VISITS_AREA,
)
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.audit.base_views import KeysetListView
from lubsko_ops.core.dates import Month
from lubsko_ops.core.keyset_list import Sort
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import Permission, has_permission

LONG_TEXT = 600  # characters; a longer text is folded
# Query parameter, label, timeline sources, key of the count.
ENTRY_TABS = (
    ("", "Wszystko", ("visit", "contact"), "all"),
    ("wizyty", "Wizyty", ("visit",), "visits"),
    ("kontakty", "Kontakty", ("contact",), "contacts"),
)


class CaseLogView(FamilyPageView):
    """Wizyty i kontakty of a family, newest first, grouped by month."""

    permission = VISIT_VIEW
    access_area = VISITS_AREA
    current_tab = "families:case-log"
    template_name = "visits/case_log.html"

    def get_context_data(self, **kwargs):
        user, params = self.request.user, self.request.GET
        tab = next((tab for tab in ENTRY_TABS if tab[0] == params.get("co", "")), ENTRY_TABS[0])
        page = get_timeline(
            self.family.pk,
            user=user,
            until=self.request.today,
            only=tab[2],
            older=params.get("starsze", ""),
            newer=params.get("nowsze", ""),
        )
        counts = case_log.count_entries(self.family)
        context = super().get_context_data(
            page_title="wizyty i kontakty",
            entries=[self.get_entry(event) for event in page.events],
            tab_links=[self.get_tab_link(each, counts, current=each == tab) for each in ENTRY_TABS],
            counts=counts,
            concerns=case_log.CONCERNS.all(family=self.family.pk),
            newer_link=self.get_url(co=tab[0], nowsze=page.newer) if page.newer else "",
            older_link=self.get_url(co=tab[0], starsze=page.older) if page.older else "",
            **kwargs,
        )
        return context | self.get_permitted_actions(has_work=bool(context["header"]["number"]))

    def get_entry(self, event: TimelineEvent) -> dict:
        """The event, its month, and whether the user may correct it here: only their own contacts."""
        own = (event.kind, event.author) == ("contact", self.request.user.pk) and self.may(CONTACT_LOG)
        return {
            "event": event,
            "month": Month.of(event.day).name,
            "own": own,
            "is_long": len(event.text) > LONG_TEXT,
        }

    def get_permitted_actions(self, *, has_work: bool) -> dict:
        """A past visit may be entered even after the family was handed over."""
        late = has_permission(self.request.user, VISIT_LOG) and not self.family.workable
        return {
            "may_visit_late": late,
            "may_log_contact": has_work and self.may(CONTACT_LOG),
            "may_follow": self.may(SAFEGUARDING_FOLLOW_UP),
            "logs_visits": has_permission(self.request.user, VISIT_LOG),
        }

    def may(self, permission: Permission) -> bool:
        return self.family.workable and has_permission(self.request.user, permission)

    def get_tab_link(self, tab, counts: dict, *, current: bool) -> dict:
        code, label, _, count_key = tab
        return {"label": label, "url": self.get_url(co=code), "current": current, "count": counts[count_key]}

    def get_url(self, **params) -> str:
        query = "&".join(f"{name}={value}" for name, value in params.items() if value)
        return f"{self.request.path}?{query}" if query else self.request.path


class VisitFilter(django_filters.FilterSet):
    """Result, month and family; the query string contains no names."""

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


class MyVisitsView(KeysetListView):
    """Moje wizyty: visits entered by the user in families they can still see."""

    permission = VISIT_LOG
    access_area = FAMILY_LIST_AREA
    template_name = "visits/my_visits.html"
    fragment = "visits/_my_visits_table.html"
    filterset_class = VisitFilter
    sorts = (Sort("data", "od najdawniejszej", "od najnowszej", ("started_at",), descending=True),)

    def get_queryset(self):
        return case_log.visits_by(self.request.user, on=self.request.today)

    def get_filterset_kwargs(self):
        families = case_log.families_visited_by(self.request.user, on=self.request.today)
        choices = [(str(pk), name) for pk, name in families.values_list("pk", "name")]
        note_shown(int(pk) for pk, _ in choices)
        return {"months": case_log.month_choices(self.request.today), "families": choices}

    def prepare_rows(self, rows):
        note_shown(row.period.family_id for row in rows)
        return rows

    def get_counts(self, visits):
        return case_log.visit_totals(visits)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(new_link=reverse("families:visit-choose"), **kwargs)
        sort = context["sort"]
        return context | {"caption": f"Moje wizyty, {sort.label}", "is_default_sort": sort == self.sorts[0]}
