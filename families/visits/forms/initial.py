"""Initial values of the visit form: likely values of a new visit, or the visit being corrected."""

from datetime import date, datetime, time

from families.choices import VisitKind, VisitLocation
from families.visits.forms.plan_progress import field_names
from families.visits.forms.visit import FAILED, HELD
from families.visits.models import Visit
from families.visits.queries import ArrangedVisit, suggest_hours
from lubsko_ops.core import clock


def local_time(moment: datetime) -> tuple[date, time]:
    """Day and hour in Poland, without seconds."""
    local = moment.astimezone(clock.WARSAW)
    return local.date(), local.time().replace(second=0, microsecond=0)


def initial_for_new(
    *,
    now: datetime,
    busy_until: datetime | None,
    last: Visit | None,
    arranged: ArrangedVisit | None,
    is_arranged: bool,
) -> dict:
    """The past hour or, for the arranged visit itself (``is_arranged``), its own; the usual place.

    Only conveniences: who was present, the result and the signature are facts that a court may read, so they are
    never entered before the user.
    """
    hours = suggest_hours(now=now, busy_until=busy_until)
    if arranged and is_arranged:
        hours = arranged.hours(hours)
    day, at = local_time(now)
    return {
        "day": hours.day,
        "starts_at": hours.starts_at,
        "ends_at": hours.ends_at,
        "place": last.place if last and last.place != VisitLocation.OTHER else VisitLocation.HOME,
        "kind": VisitKind.PLANNED,
        "danger_notified_on": day,
        "danger_notified_at": at,
    } | _upcoming_visit(arranged, day)


def _upcoming_visit(arranged: ArrangedVisit | None, today: date) -> dict:
    """The arranged visit of a later day. That of today is the one being entered, never the next one after it."""
    if arranged is None or arranged.day <= today:
        return {}
    return {"next_day": arranged.day, "next_at": arranged.at}


def initial_for_edit(visit: Visit) -> dict:
    """Values of a saved visit."""
    _, ends_at = local_time(visit.ended_at)
    initial = visit.entered_values() | {
        "ends_at": ends_at if visit.held else None,
        "second_hour": "second" if visit.fold else "first",
        "second_end": "second" if visit.ended_at.fold else "first",
        "held": HELD if visit.held else FAILED,
        "reason": "" if visit.held else visit.result,
        "present": [row.person_id for row in visit.attendees.all()],
    }
    for outcome in visit.agreement_outcomes.all():
        initial |= {
            f"tick_{outcome.agreement_id}": outcome.outcome,
            f"moved_{outcome.agreement_id}": outcome.moved_to,
        }
    for row in visit.plan_progress.all():
        selected, state, note = field_names(row.action)
        initial |= {selected: True, state: row.state, note: row.note}
    return initial | _initial_concern(getattr(visit, "concern", None))


def _initial_concern(concern) -> dict:
    if concern is None:
        return {}
    day, at = local_time(concern.notified_at)
    initial = {f"danger_{name}": value for name, value in concern.entered_values().items()}
    return initial | {"danger": True, "danger_notified_on": day, "danger_notified_at": at}
