"""Tags of printed documents. Their markup is in templates/print/."""

import re
from datetime import date
from typing import Any

from django import template
from django.template.defaultfilters import stringfilter
from django.utils.safestring import SafeString, mark_safe

from lubsko_ops.output.typography import bind_spaces_text

register = template.Library()


@register.filter(is_safe=True)
@stringfilter
def typeset(text: str) -> str:
    """One line of text with Polish non-breaking spaces, for attributes, which ``bind_spaces_html`` skips."""
    return bind_spaces_text(re.sub(r"[ \t\r\n\f]+", " ", text).strip(" "))


@register.filter
def without_full_stop(text: str) -> str:
    """The text without its one full stop, for a sentence that goes on after it; an ellipsis stays."""
    text = text.rstrip()
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


@register.inclusion_tag("print/letterhead.html")
def letterhead(centre: Any) -> dict[str, Any]:
    """The letterhead of the first page; contact details the centre has not entered are left out."""
    details = [
        centre.address_line,
        f"tel. {centre.phone}" if centre.phone else "",
        centre.email,
        centre.website,
    ]
    return {"centre": centre, "contact": " · ".join(part for part in details if part)}


@register.inclusion_tag("print/fact.html")
def fact(label: str, value: Any, width: str = "") -> dict[str, Any]:
    """A label with its value ("–" if empty), inside ``<div class="facts">``; ``width``: "two" or "wide"."""
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
) -> dict[str, Any]:
    """A signature field, inside ``<div class="signatures">``: role, line, name of the signer.

    ``stamp`` leaves space for a stamp. ``signed_on`` replaces the line by the date of the signature, ``refused_on``
    by the refusal with its reason and who recorded it.
    """
    return {
        "role": role,
        "who": who,
        "hint": hint,
        "stamp": stamp,
        "signed_on": signed_on,
        "refused_on": refused_on,
        "reason": without_full_stop(reason),
        "recorded_by": recorded_by,
    }


@register.simple_tag
def checkbox(ticked: bool = False) -> SafeString:
    """A checkbox, with × when ticked; a text must stand next to it."""
    return mark_safe(f'<span class="box{" on" if ticked else ""}"></span>')  # contains no user input
