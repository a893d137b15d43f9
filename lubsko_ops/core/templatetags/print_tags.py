"""Tags of printed documents: ``{% load paper %}``. Their markup stands in templates/print/."""

import re
from datetime import date

from django import template
from django.template.defaultfilters import stringfilter
from django.utils.safestring import SafeString, mark_safe

from lubsko_ops.output.typography import bind_spaces_text

register = template.Library()


@register.filter(is_safe=True)
@stringfilter
def typeset(text: str) -> str:
    """One line of text with Polish non-breaking spaces; for attributes, which ``set_type`` does not reach."""
    return bind_spaces_text(re.sub(r"[ \t\r\n\f]+", " ", text).strip(" "))


@register.inclusion_tag("print/letterhead.html")
def letterhead(centre) -> dict:
    """The head of the first page; what the centre has not given (telephone, website …) is left out."""
    known = [
        centre.address_line,
        f"tel. {centre.phone}" if centre.phone else "",
        centre.email,
        centre.website,
    ]
    return {"centre": centre, "contact": " · ".join(part for part in known if part)}


@register.inclusion_tag("print/fact.html")
def fact(label: str, value, width: str = "") -> dict:
    """A label with its value, inside ``<div class="facts">``; ``width``: "two" or "wide". Nothing shows –."""
    return {"label": label, "value": "–" if value is None or value == "" else value, "width": width}


@register.inclusion_tag("print/signature.html")
def signature(
    role: str,
    who: str = "",
    hint: str = "podpis, data",
    *,
    stamp: bool = False,
    signed_on: date | None = None,
    refused_on: date | None = None,
    reason: str = "",
    recorded_by: str = "",
) -> dict:
    """A place to sign, inside ``<div class="signatures">``: what the signature means, a line, whose it is.

    ``stamp`` leaves room for one. With ``signed_on`` the day of the signature stands in place of the line; with
    ``refused_on`` the refusal, its reason in the person's own words and who recorded it. Neither signed nor
    refused: the line stays empty.
    """
    return {
        "role": role,
        "who": who,
        "hint": hint,
        "stamp": stamp,
        "signed_on": signed_on,
        "refused_on": refused_on,
        "reason": reason,
        "recorded_by": recorded_by,
    }


@register.simple_tag
def box(ticked=False) -> SafeString:
    """A box, with × when ticked. It says nothing by itself: words always stand beside it."""
    return mark_safe(f'<span class="box{" on" if ticked else ""}"></span>')  # no text of anyone's in it
