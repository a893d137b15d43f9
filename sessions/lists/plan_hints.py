"""Attendance as a hint for the progress of a row of the family's plan that a participation serves."""

from datetime import date

from django.db.models import Min
from django.utils.text import Truncator

from families.plans.models import ActionProgress, PlanAction
from lubsko_ops.accounts.models import User
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import NBSP, short_date
from projects.choices import ParticipationStepKind
from projects.models import Participation, ParticipationStep
from projects.permissions import FAMILY_PROJECTS
from sessions.lists.participation import attendance_notes

LONGEST = ActionProgress._meta.get_field("note").max_length


def attendance_hints(action: PlanAction, user: User, on: date) -> list[str]:
    """ "Udział w zajęciach „Warsztaty dla mam”, Danuta Kowalska: 12 z 14 spotkań od 22.10.2026."."""
    if not action.goal or not has_permission(user, FAMILY_PROJECTS):
        return []
    rows = Participation.objects.filter(family=action.plan.period.family_id, plan_goal__iexact=action.goal)
    rows = list(rows.select_related("person", "child", "family", "group").order_by("reported_on", "pk"))
    notes = attendance_notes(rows, user, on) if rows else {}
    if not notes:
        return []
    begun = ParticipationStep.objects.filter(participation__in=notes, kind=ParticipationStepKind.BEGIN)
    since = dict(begun.order_by().values_list("participation").annotate(Min("day")))
    return [
        Truncator(
            f"Udział w zajęciach „{row.group}”, {row}: {notes[row.pk].text} od {short_date(since[row.pk])}."
        )
        .chars(LONGEST)
        .replace(NBSP, " ")
        for row in rows
        if row.pk in notes
    ]
