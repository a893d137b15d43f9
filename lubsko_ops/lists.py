"""Base of every list: filters and sort in the address, keyset paging, count in words, page or fragment.

The cursor is the id of a row, never its values: a surname must not stand in an address. The boundary values
are read back from that row by the very query of the list.
"""

from dataclasses import dataclass

from django.db.models import Q

from lubsko_ops.views import Page

ROWS = 25


@dataclass(frozen=True)
class Sort:
    """One order of a list: a name for the address, words for people, and expressions that are never NULL."""

    code: str
    words: str
    keys: tuple[str, ...]
    descending: bool = False

    @property
    def order(self) -> list[str]:
        sign = "-" if self.descending else ""
        return [f"{sign}{key}" for key in (*self.keys, "pk")]


@dataclass(frozen=True)
class Slice:
    """One page of a list and the ids its neighbours begin at."""

    rows: list
    after: int | None
    before: int | None


def beyond(keys: tuple[str, ...], values: tuple, *, forward: bool) -> Q:
    """Rows that come after (or before) the boundary in the order of the keys."""
    comparison = "gt" if forward else "lt"
    condition, equal = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        condition |= equal & Q(**{f"{key}__{comparison}": value})
        equal &= Q(**{key: value})
    return condition


def cut(queryset, sort: Sort, *, after: int | None = None, before: int | None = None, size: int = ROWS) -> Slice:
    """The page after or before a row; the first page when the row is no longer in the list."""
    keys = (*sort.keys, "pk")
    backwards = before is not None
    cursor = before if backwards else after
    boundary = queryset.filter(pk=cursor).values_list(*keys).first() if cursor is not None else None
    ordered = queryset.order_by(*sort.order)
    if boundary is None:
        backwards = False
    else:
        forward = not backwards
        ordered = ordered.filter(beyond(keys, boundary, forward=forward != sort.descending))
    if backwards:
        ordered = ordered.reverse()
    rows = list(ordered[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    has_before = more if backwards else boundary is not None
    has_after = True if backwards else more
    return Slice(
        rows=rows,
        after=rows[-1].pk if rows and has_after else None,
        before=rows[0].pk if rows and has_before else None,
    )


class ListPage(Page):
    """A list: ``queryset()``, ``sorts``, an optional django-filter ``filterset_class``, a fragment for htmx."""

    sorts: tuple[Sort, ...]
    filterset_class = None
    size = ROWS

    def queryset(self):
        raise NotImplementedError

    def prepare(self, rows: list) -> list:
        """Last touch on the rows of one page (a fixed number of statements)."""
        return rows

    def chosen_sort(self) -> Sort:
        asked = self.request.GET.get("sort")
        return next((sort for sort in self.sorts if sort.code == asked), self.sorts[0])

    def get_context_data(self, **kwargs):
        queryset, filterset = self.queryset(), None
        if self.filterset_class:
            filterset = self.filterset_class(self.request.GET, queryset=queryset, request=self.request)
            queryset = filterset.qs
        sort = self.chosen_sort()
        page = cut(queryset, sort, after=self.number("po"), before=self.number("przed"), size=self.size)
        return super().get_context_data(
            rows=self.prepare(page.rows),
            total=queryset.count(),
            sort=sort,
            sort_links={each.code: self.address(sort=each.code) for each in self.sorts},
            next_link=self.address(po=page.after) if page.after else "",
            previous_link=self.address(przed=page.before) if page.before else "",
            filterset=filterset,
            chosen=self.chosen_filters(filterset),
            **kwargs,
        )

    def number(self, name: str) -> int | None:
        value = self.request.GET.get(name, "")
        return int(value) if value.isdigit() and len(value) < 19 else None

    def address(self, *, without: str = "", **changed) -> str:
        """This list's address with some parameters changed; the place in the list starts anew unless it is given."""
        query = self.request.GET.copy()
        for name in ("po", "przed", without):
            query.pop(name, None)
        for name, value in changed.items():
            query[name] = value
        for name in [name for name, value in query.items() if value == ""]:
            query.pop(name)
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    def chosen_filters(self, filterset) -> list[dict]:
        """Filters in use, in words, each with the address of the list without it."""
        if filterset is None or not filterset.form.is_valid():
            return []
        chosen = []
        for name, value in filterset.form.cleaned_data.items():
            if value in (None, "", []) or name in getattr(filterset, "not_chips", ()):
                continue
            field = filterset.form.fields[name]
            words = dict(getattr(field, "choices", [])).get(value, value)
            chosen.append({"label": field.label, "value": words, "without": self.address(without=name)})
        return chosen
