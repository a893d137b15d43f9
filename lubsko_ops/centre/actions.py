"""Actions on the centre's data and letterhead, its norms and the citations it added."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import delete_with_history, lock_row, save_with_history
from lubsko_ops.centre.citations import ADDED_JOURNALS
from lubsko_ops.centre.models import CENTRE, ActCitation, Centre, NormValue
from lubsko_ops.centre.norms import CACHED_NORMS, NORM_DEPENDENTS, NORMS
from lubsko_ops.centre.pictures import store_picture
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.polish import short_date

CONFIRMED = "wartość standardowa, zatwierdzona"


# ---- the centre ----------------------------------------------------------------------------------------
@action
def save_centre(*, by: User, version: int | None = None, **columns: Any) -> Centre:
    """Store the centre's data; the first time they become its row. ``version``: the one that was opened."""
    row = Centre.objects.order_by("pk").first()
    row = lock_row(Centre.objects, pk=row.pk, version=version) if row else Centre()
    for name, value in columns.items():
        setattr(row, name, value)
    CENTRE.clear_with_commit()
    return save_with_history(row, by=by, why="Dane ośrodka")


@action
def save_coat_of_arms(*, content: bytes, label: str, by: User) -> Centre:
    """Print this picture in the letterhead. Raises ValidationError for a picture that cannot be made safe."""
    try:
        picture = store_picture(content)
    except ValidationError as refusal:
        raise ValidationError({"picture": refusal}) from refusal
    row = _locked_centre()
    row.coat_of_arms, row.coat_of_arms_label = picture, label
    CENTRE.clear_with_commit()
    return save_with_history(row, by=by, why="Herb w nagłówku pism")


@action
def remove_coat_of_arms(*, by: User) -> Centre:
    """Print no picture from now on. Issued papers keep theirs."""
    row = _locked_centre()
    row.coat_of_arms, row.coat_of_arms_label = None, ""
    CENTRE.clear_with_commit()
    return save_with_history(row, by=by, why="Pisma bez herbu")


def _locked_centre() -> Centre:
    row = Centre.objects.order_by("pk").first()
    if row is None:
        raise ValidationError("Najpierw zapisz dane ośrodka, potem dodaj herb.")
    return lock_row(Centre.objects, pk=row.pk)


# ---- norms ---------------------------------------------------------------------------------------------
@action
def change_norm(
    *, name: str, value: int, starts_on: date, decided_by: str, by: User, why: str = ""
) -> NormValue:
    """Set the value of a norm from a day on: today or later. A value of that very day is replaced.

    Only the value is stored. What follows from the norm is recalculated in the background, or in the night of its day.
    """
    if starts_on < clock.today():
        raise ValidationError({"starts_on": "Wybierz dziś lub później. Przeszłość zachowuje swoją normę."})
    norm = NORMS[name]
    if not norm.minimum <= value <= norm.maximum and value not in norm.choices:
        raise ValidationError({"value": f"Wpisz liczbę od {norm.minimum} do {norm.maximum}."})
    row = NormValue.objects.filter(name=name, starts_on=starts_on).first()
    row = lock_row(NormValue.objects, pk=row.pk) if row else NormValue(name=name, starts_on=starts_on)
    row.value, row.decided_by, row.why = value, decided_by, why
    save_with_history(row, by=by, why=why or f"Norma od {short_date(starts_on)}")
    _norm_changed(name, starts_on)
    return row


@action
def withdraw_norm(*, row: NormValue, why: str, by: User, version: int | None = None) -> None:
    """Withdraw a value announced for a later day. One that has begun stays: deadlines were counted by it."""
    row = lock_row(NormValue.objects, pk=row.pk, version=version)
    if row.starts_on <= clock.today():
        raise ValidationError("Ta wartość już obowiązuje. Zmień ją od dziś albo od późniejszego dnia.")
    CACHED_NORMS.clear_with_commit()
    delete_with_history(row, by=by, why=why)


@action
def confirm_norms(*, by: User) -> list[NormValue]:
    """Store the standard value, from today on, of each norm for which the centre has decided nothing."""
    decided = set(NormValue.objects.values_list("name", flat=True))
    rows = [
        NormValue(name=name, value=norm.default, starts_on=clock.today(), decided_by=CONFIRMED)
        for name, norm in NORMS.items()
        if name not in decided
    ]
    CACHED_NORMS.clear_with_commit()
    return [save_with_history(row, by=by, why="Zatwierdzenie wartości standardowych") for row in rows]


def _norm_changed(name: str, starts_on: date) -> None:
    CACHED_NORMS.clear_with_commit()
    if starts_on <= clock.today():
        for dependents in NORM_DEPENDENTS:
            if name in dependents.norms:
                dependents.recalculate(name)


# ---- citations -----------------------------------------------------------------------------------------
@action
def add_citation(*, act: str, by: User, **columns: Any) -> ActCitation:
    """Cite the act from a day on by this journal; papers issued before keep theirs."""
    ADDED_JOURNALS.clear_with_commit()
    row = ActCitation(act=act, **columns)
    return save_with_history(row, by=by, why=f"Miejsce publikacji: {row.source}")


@action
def correct_citation(
    *, row: ActCitation, why: str, by: User, version: int | None = None, **columns: Any
) -> ActCitation:
    row = lock_row(ActCitation.objects, pk=row.pk, version=version)
    for name, value in columns.items():
        setattr(row, name, value)
    ADDED_JOURNALS.clear_with_commit()
    return save_with_history(row, by=by, why=why)


@action
def withdraw_citation(*, row: ActCitation, why: str, by: User, version: int | None = None) -> None:
    """Cite the act again as the application does. Issued papers keep what they cite."""
    row = lock_row(ActCitation.objects, pk=row.pk, version=version)
    ADDED_JOURNALS.clear_with_commit()
    delete_with_history(row, by=by, why=why)
