"""Differences between two contents of one form, as displayed text."""

from datetime import time
from typing import Any

from django.forms import BooleanField
from django.utils.choices import flatten_choices

from lubsko_ops.core.forms import BaseForm, is_deleted

ROW_ID_FIELD = "row"  # hidden field of a formset row: id of the stored row it edits


def differences(before: BaseForm, now: BaseForm) -> list[dict]:
    """Fields whose displayed value differs, as dicts with label, before and now.

    Formset rows are matched by the id of the stored row, otherwise by number. A row present in one form only
    yields all its fields.
    """
    changes = _changed_fields(before, now)
    for name in now.formsets:
        for number, (left, right) in enumerate(_pairs(before.formsets[name], now.formsets[name]), start=1):
            changes += _changed_fields(left, right, f"Wiersz {number}: ")
    return changes


def _changed_fields(left, right, prefix: str = "") -> list[dict]:
    """Either form may lack a field of the other: some are asked only for some contents, or are made of stored rows."""
    changes = []
    fields = {bound.name: bound for form in (right, left) if form for bound in form.visible_fields()}
    for name, bound in fields.items():
        old, new = (
            display_value(form[name]) if form and name in form.fields else "" for form in (left, right)
        )
        if old != new and name != "DELETE":
            changes.append({"label": f"{prefix}{bound.label}", "before": old, "now": new})
    return changes


def _pairs(before, now) -> list[tuple]:
    """Matching rows, in the order of the second formset; rows only in the first come last."""
    left = {_row_id(row, number): row for number, row in enumerate(_visible_rows(before))}
    pairs = [(left.pop(_row_id(row, number), None), row) for number, row in enumerate(_visible_rows(now))]
    return pairs + [(row, None) for row in left.values()]


def _visible_rows(formset) -> list:
    rows = formset.sorted_forms if hasattr(formset, "sorted_forms") else formset.forms
    return [row for row in rows if not is_deleted(row)]


def _row_id(row, number: int) -> str:
    stored = row[ROW_ID_FIELD].value() if ROW_ID_FIELD in row.fields else None
    return f"stored {stored}" if stored else f"number {number}"


def display_value(bound) -> str:
    """The value of a bound field as text: labels of choices, Polish dates."""
    value = bound.value()
    options: Any = flatten_choices(getattr(bound.field, "choices", []))
    choices = {str(code): label for code, label in options}
    if isinstance(value, list | tuple):
        return ", ".join(str(choices.get(str(item), item)) for item in value)
    if choices:
        return (
            str(choices.get(str(value if value is not None else ""), "")) if value not in (None, "") else ""
        )
    if isinstance(bound.field, BooleanField):
        return "tak" if value else "nie"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if hasattr(value, "strftime"):
        return f"{value:%d.%m.%Y}"
    return str(value or "").strip()
