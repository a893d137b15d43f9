"""Rodziny: the list, and the same list as a workbook."""

from django.urls import reverse
from django.utils.functional import cached_property

from families.case_files.family_list import due_dates, queries, tabs
from families.case_files.family_list.filters import FamilyFilter
from families.case_files.family_list.presenters import FamilyRow
from families.choices import DeadlineKind
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.keyset_list import KeysetListView, Sort
from lubsko_ops.core.permissions import Permission, Role, has_permission
from lubsko_ops.core.polish import short_date
from lubsko_ops.output.xlsx import Sheet, SheetColumn, write_workbook, xlsx_response

SORTS = (
    Sort("nazwa", "od A do Z", "od Z do A", ("name",)),
    Sort("numer", "od najstarszego numeru", "od najnowszego numeru", ("year_key", "serial_key")),
    Sort("od", "od najdawniej prowadzonej", "od ostatnio rozpoczętej", ("since_key",)),
    Sort("asystent", "według asystenta", "według asystenta, od Z do A", ("assistant_key", "name")),
)
NEAREST_DEADLINE = Sort("termin", "od najbliższego terminu", "od najdalszego terminu", ("due_key", "name"))
LONGEST_WAITING = Sort("czeka", "od najdłużej czekającej", "od najkrócej czekającej", ("waits_key",))


class FamilyListBaseView(KeysetListView):
    """The families of a view within reach, filtered and sorted as the address says."""

    permission = Permission.FAMILY_VIEW
    access_area = AccessArea.LIST
    filterset_class = FamilyFilter
    default_params = {"widok": tabs.TABS[0].code}

    @cached_property
    def view(self) -> tabs.ListTab:
        asked = self.request.GET.get("widok")
        return next((view for view in self.views if view.code == asked), self.views[0])

    @cached_property
    def views(self) -> list[tabs.ListTab]:
        """An assistant has no use for families nobody has yet; only she has handed some over."""
        intake = has_permission(self.request.user, Permission.FAMILY_OPEN)
        unfit = {tabs.HANDED_OVER} if not self.own_only else set()
        return [view for view in tabs.TABS if (intake or not view.of_intake) and view not in unfit]

    @property
    def sorts(self) -> tuple[Sort, ...]:
        """An assistant's day begins with what is due; families that wait come first for those they wait for."""
        by_term = (NEAREST_DEADLINE,) if self.with_duties else ()
        if self.own_only and self.view == tabs.RUNNING:
            return (*by_term, *SORTS)
        return (*((LONGEST_WAITING,) if self.view.since else ()), *SORTS, *by_term)

    @cached_property
    def with_duties(self) -> bool:
        return due_dates.can_see_deadlines(self.request.user, view=self.view)

    @property
    def duty_kind(self) -> str:
        """The kind of duty asked for: the line then tells the nearest of that kind."""
        asked = self.request.GET.get("obowiazek", "")
        return asked if self.with_duties and asked in DeadlineKind.values else ""

    @cached_property
    def own_only(self) -> bool:
        """The person reaches only families assigned to her, so the list is hers."""
        return not {Role.MANAGER, Role.SOCIAL_WORKER} & self.request.user.roles

    def get_queryset(self):
        place = {"view": self.view, "on": self.request.today}
        families = queries.families_in_tab(user=self.request.user, **place)
        keyed = queries.with_sort_keys(families, **place)
        if self.with_duties:
            keyed = due_dates.with_due_sort_key(keyed, kind=self.duty_kind)
            keyed = due_dates.with_nearest_deadline(keyed, on=self.request.today, kind=self.duty_kind)
        return queries.with_row_data(keyed, user=self.request.user, **place)

    def filterset_kwargs(self):
        without = ("asystent",) if self.own_only else ()
        if not self.with_duties:
            without += ("obowiazek", "termin")
        return {"view": self.view, "choices": queries.get_filter_choices(), "without": without}

    def prepare_rows(self, rows):
        self.log_access(family.pk for family in rows)
        place = {"user": self.request.user, "view": self.view, "on": self.request.today}
        return [FamilyRow(family, **place, with_duties=self.with_duties) for family in rows]


class FamilyListView(FamilyListBaseView):
    """Lista rodzin: first what is unusual, then everything about where a case stands in one line."""

    template_name = "families/casefile/list.html"
    fragment = "families/casefile/_results.html"

    def get_counts(self, found):
        """Without filters the total is the number of the view, which the tabs tell anyway."""
        filtered = any(self.filterset.form.cleaned_data.values())
        asked = {"views": self.views, "user": self.request.user, "on": self.request.today}
        counted = tabs.tab_counts(found if filtered else None, **asked)
        return {"total": counted[self.view.code]} | counted

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "title": "Moje rodziny" if self.own_only else "Rodziny",
            "own_only": self.own_only,
            "view": self.view,
            "with_duties": self.with_duties,
            "views": self.tabs(context),
            "all_of_view": context[self.view.code],
            "nobody": not any(context[view.code] for view in self.views),
            "new_link": self.new_link(),
            "orders": [
                {"code": each.code, "words": each.in_words}
                for sort in self.sorts
                for each in (sort, sort.reversed)
            ],
        }

    def tabs(self, counted: dict) -> list[dict]:
        """The views with their counts; one that is usually empty stands here when it is not, or when chosen."""
        return [
            {
                "label": view.label,
                "url": f"{self.request.path}?widok={view.code}"
                if view != self.views[0]
                else self.request.path,
                "current": view == self.view,
                "count": counted[view.code],
            }
            for view in self.views
            if view == self.view
            or view.tab == tabs.ALWAYS
            or (view.tab == tabs.WHEN_NOT_EMPTY and counted[view.code])
        ]

    def new_link(self) -> str:
        return reverse("families:new") if has_permission(self.request.user, Permission.FAMILY_OPEN) else ""


class FamilyListDownloadView(FamilyListBaseView):
    """The same list as a workbook: the filters and the order of the page, all rows, never a PESEL."""

    access_area = AccessArea.DOWNLOAD

    def get_queryset(self):
        place = {"view": self.view, "user": self.request.user, "on": self.request.today}
        return queries.with_export_data(super().get_queryset(), **place)

    def get(self, request, *args, **kwargs):
        rows = self.prepare_rows(list(self.get_filtered_queryset().order_by(*self.get_sort().order)))
        columns = [SheetColumn(head, kind, width) for head, kind, width in self.columns()]
        sheet = Sheet(self.view.caption, columns, [row.cells for row in rows], notes=self.notes())
        return xlsx_response(
            write_workbook([sheet]), f"rodziny-{self.view.code}-{request.today:%Y-%m-%d}.xlsx"
        )

    def columns(self) -> list[tuple[str, str, int]]:
        return [*FamilyRow.COLUMNS, *(FamilyRow.DUE_COLUMNS if self.with_duties else ())]

    def notes(self) -> list[str]:
        filters = [f"{each['label']}: {each['value']}" for each in self.get_active_filters()]
        made = f"Stan na {short_date(self.request.today)}. Listę pobrano z aplikacji: {self.request.user}."
        return [made, f"Wybrane: {'; '.join(filters)}."] if filters else [made]
