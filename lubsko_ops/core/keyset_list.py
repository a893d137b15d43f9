"""Base of every list: filters and sort in the address, keyset paging, count in words, page or fragment.

The cursor is the id of a row, never its values: a surname must not stand in an address. The boundary values
are read back from that row by the very query of the list.
"""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from django.db.models import Q

from lubsko_ops.audit.base_views import PageView
from lubsko_ops.core.parsing import parse_int

PAGE_SIZE = 25


@dataclass(frozen=True)
class Sort:
    """One order of a list: a name for the address, words for both directions, expressions that are never NULL.

    In an address "-numer" is the order "numer" turned round.
    """

    name: str
    words: str
    words_reversed: str
    keys: tuple[str, ...]
    descending: bool = False

    @property
    def code(self) -> str:
        """What the address says."""
        return f"-{self.name}" if self.descending else self.name

    @property
    def in_words(self) -> str:
        return self.words_reversed if self.descending else self.words

    @property
    def order(self) -> list[str]:
        sign = "-" if self.descending else ""
        return [f"{sign}{key}" for key in (*self.keys, "pk")]

    @property
    def reversed(self) -> "Sort":
        return replace(self, descending=not self.descending)


@dataclass(frozen=True)
class KeysetPage:
    """One page of a list and the ids its neighbours begin at."""

    rows: list
    after: int | None
    before: int | None


def after_cursor(keys: tuple[str, ...], values: tuple, *, forward: bool) -> Q:
    """Rows that come after (or before) the boundary in the order of the keys.

    The first key is bounded once more by itself, which lets an index on it begin at the boundary.
    """
    comparison = "gt" if forward else "lt"
    condition, equal = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        condition |= equal & Q(**{f"{key}__{comparison}": value})
        equal &= Q(**{key: value})
    return Q(**{f"{keys[0]}__{comparison}e": values[0]}) & condition


def paginate(
    queryset, sort: Sort, *, after: int | None = None, before: int | None = None, size: int = PAGE_SIZE
) -> KeysetPage:
    """The page after or before a row; the first page when the row is no longer in the list.

    One statement for the first page, two for the others.
    """
    keys = (*sort.keys, "pk")
    backwards = before is not None
    cursor = before if backwards else after
    boundary = queryset.filter(pk=cursor).values_list(*keys).first() if cursor is not None else None
    ordered = queryset.order_by(*sort.order)
    if boundary is None:
        backwards = False
    else:
        forward = not backwards
        ordered = ordered.filter(after_cursor(keys, boundary, forward=forward != sort.descending))
    if backwards:
        ordered = ordered.reverse()
    rows = list(ordered[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        if not more and len(rows) < size:  # the beginning came nearer meanwhile: show a whole page
            return paginate(queryset, sort, size=size)
        rows.reverse()
    has_before = more if backwards else boundary is not None
    has_after = True if backwards else more
    return KeysetPage(
        rows=rows,
        after=rows[-1].pk if rows and has_after else None,
        before=rows[0].pk if rows and has_before else None,
    )


class KeysetListView(PageView):
    """A list: ``queryset()``, ``sorts``, an optional django-filter ``filterset_class``, a fragment for htmx.

    What the address asks for in vain (an unknown sort, a row that is gone) is left out, never an error.
    """

    sorts: tuple[Sort, ...]
    filterset_class = None
    size = PAGE_SIZE
    default_params: dict[str, str] = {}  # values that need not stand in the address

    # ---- what a list says ----------------------------------------------------------------------------
    def get_queryset(self):
        """All rows the list is about, before filters."""
        raise NotImplementedError

    def filterset_kwargs(self) -> dict:
        return {}

    def prepare_rows(self, rows: list) -> list:
        """Last touch on the rows of one page (a fixed number of statements)."""
        return rows

    def get_counts(self, found) -> dict:
        """Counts for the page: ``total`` of the rows found, and what else the same statement brings."""
        return {"total": found.count()}

    # ---- answering -----------------------------------------------------------------------------------
    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        if self.get_template_names() == [self.fragment]:
            # The form sends its empty fields too; the browser's line shows the address as the links write it.
            # The same list asked for again (a choice, then the button) is no new step to go back from.
            shown = urlsplit(request.headers.get("HX-Current-URL", ""))
            same = shown._replace(scheme="", netloc="", fragment="").geturl() == self.get_url()
            response["HX-Push-Url"] = "false" if same else self.get_url()
        return response

    def get_filtered_queryset(self):
        """The rows the address asks for, unsorted; remembers the filters in use."""
        queryset, self.filterset = self.get_queryset(), None
        if self.filterset_class:
            self.filterset = self.filterset_class(
                self.request.GET, queryset=queryset, request=self.request, **self.filterset_kwargs()
            )
            queryset = self.filterset.qs
        return queryset

    def get_sort(self) -> Sort:
        asked = self.request.GET.get("sort", "")
        name = asked.removeprefix("-")
        sort = next((sort for sort in self.sorts if sort.name == name), self.sorts[0])
        return sort.reversed if asked == sort.reversed.code else sort

    def get_context_data(self, **kwargs):
        found, sort = self.get_filtered_queryset(), self.get_sort()
        page = paginate(
            found, sort, after=self.get_int_param("po"), before=self.get_int_param("przed"), size=self.size
        )
        chosen = self.get_active_filters()
        return super().get_context_data(
            **self.get_counts(found),
            rows=self.prepare_rows(page.rows),
            sort=sort,
            heads=self.get_sort_links(sort),
            next_link=self.get_url(po=page.after) if page.after else "",
            previous_link=self.get_url(przed=page.before) if page.before else "",
            filterset=self.filterset,
            chosen=chosen,
            clear_link=self.get_url(without=tuple(each["name"] for each in chosen)),
            **kwargs,
        )

    def get_sort_links(self, current: Sort) -> dict[str, dict]:
        """For each sort the link of its column's head and the order it is in; a second click turns it round."""
        heads = {}
        for sort in self.sorts:
            mine = sort.name == current.name
            order = ("descending" if current.descending else "ascending") if mine else ""
            heads[sort.name] = {
                "url": self.get_url(sort=(current.reversed if mine else sort).code),
                "order": order,
            }
        return heads

    def get_int_param(self, name: str) -> int | None:
        return parse_int(self.request.GET.get(name))

    def get_url(self, *, without: tuple[str, ...] = (), **changed) -> str:
        """This list's address with some parameters changed; the place in the list starts anew unless given."""
        query = self.request.GET.copy()
        for name in ("po", "przed", *without):
            query.pop(name, None)
        for name, value in changed.items():
            query[name] = value
        usual = {"sort": self.sorts[0].code} | self.default_params
        for name in [name for name, value in query.items() if value in ("", usual.get(name))]:
            query.pop(name)
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    def get_active_filters(self) -> list[dict]:
        """Filters in use, in words, each with the address of the list without it."""
        if self.filterset is None or not self.filterset.form.is_valid():
            return []
        chosen = []
        for name, value in self.filterset.form.cleaned_data.items():
            if value in (None, "", []):
                continue
            field = self.filterset.form.fields[name]
            words = dict(getattr(field, "choices", [])).get(value, value)
            without = self.get_url(without=(name,))
            chosen.append({"name": name, "label": field.label, "value": words, "without": without})
        return chosen
