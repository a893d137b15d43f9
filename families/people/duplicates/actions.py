"""Deeds about rows that may be one person: joining them, or writing down that they are two. The manager's."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models

from families.choices import AddressKind, LivingArrangement
from families.people.identity import complete_identity
from families.people.models import DuplicateDismissal, Membership, Person
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import delete_with_history, save_with_history
from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core.actions import action
from lubsko_ops.core.dates import Period, uncovered_periods

FAR = date(2100, 12, 31)
WHY = "Połączenie wpisów o tej samej osobie"


@action
def merge_people(*, keep: Person, drop: Person, by: User) -> Person:
    """Make two rows about one person one: what hangs on the dropped row moves to the kept one, with history.

    The kept row takes over what it lacked and the other spelling of the name; the dropped row stays, marked
    with the person it was joined to. In a family both belong to, one membership stays. Raises ValidationError
    with the reason when they cannot be joined.
    """
    both = Person.objects.order_by("pk").select_for_update(of=("self",), no_key=True)
    locked = both.in_bulk([keep.pk, drop.pk])
    keep, drop = locked[keep.pk], locked[drop.pk]
    if sentence := why_not_merge(keep, drop):
        raise ValidationError(sentence)
    _one_place_in_each_family(keep, drop, by)
    for field in _pointing_at_person():
        for row in field.model._base_manager.filter(**{field.name: drop}):
            if _has_twin(row, field.name, keep):
                delete_with_history(row, by=by, why=WHY)
                continue
            setattr(row, field.name, keep)
            save_with_history(row, by=by, why=WHY)
    drop.merged_into = keep
    save_with_history(drop, by=by, why=f"{WHY}: {keep}")
    _take_over(keep, drop)
    return save_with_history(keep, by=by, why=WHY)


def why_not_merge(keep: Person, drop: Person) -> str:
    """Empty when the two rows may be joined, otherwise the sentence to show."""
    if keep.merged_into_id or drop.merged_into_id:
        return "Te wpisy już połączono. Wróć do listy."
    if keep.pesel_key and drop.pesel_key and keep.pesel_key != drop.pesel_key:
        return "Te osoby mają różne numery PESEL. Popraw błędny numer albo zaznacz, że to różne osoby."
    for row in drop.memberships.select_related("family"):
        if len(days_apart(row, keep)) > 1:
            return (
                f"W rodzinie {row.family} drugi wpis trwa przed pierwszym i po nim. "
                "Popraw najpierw daty jednego z nich na stronie Osoby tej rodziny."
            )
    return ""


def days_apart(row: Membership, keep: Person) -> list[Period]:
    """Days of the row on which the kept person does not belong to the same family."""
    rows = keep.memberships.filter(family=row.family_id).values_list("starts_on", "ends_on")
    return uncovered_periods(Period(row.starts_on, row.ends_on or FAR), list(rows))


def _one_place_in_each_family(keep: Person, drop: Person, by: User) -> None:
    """Where both belong to one family at once, the kept row stands; the dropped one stays on its other days only."""
    for row in drop.memberships.select_related("family"):
        apart = days_apart(row, keep)
        if not apart:
            _hand_addresses_over(row, keep, by)
            delete_with_history(row, by=by, why=WHY)
            continue
        (days,) = apart
        last_day = None if days.end == FAR else days.end
        if (row.starts_on, row.ends_on) != (days.start, last_day):
            _cut_addresses(row, days, by)
            row.starts_on, row.ends_on = days.start, last_day
            save_with_history(row, by=by, why=WHY)


def _hand_addresses_over(row: Membership, keep: Person, by: User) -> None:
    """An address only the dropped row knew goes to the kept one; one it has too is taken back."""
    for address in row.addresses.all():
        for place in keep.memberships.filter(family=row.family_id):
            apart = uncovered_periods(
                Period(address.starts_on, address.ends_on or FAR), [(place.starts_on, place.ends_on)]
            )
            fits = place.stay != LivingArrangement.HERE or address.kind != AddressKind.RESIDENCE
            taken = place.addresses.active_on_or_after(address.starts_on).filter(kind=address.kind).exists()
            if fits and not apart and not taken:
                address.membership = place
                save_with_history(address, by=by, why=WHY)
                break
        else:
            delete_with_history(address, by=by, why=WHY)


def _cut_addresses(row: Membership, days: Period, by: User) -> None:
    for address in row.addresses.all():
        part = Period(address.starts_on, address.ends_on or FAR).clip(days.start, days.end)
        if part is None:
            delete_with_history(address, by=by, why=WHY)
            continue
        last_day = None if part.end == FAR else part.end
        if (address.starts_on, address.ends_on) != (part.start, last_day):
            address.starts_on, address.ends_on = part.start, last_day
            save_with_history(address, by=by, why=WHY)


def _pointing_at_person() -> list[models.ForeignKey]:
    """Every column of a case that names a person: members, phones, bases of work, addresses withheld from one."""
    apart = {Person, DuplicateDismissal}
    return [
        relation.field
        for relation in Person._meta.get_fields(include_hidden=True)
        if relation.auto_created and relation.one_to_many
        if issubclass(relation.related_model, AuditedModel) and relation.related_model not in apart
    ]


def _has_twin(row: AuditedModel, name: str, keep: Person) -> bool:
    """The same is written of the kept person, and it may stand once: both were at the visit, both signed the plan."""
    for constraint in row._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and name in constraint.fields:
            same = {each: getattr(row, each) for each in constraint.fields} | {name: keep}
            if type(row)._base_manager.filter(**same).exists():
                return True
    return False


def _take_over(keep: Person, drop: Person) -> None:
    """What only the dropped row knew."""
    for name in ("pesel", "born_on", "died_on", "other_document"):
        if not getattr(keep, name):
            setattr(keep, name, getattr(drop, name))
    spellings = [*keep.other_spellings, str(drop), *drop.other_spellings]
    keep.other_spellings = [each for each in dict.fromkeys(spellings) if each != str(keep)]
    complete_identity(keep)


@action
def tell_apart(*, person_a: Person, person_b: Person, by: User) -> DuplicateDismissal:
    """These are two persons: the pair is not shown again.

    Refused while both have the same PESEL: then one of the numbers is wrong, and only its correction ends the question.
    """
    if person_a.pesel_key and person_a.pesel_key == person_b.pesel_key:
        raise ValidationError(
            "Obie osoby mają ten sam PESEL. Jeden z numerów jest błędny: popraw go najpierw."
        )
    first, second = sorted((person_a, person_b), key=lambda person: person.pk)
    found = DuplicateDismissal.objects.filter(person_a=first, person_b=second).first()
    return found or save_with_history(
        DuplicateDismissal(person_a=first, person_b=second), by=by, why="To różne osoby"
    )
