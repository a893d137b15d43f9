"""Deeds about reports."""

from django.core.exceptions import PermissionDenied, ValidationError

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import lock_row, save_with_history
from lubsko_ops.core.actions import action
from lubsko_ops.core.dates import Quarter
from lubsko_ops.core.permissions import Permission, has_permission
from reports.models import QuarterText


def may_write(user: User, *, assistant: User | None) -> bool:
    """The manager writes in the report of the centre, each assistant in her own."""
    if assistant is None:
        return has_permission(user, Permission.REPORT_CENTRE)
    return user.pk == assistant.pk and has_permission(user, Permission.REPORT_VIEW)


@action
def write_quarter_text(
    *, quarter: Quarter, assistant: User | None, text: str, version: int | None, by: User
) -> QuarterText:
    """Write or change the conclusions of a report.

    version: the one this person started from, 0 when there was no text. Raises Conflict when somebody saved
    in the meantime, ValidationError for a first text that says nothing.
    """
    if not may_write(by, assistant=assistant):
        raise PermissionDenied("Wnioski do sprawozdania ośrodka pisze kierownik, a asystent do swojego.")
    place = {"year": quarter.year, "quarter": quarter.number, "assistant": assistant}
    known = QuarterText.objects.filter(**place).values_list("pk", flat=True).first()
    if known:
        row = lock_row(QuarterText.objects, pk=known, version=version)
    elif text.strip():
        row = QuarterText(**place)
    else:
        raise ValidationError({"text": "Napisz wnioski, zanim je zapiszesz."})
    row.text = text.strip()
    return save_with_history(row, by=by, why="Wnioski do sprawozdania")
