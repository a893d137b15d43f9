"""Components of the interface as template tags, builtin in every template (all shown at /galeria/).

Those of forms are in ``form_ui``.

Tags render only their arguments; those that show distances in days also read `today` from the context. Markup is in
templates/components/, that of pieces of which a page has dozens in the tags themselves; CSS in static/css/app.css.
Items of lists may be dictionaries or objects.
"""

from datetime import date

from django import template
from django.template import defaulttags
from django.template.base import token_kwargs
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from lubsko_ops.core import links
from lubsko_ops.core.form_renderer import attributes, format_html
from lubsko_ops.core.polish import due_distance, short_date

register = template.Library()

STATUS_ICONS = {"done": "check-lg", "soon": "exclamation-triangle-fill", "late": "exclamation-triangle-fill"}
SORT_ARROWS = {"ascending": "arrow-up", "descending": "arrow-down"}
NOTICE_KINDS = {"success": "done", "warning": "soon", "error": "late"}


def render_component(name: str, /, **context) -> SafeString:
    """Render templates/components/<name>.html with only the given context."""
    return render_to_string(f"components/{name}.html", context)


# ---- addresses -------------------------------------------------------------------------------------
class RememberedURLNode(defaulttags.URLNode):
    """Django's node, with the address from ``core.links``; ``{% url … as name %}`` stays Django's."""

    def render(self, context) -> str:
        if self.asvar:
            return super().render(context)
        args = [arg.resolve(context) for arg in self.args]
        kwargs = {name: value.resolve(context) for name, value in self.kwargs.items()}
        return conditional_escape(links.reverse(self.view_name.resolve(context), args, kwargs))


@register.tag
def url(parser, token) -> RememberedURLNode:
    """``{% url %}`` as in Django, remembered: a list has two in each row, the frame of every page a dozen."""
    node = defaulttags.url(parser, token)
    return RememberedURLNode(node.view_name, node.args, node.kwargs, node.asvar)


# ---- inline components -----------------------------------------------------------------------------
@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite, hidden from screen readers: it always accompanies text."""
    return format_html('<svg class="i" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>', name)


def urgency(day: date, today: date, soon: int) -> str:
    """'late', 'soon' (from today up to `soon` days ahead) or ''."""
    left = (day - today).days
    return "late" if left < 0 else "soon" if left <= soon else ""


@register.simple_tag(takes_context=True)
def due(context, day: date | None, label: str = "", soon: int = 7, none: str = "bez terminu") -> SafeString:
    """A deadline: label, date, distance in days.

    soon: how many days ahead it counts as near; none: text when there is no day.
    """
    label = format_html("{}:\n", label) if label else ""
    if day is None:
        return format_html('<span class="due due-none">{}<span>{}</span></span>', label, none)
    today = context["today"]
    kind = urgency(day, today, soon)
    return format_html(
        '<span class="due{}">{}<time datetime="{}">{}</time>\n<span>{}</span></span>',
        f" due-{kind}" if kind else "",
        label,
        day.isoformat(),
        short_date(day),
        due_distance(day, today),
    )


@register.simple_tag(takes_context=True)
def deadline_status(context, name: str, day: date, soon: int = 7) -> SafeString:
    """A deadline in one line without its date: "ocena, po terminie 5 dni"."""
    today = context["today"]
    return status(f"{name}, {due_distance(day, today)}", kind=urgency(day, today, soon) or "quiet")


@register.simple_tag
def tag(text: str, kind: str = "") -> SafeString:
    """A badge for exceptional states. `kind`: late, soon, done, accent."""
    return format_html('<span class="tag{}">{}</span>', f" tag-{kind}" if kind else "", text)


@register.simple_tag
def screen_only(text: str, withheld_from="") -> str | SafeString:
    """Text withheld from a person: shown with a warning and left out in print."""
    if not withheld_from:
        return text
    warning = tag(f"nie ujawniać: {withheld_from}", "late")
    return format_html('<span class="d-print-none">{}</span> {}', text, warning)


@register.simple_tag
def field_changes(row) -> SafeString:
    """Items of a list of the fields of a changed row: of a new one their values, otherwise what became of them."""
    lines = ((each.label, each.now if row.kind == "+" else each.text) for each in row.changes)
    return format_html_join("\n", '<li><span class="note">{}:</span> {}</li>', lines)


@register.simple_tag
def status(text: str, kind: str = "quiet", icon_name: str = "") -> SafeString:
    """A status with its icon (done, soon, late); the neutral one is `quiet`."""
    name = icon_name or STATUS_ICONS.get(kind, "")
    return format_html('<span class="st st-{}">{}{}</span>', kind, icon(name) if name else "", text)


@register.simple_tag
def count_line(text: str, note: str = "") -> SafeString:
    """The number of rows ("41 rodzin z 58") and their order (`note`)."""
    tail = format_html(", <span>{}</span>", note) if note else ""
    return format_html('<p class="count" role="status">{}{}</p>', text, tail)


@register.filter
def notice_kind(level: str) -> str:
    """The notice kind for a level of Django's messages."""
    return NOTICE_KINDS.get(level, "")


@register.filter
def inline_svg(picture: str) -> SafeString:
    """An SVG from a trusted library, without its XML declaration, for use inside the page (QR codes)."""
    return mark_safe(picture[picture.index("<svg") :])


# ---- components with content -----------------------------------------------------------------------
@register.simple_block_tag
def notice(
    content, title: str = "", text: str = "", kind: str = "", role: str = "", beside: str = ""
) -> SafeString:
    """A notice: `title` in bold with an icon, `text` after it, then the content.

    kind: soon, late, done or empty; role: status or alert when it is the result of an action; beside: id of the part
    of the page it is about, where error-focus.js puts it.
    """
    name = "exclamation-octagon-fill" if kind == "late" else STATUS_ICONS.get(kind, "")
    return render_component(
        "notice", content=content, title=title, text=text, kind=kind, icon=name, role=role, beside=beside
    )


@register.simple_block_tag
def page_help(content) -> SafeString:
    """Collapsed help at the foot of the page (block `help` of base.html); nothing for a page without it."""
    return render_component("page_help", content=content)


@register.simple_block_tag
def empty_state(content, title: str, level: int = 2) -> SafeString:
    """An empty list: the title (heading of `level`) and, as content, what to try."""
    return render_component("empty_state", content=content, title=title, level=level)


@register.simple_block_tag
def fact(content, term: str, secondary: bool = False, only_on_phones: bool = False) -> SafeString:
    """One row of <dl class="facts"> or of the identity bar; `secondary` rows are hidden on phones."""
    css = "less" if secondary else "phone-only" if only_on_phones else ""
    row = format_html(' class="{}"', css) if css else ""
    return format_html("<div{}>\n<dt>{}</dt>\n<dd>{}</dd>\n</div>", row, term, content)


@register.simple_block_tag
def identity(
    content,
    name: str,
    number: str = "",
    tags=(),
    facts=(),
    pages=(),
    alerts=(),
    kind: str = "Teczka rodziny",
) -> SafeString:
    """The identity bar of a file; its content is the buttons.

    tags: rendered tags or texts; facts: term, value, secondary, only_on_phones; pages: label, url, current; alerts:
    rendered sentences.
    """
    return render_component(
        "identity",
        content=content,
        name=name,
        number=number,
        tags=tags,
        facts=facts,
        pages=pages,
        alerts=alerts,
        kind=kind,
    )


# ---- lists -----------------------------------------------------------------------------------------
@register.inclusion_tag("components/subnav.html")
def subnav(pages, label: str):
    """Navigation within a file or area: label, url, current."""
    return {"pages": pages, "label": label}


@register.inclusion_tag("components/view_tabs.html")
def view_tabs(items, label: str = "Widoki listy"):
    """Tabs above a list: label, url, current, count (optional)."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/active_filters.html")
def active_filters(chips, clear: str = ""):
    """Active filters: label, value, without (URL of the list without the filter); `clear`: URL without any."""
    return {"chips": chips, "clear": clear}


@register.inclusion_tag("components/pager.html")
def pager(previous: str = "", next: str = "", label: str = "Strony listy", note: str = ""):
    """Links to the previous and the next page; keyset pagination has no page numbers."""
    return {"previous": previous, "next": next, "label": label, "note": note}


class TableNode(template.Node):
    child_nodelists = ("columns", "rows", "totals")

    def __init__(self, columns, rows, totals, options):
        self.columns, self.rows, self.totals, self.options = columns, rows, totals, options

    def render(self, context) -> SafeString:
        parts = {name: getattr(self, name).render(context) for name in self.child_nodelists}
        options = {name: value.resolve(context) for name, value in self.options.items()}
        return render_component("table", **parts, **options)


@register.tag
def table(parser, token) -> TableNode:
    """A table: {% table caption="…" css="tbl-cards" %} columns {% rows %} rows {% totals %} rows {% endtable %}.

    The totals are optional. css: further classes beside .tbl; a row of .tbl-cards becomes a card on a phone, so its
    rows and cells carry their roles.
    """
    options = token_kwargs(token.split_contents()[1:], parser)
    columns = parser.parse(["rows"])
    parser.delete_first_token()
    rows = parser.parse(["totals", "endtable"])
    totals = template.NodeList()
    if parser.next_token().contents == "totals":
        totals = parser.parse(["endtable"])
        parser.delete_first_token()
    return TableNode(columns, rows, totals, options)


@register.simple_tag
def column(label: str, sort=None, num: bool = False, css: str = "", hidden: bool = False) -> SafeString:
    """Header of a column, above figures with `num`; `hidden` when only screen readers need its label.

    sort: the URL that sorts by it and the present order, as KeysetListView gives them.
    """
    sort = sort or {}
    css = " ".join(filter(None, ("num" if num else "", css)))
    attrs = {"class": css or False, "aria-sort": sort.get("order") or False}
    arrow = SORT_ARROWS.get(sort.get("order"))
    if hidden:
        label = format_html('<span class="visually-hidden">{}</span>', label)
    elif sort.get("url"):
        picture = format_html(" {}", icon(arrow)) if arrow else ""
        label = format_html('<a href="{}">{}{}</a>', sort["url"], label, picture)
    return format_html('<th role="columnheader" scope="col"{}>\n{}\n</th>', attributes(attrs), label)


@register.inclusion_tag("components/facts.html")
def facts(items):
    """Key facts: term, value, url. Without a value the link leads to its form (`fill`: link text)."""
    return {"items": items}


@register.inclusion_tag("components/tasks.html", takes_context=True)
def tasks(context, items):
    """Deadlines of a case: name, url, note, due, soon (days); or done (text) instead of due."""
    return {"items": items, "today": context["today"]}


@register.inclusion_tag("components/timeline.html")
def timeline(items):
    """Events, newest first: title, url, note, text, key (important), marks (text, kind of tag)."""
    return {"items": items}


@register.inclusion_tag("components/key_figures.html")
def key_figures(items):
    """At most four key figures: value, unit."""
    return {"items": items}


@register.inclusion_tag("components/progress_tracker.html")
def progress_tracker(steps):
    """Steps of a process: name, note, state (past, now or empty)."""
    return {"steps": steps}


@register.simple_tag
def number_link(number: int, url: str, label: str = "", css: str = "") -> SafeString | int:
    """A number that leads to its list; zero and a number without a list stay plain. label: for screen readers."""
    if not (number and url):
        return number
    # Plain strings, because a page has dozens of such numbers.
    opening = f'<a class="{conditional_escape(css)}"' if css else "<a"
    hidden = f'<span class="visually-hidden">: {conditional_escape(label)}</span>' if label else ""
    return mark_safe(f'{opening} href="{conditional_escape(url)}">{number}{hidden}</a>')
