"""Formset rows without JavaScript: the buttons that add a row, remove one or move one up."""

from lubsko_ops.core.parsing import parse_int
from lubsko_ops.submissions.keys import ADD_ROW, MOVE_ROW, REMOVE_ROW

ORDER = "ORDER"  # hidden field of a movable row; rows without a number come last, in the order typed


def apply_button(content: dict[str, list[str]], posted) -> dict[str, list[str]]:
    """The submitted content with a row added, marked as deleted or moved, as the pressed button asks."""
    if prefix := added_formset(posted)[0]:
        content[f"{prefix}-TOTAL_FORMS"] = [str(_total(content, prefix) + 1)]
    if removed := posted.get(REMOVE_ROW):
        content[f"{removed}-DELETE"] = ["on"]
    if moved := posted.get(MOVE_ROW):
        move_up(content, moved)
    return content


def has_too_many_rows(form_class, posted) -> bool:
    """Whether more rows are announced than a formset of the form ever builds: to be refused before one is built."""
    totals = (
        (parse_int(posted.get(f"{name}-TOTAL_FORMS")), each)
        for name, each in form_class.formset_classes.items()
    )
    return any(total is not None and total > each.absolute_max for total, each in totals)


def added_formset(posted) -> tuple[str, str]:
    """The prefix of the formset that gets a row, and the kind of row: "rows:ED-3"; both empty for other buttons."""
    prefix, _, kind = (posted.get(ADD_ROW) or "").partition(":")
    return prefix, kind


def order_key(order: str | int | None, number: int) -> tuple[int, int]:
    """Sort key of a row: its ORDER value, then its index."""
    value = parse_int(str(order if order is not None else ""))
    return (10**9 if value is None else value, number)


def move_up(content: dict[str, list[str]], moved_prefix: str) -> None:
    """Put the row before the nearest row above it that is not deleted, and renumber all rows."""
    prefix, _, number = moved_prefix.rpartition("-")
    rows = sorted(
        range(_total(content, prefix)),
        key=lambda row: order_key(content.get(f"{prefix}-{row}-{ORDER}", [""])[0], row),
    )
    visible = [row for row in rows if not content.get(f"{prefix}-{row}-DELETE", [""])[0]]
    moved = parse_int(number)
    if moved in visible[1:]:
        above = visible[visible.index(moved) - 1]
        rows.remove(moved)
        rows.insert(rows.index(above), moved)
    for position, row in enumerate(rows):
        content[f"{prefix}-{row}-{ORDER}"] = [str(position)]


def _total(content: dict[str, list[str]], prefix: str) -> int:
    return min(parse_int(content.get(f"{prefix}-TOTAL_FORMS", ["0"])[0]) or 0, 1000)
