"""Deeds about rows that may be one person: joining them, or writing down that they are two. The manager's."""

from django.core.exceptions import ValidationError
from django.db import models, transaction

from families.people.identity import identify
from families.people.models import Membership, NotSamePerson, Person
from lubsko_ops.audit import Recorded, save_as
from lubsko_ops.polish import short_day
from lubsko_ops.staff.models import User

WHY = "Połączenie wpisów o tej samej osobie"


@transaction.atomic
def merge_people(*, keep: Person, drop: Person, by: User) -> Person:
    """Make two rows about one person one: what hangs on the dropped row moves to the kept one, with history.

    The kept row takes over what it lacked and the other spelling of the name; the dropped row stays, marked
    with the person it was joined to. Raises ValidationError with the reason when they cannot be joined.
    """
    locked = Person.objects.select_for_update(of=("self",)).in_bulk([keep.pk, drop.pk])
    keep, drop = locked[keep.pk], locked[drop.pk]
    if sentence := why_not_merge(keep, drop):
        raise ValidationError(sentence)
    for field in _pointing_at_person():
        for row in field.model._base_manager.filter(**{field.name: drop}):
            setattr(row, field.name, keep)
            save_as(row, by=by, why=WHY)
    drop.merged_into = keep
    save_as(drop, by=by, why=f"{WHY}: {keep}")
    _take_over(keep, drop)
    return save_as(keep, by=by, why=WHY)


def why_not_merge(keep: Person, drop: Person) -> str:
    """Empty when the two rows may be joined, otherwise the sentence to show."""
    if keep.merged_into_id or drop.merged_into_id:
        return "Te wpisy już połączono. Wróć do listy."
    if keep.pesel_key and drop.pesel_key and keep.pesel_key != drop.pesel_key:
        return "Te osoby mają różne numery PESEL. Popraw błędny numer albo zaznacz, że to różne osoby."
    for row in keep.memberships.select_related("family"):
        rows = Membership.objects.filter(person=drop, family=row.family).open_from(row.starts_on)
        if other := next((each for each in rows if not row.ends_on or each.starts_on <= row.ends_on), None):
            day = short_day(max(row.starts_on, other.starts_on))
            return (
                f"Oba wpisy należą w tym samym czasie (od {day}) do rodziny {row.family}. "
                "Zakończ najpierw jeden z nich na stronie Osoby tej rodziny."
            )
    return ""


def _pointing_at_person() -> list[models.ForeignKey]:
    """Every column of a case that names a person: members, phones, bases of work, addresses withheld from one."""
    apart = {Person, NotSamePerson}
    return [
        relation.field
        for relation in Person._meta.get_fields(include_hidden=True)
        if relation.auto_created and relation.one_to_many
        if issubclass(relation.related_model, Recorded) and relation.related_model not in apart
    ]


def _take_over(keep: Person, drop: Person) -> None:
    """What only the dropped row knew."""
    for name in ("pesel", "born_on", "died_on", "other_document"):
        if not getattr(keep, name):
            setattr(keep, name, getattr(drop, name))
    spellings = [*keep.other_spellings, str(drop), *drop.other_spellings]
    keep.other_spellings = [each for each in dict.fromkeys(spellings) if each != str(keep)]
    identify(keep)


@transaction.atomic
def tell_apart(*, one: Person, other: Person, by: User) -> NotSamePerson:
    """These are two persons: the pair is not shown again."""
    first, second = sorted((one, other), key=lambda person: person.pk)
    found = NotSamePerson.objects.filter(one=first, other=second).first()
    return found or save_as(NotSamePerson(one=first, other=second), by=by, why="To różne osoby")
