"""Markup of the rows of the manager's tables, which in a large centre have a hundred rows.

Functions and not templates, because a template costs most of each row.
"""

from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe

from families.dashboard.caseload_board import CaseloadRow
from lubsko_ops.core.form_renderer import format_html
from lubsko_ops.core.links import reverse
from lubsko_ops.core.templatetags.ui import number_link, tag


def draw_overdue_rows(rows: Iterable[dict]) -> SafeString:
    """A person with the number of overdue deadlines of each column."""
    return _lines(
        format_html(
            '<tr role="row">\n<th role="rowheader" scope="row" class="full">{}</th>\n{}\n</tr>',
            row["name"],
            _lines(
                format_html(
                    '<td role="cell" class="num{}" data-l="{}:">{}</td>',
                    "" if number else " st-quiet",
                    column.lower(),
                    number_link(number, url, label=row["name"]),
                )
                for column, number, url in row["numbers"]
            ),
        )
        for row in rows
    )


def draw_board_rows(rows: Iterable[CaseloadRow], *, with_court: bool) -> SafeString:
    """An assistant with the places taken and the other numbers of the board."""
    return _lines(_board_row(row, with_court) for row in rows)


def _board_row(row: CaseloadRow, with_court: bool) -> SafeString:
    urls, employment = row.urls, row.employment_text
    return format_html(
        '<tr role="row">\n<th role="rowheader" scope="row" class="full">\n'
        '<a class="who" href="{}?asystent={}">{}</a>{}\n{}\n</th>\n<td role="cell" class="full">{}</td>\n'
        '<td role="cell" class="num" data-l="rodziny:">\n{} z {}\n</td>\n'
        '<td role="cell" class="num" data-l="dzieci:">{}</td>\n{}'
        '<td role="cell" class="num" data-l="wizyty:">{}</td>\n'
        '<td role="cell" class="num" data-l="po terminie:">{}</td>\n</tr>',
        reverse("families:list"),
        row.user.pk,
        row.user,
        format_html('\n<span class="sub">{}</span>', employment) if employment else "",
        tag("bez wolnych miejsc", "soon") if row.is_full else "",
        row.chart,
        number_link(row.taken, urls["taken"]),
        row.limit,
        row.children,
        format_html(
            '<td role="cell" class="num" data-l="sąd:">{}</td>\n', number_link(row.court, urls["court"])
        )
        if with_court
        else "",
        number_link(row.visits, urls["visits"]),
        number_link(row.overdue, urls["overdue"], label=str(row.user), css="st st-late"),
    )


def _lines(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("\n".join(parts))
