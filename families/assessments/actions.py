"""Actions on periodic assessments."""

from datetime import date

from django.core.exceptions import ValidationError

from families import law
from families.assessments.models import Assessment
from families.caseload.models import WorkPeriod
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock


@action
def record_assessment(
    *, period: WorkPeriod, covers_from: date, covers_to: date, handed_over_on: date, by: User
) -> Assessment:
    """Record that the assessment of these days was handed over; the next deadline runs from that day."""
    lock(families=[period.family_id])
    if handed_over_on > clock.today():
        raise ValidationError({"handed_over_on": "Ten dzień jeszcze nie nadszedł."})
    if refusal := law.before_work_refusal(began_on=period.starts_on, on=covers_from):
        raise ValidationError({"covers_from": refusal})
    row = Assessment(
        period=period, author=by, covers_from=covers_from, covers_to=covers_to, handed_over_on=handed_over_on
    )
    return save_with_history(row, by=by, why="Przekazanie okresowej oceny")
