"""Markup of the rows of the list of families and of the search results.

Functions and not templates, because a page has up to fifty rows, and a template costs most of each.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from families.case_files.family_list.presenters import FamilyListRow
from families.case_files.search_results import FamilySearchResult
from lubsko_ops.core import links
from lubsko_ops.core.form_renderer import format_html
from lubsko_ops.core.polish import distance, short_date
from lubsko_ops.core.templatetags.ui import due, screen_only, tag

NO_VISIT = mark_safe('<span class="st-quiet">jeszcze nie było</span>')
WIDE_ONLY = mark_safe(' class="wide-only"')


def draw_list_rows(rows: Iterable[FamilyListRow]) -> SafeString:
    """The rows of a page of the list."""
    return _lines(map(_list_row, rows))


def draw_search_rows(results: Iterable[FamilySearchResult]) -> SafeString:
    """The rows of the search results."""
    return _lines(map(_search_row, results))


def _list_row(row: FamilyListRow) -> SafeString:
    waiting = row.waiting_text
    return format_html(
        '<tr role="row">\n{}\n<td role="cell" class="right">{}{}</td>\n'
        '<td role="cell" class="num wide-only">{}</td>\n{}\n<td role="cell"{}>{}{}</td>\n'
        '<td role="cell" class="right">{}</td>\n</tr>',
        _head(row),
        _status(row),
        format_html(' <span class="sub">{}</span>', waiting) if waiting else "",
        row.children,
        _deadline_cells(row) if row.with_deadlines else _work_cells(row),
        WIDE_ONLY if row.with_deadlines else "",
        screen_only(row.locality, row.withheld_from) or "bez stałego adresu",
        format_html(' <span class="sub wide-only">{}</span>', row.region)
        if row.region and not row.with_deadlines
        else "",
        row.assistant or "–",
    )


def _search_row(result: FamilySearchResult) -> SafeString:
    return format_html(
        '<tr role="row">\n{}\n<td role="cell" class="right">{}</td>\n<td role="cell" class="full">{}{}</td>\n'
        '<td role="cell" data-l="Asystent:">{}</td>\n</tr>',
        _head(result.row),
        _status(result.row),
        _lines(map(_person, result.people)),
        format_html_join(
            "\n", '<div class="note">{}</div>', ((text,) for text in [*result.phones, *result.addresses])
        ),
        result.row.assistant or "–",
    )


def _lines(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("\n".join(parts))


def _head(row: FamilyListRow) -> SafeString:
    return format_html(
        '<th role="rowheader" scope="row"><a class="who" href="{}">{}</a>\n<span class="sub">{}</span></th>',
        links.reverse("families:overview", (row.pk,)),
        row.name,
        row.number,
    )


def _status(row: FamilyListRow) -> SafeString:
    """What is unusual about the family, otherwise its status."""
    if tags := row.tags:
        return _lines(tag(**each) for each in tags)
    return format_html('<span class="st-quiet">{}</span>', row.status.label)


def _deadline_cells(row: FamilyListRow) -> SafeString:
    task, visited = row.next_task, row.last_visit_on
    return format_html(
        '<td role="cell" class="full{}">{}</td>\n<td role="cell" class="full">{}</td>\n'
        '<td role="cell" data-l="Ostatnia wizyta:">{}</td>',
        "" if task else " wide-only",
        task or "–",
        due({"today": row.on}, row.due_on),
        format_html(
            '<time datetime="{}">{}</time>\n<span class="sub wide-only">{}</span>',
            visited.isoformat(),
            short_date(visited),
            distance(visited, row.on),
        )
        if visited
        else NO_VISIT,
    )


def _work_cells(row: FamilyListRow) -> SafeString:
    since, until = row.since, row.until
    days = _time(since) if since else "–"
    return format_html(
        '<td role="cell" class="num wide-only">{}</td>\n<td role="cell" data-l="{}">{}</td>\n'
        '<td role="cell" class="wide-only">{}</td>',
        row.people,
        "Praca:" if row.tab.ended else "Praca od:",
        format_html("{}–{}", days, _time(until)) if since and until else days,
        row.basis,
    )


def _time(day: date) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), short_date(day))


def _person(person: dict) -> SafeString:
    name, reason = person["name"], person["reason"]
    return format_html(
        '<div>{}\n<span class="note">{}{}</span></div>',
        format_html("<b>{}</b>", name) if person["is_exact"] else name,
        person["note"],
        f"; {reason}" if reason else "",
    )
