"""Actions on the files of assistants: contracts, documents, confirmation, training, absences."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.core.exceptions import ValidationError

from families.employees.contract_days import needed_days
from families.employees.models import (
    Absence,
    EmployeeDocument,
    EmployeeFile,
    PointConfirmation,
    Training,
)
from families.employees.queries import FileState, get_file
from families.employees.rules import REQUIREMENTS
from families.people.membership_days import days_text
from lubsko_ops.accounts.models import Contract, User
from lubsko_ops.audit.history import delete_with_history, lock_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock
from lubsko_ops.core.polish import join_list
from lubsko_ops.core.temporal import day_before


# ---- contracts ---------------------------------------------------------------------------------------
@action
def record_contract(*, user: User, contract: Contract, by: User) -> Contract:
    """Record a contract (umowa) of the user; ``contract``: an unsaved row with what was entered.

    After a break in employment the checks and statements are asked for anew: their confirmations end.
    """
    lock(users=[user.pk])
    contract.user = user
    validate_contract(contract)
    row = save_with_history(contract, by=by, why="Umowa")
    earlier = Contract.objects.filter(user=user, starts_on__lt=row.starts_on)
    if earlier.exists() and not earlier.active_on(day_before(row.starts_on)).exists():
        codes = [each.code for each in REQUIREMENTS if each.before_contract]
        for each in PointConfirmation.objects.filter(
            user=user, point__in=codes, confirmed_on__lt=row.starts_on
        ).order_by("pk"):
            delete_with_history(each, by=by, why="Koniec potwierdzenia: nowa umowa po przerwie w pracy")
    return row


@action
def correct_contract(
    *, contract: Contract, values: Contract, why: str, version: int | None, by: User
) -> Contract:
    """Correct a contract, or set its last day. Days on which rows of other apps need it stay covered."""
    lock(users=[contract.user_id])
    row = lock_row(Contract.objects, pk=contract.pk, version=version)
    before = _days_without_contract(row.user_id)
    row.copy_entered(values)
    validate_contract(row)
    save_with_history(row, by=by, why=f"Zmiana umowy: {why}")
    _refuse_lost_days(row.user_id, before)
    return row


@action
def remove_contract(*, contract: Contract, why: str, version: int | None, by: User) -> None:
    """Remove a contract entered by mistake."""
    lock(users=[contract.user_id])
    row = lock_row(Contract.objects, pk=contract.pk, version=version)
    before = _days_without_contract(row.user_id)
    delete_with_history(row, by=by, why=f"Wpisano przez pomyłkę: {why}")
    _refuse_lost_days(contract.user_id, before)


def validate_contract(contract: Contract) -> None:
    """Refuse a contract that ends before it begins."""
    if contract.ends_on and contract.ends_on < contract.starts_on:
        raise ValidationError({"ends_on": "Ostatni dzień nie może poprzedzać pierwszego."})


def _days_without_contract(user: int) -> set[tuple[date, str]]:
    rows = list(Contract.objects.filter(user=user))
    return {each for each in needed_days(user) if not any(row.is_active_on(each[0]) for row in rows)}


def _refuse_lost_days(user: int, before: set[tuple[date, str]]) -> None:
    if lost := _days_without_contract(user) - before:
        raise ValidationError(
            f"Ta umowa jest potrzebna w dniach, z których są zapisy: {days_text(lost)}. Popraw najpierw te zapisy."
        )


# ---- the file ----------------------------------------------------------------------------------------
@action
def save_employee_file(*, user: User, values: EmployeeFile, version: int | None, by: User) -> list[str]:
    """Set the variant of qualifications, other roles and languages; returns the points whose confirmation ended."""
    lock(users=[user.pk])
    row = EmployeeFile.objects.filter(user=user).first()
    if row is None:
        row = EmployeeFile(user=user)
    else:
        row = lock_row(EmployeeFile.objects, pk=row.pk, version=version)
    before = get_file(user, on=clock.today())
    row.copy_entered(values)
    save_with_history(row, by=by, why="Dane teczki pracownika")
    return _end_lost_confirmations(before, by=by, why="zmiana wariantu kwalifikacji")


@action
def add_document(*, user: User, document: EmployeeDocument, by: User) -> list[str]:
    """Add a document to the file; returns the points whose confirmation ended because of it."""
    lock(users=[user.pk])
    before = get_file(user, on=clock.today())
    document.user = user
    save_with_history(document, by=by, why="Dokument w teczce pracownika")
    return _end_lost_confirmations(before, by=by, why=str(document))


@action
def correct_document(
    *, document: EmployeeDocument, values: EmployeeDocument, version: int | None, by: User
) -> list[str]:
    """Correct a document of the file; returns the points whose confirmation ended because of it."""
    lock(users=[document.user_id])
    row = lock_row(EmployeeDocument.objects.select_related("user"), pk=document.pk, version=version)
    before = get_file(row.user, on=clock.today())
    row.copy_entered(values)
    save_with_history(row, by=by, why="Poprawienie dokumentu w teczce pracownika")
    return _end_lost_confirmations(before, by=by, why=f"zmieniono: {row}")


@action
def remove_document(*, document: EmployeeDocument, why: str, version: int | None, by: User) -> list[str]:
    """Remove a document entered by mistake; returns the points whose confirmation ended because of it."""
    lock(users=[document.user_id])
    row = lock_row(EmployeeDocument.objects.select_related("user"), pk=document.pk, version=version)
    before, name = get_file(row.user, on=clock.today()), str(row)
    delete_with_history(row, by=by, why=f"Wpisano przez pomyłkę: {why}")
    return _end_lost_confirmations(before, by=by, why=f"usunięto: {name}")


def _end_lost_confirmations(before: FileState, *, by: User, why: str) -> list[str]:
    """End confirmations of points that the documents met before and no longer meet; returns the names of the points."""
    unmet = {each.requirement.code for each in get_file(before.user, on=clock.today()).missing}
    lost = [
        each
        for each in before.points
        if each.confirmation and each.point.is_met and each.requirement.code in unmet
    ]
    for each in lost:
        delete_with_history(each.confirmation, by=by, why=f"Koniec potwierdzenia: {why}")
    return [each.requirement.label for each in lost]


# ---- the confirmation --------------------------------------------------------------------------------
@action
def confirm_file(
    *, user: User, confirmed_on: date, points: Iterable[str], notes: Mapping[str, str], by: User
) -> list[PointConfirmation]:
    """Confirm points of the file, by their codes; returns the new confirmations.

    A point without its document needs a note (where the manager saw it); a check that came out against the person
    cannot be confirmed. Points confirmed before stay as they are.
    """
    lock(users=[user.pk])
    state = get_file(user, on=clock.today())
    validate_confirmation(state, confirmed_on=confirmed_on, points=points, notes=notes)
    rows = []
    for each in state.points:
        code = each.requirement.code
        if code in points and each.confirmation is None:
            note = "" if each.point.is_met else notes.get(code, "")
            row = PointConfirmation(user=user, point=code, confirmed_on=confirmed_on, note=note)
            rows.append(save_with_history(row, by=by, why="Potwierdzenie teczki asystenta"))
    return rows


def validate_confirmation(
    state: FileState, *, confirmed_on: date, points: Iterable[str], notes: Mapping[str, str]
) -> None:
    """Refuse what ``confirm_file`` refuses; errors are keyed by field (``note_<code>``)."""
    codes = {each.requirement.code: each for each in state.points}
    refusals: dict[str, str] = {}
    chosen = [codes[code] for code in points if code in codes]
    if not any(each.confirmation is None for each in chosen):
        refusals["points"] = "Zaznacz, co potwierdzasz."
    if confirmed_on > clock.today():
        refusals["confirmed_on"] = "Potwierdza się z dniem dzisiejszym albo wcześniejszym."
    for each in chosen:
        code = each.requirement.code
        if each.confirmation or each.point.is_met:
            continue
        if each.point.met_by and any(not document.clear for document in each.point.met_by):
            refusals[f"note_{code}"] = (
                "Wynik sprawdzenia nie pozwala na pracę z rodziną. Tego punktu nie można potwierdzić."
            )
        elif code == "contract":
            refusals[f"note_{code}"] = "Wpisz najpierw umowę."
        elif not notes.get(code):
            refusals[f"note_{code}"] = "Dodaj dokument albo napisz, gdzie go sprawdzono."
    if refusals:
        raise ValidationError(refusals)


@action
def withdraw_confirmation(*, user: User, why: str, by: User) -> int:
    """Withdraw all confirmations of the file; families assigned before stay. Returns their number."""
    lock(users=[user.pk])
    rows = list(PointConfirmation.objects.filter(user=user).order_by("pk"))
    if not rows:
        raise ValidationError("Ta teczka nie jest potwierdzona.")
    for row in rows:
        delete_with_history(row, by=by, why=f"Cofnięcie potwierdzenia: {why}")
    return len(rows)


# ---- training and absences ---------------------------------------------------------------------------
@action
def record_training(*, users: Iterable[User], training: Training, by: User) -> list[Training]:
    """Record one training or supervision for each of these users."""
    everyone = sorted(users, key=lambda user: user.pk)
    lock(users=[user.pk for user in everyone])
    rows = []
    for user in everyone:
        row = Training(user=user)
        row.copy_entered(training)
        rows.append(save_with_history(row, by=by, why="Szkolenie albo superwizja"))
    return rows


@action
def correct_training(*, training: Training, values: Training, version: int | None, by: User) -> Training:
    """Correct a training of one person."""
    lock(users=[training.user_id])
    row = lock_row(Training.objects, pk=training.pk, version=version)
    row.copy_entered(values)
    return save_with_history(row, by=by, why="Poprawienie szkolenia")


@action
def remove_training(*, training: Training, why: str, version: int | None, by: User) -> None:
    """Remove a training entered by mistake."""
    lock(users=[training.user_id])
    row = lock_row(Training.objects, pk=training.pk, version=version)
    delete_with_history(row, by=by, why=f"Wpisano przez pomyłkę: {why}")


@action
def record_absence(*, user: User, absence: Absence, by: User) -> Absence:
    """Record an absence from its first to its last day."""
    lock(users=[user.pk])
    absence.user = user
    validate_absence(absence)
    return save_with_history(absence, by=by, why="Nieobecność")


@action
def correct_absence(*, absence: Absence, values: Absence, version: int | None, by: User) -> Absence:
    """Correct the days or the reason of an absence."""
    lock(users=[absence.user_id])
    row = lock_row(Absence.objects, pk=absence.pk, version=version)
    row.copy_entered(values)
    validate_absence(row)
    return save_with_history(row, by=by, why="Poprawienie nieobecności")


@action
def remove_absence(*, absence: Absence, why: str, version: int | None, by: User) -> None:
    """Remove an absence entered by mistake."""
    lock(users=[absence.user_id])
    row = lock_row(Absence.objects, pk=absence.pk, version=version)
    delete_with_history(row, by=by, why=f"Wpisano przez pomyłkę: {why}")


def validate_absence(absence: Absence) -> None:
    """Refuse an absence that ends before it begins."""
    if absence.ends_on and absence.ends_on < absence.starts_on:
        raise ValidationError({"ends_on": "Ostatni dzień nie może poprzedzać pierwszego."})


def confirmation_lost_text(labels: Iterable[str]) -> str:
    """ "Potwierdzenie skończyło się dla: kwalifikacje." to follow a message; empty when none ended."""
    labels = list(labels)
    return f" Trzeba potwierdzić jeszcze raz: {join_list(labels)}." if labels else ""
