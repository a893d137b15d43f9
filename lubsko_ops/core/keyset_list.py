"""Lists with filters and sorting in the query string, keyset pagination and htmx fragments.

The cursor is the id of a row, never its values, because a surname must not appear in a URL. The boundary values are
read back from that row through the query of the list.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace
from typing import Any, cast

from django.db.models import Q
from django.http import QueryDict
from django.views.generic import TemplateView

from lubsko_ops.core.lookups import compares_as_row
from lubsko_ops.core.parsing import parse_int

PAGE_SIZE = 25


@dataclass(frozen=True)
class Sort:
    """One order of a list: its name in the URL, labels of both directions, key expressions that are never NULL.

    In a URL "-numer" is the order "numer" descending.
    """

    name: str
    ascending_label: str
    descending_label: str
    keys: tuple[str, ...]
    descending: bool = False

    @property
    def code(self) -> str:
        """Value of the query parameter."""
        return f"-{self.name}" if self.descending else self.name

    @property
    def label(self) -> str:
        return self.descending_label if self.descending else self.ascending_label

    @property
    def order(self) -> list[str]:
        sign = "-" if self.descending else ""
        return [f"{sign}{key}" for key in (*self.keys, "pk")]

    @property
    def reversed(self) -> "Sort":
        return replace(self, descending=not self.descending)


@dataclass(frozen=True)
class KeysetPage:
    """One page of a list with the cursors of the next and the previous page."""

    rows: list
    after: int | None
    before: int | None


def after_cursor(keys: tuple[str, ...], values: tuple, *, forward: bool) -> Q:
    """Condition for rows after (or before) the boundary in the order of the keys, the last of which is the id.

    ``(a, id) >= (1, 2) AND id <> 2``: an index on the keys starts at the boundary. The planner estimates a comparison
    of rows by its first column, so with ``>`` it would expect nothing after the last value of that column.
    """
    return compares_as_row(keys, ">=" if forward else "<=", values) & ~Q(**{keys[-1]: values[-1]})


def beyond(order: Sort, values: tuple) -> Q:
    """Condition for the rows that follow, in this order, one with these values of the keys and the id."""
    return after_cursor((*order.keys, "pk"), values, forward=not order.descending)


def first_page(rows: list, size: int = PAGE_SIZE) -> KeysetPage:
    """The first page, of its rows and the one after it, if any."""
    shown = rows[:size]
    return KeysetPage(rows=shown, after=shown[-1].pk if len(rows) > size else None, before=None)


def keyset_page(
    keys_of: Callable[[int], tuple | None],
    rows_of: Callable[[Sort, tuple | None], list],
    sort: Sort,
    *,
    after: int | None = None,
    before: int | None = None,
    size: int = PAGE_SIZE,
) -> KeysetPage:
    """The page after or before a row; the first page when the row is no longer in the list.

    ``keys_of``: the values of the keys, and the id, of the row with this id; None when it is not in the list.
    ``rows_of``: ``size`` + 1 rows in this order, the first ones or those beyond a row with these values.
    """
    backwards = before is not None
    cursor = before if backwards else after
    boundary = keys_of(cursor) if cursor is not None else None
    backwards = backwards and boundary is not None
    rows = rows_of(sort.reversed if backwards else sort, boundary)
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        if not more and len(rows) < size:  # fewer rows are left before the cursor: show the full first page
            return keyset_page(keys_of, rows_of, sort, size=size)
        rows.reverse()
    has_before = more if backwards else boundary is not None
    has_after = True if backwards else more
    return KeysetPage(
        rows=rows,
        after=rows[-1].pk if rows and has_after else None,
        before=rows[0].pk if rows and has_before else None,
    )


def paginate(
    queryset,
    sort: Sort,
    *,
    after: int | None = None,
    before: int | None = None,
    size: int = PAGE_SIZE,
    with_page_data: Callable = lambda rows: rows,
) -> KeysetPage:
    """``keyset_page`` of a queryset; ``with_page_data`` adds to it what only the rows of the page need.

    Costs one statement for the first page, two for the others.
    """

    def keys_of(pk: int) -> tuple | None:
        return queryset.filter(pk=pk).values_list(*sort.keys, "pk").first()

    def rows_of(order: Sort, boundary: tuple | None) -> list:
        rows = queryset if boundary is None else queryset.filter(beyond(order, boundary))
        return list(with_page_data(rows).order_by(*order.order)[: size + 1])

    return keyset_page(keys_of, rows_of, sort, after=after, before=before, size=size)


class KeysetListMixin(TemplateView):
    """A list for a PageView: ``get_queryset()``, ``sorts``, an optional django-filter ``filterset_class``.

    Invalid query parameters (an unknown sort, a missing row) are ignored.
    """

    sorts: tuple[Sort, ...]
    fragment: str
    filterset_class: type[Any] | None = None  # a django-filter FilterSet
    filterset: Any
    page_size = PAGE_SIZE
    default_params: dict[str, str] = {}  # values left out of URLs

    def get_queryset(self):
        """All rows of the list, before filters."""
        raise NotImplementedError

    def get_filterset_kwargs(self) -> dict:
        return {}

    def prepare_rows(self, rows: list) -> list:
        """Hook to complete the rows of one page (in a fixed number of statements)."""
        return rows

    def get_counts(self, queryset) -> dict:
        """Counts for the context: ``total`` of the filtered rows, and more in subclasses."""
        return {"total": queryset.count()}

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        if self.get_template_names() == [self.fragment]:
            # The form sends empty fields too: push the URL as links write it, unless it is the current one already.
            page = request.headers.get("HX-Current-URL", "").partition("#")[0]
            same = page == request.build_absolute_uri(self.get_url())
            response["HX-Push-Url"] = "false" if same else self.get_url()
        return response

    def get_filtered_queryset(self):
        """The filtered rows, unsorted; sets ``self.filterset``."""
        queryset, self.filterset = self.get_queryset(), None
        if self.filterset_class:
            self.filterset = self.filterset_class(
                self.request.GET, queryset=queryset, request=self.request, **self.get_filterset_kwargs()
            )
            queryset = self.filterset.qs
        return queryset

    def get_sort(self) -> Sort:
        code = self.request.GET.get("sort", "")
        name = code.removeprefix("-")
        sort = next((sort for sort in self.sorts if sort.name == name), self.sorts[0])
        return sort.reversed if code == sort.reversed.code else sort

    def get_context_data(self, **kwargs):
        queryset, sort = self.get_filtered_queryset(), self.get_sort()
        page = self.get_page(queryset, sort)
        active_filters = self.get_active_filters()
        return super().get_context_data(
            **self.get_counts(queryset),
            rows=self.prepare_rows(page.rows),
            sort=sort,
            sort_links=self.get_sort_links(sort),
            next_url=self.get_url(po=page.after) if page.after else "",
            previous_url=self.get_url(przed=page.before) if page.before else "",
            filterset=self.filterset,
            active_filters=active_filters,
            clear_filters_url=self.get_url(without=tuple(each["name"] for each in active_filters)),
            **kwargs,
        )

    def get_page(self, queryset, sort: Sort) -> KeysetPage:
        """The page that the query string asks for."""
        return paginate(
            queryset, sort, **self.get_cursor(), size=self.page_size, with_page_data=self.with_page_data
        )

    def get_cursor(self) -> dict[str, int | None]:
        return {"after": self.get_int_param("po"), "before": self.get_int_param("przed")}

    def with_page_data(self, queryset):
        """Hook to add to the queryset what only the rows of the page need: neither counts nor cursors pay for it."""
        return queryset

    def get_sort_links(self, current: Sort) -> dict[str, dict]:
        """URL and current order ("ascending", "descending" or "") of each column header; a second click reverses it."""
        links = {}
        for sort in self.sorts:
            is_current = sort.name == current.name
            order = ("descending" if current.descending else "ascending") if is_current else ""
            links[sort.name] = {
                "url": self.get_url(sort=(current.reversed if is_current else sort).code),
                "order": order,
            }
        return links

    def get_int_param(self, name: str) -> int | None:
        return parse_int(self.request.GET.get(name))

    def get_url(self, *, without: tuple[str, ...] = (), **changed) -> str:
        """The URL of this list with changed parameters; without ``po`` or ``przed`` it leads to the first page."""
        # The method copy() would copy the texts too, for each of a dozen links.
        query = cast("QueryDict", copy(self.request.GET))
        for name in ("po", "przed", *without):
            query.pop(name, None)
        for name, value in changed.items():
            query[name] = value
        defaults = {"sort": self.sorts[0].code} | self.default_params
        for name in [name for name, value in query.items() if value in ("", defaults.get(name))]:
            query.pop(name)
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    def get_active_filters(self) -> list[dict]:
        """Active filters with labels, each with the URL of the list without it."""
        if self.filterset is None or not self.filterset.form.is_valid():
            return []
        filters = []
        for name, value in self.filterset.form.cleaned_data.items():
            if value in (None, "", []):
                continue
            field = self.filterset.form.fields[name]
            display = dict(getattr(field, "choices", [])).get(value, value)
            without = self.get_url(without=(name,))
            filters.append({"name": name, "label": field.label, "value": display, "without": without})
        return filters
