"""Rodziny: the list, and the same list as a workbook."""

from collections.abc import Iterator

import django_filters
from django.utils.functional import cached_property

from families.case_files.family_list import queries, tabs
from families.case_files.family_list.markup import draw_list_rows
from families.case_files.family_list.presenters import FamilyListRow
from families.case_files.family_list.tabs import ListTab
from families.case_files.models import CaseSummary
from families.case_files.summaries import refresh_due
from families.choices import BasisKind, Category, DeadlineKind
from families.intake.permissions import FAMILY_OPEN
from families.people.permissions import DOWNLOAD_AREA, FAMILY_LIST_AREA, FAMILY_VIEW
from families.permissions import SENSITIVE_BASES, SENSITIVE_CATEGORIES, hidden_values
from families.visits.permissions import VISIT_VIEW
from lubsko_ops.audit.base_views import KeysetListView
from lubsko_ops.core.keyset_list import Sort
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import Role, has_permission
from lubsko_ops.core.polish import short_date
from lubsko_ops.output.documents import xlsx_response
from lubsko_ops.output.xlsx import Sheet, SheetColumn


class FamilyFilter(django_filters.FilterSet):
    """Assistant, basis, region and category on the day of the row; kind of the deadline and its date.

    There is no filter by surname: filters stand in the URL. A user cannot filter by what they may not see.
    """

    asystent = django_filters.ChoiceFilter(label="Asystent", empty_label="wszyscy", method="by_assistant")
    przydzielenie = django_filters.ChoiceFilter(
        label="Przydzielenie", empty_label="każde", method="by_assignment"
    )
    podstawa = django_filters.ChoiceFilter(label="Podstawa", empty_label="każda", method="by_basis")
    obowiazek = django_filters.ChoiceFilter(
        label="Co trzeba zrobić", empty_label="cokolwiek", method="by_deadline_kind"
    )
    termin = django_filters.ChoiceFilter(label="Termin", empty_label="każdy", method="by_due_date")
    rejon = django_filters.ChoiceFilter(label="Rejon", empty_label="wszystkie", method="by_region")
    kategoria = django_filters.ChoiceFilter(label="Kategoria", empty_label="każda", method="by_category")

    class Meta:
        model = CaseSummary
        fields: list[str] = []

    def __init__(self, data, *, choices: dict, without: tuple[str, ...] = (), **kwargs):
        super().__init__(data, **kwargs)
        self.on, user = self.request.today, self.request.user
        for name in without:
            del self.filters[name]
        choices = choices | {
            "przydzielenie": queries.ASSIGNMENT_CHOICES,
            "obowiazek": DeadlineKind.choices,
            "termin": queries.DUE_CHOICES,
            "podstawa": _visible_choices(BasisKind, hidden_values(user, SENSITIVE_BASES)),
            "kategoria": _visible_choices(Category, hidden_values(user, SENSITIVE_CATEGORIES)),
        }
        for name, each in self.filters.items():
            each.extra["choices"] = choices[name]

    def by_assistant(self, summaries, name, value):
        return summaries.filter(assistants__contains=[{"user": int(value)}])

    def by_assignment(self, summaries, name, value):
        """Both filters apply to the same assignment: whom the assistant accompanies, another one may lead."""
        assistant = self.form.cleaned_data.get("asystent", "")
        return summaries.filter(queries.assigned_as(value, assistant=int(assistant) if assistant else None))

    def by_basis(self, summaries, name, value):
        return summaries.filter(basis_kinds__contains=[value])

    def by_deadline_kind(self, summaries, name, value):
        return queries.with_deadline_of_kind(summaries, value)

    def by_due_date(self, summaries, name, value):
        """Both filters apply to the same deadline: an overdue assessment does not match the filter for visits."""
        kind = self.form.cleaned_data.get("obowiazek", "")
        return summaries.filter(queries.due_within(value, on=self.on, kind=kind))

    def by_region(self, summaries, name, value):
        return summaries.filter(region=value)

    def by_category(self, summaries, name, value):
        return summaries.filter(category=value)


def _visible_choices(choices, hidden: list) -> list[tuple[str, str]]:
    return [(value, label) for value, label in choices.choices if value not in hidden]


SORTS = (
    Sort("nazwa", "od A do Z", "od Z do A", ("sort_name",)),
    Sort("numer", "od najstarszego numeru", "od najnowszego numeru", ("year", "serial")),
    Sort("od", "od najdawniej prowadzonej", "od ostatnio rozpoczętej", ("starts_on",)),
    Sort("asystent", "według asystenta", "według asystenta, od Z do A", ("leading_sort_name", "sort_name")),
)
EXPORT_BATCH = 500


def nearest_deadline_sort(key: str) -> Sort:
    return Sort("termin", "od najbliższego terminu", "od najdalszego terminu", (key, "sort_name"))


def longest_waiting_sort(key: str) -> Sort:
    return Sort("czeka", "od najdłużej czekającej", "od najkrócej czekającej", (key,))


class FamilyListBaseView(KeysetListView):
    """Families of a tab visible to the user, filtered and sorted by the query string."""

    permission = FAMILY_VIEW
    access_area = FAMILY_LIST_AREA
    filterset_class = FamilyFilter
    default_params = {"widok": tabs.TABS[0].code}

    @cached_property
    def tab(self) -> ListTab:
        code = self.request.GET.get("widok")
        return next((tab for tab in self.available_tabs if tab.code == code), self.available_tabs[0])

    @cached_property
    def available_tabs(self) -> list[ListTab]:
        """Tabs of intake are not for assistants, Przekazane only for them, Po terminie for who sees deadlines."""
        user = self.request.user
        intake, deadlines = has_permission(user, FAMILY_OPEN), has_permission(user, VISIT_VIEW)
        tabs_shown = [
            tab
            for tab in tabs.TABS
            if (intake or not tab.intake_only) and (deadlines or not tab.deadlines_only)
        ]
        return [tab for tab in tabs_shown if tab != tabs.HANDED_OVER or self.own_only]

    @cached_property
    def sorts(self) -> tuple[Sort, ...]:
        """The default sort is the first: by waiting time in tabs of waiting families, otherwise by deadline."""
        key = "kind_due_on" if self.deadline_kind else "due_on"
        by_deadline = (nearest_deadline_sort(key),) if self.with_deadlines else ()
        if self.tab.waiting_for:
            return (longest_waiting_sort(self.tab.waiting_key), *SORTS, *by_deadline)
        return (*by_deadline, *SORTS)

    @cached_property
    def with_deadlines(self) -> bool:
        return queries.can_see_deadlines(self.request.user, tab=self.tab)

    @cached_property
    def deadline_kind(self) -> str:
        """The kind of deadline filtered by; the rows then show the nearest deadline of this kind."""
        kind = self.request.GET.get("obowiazek", "")
        return kind if self.with_deadlines and kind in DeadlineKind.values else ""

    @cached_property
    def own_only(self) -> bool:
        """Whether the user sees only families assigned to them."""
        return not {Role.MANAGER, Role.SOCIAL_WORKER} & self.request.user.roles

    def get_queryset(self):
        user, on = self.request.user, self.request.today
        refresh_due(on)
        return queries.summaries_in_tab(self.tab, user=user, on=on)

    def with_page_data(self, summaries):
        return queries.with_list_data(summaries, user=self.request.user, on=self.request.today, tab=self.tab)

    def get_filterset_kwargs(self):
        without = ("asystent",) if self.own_only else ()
        if not self.with_deadlines:
            without += ("obowiazek", "termin")
        return {"choices": self.words.filter_choices, "without": without}

    @cached_property
    def words(self) -> queries.Words:
        return queries.load_words()

    def prepare_rows(self, rows):
        user, on, words = self.request.user, self.request.today, self.words
        return [
            FamilyListRow(row, user, self.tab, on, words, self.with_deadlines, self.deadline_kind)
            for row in rows
        ]


class FamilyListView(FamilyListBaseView):
    """Lista rodzin: one row per family, with tabs and filters."""

    template_name = "case_files/family_list.html"
    fragment = "case_files/_family_list_table.html"

    def get_counts(self, summaries):
        """Without filters the total equals the count of the tab."""
        counted = tabs.tab_counts(user=self.request.user, on=self.request.today)
        return {"total": summaries.count() if self.is_filtered else counted[self.tab.code]} | counted

    @property
    def is_filtered(self) -> bool:
        return any(self.filterset.form.cleaned_data.values())

    def get_page(self, queryset, sort):
        """Pages without filters, which are asked for most, are statements compiled once."""
        if self.is_filtered:
            return super().get_page(queryset, sort)
        user, on, size = self.request.user, self.request.today, self.page_size
        return queries.compiled_page(self.tab, sort, user, on=on, size=size, **self.get_cursor())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "drawn_rows": draw_list_rows(context["rows"]),
            "title": "Moje rodziny" if self.own_only else "Rodziny",
            "own_only": self.own_only,
            "tab": self.tab,
            "caption": f"{self.tab.caption}, {context['sort'].label}",
            "with_deadlines": self.with_deadlines,
            "table_css": "tbl-cards tbl-stick" + (" tbl-lines" if self.with_deadlines else ""),
            "tab_links": self.get_tab_links(context),
            "tab_total": context[self.tab.code],
            "is_empty": not any(context[tab.code] for tab in self.available_tabs),
            "new_link": self.get_new_link(),
            "orders": [
                {"code": each.code, "label": each.label}
                for sort in self.sorts
                for each in (sort, sort.reversed)
            ],
        }

    def get_tab_links(self, counted: dict) -> list[dict]:
        """The visible tabs as ``{% view_tabs %}`` takes them."""
        return [
            {
                "label": tab.label,
                "url": f"{self.request.path}?widok={tab.code}"
                if tab != self.available_tabs[0]
                else self.request.path,
                "current": tab == self.tab,
                "count": counted[tab.code],
            }
            for tab in self.available_tabs
            if tab == self.tab
            or tab.visibility == tabs.ALWAYS
            or (tab.visibility == tabs.WHEN_NOT_EMPTY and counted[tab.code])
        ]

    def get_new_link(self) -> str:
        return reverse("families:new") if has_permission(self.request.user, FAMILY_OPEN) else ""


class FamilyListDownloadView(FamilyListBaseView):
    """The list as an XLSX file: filters and order of the page, all rows, never a PESEL."""

    access_area = DOWNLOAD_AREA
    makes_document = True

    def get(self, request, *args, **kwargs):
        summaries = self.with_page_data(self.get_filtered_queryset())
        columns = [SheetColumn(head, kind, width) for head, kind, width in self.columns()]
        sheet = Sheet(self.tab.caption, columns, self.export_rows(summaries), notes=self.notes())
        return xlsx_response([sheet], f"rodziny-{self.tab.code}-{request.today:%Y-%m-%d}.xlsx")

    def export_rows(self, summaries) -> Iterator[list]:
        """Cells of all rows, read in batches: an archive of many years fits in the memory and in the time."""
        ids = list(summaries.order_by(*self.get_sort().order).values_list("pk", flat=True))
        for start in range(0, len(ids), EXPORT_BATCH):
            batch = ids[start : start + EXPORT_BATCH]
            rows = summaries.filter(pk__in=batch).in_bulk()
            for row in self.prepare_rows([rows[pk] for pk in batch if pk in rows]):
                yield row.export_cells

    def columns(self) -> list[tuple[str, str, int]]:
        return [*FamilyListRow.COLUMNS, *(FamilyListRow.DEADLINE_COLUMNS if self.with_deadlines else ())]

    def notes(self) -> list[str]:
        filters = [f"{each['label']}: {each['value']}" for each in self.get_active_filters()]
        made = f"Stan na {short_date(self.request.today)}. Listę pobrano z aplikacji: {self.request.user}."
        return [made, f"Wybrane: {'; '.join(filters)}."] if filters else [made]
