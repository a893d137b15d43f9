"""The components of the interface as template tags; every page is made of these (see them all at /galeria/).

A builtin of every template. Each tag dresses what it is given by keyword and asks nobody else; the one
exception is `today` from the context, needed for distances in words. Markup lives in templates/components/,
classes in static/css/app.css. Items of lists are dictionaries or objects: a template reads both alike.
"""

from datetime import date

from django import forms, template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from lubsko_ops.core.forms import is_deleted
from lubsko_ops.core.polish import count_of, due_distance

register = template.Library()

STATUS_ICONS = {"done": "check-lg", "soon": "exclamation-triangle-fill", "late": "exclamation-triangle-fill"}
NOTICE_KINDS = {"success": "done", "warning": "soon", "error": "late"}


def render_component(name: str, /, **context) -> SafeString:
    """Render templates/components/<name>.html with nothing but what is given."""
    return render_to_string(f"components/{name}.html", context)


# ---- small pieces ----------------------------------------------------------------------------------
@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite; it always stands beside a word, so a reader never hears it."""
    return format_html('<svg class="i" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>', name)


def urgency(day: date, today: date, soon: int) -> str:
    """'late', 'soon' (today up to `soon` days ahead) or ''."""
    left = (day - today).days
    return "late" if left < 0 else "soon" if left <= soon else ""


@register.simple_tag(takes_context=True)
def due(context, day: date | None, label: str = "", soon: int = 7, none: str = "bez terminu") -> SafeString:
    """A deadline: what (`label`), date, distance in words, bar.

    soon: from how many days ahead it counts as near; none: words when there is no day.
    """
    if day is None:
        return render_component("due", label=label, none=none)
    today = context["today"]
    return render_component(
        "due", label=label, day=day, kind=urgency(day, today, soon), distance=due_distance(day, today)
    )


@register.simple_tag(takes_context=True)
def deadline_status(context, name: str, day: date, soon: int = 7) -> SafeString:
    """A duty in one line without its date: "ocena, po terminie 5 dni"."""
    today = context["today"]
    return status(f"{name}, {due_distance(day, today)}", kind=urgency(day, today, soon) or "quiet")


@register.simple_tag
def tag(text: str, kind: str = "") -> SafeString:
    """A short word in a frame, for the unusual only. `kind`: late, soon, done, accent."""
    return format_html('<span class="tag{}">{}</span>', f" tag-{kind}" if kind else "", text)


@register.simple_tag
def screen_only(words: str, from_whom="") -> str | SafeString:
    """Words withheld from somebody (`from_whom`): a warning stands beside them, and paper leaves them out."""
    if not from_whom:
        return words
    warning = tag(f"nie ujawniać: {from_whom}", "late")
    return format_html('<span class="d-print-none">{}</span> {}', words, warning)


@register.simple_tag
def status(text: str, kind: str = "quiet", icon_name: str = "") -> SafeString:
    """A plain state; done, soon and late bring their icon. The usual state is `quiet`."""
    name = icon_name or STATUS_ICONS.get(kind, "")
    return format_html('<span class="st st-{}">{}{}</span>', kind, icon(name) if name else "", text)


@register.simple_tag
def count_line(text: str, note: str = "") -> SafeString:
    """How many there are, in words: "41 rodzin z 58", and in which order (`note`)."""
    tail = format_html(", <span>{}</span>", note) if note else ""
    return format_html('<p class="count" role="status">{}{}</p>', text, tail)


@register.filter
def notice_kind(level: str) -> str:
    """The kind of notice for a level of Django's messages."""
    return NOTICE_KINDS.get(level, "")


@register.filter
def inline_svg(picture: str) -> SafeString:
    """An SVG made by a trusted library, without its XML declaration, to stand inside the page.

    The security policy allows no data: images, so a QR code cannot be an <img> with a data address.
    """
    return mark_safe(picture[picture.index("<svg") :])


# ---- pieces with content ---------------------------------------------------------------------------
@register.simple_block_tag
def notice(content, title: str = "", text: str = "", kind: str = "", role: str = "") -> SafeString:
    """A sentence that interrupts: `title` in bold with its icon, `text` after it, then the content.

    kind: soon, late, done or nothing; role: status or alert when it comes as an answer to a deed.
    """
    name = "exclamation-octagon-fill" if kind == "late" else STATUS_ICONS.get(kind, "")
    return render_component(
        "notice", content=content, title=title, text=text, kind=kind, icon=name, role=role
    )


@register.simple_block_tag
def page_help(content) -> SafeString:
    """Short help to the page, folded, at its foot: what is here, what to do, what the rules are."""
    return render_component("page_help", content=content)


@register.simple_block_tag
def empty_state(content, title: str, level: int = 2) -> SafeString:
    """Nothing here: the title (heading of `level`) repeats what was asked, the content says what to try."""
    return render_component("empty", content=content, title=title, level=level)


@register.simple_block_tag
def fact(content, term: str, less: bool = False) -> SafeString:
    """One row of <dl class="facts"> or of the identity bar; `less` hides it on a phone."""
    return render_component("fact", content=content, term=term, less=less)


@register.simple_block_tag
def identity(
    content, name: str, number: str = "", tags=(), facts=(), pages=(), kind: str = "Teczka rodziny"
) -> SafeString:
    """The identity bar of a file, the same on each of its pages; the content is the buttons.

    tags: rendered tags or words; facts: term, value, less; pages: label, url, current.
    """
    return render_component(
        "identity", content=content, name=name, number=number, tags=tags, facts=facts, pages=pages, kind=kind
    )


# ---- lists -----------------------------------------------------------------------------------------
@register.inclusion_tag("components/subnav.html")
def subnav(pages, label: str):
    """Pages of one file or area: label, url, current."""
    return {"pages": pages, "label": label}


@register.inclusion_tag("components/view_tabs.html")
def view_tabs(items, label: str = "Widoki listy"):
    """Saved views above a list: label, url, current, count (or none)."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/active_filters.html")
def active_filters(chips, clear: str = ""):
    """Chosen filters: label, value, without (address of the list without it); `clear`: without any."""
    return {"chips": chips, "clear": clear}


@register.inclusion_tag("components/pager.html")
def pager(previous: str = "", next: str = "", label: str = "Strony listy", note: str = ""):
    """Previous and next page; there are no page numbers, because pages follow keys, not counts."""
    return {"previous": previous, "next": next, "label": label, "note": note}


@register.inclusion_tag("components/sort_th.html")
def sort_th(label: str, url: str = "", order: str = "", num: bool = False, css: str = ""):
    """Head of a column; `url` sorts by it, `order`: ascending or descending when the list is sorted by it."""
    return {"label": label, "url": url, "order": order, "num": num, "css": css}


@register.inclusion_tag("components/facts.html")
def facts(items):
    """Key facts: term, value, url. Without a value the url leads to where it is filled (`fill`: words)."""
    return {"items": items}


@register.inclusion_tag("components/tasks.html", takes_context=True)
def tasks(context, items):
    """Duties of a case: name, url, note, due, soon (own first alert, days); or done (words) for due."""
    return {"items": items, "today": context["today"]}


@register.inclusion_tag("components/timeline.html")
def timeline(items):
    """What happened, newest first: title, url, note, text, key (a turning point), marks (words, kind of tag)."""
    return {"items": items}


@register.inclusion_tag("components/key_figures.html")
def key_figures(items):
    """At most four numbers that stand alone: value, unit."""
    return {"items": items}


@register.inclusion_tag("components/progress_tracker.html")
def progress_tracker(steps):
    """Fixed steps of a thing: name, note, state (past, now or nothing)."""
    return {"steps": steps}


# ---- forms -----------------------------------------------------------------------------------------
@register.inclusion_tag("components/savebar.html")
def savebar(
    label: str, drafts: bool = True, saved_at: str = "", back: str = "", sends: str = "", beside: str = ""
):
    """The bar at the foot of a form: state of the draft, main button; "Zapisz szkic" for want of a script.

    back: where "Anuluj" leads. sends: what the main button posts as "then"; beside: words of a second button, which
    saves without that, as Enter in a field does.
    """
    both = {"sends": sends, "beside": beside}
    return {"label": label, "drafts": drafts, "saved_at": saved_at, "back": back} | both


@register.simple_tag
def error_summary(*forms_and_formsets, heading: str = "") -> SafeString:
    """All errors above the form, with links to the fields. Empty when there are none.

    heading: "Rodziny nie zapisano."; by default `failure` of the first form. The number of places is added:
    two sentences about one control are one place.
    """
    errors = [error for each in forms_and_formsets if each is not None for error in list_errors(each)]
    if not errors:
        return SafeString()
    heading = heading or getattr(forms_and_formsets[0], "failure", "Nie zapisano.")
    places = count_of(len({target or sentence for target, sentence in errors}), "miejsce,miejsca,miejsc")
    return render_component("error_summary", heading=heading, places=places, errors=errors)


def list_errors(form) -> list[tuple[str, str]]:
    """Pairs (id of the control or '', sentence) of a form or formset, in the order of the page."""
    if hasattr(form, "problems"):  # a form of ours knows them, with those of its rows
        return form.problems()
    if isinstance(form, forms.BaseFormSet):
        rows = [row for row in form.forms if not is_deleted(row)]
        return [("", str(e)) for e in form.non_form_errors()] + [e for row in rows for e in list_errors(row)]
    found = [("", str(error)) for error in form.non_field_errors()]
    for bound in form:
        target = "" if bound.is_hidden else bound.id_for_label or f"{bound.auto_id}_0"
        found += [(target, str(error)) for error in bound.errors]
    return found


register.filter(is_deleted)


@register.simple_tag
def field(bound: forms.BoundField, label: str | None = None, hint: str | None = None, **attrs) -> SafeString:
    """One field in our markup, for forms by hand and of libraries; attrs: of the control (_ means -)."""
    widget_attrs = bound.field.widget.attrs
    widget_attrs.pop("placeholder", None)  # libraries repeat the label there
    widget_attrs.update({name.replace("_", "-"): value for name, value in attrs.items()})
    bound.label = bound.label if label is None else label
    bound.help_text = bound.help_text if hint is None else hint
    return render_to_string("bootstrap5/field.html", {"field": bound})


@register.filter
def widget(bound: forms.BoundField) -> SafeString:
    """The control of a field with our classes; dates are typed, with the digits of a phone's keyboard."""
    widget = bound.field.widget
    attrs = {}
    if isinstance(widget, forms.CheckboxInput):
        css = "form-check-input"
    else:
        css = "form-select" if isinstance(widget, forms.Select) else "form-control"
    if isinstance(widget, forms.DateInput):
        attrs = {"inputmode": "numeric", "autocomplete": "off", "placeholder": "dd.mm.rrrr"}
    own = widget.attrs.get("class", "")
    return bound.as_widget(attrs=attrs | widget.attrs | {"class": f"{css} {own}".strip()})


@register.filter
def widget_variant(bound: forms.BoundField) -> str:
    """How a choice looks: seg, chips, tiles, check, as the widget's data-look says; few short radios: seg."""
    widget = bound.field.widget
    if asked := widget.attrs.get("data-look"):
        return asked
    labels = [str(label) for _, label in getattr(widget, "choices", ())]
    few = isinstance(widget, forms.RadioSelect) and len(labels) <= 4 and sum(map(len, labels)) <= 32
    return "seg" if few and not isinstance(widget, forms.CheckboxSelectMultiple) else "check"


@register.filter
def widget_is(bound: forms.BoundField, kind: str) -> bool:
    """Whether the control is a 'checkbox' or a 'choice' (radios, several checkboxes)."""
    widget = bound.field.widget
    if kind == "checkbox":
        return isinstance(widget, forms.CheckboxInput)
    return isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.filter
def choice_groups(bound: forms.BoundField) -> list[tuple[str | None, list[dict]]]:
    """The options of a choice by their groups; those without a group come together, in one list."""
    widget = bound.field.widget
    attrs = bound.build_widget_attrs({"id": widget.attrs.get("id") or bound.auto_id})
    groups: list[tuple[str | None, list[dict]]] = []
    for name, options, _ in widget.optgroups(bound.html_name, widget.format_value(bound.value()), attrs):
        if groups and groups[-1][0] == name:
            groups[-1][1].extend(options)
        else:
            groups.append((name, list(options)))
    return groups


@register.filter
def first_line(text) -> str:
    """What stands before the line break: a tile's name."""
    return str(text).partition("\n")[0]


@register.filter
def second_line(text) -> str:
    """What stands after the line break: a tile's second line, or nothing."""
    return str(text).partition("\n")[2]
