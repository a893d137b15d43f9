"""Deeds about the telephones of a family."""

from datetime import date

from django.core.exceptions import ValidationError

from families.people.models import Family, Person, Phone
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import end_row, lock_row, save_with_history
from lubsko_ops.core.actions import action
from lubsko_ops.core.phones import clean_phone, phone_digits


@action
def add_phone(
    *, family: Family, number: str, since: date, by: User, person: Person | None = None, note=""
) -> Phone:
    """A phone number, given voluntarily, of one member or of the whole family; the same number only once."""
    phone = Phone(family=family, person=person, number=clean_phone(number), note=note, starts_on=since)
    _validate_unique_number(phone)
    return save_with_history(phone, by=by, why="Dodanie telefonu")


@action
def correct_phone(
    *, phone: Phone, number: str, person: Person | None, note: str, since: date, version: int | None, by: User
) -> Phone:
    """Write a number, whose it is, or its days rightly."""
    row = lock_row(Phone.objects, pk=phone.pk, version=version)
    row.number, row.person, row.note, row.starts_on = clean_phone(number), person, note, since
    _validate_unique_number(row)
    return save_with_history(row, by=by, why="Poprawienie telefonu")


def _validate_unique_number(phone: Phone) -> None:
    """The same number stands in the file once; the sentence says with whom."""
    rows = Phone.objects.filter(family=phone.family_id, digits=phone_digits(phone.number)).exclude(
        pk=phone.pk
    )
    same = rows.active_on_or_after(phone.starts_on).select_related("person").first()
    if same and (phone.ends_on is None or same.starts_on <= phone.ends_on):
        whose = str(same.person) if same.person else "cała rodzina"
        raise ValidationError({"number": f"Ten numer jest już zapisany w tej teczce: {whose}."})


@action
def end_phone(*, phone: Phone, on: date, version: int | None, by: User) -> Phone:
    """The number is no longer current."""
    return end_row(
        lock_row(Phone.objects, pk=phone.pk, version=version), on=on, by=by, why="Telefon nieaktualny"
    )
