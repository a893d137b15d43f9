"""Template filters and tags over ``lubsko_ops.core.polish``, builtin in every template.

An empty value gives an empty text.
"""

from datetime import date

from django import template

from lubsko_ops.core import polish

register = template.Library()


@register.filter
def count_of(n, forms: str) -> str:
    """``{{ families|length|count_of:"rodzina,rodziny,rodzin" }}`` gives "5 rodzin"."""
    return "" if n is None or n == "" else polish.count_of(n, forms)


@register.filter
def number(n, places: int | None = None) -> str:
    """``{{ hours|number }}`` gives "23,5"; ``{{ cost|number:2 }}`` always two digits after the comma."""
    return "" if n is None or n == "" else polish.number(n, places)


@register.filter
def provision(text: str) -> str:
    """``{{ "art. 15 ust. 3"|provision }}``: a citation of an act that stays on one line."""
    return polish.bind_provisions(text)


@register.filter
def hours(minutes) -> str:
    """``{{ visit.minutes|hours }}`` gives "1 godz. 15 min"."""
    return "" if minutes is None or minutes == "" else polish.format_minutes(minutes)


@register.filter
def day(value: date | None) -> str:
    """``{{ visit.visited_on|day }}`` gives "16.06.2026"."""
    return polish.short_date(value) if value else ""


@register.filter
def iso_day(value: date | None) -> str:
    """``{{ visit.visited_on|iso_day }}`` gives "2026-06-16", for <time datetime>; faster than Django's `date`."""
    return value.isoformat() if value else ""


@register.filter
def long_date(value: date | None) -> str:
    """``{{ plan.drawn_up_on|long_date }}`` gives "16 czerwca 2026 r."."""
    return polish.long_date(value) if value else ""


@register.simple_tag(takes_context=True)
def distance(context, value: date | None, today: date | None = None) -> str:
    """``{% distance visit.visited_on %}`` gives "5 dni temu", relative to the given day or `today`."""
    return polish.distance(value, _today(context, today)) if value else ""


@register.simple_tag(takes_context=True)
def due_distance(context, value: date | None, today: date | None = None) -> str:
    """``{% due_distance deadline.due_on %}`` gives "po terminie 4 dni" or "za 9 dni"."""
    return polish.due_distance(value, _today(context, today)) if value else ""


def _today(context, today: date | None) -> date:
    """The given day, or `today` of the context. Raises TemplateSyntaxError when there is neither."""
    reference = today or context.get("today")
    if reference is None:
        raise template.TemplateSyntaxError("No reference day: pass it or put 'today' in the context.")
    return reference
