"""Actions on placements of children in foster care."""

from datetime import date

from django.core.exceptions import ValidationError

from families.care.models import Placement
from families.people.models import Family, Membership, Person
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import lock_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock


@action
def record_placement(*, family: Family, person: Person, form: str, starts_on: date, by: User) -> Placement:
    """Record that a child of the family was placed in foster care on the day."""
    lock(families=[family.pk])
    if starts_on > clock.today():
        raise ValidationError({"starts_on": "Ten dzień jeszcze nie nadszedł."})
    if not Membership.objects.members_on(starts_on).filter(family=family, person=person).exists():
        raise ValidationError({"person": "Ta osoba nie należała w tym dniu do rodziny."})
    row = Placement(family=family, person=person, form=form, starts_on=starts_on)
    return save_with_history(row, by=by, why="Umieszczenie w pieczy zastępczej")


@action
def end_placement(*, placement: Placement, on: date, returned: bool, by: User) -> Placement:
    """Set the last day of a placement; ``returned``: the child came back to the family."""
    lock(families=[placement.family_id])
    row = lock_row(Placement.objects, pk=placement.pk)
    if on > clock.today():
        raise ValidationError({"ends_on": "Ten dzień jeszcze nie nadszedł."})
    row.ends_on, row.returned = on, returned
    return save_with_history(row, by=by, why="Koniec pobytu w pieczy zastępczej")
