"""Actions of the manager on probable duplicates: merging two records or dismissing the pair."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models

from families.choices import AddressKind, LivingArrangement
from families.people.actions import end_rows_on_death, families_of
from families.people.identity import complete_identity
from families.people.models import DuplicateDismissal, Membership, Person
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import delete_with_history, save_with_history
from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core.actions import action
from lubsko_ops.core.dates import Period, uncovered_periods
from lubsko_ops.core.locks import lock

FAR_FUTURE = date(2100, 12, 31)
MERGE_REASON = "Połączenie wpisów o tej samej osobie"


@action
def merge_people(*, keep: Person, drop: Person, by: User) -> Person:
    """Merge two records of one person: rows that refer to ``drop`` move to ``keep``, with history.

    ``keep`` takes over missing data and the other spelling of the name; ``drop`` stays, marked ``merged_into``. Where
    both belong to one family, one membership remains. Raises ValidationError when they cannot be merged.
    """
    ids = [keep.pk, drop.pk]
    lock(families=families_of(ids), people=ids)
    locked = Person.objects.in_bulk(ids)
    keep, drop = locked[keep.pk], locked[drop.pk]
    if sentence := merge_refusal(keep, drop):
        raise ValidationError(sentence)
    _merge_memberships(keep, drop, by)
    for field in _foreign_keys_to_person():
        for row in field.model._base_manager.filter(**{field.name: drop}):
            if _would_repeat(row, field.name, keep):
                delete_with_history(row, by=by, why=MERGE_REASON)
                continue
            setattr(row, field.name, keep)
            save_with_history(row, by=by, why=MERGE_REASON)
    drop.merged_into = keep
    save_with_history(drop, by=by, why=f"{MERGE_REASON}: {keep}")
    new_death = None if keep.died_on else drop.died_on
    _fill_missing_identity(keep, drop)
    merged = save_with_history(keep, by=by, why=MERGE_REASON)
    if new_death:
        end_rows_on_death(merged, new_death, by=by)
    return merged


def merge_refusal(keep: Person, drop: Person) -> str:
    """Refusal when the two records cannot be merged, otherwise an empty string."""
    if keep.merged_into_id or drop.merged_into_id:
        return "Te wpisy już połączono. Wróć do listy."
    if keep.pesel_key and drop.pesel_key and keep.pesel_key != drop.pesel_key:
        return "Te osoby mają różne numery PESEL. Popraw błędny numer albo zaznacz, że to różne osoby."
    for row in drop.memberships.select_related("family"):
        if len(days_only_in_dropped(row, keep)) > 1:
            return (
                f"W rodzinie {row.family} drugi wpis trwa przed pierwszym i po nim. "
                "Popraw najpierw daty jednego z nich na stronie Osoby tej rodziny."
            )
    return ""


def days_only_in_dropped(row: Membership, keep: Person) -> list[Period]:
    """Periods of the row in which the kept person does not belong to the same family."""
    rows = keep.memberships.filter(family=row.family_id).values_list("starts_on", "ends_on")
    return uncovered_periods(Period(row.starts_on, row.ends_on or FAR_FUTURE), list(rows))


def _merge_memberships(keep: Person, drop: Person, by: User) -> None:
    """Where both belong to one family at the same time, shorten the dropped membership to its other days."""
    for row in drop.memberships.select_related("family"):
        periods = days_only_in_dropped(row, keep)
        if not periods:
            _move_addresses_to_kept(row, keep, by)
            delete_with_history(row, by=by, why=MERGE_REASON)
            continue
        (days,) = periods
        last_day = None if days.end == FAR_FUTURE else days.end
        if (row.starts_on, row.ends_on) != (days.start, last_day):
            _clip_addresses(row, days, by)
            row.starts_on = days.start
            row.set_last_day(last_day)
            save_with_history(row, by=by, why=MERGE_REASON)


def _move_addresses_to_kept(row: Membership, keep: Person, by: User) -> None:
    """Move addresses of the dropped membership to the kept one; delete those the kept one already covers."""
    for address in row.addresses.all():
        for membership in keep.memberships.filter(family=row.family_id):
            uncovered = uncovered_periods(
                Period(address.starts_on, address.ends_on or FAR_FUTURE),
                [(membership.starts_on, membership.ends_on)],
            )
            fits = membership.stay != LivingArrangement.HERE or address.kind != AddressKind.RESIDENCE
            taken = (
                membership.addresses.active_on_or_after(address.starts_on).filter(kind=address.kind).exists()
            )
            if fits and not uncovered and not taken:
                address.membership = membership
                save_with_history(address, by=by, why=MERGE_REASON)
                break
        else:
            delete_with_history(address, by=by, why=MERGE_REASON)


def _clip_addresses(row: Membership, days: Period, by: User) -> None:
    for address in row.addresses.all():
        clipped = Period(address.starts_on, address.ends_on or FAR_FUTURE).intersection(days.start, days.end)
        if clipped is None:
            delete_with_history(address, by=by, why=MERGE_REASON)
            continue
        last_day = None if clipped.end == FAR_FUTURE else clipped.end
        if (address.starts_on, address.ends_on) != (clipped.start, last_day):
            address.starts_on, address.ends_on = clipped.start, last_day
            save_with_history(address, by=by, why=MERGE_REASON)


def _foreign_keys_to_person() -> list[models.ForeignKey]:
    """All foreign keys from audited models to Person, except those of Person and DuplicateDismissal."""
    excluded = {Person, DuplicateDismissal}
    return [
        relation.field
        for relation in Person._meta.get_fields(include_hidden=True)
        if relation.auto_created and relation.one_to_many
        if issubclass(relation.related_model, AuditedModel) and relation.related_model not in excluded
    ]


def _would_repeat(row: AuditedModel, name: str, keep: Person) -> bool:
    """Whether moving the row would violate a unique constraint: both attended the visit, both signed the plan."""
    for constraint in row._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and name in constraint.fields:
            same = {field: getattr(row, field) for field in constraint.fields} | {name: keep}
            if type(row)._base_manager.filter(**same).exists():
                return True
    return False


def _fill_missing_identity(keep: Person, drop: Person) -> None:
    """Copy data missing in the kept record from the dropped one."""
    spellings = [*keep.other_spellings, str(drop), *drop.other_spellings]
    if drop.birth and (keep.birth is None or keep.birth.includes(drop.birth)):
        keep.born_on, keep.birth_precision = drop.born_on, drop.birth_precision
    for each in Person.entered_fields():
        if each.name != "birth_precision" and not getattr(keep, each.name):
            setattr(keep, each.name, getattr(drop, each.name))
    keep.other_spellings = [spelling for spelling in dict.fromkeys(spellings) if spelling != str(keep)]
    complete_identity(keep)


@action
def dismiss_duplicate(*, person_a: Person, person_b: Person, by: User) -> DuplicateDismissal:
    """Record that these are two different people, so that the pair is not listed again.

    Refused while both have the same PESEL: one of the numbers is wrong and has to be corrected first.
    """
    if person_a.pesel_key and person_a.pesel_key == person_b.pesel_key:
        raise ValidationError(
            "Obie osoby mają ten sam PESEL. Jeden z numerów jest błędny: popraw go najpierw."
        )
    first, second = sorted((person_a, person_b), key=lambda person: person.pk)
    existing = DuplicateDismissal.objects.filter(person_a=first, person_b=second).first()
    return existing or save_with_history(
        DuplicateDismissal(person_a=first, person_b=second), by=by, why="To różne osoby"
    )
