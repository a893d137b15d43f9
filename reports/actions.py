"""Actions of the reports."""

from django.core.exceptions import PermissionDenied, ValidationError

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import lock_row, save_with_history
from lubsko_ops.core.actions import action
from lubsko_ops.core.dates import Quarter
from lubsko_ops.core.permissions import has_permission
from reports.models import QuarterText
from reports.permissions import REPORT_CENTRE, REPORT_VIEW


def can_write_quarter_text(user: User, *, assistant: User | None) -> bool:
    """The manager writes the text of the centre's report, each assistant that of their own."""
    if assistant is None:
        return has_permission(user, REPORT_CENTRE)
    return user.pk == assistant.pk and has_permission(user, REPORT_VIEW)


@action
def write_quarter_text(
    *, quarter: Quarter, assistant: User | None, text: str, version: int | None, by: User
) -> QuarterText:
    """Create or change the conclusions (wnioski i potrzeby) of a report.

    version: the version the user started from, 0 when there was no text. Raises VersionConflict when somebody saved
    in the meantime, ValidationError for an empty first text.
    """
    if not can_write_quarter_text(by, assistant=assistant):
        raise PermissionDenied("Wnioski do sprawozdania ośrodka pisze kierownik, a asystent do swojego.")
    key = {"year": quarter.year, "quarter": quarter.number, "assistant": assistant}
    pk = QuarterText.objects.filter(**key).values_list("pk", flat=True).first()
    if pk:
        row = lock_row(QuarterText.objects, pk=pk, version=version)
    elif text.strip():
        row = QuarterText(**key)
    else:
        raise ValidationError({"text": "Napisz wnioski, zanim je zapiszesz."})
    row.text = text.strip()
    return save_with_history(row, by=by, why="Wnioski do sprawozdania")
