"""Actions: add a specialist to a family from day to day, change these days, remove what was entered by mistake."""

from datetime import date

from django.core.exceptions import ValidationError

from families.caseload.models import WorkPeriod
from families.people.membership_days import days_text
from families.people.models import Family
from families.specialists.days import needed_days
from families.specialists.models import FamilySpecialist
from families.specialists.queries import is_specialist_on
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import delete_with_history, lock_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock
from lubsko_ops.core.polish import short_date

ALREADY_ADDED = "Ta osoba jest już dopuszczona do tej rodziny w tych dniach. Zmień tamten wpis."


@action
def add_specialist(*, family: Family, row: FamilySpecialist, by: User) -> FamilySpecialist:
    """Let the specialist open the family on these days; ``row``: an unsaved row with what was entered.

    Raises ValidationError by form field: no specialist on these days, an end before the start, the work has ended.
    """
    lock(users=[row.specialist_id], families=[family.pk])
    row.family = family
    check_days(row)
    return save_with_history(row, by=by, why="Dopuszczenie specjalisty")


@action
def change_specialist(
    *, row: FamilySpecialist, values: FamilySpecialist, why: str, version: int | None, by: User
) -> FamilySpecialist:
    """Shorten, end or correct an access. Days of consultations and visits of the specialist stay covered."""
    lock(users=[row.specialist_id], families=[row.family_id])
    row = lock_row(FamilySpecialist.objects, pk=row.pk, version=version)
    before = days_without_access(row)
    row.starts_on, row.purpose = values.starts_on, values.purpose
    row.set_last_day(values.ends_on)
    check_days(row)
    save_with_history(row, by=by, why=f"Zmiana dopuszczenia specjalisty: {why}")
    refuse_lost_days(row, before)
    return row


@action
def remove_specialist(*, row: FamilySpecialist, why: str, version: int | None, by: User) -> None:
    """Remove an access entered by mistake."""
    lock(users=[row.specialist_id], families=[row.family_id])
    row = lock_row(FamilySpecialist.objects, pk=row.pk, version=version)
    before = days_without_access(row)
    delete_with_history(row, by=by, why=f"Wpisano przez pomyłkę: {why}")
    refuse_lost_days(row, before)


def check_days(row: FamilySpecialist) -> None:
    """Raise ValidationError by form field for days on which this person cannot work with the family."""
    refusals, user = {}, row.specialist
    if row.ends_on and row.ends_on < row.starts_on:
        refusals["ends_on"] = "Ostatni dzień nie może poprzedzać pierwszego."
    elif not user.is_active:
        refusals["specialist"] = f"{user} nie ma już czynnego konta. Wybierz kogoś innego."
    elif not is_specialist_on(user, row.starts_on):
        refusals["starts_on"] = f"{short_date(row.starts_on)} {user} nie ma roli specjalisty. Popraw dzień."
    elif row.ends_on and not is_specialist_on(user, row.ends_on):
        refusals["ends_on"] = f"{short_date(row.ends_on)} {user} nie ma już roli specjalisty. Popraw dzień."
    elif ended := work_ended_on(row.family, row.starts_on):
        refusals["starts_on"] = (
            f"Praca z tą rodziną zakończyła się {short_date(ended)}. Specjalisty nie dopuszcza się po jej końcu."
        )
    else:
        same = FamilySpecialist.objects.filter(family=row.family, specialist=user).exclude(pk=row.pk)
        same = same.active_on_or_after(row.starts_on)
        if (same.filter(starts_on__lte=row.ends_on) if row.ends_on else same).exists():
            refusals["specialist" if row.pk is None else "starts_on"] = ALREADY_ADDED
    if refusals:
        raise ValidationError(refusals)


def work_ended_on(family: Family, day: date) -> date | None:
    """The last day of the work with the family when it is before this day; None while it goes on or never began."""
    periods = WorkPeriod.objects.filter(family=family)
    if periods.active_on_or_after(day).exists():
        return None
    return periods.order_by("-ends_on").values_list("ends_on", flat=True).first()


def days_without_access(row: FamilySpecialist) -> set[tuple[date, str]]:
    """Days on which the specialist needs access to the family and has none, and what is on each."""
    same = FamilySpecialist.objects.filter(family=row.family_id, specialist=row.specialist_id)
    rows = list(same)
    needed = needed_days(row.family_id, row.specialist_id)
    return {each for each in needed if not any(access.is_active_on(each[0]) for access in rows)}


def refuse_lost_days(row: FamilySpecialist, before: set[tuple[date, str]]) -> None:
    """Raise ValidationError when a change uncovered days that have rows."""
    if lost := days_without_access(row) - before:
        raise ValidationError(
            f"W tych dniach są zapisy tej osoby: {days_text(lost)}. Zmień najpierw te zapisy albo dni dopuszczenia."
        )


def is_over(row: FamilySpecialist) -> bool:
    """Whether its last day has passed."""
    return row.ends_on is not None and row.ends_on < clock.today()
