"""What the form of a visit begins with: the likely values of a new one, what was said of one being corrected."""

from datetime import date, datetime, time

from families.choices import Confirmation, VisitKind, VisitLocation
from families.people.queries import HouseholdMember
from families.visits.forms.plan_progress import names_of
from families.visits.forms.visit import FAILED, HELD
from families.visits.models import Visit
from families.visits.queries import likely_hours, lives_here
from lubsko_ops.core import clock

PLAIN = (
    "day",
    "starts_at",
    "place",
    "place_note",
    "kind",
    "others",
    "others_note",
    "areas",
    "tasks",
    "facts",
)
PLAIN += ("opinion", "next_day", "next_at", "confirmation", "confirmation_why", "kilometres")


def on_the_wall(moment: datetime) -> tuple[date, time]:
    """Day and hour in Poland, without seconds."""
    local = moment.astimezone(clock.WARSAW)
    return local.date(), local.time().replace(second=0, microsecond=0)


def of_new(
    *, now: datetime, busy_until: datetime | None, last: Visit | None, members: list[HouseholdMember]
) -> dict:
    """The usual visit: the last hour, the usual place, those who were there the last time and live here."""
    hours = likely_hours(now=now, busy_until=busy_until)
    day, at = on_the_wall(now)
    there = [each.person.pk for each in members if last and each.person.pk in last.seen and lives_here(each)]
    return {
        "day": hours.day,
        "starts_at": hours.starts_at,
        "ends_at": hours.ends_at,
        "place": last.place if last and last.place != VisitLocation.OTHER else VisitLocation.HOME,
        "kind": VisitKind.PLANNED,
        "held": HELD,
        "present": there,
        "confirmation": Confirmation.NONE,
        "danger_notified_on": day,
        "danger_notified_at": at,
    } | _still_to_come(last, day, at)


def _still_to_come(last: Visit | None, day: date, at: time) -> dict:
    """What was agreed the last time and lies ahead: a visit in between does not make it forgotten."""
    if last is None or last.next_day is None or (last.next_day, last.next_at or time.min) <= (day, at):
        return {}
    return {"next_day": last.next_day, "next_at": last.next_at}


def of_visit(visit: Visit) -> dict:
    """A visit as it was said."""
    said = {name: getattr(visit, name) for name in PLAIN}
    _, ends_at = on_the_wall(visit.ends)
    said |= {
        "ends_at": ends_at if visit.held else None,
        "second_hour": "second" if visit.second_hour else "first",
        "held": HELD if visit.held else FAILED,
        "reason": "" if visit.held else visit.result,
        "present": [row.person_id for row in visit.presences.all()],
    }
    for tick in visit.ticks.all():
        said |= {f"tick_{tick.agreement_id}": tick.outcome, f"moved_{tick.agreement_id}": tick.moved_to}
    for row in visit.touched.all():
        tick, state, note = names_of(row.action)
        said |= {tick: True, state: row.state, note: row.note}
    return said | _of_danger(getattr(visit, "danger", None))


def _of_danger(report) -> dict:
    if report is None:
        return {}
    day, at = on_the_wall(report.notified_at)
    return {
        "danger": True,
        "danger_description": report.description,
        "danger_action": report.action_taken,
        "danger_notified": report.notified,
        "danger_who": report.notified_who,
        "danger_notified_on": day,
        "danger_notified_at": at,
    }
