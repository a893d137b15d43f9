"""Two fillings of one form side by side, as a person reads them."""

from django.utils.choices import flatten_choices

from lubsko_ops.core.forms import BaseForm, is_deleted

ROW_ID_FIELD = "row"  # the hidden field of a row that says which recorded row it is


def differences(before: BaseForm, now: BaseForm) -> list[dict]:
    """Fields whose shown value differs: label, value before, value now.

    Rows are compared each with its own: by the recorded row they name, otherwise by their number. A row that only
    one of the two holds is shown whole.
    """
    found = _differing(before, now)
    for name in now.rows:
        for number, (left, right) in enumerate(_pairs(before.rows[name], now.rows[name]), start=1):
            found += _differing(left, right, f"Wiersz {number}: ")
    return found


def _differing(left, right, prefix: str = "") -> list[dict]:
    found = []
    fields = [bound for bound in (right or left).visible_fields() if bound.name != "DELETE"]
    for bound in fields:
        old, new = (display_value(form[bound.name]) if form else "" for form in (left, right))
        if old != new:
            found.append({"label": f"{prefix}{bound.label}", "before": old, "now": new})
    return found


def _pairs(before, now) -> list[tuple]:
    """Rows that belong together, in the order of the second; those only the first holds come last."""
    left = {_line_of(row, number): row for number, row in enumerate(_shown(before))}
    pairs = [(left.pop(_line_of(row, number), None), row) for number, row in enumerate(_shown(now))]
    return pairs + [(row, None) for row in left.values()]


def _shown(formset) -> list:
    rows = formset.in_order if hasattr(formset, "in_order") else formset.forms
    return [row for row in rows if not is_deleted(row)]


def _line_of(row, number: int) -> str:
    recorded = row[ROW_ID_FIELD].value() if ROW_ID_FIELD in row.fields else None
    return f"recorded {recorded}" if recorded else f"number {number}"


def display_value(bound) -> str:
    """The value of a field as a person reads it: labels of choices, Polish dates."""
    value = bound.value()
    choices = {str(code): label for code, label in flatten_choices(getattr(bound.field, "choices", []))}
    if isinstance(value, list | tuple):
        return ", ".join(str(choices.get(str(item), item)) for item in value)
    if choices:
        return (
            str(choices.get(str(value if value is not None else ""), "")) if value not in (None, "") else ""
        )
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if hasattr(value, "strftime"):
        return f"{value:%d.%m.%Y}"
    return str(value or "").strip()
