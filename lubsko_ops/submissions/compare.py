"""Two fillings of one form side by side, as a person reads them."""

from django.utils.choices import flatten_choices

from lubsko_ops.forms import BaseForm


def differences(before: BaseForm, now: BaseForm) -> list[dict]:
    """Fields whose shown value differs: label, value before, value now; rows are compared as a whole."""
    found = []
    pairs = [(before, now)]
    for name in now.rows:
        pairs += list(zip(before.rows[name].forms, now.rows[name].forms, strict=False))
    for left, right in pairs:
        for bound in right.visible_fields():
            old, new = shown_value(left[bound.name]), shown_value(bound)
            if old != new:
                found.append({"label": bound.label, "before": old, "now": new})
    return found


def shown_value(bound) -> str:
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
