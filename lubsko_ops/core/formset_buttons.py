"""Repeated rows of a form without a script: the buttons that add one, take one away or move one up."""

from lubsko_ops.core.parsing import parse_int
from lubsko_ops.submissions.keys import ADD_ROW, MOVE_ROW, REMOVE_ROW

ORDER = "ORDER"  # the hidden field of a row that may be moved; rows without a number come last, as they were typed


def apply_button(content: dict[str, list[str]], posted) -> dict[str, list[str]]:
    """What was typed, with one row more, one less or one moved, as the pressed button asked; otherwise as it was."""
    if prefix := added_formset(posted)[0]:
        content[f"{prefix}-TOTAL_FORMS"] = [str(_total(content, prefix) + 1)]
    if removed := posted.get(REMOVE_ROW):
        content[f"{removed}-DELETE"] = ["on"]
    if moved := posted.get(MOVE_ROW):
        move_up(content, moved)
    return content


def added_formset(posted) -> tuple[str, str]:
    """The prefix of the rows to which one is added, and what it is to begin with: "rows:ED-3"; empty for none."""
    prefix, _, which = (posted.get(ADD_ROW) or "").partition(":")
    return prefix, which


def order_key(order: str | int | None, number: int) -> tuple[int, int]:
    """What rows are sorted by: the number they were given, then the order in which they came."""
    given = parse_int(str(order if order is not None else ""))
    return (10**9 if given is None else given, number)


def move_up(content: dict[str, list[str]], row: str) -> None:
    """Put the row before the nearest one above it that was not taken away; all get their numbers anew."""
    prefix, _, number = row.rpartition("-")
    rows = sorted(
        range(_total(content, prefix)),
        key=lambda each: order_key(content.get(f"{prefix}-{each}-{ORDER}", [""])[0], each),
    )
    shown = [each for each in rows if not content.get(f"{prefix}-{each}-DELETE", [""])[0]]
    moved = parse_int(number)
    if moved in shown[1:]:
        above = shown[shown.index(moved) - 1]
        rows.remove(moved)
        rows.insert(rows.index(above), moved)
    for place, each in enumerate(rows):
        content[f"{prefix}-{each}-{ORDER}"] = [str(place)]


def _total(content: dict[str, list[str]], prefix: str) -> int:
    return min(parse_int(content.get(f"{prefix}-TOTAL_FORMS", ["0"])[0]) or 0, 1000)
