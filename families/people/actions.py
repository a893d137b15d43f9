"""Actions on families, people, memberships, problems, categories and phones (addresses: ``address_actions``)."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import QuerySet

from families.choices import LivingArrangement
from families.people.address_actions import copy_addresses_to_new_membership, end_own_addresses
from families.people.identity import complete_identity, register_person, validate_kinship
from families.people.membership_days import days_outside, keeping_days, refuse_lost_days
from families.people.models import (
    Family,
    FamilyCategory,
    FamilyProblem,
    Membership,
    Person,
    Phone,
)
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import end_row, lock_row, resume_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.phones import clean_phone, phone_digits
from lubsko_ops.core.polish import short_date
from lubsko_ops.core.registry import Registry
from lubsko_ops.core.temporal import EndCause, day_before, day_before_next

OUTSIDE_SCOPE_REFUSAL = "Tego nie można teraz zapisać. Zgłoś to kierownikowi."
DEATH_REASON = "Śmierć osoby"
DEATH_UNDONE_REASON = "Cofnięcie daty śmierci"


@action
def correct_person(
    *, person: Person, version: int | None, by: User, why="Zmiana danych osoby", **changes
) -> Person:
    """Change the identity data of a person. Raises VersionConflict when the row was saved in the meantime.

    A date of death ends the person's memberships on that day, in every family; removing or changing the date
    reopens the rows it had ended.
    """
    lock(families=families_of([person.pk]))
    row = lock_row(Person.objects, pk=person.pk, version=version)
    born_on, died_on = row.born_on, row.died_on
    before = {family: days_outside(family, row.pk) for family in set(families_of([row.pk]))}
    for name, value in changes.items():
        setattr(row, name, value)
    complete_identity(row)
    if row.died_on and row.died_on > clock.today():
        raise ValidationError({"died_on": "Data śmierci nie może być późniejsza niż dziś."})
    for membership in row.memberships.active_on(clock.today()):
        with refusals_within_scope(membership.family_id, by):
            validate_kinship(row, membership.kinship, on=clock.today())
    save_with_history(row, by=by, why=why)
    if died_on and row.died_on != died_on:
        undo_death(row, by=by)
    if row.died_on:
        end_rows_on_death(row, row.died_on, by=by)
    if (row.born_on, row.died_on) != (born_on, died_on):
        field = "died_on" if row.died_on != died_on else "born_on"
        for family, outside in before.items():
            with refusals_within_scope(family, by):
                refuse_lost_days(family, row, before=outside, field=field)
    return row


@contextmanager
def refusals_within_scope(family: int, by: User) -> Iterator[None]:
    """A refusal because of rows of this family (id) is neutral for a user who may not open it.

    A person may belong to several families, and a sentence about one of them would disclose it.
    """
    try:
        yield
    except ValidationError as refusal:
        if Role.MANAGER in by.roles:
            raise
        # After a violated constraint the database answers no question: then the refusal is neutral for everybody else.
        asks = not connection.needs_rollback
        if asks and Family.objects.visible_to(by, on=clock.today()).filter(pk=family).exists():
            raise
        raise ValidationError(OUTSIDE_SCOPE_REFUSAL) from refusal


def end_rows_on_death(person: Person, day: date, *, by: User) -> None:
    """End on the day of death what ends with it: memberships, phones, and the rows of other apps."""
    _end_with_death(person, by)
    for end in DEATH_HANDLERS:
        end(person, day, by)


def undo_death(person: Person, *, by: User) -> None:
    """Let what had ended on the day of death continue: memberships, phones, and the rows of other apps."""
    _undo_death(person, by)
    for undo in DEATH_UNDO_HANDLERS:
        undo(person, by)


def families_of(people: Iterable[int]) -> QuerySet:
    """Ids of the families to which one of these people (ids) belongs or ever belonged."""
    return Membership.objects.filter(person__in=people).values_list("family", flat=True)


# Registered by other apps: end rows on the day of death (person, day, by), let them continue when the date is
# withdrawn (person, by).
DEATH_HANDLERS: Registry[Callable[[Person, date, User], None]] = Registry("death handlers")
DEATH_UNDO_HANDLERS: Registry[Callable[[Person, User], None]] = Registry("death undo handlers")


def _undo_death(person: Person, by: User) -> None:
    """Let memberships and phones that ended because of the death continue until the last day they had before."""
    for membership in person.memberships.filter(end_cause=EndCause.DEATH):
        day = membership.ends_on
        with refusals_within_scope(membership.family_id, by):
            resume_row(membership, by=by, why=DEATH_UNDONE_REASON)
            end_own_addresses(membership, on=membership.ends_on, by=by, why=DEATH_UNDONE_REASON, was=day)
    for phone in person.phones.filter(end_cause=EndCause.DEATH):
        with refusals_within_scope(phone.family_id, by):
            resume_row(phone, by=by, why=DEATH_UNDONE_REASON)


def _end_with_death(person: Person, by: User) -> None:
    """End memberships and phones on the day of death. Refused when a membership begins after it."""
    for membership in person.memberships.active_on_or_after(person.died_on):
        with refusals_within_scope(membership.family_id, by):
            if membership.starts_on > person.died_on:
                raise ValidationError(
                    {"died_on": "Ta osoba jest zapisana w rodzinie także po tym dniu. Sprawdź datę śmierci."}
                )
            if membership.ends_on != person.died_on:
                end_membership(
                    membership=membership,
                    on=person.died_on,
                    version=None,
                    by=by,
                    why=DEATH_REASON,
                    cause=EndCause.DEATH,
                )
    for phone in person.phones.active_on_or_after(person.died_on).exclude(ends_on=person.died_on):
        last_day = max(phone.starts_on, person.died_on)
        end_row(phone, on=last_day, by=by, why=DEATH_REASON, cause=EndCause.DEATH)


@action
def open_family(*, name: str, on: date, by: User) -> Family:
    """Open the case file (teczka) of a family, without people and without work."""
    return save_with_history(Family(name=name), by=by, why=f"Założenie teczki z dniem {on:%d.%m.%Y}")


@action
def rename_family(*, family: Family, name: str, version: int | None, by: User) -> Family:
    """Change the name of the family."""
    row = lock_row(Family.objects, pk=family.pk, version=version)
    row.name = name
    return save_with_history(row, by=by, why="Zmiana nazwy rodziny")


@action
def update_family(
    *,
    family: Family,
    name: str,
    category: str,
    problems: list[str],
    since: date,
    version: int | None,
    by: User,
) -> Family:
    """Change the name of the family, and its category and problems from a day.

    The family row is always saved, so that its version detects simultaneous changes.
    """
    row = lock_row(Family.objects, pk=family.pk, version=version)
    row.name = name
    save_with_history(row, by=by, why="Zmiana danych rodziny")
    if category:
        set_category(family=row, category=category, on=since, by=by)
    set_problems(family=row, problems=problems, on=since, by=by)
    return row


@action
def add_member(
    *,
    family: Family,
    person: Person,
    kinship: str,
    starts_on: date,
    stay: str = LivingArrangement.HERE,
    by: User,
) -> Membership:
    """Add a person to the family from a day; one that is not saved yet is registered."""
    lock(families=[family.pk])
    person = _lock_person(person) if person.pk else register_person(person=person, by=by)
    if person.born_on and starts_on < person.born_on:
        raise ValidationError({"starts_on": "Nikt nie należy do rodziny przed dniem urodzenia. Popraw datę."})
    if person.died_on and starts_on > person.died_on:
        raise ValidationError({"starts_on": "Ta osoba zmarła przed tym dniem. Popraw datę."})
    validate_kinship(person, kinship, on=starts_on)
    membership = Membership(family=family, person=person, kinship=kinship, stay=stay, starts_on=starts_on)
    return save_with_history(membership, by=by, why="Dodanie osoby do rodziny")


def _lock_person(person: Person) -> Person:
    """Lock the row of the person until commit; for a person merged meanwhile return the one they were merged into."""
    row = lock_row(Person.objects.select_related("merged_into"), pk=person.pk)
    return row.merged_into or row


@action
def change_membership(
    *, membership: Membership, kinship: str, stay: str, since: date, version: int | None, by: User
) -> Membership:
    """Change kinship or living arrangement from a day: the current row ends the day before and a new one begins.

    A change dated on the first day of the row corrects the row itself.
    """
    lock(families=[membership.family_id])
    row = lock_row(Membership.objects, pk=membership.pk, version=version)
    if (row.kinship, row.stay) == (kinship, stay):
        raise ValidationError("Nic się nie zmieniło. Wybierz nową wartość albo wróć do listy osób.")
    if since < row.starts_on or (row.ends_on and since > row.ends_on):
        raise ValidationError({"since": "Zmiana musi przypadać w czasie, gdy osoba należy do rodziny."})
    validate_kinship(row.person, kinship, on=since)
    if since == row.starts_on:
        row.kinship, row.stay = kinship, stay
        return save_with_history(row, by=by, why="Poprawienie danych członka rodziny")
    changed = Membership(
        family_id=row.family_id, person_id=row.person_id, kinship=kinship, stay=stay, starts_on=since
    )
    changed.copy_end(row)
    end_with_change(row, on=day_before(since), by=by, why="Zmiana danych członka rodziny")
    save_with_history(changed, by=by, why="Zmiana danych członka rodziny")
    copy_addresses_to_new_membership(row, changed, since, by)
    return changed


def end_with_change(row: Membership, *, on: date, by: User, why: str) -> Membership:
    """End the row because another one of the person continues it; the planned last day, if any, is the other one's."""
    row.end_early(on, EndCause.CHANGED)
    row.planned_end = None
    return save_with_history(row, by=by, why=why)


@action
def end_membership(
    *,
    membership: Membership,
    on: date,
    version: int | None,
    by: User,
    why="Odejście z rodziny",
    cause: EndCause | None = None,
) -> Membership:
    """Set the last day of a membership; the member's own addresses end with it."""
    lock(families=[membership.family_id])
    row = lock_row(Membership.objects, pk=membership.pk, version=version)
    if on < row.starts_on:
        day = short_date(row.starts_on)
        raise ValidationError(
            {"on": f"Zapisano zmianę z dnia {day}. Ostatni dzień nie może być wcześniejszy."}
        )
    with keeping_days(row.family_id, row.person, field="on"):
        end_own_addresses(row, on=on, by=by, why=why)
        return end_row(row, on=on, by=by, why=why, cause=cause)


@action
def set_problems(*, family: Family, problems: list[str], on: date, by: User) -> None:
    """Set the problems from this day: new ones begin, those no longer listed end the day before."""
    lock(families=[family.pk])
    rows = FamilyProblem.objects.filter(family=family)
    current = {row.problem: row for row in rows.active_on(on)}
    for problem in problems:
        if problem not in current:
            last_day = day_before_next(rows.filter(problem=problem), on)
            row = FamilyProblem(family=family, problem=problem, starts_on=on, ends_on=last_day)
            save_with_history(row, by=by, why="Rozpoznanie problemu")
    for problem, row in current.items():
        if problem not in problems:
            last_day = max(row.starts_on, day_before(on))
            end_row(row, on=last_day, by=by, why="Problem nie jest już aktualny")


@action
def set_category(*, family: Family, category: str, on: date, by: User) -> FamilyCategory | None:
    """Set the category of the family from this day; the current one ends the day before."""
    lock(families=[family.pk])
    rows = FamilyCategory.objects.filter(family=family)
    current = rows.active_on(on).first()
    if current and current.category == category:
        return current
    if current and current.starts_on == on:
        current.category = category
        return save_with_history(current, by=by, why="Poprawienie kategorii rodziny")
    last_day = current.ends_on if current else day_before_next(rows, on)
    if current:
        end_row(current, on=day_before(on), by=by, why="Zmiana kategorii rodziny")
    row = FamilyCategory(family=family, category=category, starts_on=on, ends_on=last_day)
    return save_with_history(row, by=by, why="Kategoria rodziny")


@action
def add_phone(*, family: Family, by: User, **columns) -> Phone:
    """Add a phone number of one member or of the whole family; refused when the family already has it."""
    lock(families=[family.pk])
    phone = Phone(family=family, **columns)
    phone.number = clean_phone(phone.number)
    _validate_unique_number(phone)
    return save_with_history(phone, by=by, why="Dodanie telefonu")


@action
def correct_phone(*, phone: Phone, version: int | None, by: User, **columns) -> Phone:
    """Correct a phone number, its owner, note or first day."""
    lock(families=[phone.family_id])
    row = lock_row(Phone.objects, pk=phone.pk, version=version)
    for name, value in columns.items():
        setattr(row, name, value)
    row.number = clean_phone(row.number)
    _validate_unique_number(row)
    return save_with_history(row, by=by, why="Poprawienie telefonu")


def _validate_unique_number(phone: Phone) -> None:
    """Raise ValidationError naming the owner when the family already has this number."""
    rows = Phone.objects.filter(family=phone.family_id, digits=phone_digits(phone.number)).exclude(
        pk=phone.pk
    )
    same = rows.active_on_or_after(phone.starts_on).select_related("person").first()
    if same and (phone.ends_on is None or same.starts_on <= phone.ends_on):
        owner = str(same.person) if same.person else "cała rodzina"
        raise ValidationError({"number": f"Ten numer jest już zapisany w tej teczce: {owner}."})


@action
def end_phone(*, phone: Phone, on: date, version: int | None, by: User) -> Phone:
    """Set the last day on which the number was current."""
    lock(families=[phone.family_id])
    return end_row(
        lock_row(Phone.objects, pk=phone.pk, version=version), on=on, by=by, why="Telefon nieaktualny"
    )
